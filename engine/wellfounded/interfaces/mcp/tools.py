"""The tools: what each takes, what it gives, and how the library is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from wellfounded.explain.suggested import AT_MOST, Want
from wellfounded.interfaces.explanation_page import explanation_page
from wellfounded.interfaces.http.documents import AboutClaim, AboutReference, Library, library
from wellfounded.interfaces.mcp import arguments as takes
from wellfounded.interfaces.mcp import texts
from wellfounded.interfaces.mcp.arguments import Argument, ArgumentError
from wellfounded.interfaces.mcp.documents import (
    AboutRecommendation,
    NextQuestions,
    next_questions,
    recommendation,
)
from wellfounded.interfaces.page import Page
from wellfounded.interfaces.what_if_page import suggestions_page, what_if_page
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.structure import schema
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.review.editor_schema import Schema
from wellfounded.review.uses import topics

Given = Mapping[str, Any]

#: A document in a language, and the page that tells it.
Found = tuple[Any, Page]


class Tool(Record, frozen=True):
    """``gives`` makes the JSON Schema of its document; one that ``searches`` may take a second or so."""

    name: str
    title: str
    does: str
    takes: tuple[Argument, ...]
    gives: Callable[[], Schema]
    finds: Callable[[KnowledgeBase, Given], Found]
    searches: bool = False


class Answer(Record, frozen=True):
    """The document as plain data, and the text beside it."""

    document: Mapping[str, Any]
    text: str


def answer(tool: Tool, knowledge_base: KnowledgeBase, given: Given) -> Answer:
    """What a tool answers. Raises ``ArgumentError`` and ``WellfoundedError``."""
    document, page = tool.finds(knowledge_base, takes.read(tool.takes, given, knowledge_base.content))
    notice = library(knowledge_base, document.language).itself().notice
    plain = msgspec.json.decode(msgspec.json.encode(document))
    return Answer(plain, texts.told(page, notice, document.language))


def _advise(knowledge_base: KnowledgeBase, given: Given) -> Found:
    advice = knowledge_base.advise(
        given["facts"], given.get("language"), min_support=given.get("min_support")
    )
    return advice, texts.advice_page(advice)


def _next_questions(knowledge_base: KnowledgeBase, given: Given) -> Found:
    advice = knowledge_base.advise(given["facts"], given.get("language"))
    found = next_questions(knowledge_base, advice, given.get("at_most", takes.QUESTIONS))
    return found, texts.questions_page(found)


def _explain(knowledge_base: KnowledgeBase, given: Given) -> Found:
    found = knowledge_base.explain(
        given["facts"], given["recommendation"], given.get("language"), min_support=given.get("min_support")
    )
    return found, explanation_page(found)


def _what_if(knowledge_base: KnowledgeBase, given: Given) -> Found:
    found = knowledge_base.what_if(given["facts"], given["changes"], given.get("language"))
    return found, what_if_page(found)


def _suggest(knowledge_base: KnowledgeBase, given: Given) -> Found:
    found = knowledge_base.suggest(
        given["facts"],
        given["recommendation"],
        given.get("want", Want.GIVEN),
        given.get("language"),
        at_most=given.get("at_most", AT_MOST),
        min_support=given.get("min_support"),
    )
    return found, texts.suggesting(suggestions_page(found), found.language)


def _look_up_recommendation(knowledge_base: KnowledgeBase, given: Given) -> Found:
    id = _known(given["recommendation"], topics(knowledge_base.content), "recommendations")
    found = recommendation(_shelf(knowledge_base, given), id)
    return found, texts.recommendation_page(found)


def _look_up_claim(knowledge_base: KnowledgeBase, given: Given) -> Found:
    id = _known(given["claim"], knowledge_base.content.claims, "claims")
    found = _shelf(knowledge_base, given).claim(id)
    return found, texts.claim_page(found)


def _look_up_reference(knowledge_base: KnowledgeBase, given: Given) -> Found:
    number = _known(str(given["reference"]), knowledge_base.content.references, "references")
    found = _shelf(knowledge_base, given).reference(number)
    return found, texts.reference_page(found)


def _shelf(knowledge_base: KnowledgeBase, given: Given) -> Library:
    return library(knowledge_base, knowledge_base.language(given.get("language")))


def _known(id: str, known: Iterable[str], kind: str) -> str:
    names = list(known)
    if id not in names:
        raise ArgumentError(f"`{id[:60]}` is not one of the {kind} here; {suggestion(id[:60], names)}")
    return id


def _published(name: str) -> Callable[[], Schema]:
    return lambda: schema(name)


def _of_record(record: type[Record]) -> Callable[[], Schema]:
    return lambda: {"type": "object", **msgspec.json.schema(record)}


_ALL = (
    Tool(
        "advise",
        "Advise",
        "Gives the advice for a person of whom facts are stated: every recommendation with its verdict, "
        "target, text, and the claims and references behind it, or that none is named; what is undecided, "
        "and the questions that would settle it. Facts that are not stated are unknown: never guess one.",
        (takes.PERSON, takes.LANGUAGE, takes.MIN_SUPPORT),
        _published("advice"),
        _advise,
    ),
    Tool(
        "next_questions",
        "Ask the next question",
        "Gives the questions that settle most of what is undecided about a person, most decisive first, each "
        "with what can be answered: choices, or a span with its unit.",
        (takes.FACTS, takes.LANGUAGE, takes.AT_MOST_QUESTIONS),
        _of_record(NextQuestions),
        _next_questions,
    ),
    Tool(
        "explain",
        "Explain",
        "Says why one recommendation is given to a person, is not given, or is undecided: the smallest set "
        "of stated facts that fixes it, and the rules, claims and references between.",
        (takes.FACTS, takes.RECOMMENDATION, takes.LANGUAGE, takes.MIN_SUPPORT),
        _published("explanation"),
        _explain,
        searches=True,
    ),
    Tool(
        "what_if",
        "What if",
        "Says what changes in the advice for a person if other facts were stated.",
        (takes.FACTS, takes.CHANGES, takes.LANGUAGE),
        _published("what-if"),
        _what_if,
        searches=True,
    ),
    Tool(
        "suggest",
        "Suggest changes",
        "Looks for the smallest changes, of what a person can change, that make a recommendation appear, "
        "disappear or say keep. It only says what the rules would then say: it is no advice to change it.",
        (
            takes.FACTS,
            takes.RECOMMENDATION,
            takes.WANT,
            takes.AT_MOST_CHANGES,
            takes.LANGUAGE,
            takes.MIN_SUPPORT,
        ),
        _published("suggestions"),
        _suggest,
        searches=True,
    ),
    Tool(
        "look_up_recommendation",
        "Look up a recommendation",
        "Gives the rules that can give a recommendation, in plain words, with the claims they name.",
        (takes.RECOMMENDATION, takes.LANGUAGE),
        _of_record(AboutRecommendation),
        _look_up_recommendation,
    ),
    Tool(
        "look_up_claim",
        "Look up a claim",
        "Gives a claim: what it says, which references it cites and whether these support it, what other "
        "work says of it, and what uses it.",
        (takes.CLAIM, takes.LANGUAGE),
        _of_record(AboutClaim),
        _look_up_claim,
    ),
    Tool(
        "look_up_reference",
        "Look up a reference",
        "Gives a reference as it is cited, whether it was found, what differs, and which claims cite it.",
        (takes.REFERENCE, takes.LANGUAGE),
        _of_record(AboutReference),
        _look_up_reference,
    ),
)

#: The tools by name.
TOOLS: Mapping[str, Tool] = {tool.name: tool for tool in _ALL}
