"""Numbers and formulas written differently: a step more or less, another sign, the other end of a range."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from wellfounded.lower.formulas import exactly
from wellfounded.model.content import Content, Parameter, conditions_in
from wellfounded.model.expression import (
    Between,
    Compares,
    End,
    Formula,
    Name,
    Negative,
    Number,
    Operation,
    as_written,
    extent,
    tests_in,
)
from wellfounded.review.mutation.mutant import Kind, Variant

_OTHER_SYMBOL = {"+": "-", "-": "+", "*": "/", "/": "*"}
_OTHER_END = {End.LOW: End.HIGH, End.HIGH: End.LOW}


class Steps:
    """The smallest step of each number of a knowledge base."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._held_against: dict[str, set[str]] = {}
        rows = (condition for table in content.tables.values() for condition in conditions_in(table))
        for condition in (*(rule.when for rule in content.rules.values()), *rows):
            for test in tests_in(condition):
                if isinstance(test, Compares):
                    self._note(test.fact, test.operand)
        for rule in content.rules.values():
            if rule.target is not None and not isinstance(rule.target.bound.value, bool | float | str):
                self._note(rule.target.of, rule.target.bound.value)

    def _note(self, fact: str, operand: Formula | Between) -> None:
        ends = (operand.low, operand.high) if isinstance(operand, Between) else (operand,)
        for end in ends:
            if isinstance(end, Name):
                self._held_against.setdefault(end.name, set()).add(fact)

    def of_fact(self, fact: str) -> float | None:
        return self.content.facts[fact].step

    def of_parameter(self, parameter: Parameter) -> float:
        """The finest step of the facts held against it, else of those in its unit; else its last digit."""
        facts = self.content.facts
        against = self._held_against.get(parameter.id, set())
        steps = [self._in_unit(name, parameter.unit) for name in against if name in facts]
        alike = [fact.step for fact in facts.values() if fact.unit == parameter.unit]
        for found in (steps, alike if parameter.unit else []):
            known = [step for step in found if step]
            if known:
                return min(known)
        return min(last_digit(parameter.low), last_digit(parameter.high))

    def _in_unit(self, fact: str, unit: str) -> float | None:
        known = self.content.facts[fact]
        if known.step is None:
            return None
        return float(exactly(known.step) * self._size(known.unit) / self._size(unit))

    def _size(self, unit: str) -> Fraction:
        return self.content.units[unit].factor if unit else Fraction(1)


def last_digit(number: float) -> float:
    """One of the last digit that is written: 0.1 of 1.6, 1 of 48."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return float(Decimal(1).scaleb(min(int(exponent), 0)))


def moved(number: float, step: float) -> tuple[float, float]:
    """A step less and a step more, in decimals as people write them."""
    at, by = Decimal(repr(number)), Decimal(repr(step))
    return float(at - by), float(at + by)


def formula_variants(formula: Formula | Between, step: float | None) -> Iterator[Variant]:
    """A formula with one thing in it written differently; ``step`` is that of a number standing alone."""
    match formula:
        case Number():
            for number in moved(formula.value, step or last_digit(formula.value)):
                yield _variant(Kind.THRESHOLD, formula, replace(formula, value=number))
        case Name():
            if formula.end is not None:
                yield _variant(Kind.END, formula, replace(formula, end=_OTHER_END[formula.end]))
        case Negative():
            for variant in formula_variants(formula.operand, None):
                yield variant.within(replace(formula, operand=variant.part))
        case Operation():
            other = replace(formula, symbol=_OTHER_SYMBOL[formula.symbol])
            yield _variant(Kind.OPERATOR, formula, other)
            for side in ("left", "right"):
                for variant in formula_variants(getattr(formula, side), None):
                    yield variant.within(replace(formula, **{side: variant.part}))
        case Between():
            for side in ("low", "high"):
                for variant in formula_variants(getattr(formula, side), step):
                    yield variant.within(replace(formula, **{side: variant.part}))


def _variant(kind: Kind, one: Formula, other: Formula) -> Variant:
    return Variant(kind, as_written(one), as_written(other), extent(one), other)


def at_end(content: Content, formula: Formula | Between, end: End) -> Formula:
    """What a comparison with that end of a range holds a fact against, written so that it says so."""
    match formula:
        case Between():
            return formula.low if end is End.LOW else formula.high
        case Name():
            parameter = content.parameters.get(formula.name)
            ranged = parameter is not None and parameter.is_range and formula.end is None
            return replace(formula, end=end) if ranged else formula
        case Negative():
            return replace(formula, operand=at_end(content, formula.operand, end))
        case Operation():
            left, right = (at_end(content, part, end) for part in (formula.left, formula.right))
            return replace(formula, left=left, right=right)
    return formula
