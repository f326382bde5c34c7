"""What a fact is to the groups of tests (*all*, *any*) in which it is tested: which ones a change concerns.

A group counts its members: one that decides it, more than all that are unknown together. So it is known from
its count alone, and a change only has to be counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Protocol, TypeAlias

from wellfounded.model.values import Truth, Value

#: What a member counts that decides its group; one that is unknown counts 1.
DECIDED = 1 << 20

#: Groups, each with what is to be counted more.
Changes: TypeAlias = list[tuple[int, int]]


class Members(Protocol):
    """The tests of one fact that stand in groups."""

    def changes(self, before: Value | None, after: Value | None) -> Changes:
        """What the groups count more when the fact has changed."""


def truth_of(count: int, decisive: bool) -> Truth:
    """A group: ``decisive`` if a member decides it, else unknown if one is unknown."""
    return decisive if count >= DECIDED else None if count else not decisive


class ByValue:
    """Tests that are true of some values: the values, the group, and the truth that decides it."""

    def __init__(self, tests: Iterable[tuple[tuple[Value, ...], int, bool]]) -> None:
        self.tests = tuple(tests)
        self.found: dict[tuple[Value | None, Value | None], Changes] = {}

    def changes(self, before: Value | None, after: Value | None) -> Changes:
        found = self.found.get((before, after))
        if found is None:
            found = self.found[before, after] = [
                (group, more)
                for values, group, decisive in self.tests
                if (more := _counted(after, values, decisive) - _counted(before, values, decisive))
            ]
        return found


def _counted(value: Value | None, values: tuple[Value, ...], decisive: bool) -> int:
    if value is None:
        return 1
    return DECIDED if (value in values) is decisive else 0


class ByNumber:
    """Comparisons of one number with fixed bounds, in the order in which they change as the number grows."""

    def __init__(self, comparisons: Iterable[tuple[str, float, int, bool]]) -> None:
        """Each with its relation, its bound, its group, and the truth that decides the group."""
        ordered = sorted(
            ((bound, relation in _PAST_ITS_BOUND), group, (relation in _TRUE_ABOVE) is decisive)
            for relation, bound, group, decisive in comparisons
        )
        self.bounds = [bound for bound, _, _ in ordered]
        self.growing = [(group, DECIDED if decides else -DECIDED) for _, group, decides in ordered]
        self.shrinking = [(group, -more) for group, more in self.growing]

    def changes(self, before: Value | None, after: Value | None) -> Changes:
        if before is None:
            return self._known(after, 1)
        if after is None:
            return self._known(before, -1)
        start, end = self._passed(before), self._passed(after)
        return self.growing[start:end] if start < end else self.shrinking[end:start]

    def _known(self, number: Value | None, sign: int) -> Changes:
        """What is counted more when an unknown number becomes known, or less when it is unknown again."""
        passed, decided = self._passed(number), sign * (DECIDED - 1)
        below = [(group, decided if more > 0 else -sign) for group, more in self.growing[:passed]]
        above = [(group, decided if more < 0 else -sign) for group, more in self.growing[passed:]]
        return below + above

    def _passed(self, number: Value | None) -> int:
        """How many comparisons have changed for all numbers up to this one."""
        return bisect_left(self.bounds, (number, 0.5))


#: ``<`` and ``>=`` change at their bound, these past it.
_PAST_ITS_BOUND = ("<=", ">")
_TRUE_ABOVE = (">=", ">")
