"""``POST /advise`` and ``POST /questions``: one person in, what the library says of them out."""

from __future__ import annotations

from wellfounded.interfaces.http.languages import accepted
from wellfounded.interfaces.http.problems import Refused, problem_of
from wellfounded.interfaces.http.questions import Question
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Advice, Identity, Undecided
from wellfounded.model.advice import Question as AdviceQuestion
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.record import Record


class Open(Record, frozen=True):
    """What is undecided about a person, and the questions that would settle or sharpen it."""

    knowledge_base: Identity
    engine: str
    language: str
    undecided: tuple[Undecided, ...]
    questions: tuple[AdviceQuestion, ...]


def advised(knowledge_base: KnowledgeBase, asked: Question, languages: str) -> Advice:
    """The advice that was asked for; ``languages`` is what ``Accept-Language`` says. Raises ``Refused``."""
    language = spoken(knowledge_base, asked, languages)
    try:
        return knowledge_base.advise(asked.facts, language, min_support=asked.min_support)
    except WellfoundedError as error:
        raise Refused(problem_of(error, knowledge_base.content, asked.facts)) from None


def spoken(knowledge_base: KnowledgeBase, asked: Question, languages: str) -> str:
    """The language of the answer: that in the body comes before what ``Accept-Language`` says."""
    return accepted(languages, knowledge_base.languages) if asked.language is None else asked.language


def what_is_open(advice: Advice) -> Open:
    """The part of the advice that an interview needs."""
    return Open(advice.knowledge_base, advice.engine, advice.language, advice.undecided, advice.questions)
