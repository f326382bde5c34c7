"""The documents that only tools give: the next questions, and a recommendation with its rules."""

from __future__ import annotations

from wellfounded.interfaces.http.documents import AboutClaim, AboutRule, Library, StatableFact, library
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Advice, Identity, Question, Undecided
from wellfounded.model.record import Record
from wellfounded.review.uses import topics


class NextQuestions(Record, frozen=True):
    """The most decisive questions of an advice, and the fact that each asks for."""

    knowledge_base: Identity
    engine: str
    language: str
    questions: tuple[Question, ...]
    facts: tuple[StatableFact, ...]
    undecided: tuple[Undecided, ...]


class AboutRecommendation(Record, frozen=True):
    """A recommendation, with the rules that can give it, and the claims that these name."""

    knowledge_base: Identity
    language: str
    id: str
    title: str
    rules: tuple[AboutRule, ...]
    claims: tuple[AboutClaim, ...]


def next_questions(knowledge_base: KnowledgeBase, advice: Advice, at_most: int) -> NextQuestions:
    """The first questions of an advice, with what can be answered to each."""
    questions = advice.questions[:at_most]
    facts = {fact.id: fact for fact in library(knowledge_base, advice.language).itself().facts}
    return NextQuestions(
        advice.knowledge_base,
        advice.engine,
        advice.language,
        questions,
        tuple(facts[question.fact] for question in questions),
        advice.undecided,
    )


def recommendation(shelf: Library, id: str) -> AboutRecommendation:
    """A recommendation. Raises ``KeyError``."""
    rules = topics(shelf.content)[id]
    title = shelf.wording.plain(rules[0].title)
    claims = dict.fromkeys(claim for rule in rules for claim in rule.because)
    return AboutRecommendation(
        shelf.identity,
        shelf.language,
        id,
        title,
        tuple(shelf.rule(rule.id) for rule in rules),
        tuple(shelf.claim(claim) for claim in claims),
    )
