"""Formulas → terms: parameters and units become numbers, constants are folded exactly.

A factor between units is kept as a fraction and applied as a multiplication and a division by whole numbers,
so that 450 minutes are 7.5 hours and not 7.50000015.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from wellfounded.model.content import Content
from wellfounded.model.core import Arithmetic, Constant, FactNumber, Rounded, Term
from wellfounded.model.expression import Between, End, Formula, Name, Negative, Number, Operation, names_in
from wellfounded.model.interval import Interval, interval_of
from wellfounded.model.record import Record
from wellfounded.model.values import DECIMALS, decimals_for, rounded_exactly


class _Part(Record, frozen=True):
    """A number known exactly, or a term; in a unit of size ``factor``."""

    value: Fraction | Term
    factor: Fraction


def exactly(number: float) -> Fraction:
    """The decimal an author wrote, not the double nearest to it."""
    return Fraction(Decimal(repr(number)))


class Formulas:
    """Lowers the formulas of one knowledge base. ``spans`` of facts decide how results are rounded."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.spans = {
            fact.id: Interval(*fact.span) for fact in content.facts.values() if fact.span is not None
        }

    def result(self, formula: Formula, fact: str, end: End) -> Rounded:
        """A formula in the unit of ``fact``, rounded once; of a range, its ``end``."""
        part = self._part(formula, end, fact)
        parameters = tuple(dict.fromkeys(self._parameters(formula)))
        claims = tuple(dict.fromkeys(self.content.parameters[name].claim for name in parameters))
        factor = part.factor / self._factor(self.content.facts[fact].unit)
        if isinstance(part.value, Fraction):
            number = part.value * factor
            constant = Constant(rounded_exactly(number, self._decimals(float(number), fact)))
            return Rounded(constant, DECIMALS, claims, parameters)
        term = _scaled(part.value, factor)
        interval = interval_of(term, self.spans)
        widest = interval.joined(self.spans[fact]) if fact in self.spans else interval
        return Rounded(term, decimals_for(widest.low, widest.high), claims, parameters)

    def derived(self, formula: Formula, fact: str) -> Rounded:
        """The formula of a derived fact; without a span of its own it gets the one its formula gives."""
        result = self.result(formula, fact, End.LOW)
        self.spans.setdefault(fact, interval_of(result.term, self.spans))
        return result

    def _decimals(self, number: float, fact: str) -> int:
        span = self.spans.get(fact, Interval(number, number))
        return decimals_for(min(span.low, number), max(span.high, number))

    def _parameters(self, formula: Formula) -> list[str]:
        return [name.name for name in names_in(formula) if name.name in self.content.parameters]

    def _factor(self, unit: str) -> Fraction:
        return self.content.units[unit].factor if unit else Fraction(1)

    def _part(self, formula: Formula, end: End, fact: str) -> _Part:
        match formula:
            case Number():
                return _Part(exactly(formula.value), self._number_factor(fact))
            case Name():
                return self._name(formula, end)
            case Negative():
                return _combined("-", _Part(Fraction(0), Fraction(1)), self._inside(formula.operand, end))
            case Operation():
                left, right = self._inside(formula.left, end), self._inside(formula.right, end)
                return _combined(formula.symbol, left, right)

    def _inside(self, formula: Formula, end: End) -> _Part:
        """A part of a larger formula, where a number has no unit."""
        if isinstance(formula, Number):
            return _Part(exactly(formula.value), Fraction(1))
        return self._part(formula, end, "")

    def _number_factor(self, fact: str) -> Fraction:
        """A number that stands alone is in the unit of the fact it is held against."""
        return self._factor(self.content.facts[fact].unit)

    def _name(self, name: Name, end: End) -> _Part:
        parameter = self.content.parameters.get(name.name)
        if parameter is None:
            return _Part(FactNumber(name.name), self._factor(self.content.facts[name.name].unit))
        number = parameter.low if (name.end or end) is End.LOW else parameter.high
        return _Part(exactly(number), self._factor(parameter.unit))


def bounds(operand: Formula | Between) -> tuple[Formula, Formula]:
    """The formulas that give the low and the high end."""
    return (operand.low, operand.high) if isinstance(operand, Between) else (operand, operand)


def _combined(symbol: str, left: _Part, right: _Part) -> _Part:
    match symbol:
        case "*":
            return _Part(_apply(symbol, left.value, right.value), left.factor * right.factor)
        case "/":
            return _Part(_apply(symbol, left.value, right.value), left.factor / right.factor)
    if left.value == 0 and isinstance(left.value, Fraction):
        left = _Part(left.value, right.factor)
    value = _apply(symbol, left.value, _scaled_value(right.value, right.factor / left.factor))
    return _Part(value, left.factor)


def _apply(symbol: str, left: Fraction | Term, right: Fraction | Term) -> Fraction | Term:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return _EXACTLY[symbol](left, right)
    return Arithmetic(symbol, _term(left), _term(right))


_EXACTLY: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _term(value: Fraction | Term) -> Term:
    return Constant(float(value)) if isinstance(value, Fraction) else value


def _scaled_value(value: Fraction | Term, factor: Fraction) -> Fraction | Term:
    return value * factor if isinstance(value, Fraction) else _scaled(value, factor)


def _scaled(term: Term, factor: Fraction) -> Term:
    if factor.numerator != 1:
        term = Arithmetic("*", term, Constant(float(factor.numerator)))
    if factor.denominator != 1:
        term = Arithmetic("/", term, Constant(float(factor.denominator)))
    return term
