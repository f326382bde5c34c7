"""The solver reads rules as reasoners do: the article's, generated ones, and those of all conformance cases.

It does not round results. Where that decides about somebody, it is a close call, and the only difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isclose
from pathlib import Path

import pytest

from tests.conformance.test_conformance import CASES, loaded
from tests.properties.generated import FACTORS
from tests.properties.people import Crowd, Stated
from tests.properties.test_article import USUAL, book
from tests.properties.test_generated import some
from tests.reference.written import read
from tests.verify.as_reasoner import DISAGREEING, OnePerson, Outcome, by_python, is_close_call
from wellfounded import KnowledgeBase

#: Cases with somebody about whom rounding decides, and how.
ROUNDING = {
    "chains-with-numbers-3": "a third of 1000, rounded down, is what is saved",
    "derived-numbers-2": "three times a third that was rounded is not the whole",
    "ranges-3": "a product with ten decimals is rounded to the nine of what it is held against",
    "rounding-1": "half of what has nine decimals has ten",
    "rounding-2": "half of what has one decimal has two, and one is left",
    "rounding-5": "a tenth of a billionth below zero is rounded to zero",
}


def equal(one: Outcome, other: Outcome) -> bool:
    """Equal, and numbers as near as rounding on the way lets them be."""
    return one.keys() == other.keys() and all(_equal(one[name], other[name]) for name in one)


def _equal(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_equal, one, other))
    return one == other


def agrees(knowledge_base: KnowledgeBase, people: Iterable[Stated]) -> tuple[int, int]:
    """Of how many people both say the same, and of how many not, because rounding decides about them."""
    solver = OnePerson(knowledge_base)
    same, close = 0, 0
    for stated in people:
        checked = knowledge_base.checked(stated)
        one, other = solver.outcome(checked), by_python(knowledge_base, checked)
        if equal(one, other):
            same += 1
            continue
        assert DISAGREEING not in (one, other), stated
        assert is_close_call(knowledge_base, knowledge_base.reason(stated)), (stated, _different(one, other))
        close += 1
    return same, close


def _different(one: Outcome, other: Outcome) -> Mapping[str, tuple[object, object]]:
    return {name: (one[name], other[name]) for name in one if not _equal(one[name], other[name])}


def test_it_reads_the_article_as_reasoners_do(article: KnowledgeBase) -> None:
    same, close = agrees(article, Crowd(book(), USUAL).people("solver", 300))
    assert same + close == 300 and close <= 3


@pytest.mark.parametrize("part", range(4))
def test_it_reads_generated_rules_as_reasoners_do(part: int, tmp_path: Path) -> None:
    same, close = 0, 0
    for seed, files, _, knowledge_base in some(f"solver {part}", 25, tmp_path):
        found = agrees(knowledge_base, Crowd(read(files, FACTORS)).people(seed, 15))
        same, close = same + found[0], close + found[1]
    assert same > 300 and close < 0.02 * same


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@pytest.mark.parametrize("name", CASES)
def test_it_reads_every_case_as_reasoners_do(name: str, folder: Path) -> None:
    knowledge_base = loaded(name, folder)
    solver = OnePerson(knowledge_base)
    different = [
        given
        for given in (knowledge_base.checked(person["given"]) for person in CASES[name]["people"])
        if not equal(solver.outcome(given), by_python(knowledge_base, given))
    ]
    assert bool(different) == (name in ROUNDING), different
