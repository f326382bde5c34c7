"""The engine and the plain reference agree on the article's rules, for very many random people.

``WELLFOUNDED_PEOPLE`` sets how many; the seeds are fixed, so every run meets the same people.
``make conformance`` meets 100,000.
"""

from __future__ import annotations

import os
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import RULES
from tests.properties.agreement import advice_agrees, values_agree
from tests.properties.people import Crowd, Stated
from tests.reference.written import Book, read
from wellfounded import KnowledgeBase
from wellfounded.load.structure import schema

PEOPLE = int(os.environ.get("WELLFOUNDED_PEOPLE", "24000"))
PARTS = 8
ADVISED = 2000

#: Someone most of the advice is meant for; random people often are, and often are not.
USUAL: Stated = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}


@cache
def book() -> Book:
    return read(RULES)


@pytest.mark.parametrize("part", range(PARTS))
def test_values_and_bounds(part: int, article: KnowledgeBase) -> None:
    people = Crowd(book(), USUAL).people(f"values {part}", PEOPLE // PARTS)
    compared = sum(values_agree(article, book(), stated) for stated in people)
    assert compared > 0.99 * (PEOPLE // PARTS)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_advice(language: str, article: KnowledgeBase) -> None:
    """Verdicts, targets, order, what is waited for, sources and support; and the document is a valid one."""
    validator = Draft202012Validator(schema("advice"))
    given, undecided = set(), set()
    for place, stated in enumerate(Crowd(book(), USUAL).people(f"advice {language}", ADVISED // 2)):
        document = advice_agrees(article, book(), stated, language)
        if document is None:
            continue
        given |= {(item["id"], item["verdict"]) for item in document["recommendations"]}
        undecided |= {item["id"] for item in document["undecided"]}
        if place % 10 == 0:
            validator.validate(document)
    assert given == every_verdict(book())
    assert undecided == {rule.topic for rule in book().recommending()}


def every_verdict(book: Book) -> set[tuple[str, str]]:
    """What can be given at all: so many people meet every one of these."""
    found = set()
    for rule in book.recommending():
        if rule.target is None:
            found.add((rule.topic, rule.advises))
        elif rule.target.value is not None:
            found |= {(rule.topic, verdict) for verdict in ("start", "keep", "meet")}
        else:
            found |= {(rule.topic, verdict) for verdict in ("keep", "meet")}
            found |= {(rule.topic, "raise")} if rule.target.low is not None else set()
            found |= {(rule.topic, "lower")} if rule.target.high is not None else set()
    return found
