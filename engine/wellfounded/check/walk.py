"""Where conditions and formulas stand in the content, with the words that say in what."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from wellfounded.model.content import Content, Fact
from wellfounded.model.expression import Between, Comparator, Compares, Condition, Formula, tests_in
from wellfounded.model.interval import Interval
from wellfounded.model.position import Position
from wellfounded.model.record import Record


def span_of(fact: Fact) -> Interval | None:
    """The span of a fact; none where it is upside down, which is reported where it stands."""
    return None if fact.span is None or fact.span[0] > fact.span[1] else Interval(*fact.span)


def number_text(number: float) -> str:
    """A number in a message: never 1e+06 for a million."""
    return f"{number:.12g}"


class Place(Enum):
    """What a formula is for, which decides whether it may hold a range."""

    FACT = auto()
    COMPARISON = auto()
    WITHIN = auto()
    TARGET_IS = auto()


class PlacedFormula(Record, frozen=True):
    """A formula, the fact whose unit its result is in, and what it stands in."""

    formula: Formula | Between
    fact: str
    place: Place
    about: str
    position: Position


def conditions(content: Content) -> Iterator[tuple[Condition, str]]:
    """Every condition with what it stands in."""
    for rule in content.rules.values():
        yield rule.when, f"rule {rule.id}"
    for table in content.tables.values():
        for row in table.rows:
            if row.when is not None:
                yield row.when, f"table {table.id}"
            for remark in row.remarks:
                if remark.when is not None:
                    yield remark.when, f"table {table.id}"
    for guarantee in content.guarantees.values():
        if guarantee.where is not None:
            yield guarantee.where, f"guarantee {guarantee.id}"


def formulas(content: Content) -> Iterator[PlacedFormula]:
    """Every formula of facts, conditions and targets."""
    for fact in content.facts.values():
        if fact.formula is not None:
            yield PlacedFormula(fact.formula, fact.id, Place.FACT, f"fact {fact.id}", fact.position)
    for condition, about in conditions(content):
        for test in tests_in(condition):
            if isinstance(test, Compares):
                place = Place.WITHIN if test.comparator is Comparator.WITHIN else Place.COMPARISON
                yield PlacedFormula(test.operand, test.fact, place, about, test.position)
    for rule in content.rules.values():
        if rule.target is None:
            continue
        bound = rule.target.bound
        if isinstance(bound.value, bool | float | str):
            continue
        place = {"within": Place.WITHIN, "is": Place.TARGET_IS}.get(bound.kind, Place.COMPARISON)
        yield PlacedFormula(bound.value, rule.target.of, place, f"rule {rule.id}", bound.position)
