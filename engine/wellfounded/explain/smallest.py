"""The smallest of the sets of facts that are enough for something, found exactly.

What is enough stays so when more is added. Then a set is enough if it has a fact of every *gap*: of all that
is missing from a largest set that is not enough. So the smallest set that hits all gaps found so far is
tried: either it is enough, or it shows another gap (implicit hitting sets).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

#: Whether a set of facts is enough.
Enough = Callable[[frozenset[str]], bool]


def smallest(facts: Sequence[str], enough: Enough) -> tuple[str, ...]:
    """The smallest set of facts that is enough, where all of them are; of several, that which comes first.

    Sets are held against each other as the facts are ordered: the one with the earlier first fact comes
    first, and so on.
    """
    every = frozenset(facts)
    needed = frozenset(fact for fact in facts if not enough(every - {fact}))
    rest = [fact for fact in facts if fact not in needed]
    gaps: list[frozenset[str]] = []
    while True:
        chosen = needed | first_hitting(gaps, rest)
        if enough(chosen):
            return tuple(fact for fact in facts if fact in chosen)
        gaps.append(every - _grown(chosen, rest, enough))


def _grown(facts: frozenset[str], more: Iterable[str], enough: Enough) -> frozenset[str]:
    """A largest set around these that is still not enough."""
    for fact in more:
        wider = facts | {fact}
        if not enough(wider):
            facts = wider
    return facts


def first_hitting(gaps: Sequence[frozenset[str]], facts: Sequence[str]) -> frozenset[str]:
    """Of the smallest sets that have a fact of every gap, that which comes first."""
    size = 0
    while not _can_hit(gaps, size):
        size += 1
    chosen: frozenset[str] = frozenset()
    for fact in facts:
        if len(chosen) < size:
            left = [gap for gap in gaps if fact not in gap and not gap & chosen]
            if _can_hit(left, size - len(chosen) - 1):
                chosen |= {fact}
    return chosen


def _can_hit(gaps: Sequence[frozenset[str]], size: int) -> bool:
    """Whether so many facts can be enough to have one of every gap."""
    if not gaps:
        return True
    if size == 0:
        return False
    narrowest = min(gaps, key=len)
    return any(_can_hit([gap for gap in gaps if fact not in gap], size - 1) for fact in sorted(narrowest))
