"""Interval arithmetic: which numbers a formula can give, read off the spans of its facts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from wellfounded.model.core import Arithmetic, Constant, FactNumber, Term
from wellfounded.model.record import Record


class Interval(Record, frozen=True):
    """All numbers from ``low`` to ``high``."""

    low: float
    high: float

    def holds(self, number: float) -> bool:
        return self.low <= number <= self.high

    def covers(self, other: Interval) -> bool:
        return self.low <= other.low and other.high <= self.high

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def joined(self, other: Interval) -> Interval:
        return Interval(min(self.low, other.low), max(self.high, other.high))


EVERYTHING = Interval(-math.inf, math.inf)


def combined(symbol: str, left: Interval, right: Interval) -> Interval:
    """What ``left symbol right`` can give; anything at all where a divisor can be zero."""
    if symbol == "/" and right.holds(0):
        return EVERYTHING
    combine = _COMBINE[symbol]
    corners = [combine(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    if any(math.isnan(corner) for corner in corners):
        return EVERYTHING
    return Interval(min(corners), max(corners))


_COMBINE: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


def interval_of(term: Term, spans: Mapping[str, Interval]) -> Interval:
    """What a term can give for facts within their spans."""
    match term:
        case Constant():
            return Interval(term.value, term.value)
        case FactNumber():
            return spans.get(term.fact, EVERYTHING)
        case Arithmetic():
            return combined(term.symbol, interval_of(term.left, spans), interval_of(term.right, spans))
