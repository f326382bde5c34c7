"""Rules in plain words: conditions that differ read differently, and nothing is left out or moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wellfounded
from tests.conftest import ROOT, RULES
from tests.properties.generated import random_knowledge_base
from wellfounded import KnowledgeBaseError
from wellfounded.model.content import Content
from wellfounded.model.expression import (
    END_USED,
    Between,
    Compares,
    Condition,
    End,
    Formula,
    Group,
    Grouping,
    Is,
    Name,
    Negative,
    Number,
)
from wellfounded.model.expression import tests_in as parts_of
from wellfounded.model.thing import Kind
from wellfounded.prose.reading import Reading, lines_of
from wellfounded.prose.rules import Prose


def conditions(content: Content) -> Iterator[Condition]:
    """Every condition of every rule, with all that it is made of."""
    for rule in content.rules.values():
        yield from within(rule.when)


def within(condition: Condition) -> Iterator[Condition]:
    yield condition
    if isinstance(condition, Group):
        for member in condition.members:
            yield from within(member)


def said(condition: Condition, content: Content) -> Any:
    """What a condition says, in which a parameter is its number: groups of one say nothing of their own."""
    match condition:
        case Is():
            return ("is", condition.fact, condition.values)
        case Compares():
            end = END_USED.get(condition.comparator)
            unit = content.facts[condition.fact].unit
            return (condition.comparator, condition.fact, operand(condition.operand, content, unit, end))
        case Group():
            if len(condition.members) == 1 and condition.grouping is not Grouping.NONE:
                return said(condition.members[0], content)
            return (condition.grouping, *(said(member, content) for member in condition.members))


def operand(formula: Formula | Between, content: Content, unit: str, end: End | None) -> Any:
    match formula:
        case Between():
            return [operand(part, content, unit, end) for part in (formula.low, formula.high)]
        case Number():
            return ((formula.value,), unit)
        case Name():
            parameter = content.parameters.get(formula.name)
            if parameter is None:
                return formula.name
            used = formula.end or end
            both = parameter.is_range and used is None
            ends = (parameter.low, parameter.high) if both else (parameter.high,)
            return ((parameter.low,) if used is End.LOW else ends, parameter.unit)
        case Negative():
            return ("-", operand(formula.operand, content, "", end))
        case _:
            parts = [operand(part, content, "", end) for part in (formula.left, formula.right)]
            return (formula.symbol, *parts)


def named(reading: Reading) -> Iterator[str]:
    """The facts a reading names, in its order."""
    yield from (run.about.id for run in reading.says if run.about and run.about.kind is Kind.FACT)
    for under in reading.under:
        yield from named(under)


def hold_it(content: Content, language: str) -> int:
    prose = Prose(content, language)
    read: dict[str, Any] = {}
    for condition in conditions(content):
        reading = prose.condition(condition)
        text = "\n".join(lines_of(reading))
        meant = said(condition, content)
        assert read.setdefault(text, repr(meant)) == repr(meant), text
        # Every fact stands in the reading, in the order written.
        order = iter(named(reading))
        assert all(test.fact in order for test in collapsed(condition))
    return len(read)


def collapsed(condition: Condition) -> list[Is | Compares]:
    """The tests of a condition; of several in a row that hold one fact against numbers, the first."""
    tests = parts_of(condition)
    return [
        test
        for before, test in zip((None, *tests), tests, strict=False)
        if not (isinstance(test, Compares) and isinstance(before, Compares) and before.fact == test.fact)
    ]


@pytest.mark.parametrize("folder", [RULES, ROOT / "tests" / "knowledge_bases" / "houseplants"])
def test_authored_conditions_that_differ_read_differently(folder: Path) -> None:
    knowledge_base = wellfounded.load(folder)
    for language in knowledge_base.languages:
        assert hold_it(knowledge_base.content, language) > 10


def test_generated_conditions_that_differ_read_differently(tmp_path: Path) -> None:
    read = 0
    for seed in range(60):
        folder = random_knowledge_base(f"prose {seed}").write(tmp_path / str(seed))
        try:
            content = wellfounded.load(folder).content
        except KnowledgeBaseError:
            continue  # a number outside a span, which chance cannot always avoid
        read += hold_it(content, "en")
    assert read > 1000
