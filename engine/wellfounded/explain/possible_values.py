"""The values a person could have of a fact instead, those nearest to the present one first."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from math import ceil, floor

from wellfounded.model.content import Fact, FactType
from wellfounded.model.record import Record
from wellfounded.model.values import Value, decimals_for, rounded

#: Of a number with more steps than this, only so many are gone through in each direction.
MOST_STEPS = 20_000


class Other(Record, frozen=True):
    """A value, and how many steps away it is; another yes/no or choice is one step away."""

    steps: float
    value: Value


def other_values(fact: Fact, present: Value | None) -> Iterator[Other]:
    """The values of a fact but for the present one, nearest first, and of two as near the lower first.

    Of an unknown one, every value is one step away: a number from the lowest on, else in the author's order.
    """
    if fact.type is FactType.NUMBER:
        assert present is None or isinstance(present, float)
        yield from _numbers(fact, present)
    else:
        yield from (Other(1, value) for value in fact.values if value != present)


def all_looked_at(fact: Fact, present: Value | None) -> bool:
    """Whether ``other_values`` gives every value there is at whole steps."""
    if fact.type is not FactType.NUMBER:
        return True
    low, high, step = _bounds(fact)
    if isinstance(present, float):
        return max(present - low, high - present) / step <= MOST_STEPS
    return (high - low) / step <= MOST_STEPS


def _bounds(fact: Fact) -> tuple[float, float, float]:
    assert fact.span is not None
    assert fact.step is not None
    return *fact.span, fact.step


def _numbers(fact: Fact, present: float | None) -> Iterator[Other]:
    """Whole steps within the span, and its ends, which need not be at one."""
    low, high, step = _bounds(fact)
    if present is None:
        numbers = (*_upwards(fact, ceil(round(low / step, 6))), high)
        yield from (Other(1, number) for number in dict.fromkeys((low, *numbers)))
        return
    above = (Other((number - present) / step, number) for number in _upwards(fact, floor(present / step)))
    below = (Other((present - number) / step, number) for number in _downwards(fact, ceil(present / step)))
    last = (Other((high - present) / step, high),)
    first = (Other((present - low) / step, low),)
    seen: set[Value] = {present}
    for other in merge(below, first, above, last, key=lambda other: (round(other.steps, 6), other.value)):
        if other.steps > 0 and other.value not in seen:
            seen.add(other.value)
            yield other


def _upwards(fact: Fact, place: int) -> Iterator[float]:
    yield from _walk(fact, range(place, place + MOST_STEPS + 1))


def _downwards(fact: Fact, place: int) -> Iterator[float]:
    yield from _walk(fact, range(place, place - MOST_STEPS - 1, -1))


def _walk(fact: Fact, places: range) -> Iterator[float]:
    low, high, step = _bounds(fact)
    decimals = decimals_for(low, high)
    for place in places:
        number = rounded(place * step, decimals)
        if low <= number <= high:
            yield number
        elif (number > high) is (places.step > 0):
            return
