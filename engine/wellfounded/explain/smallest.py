"""The smallest of the sets of facts that are enough for something, found exactly.

What is enough stays so when more is added. Then a set is enough if it has a fact of every *gap*: of all that
is missing from a largest set that is not enough. So the smallest set that hits all gaps found so far is
tried: either it is enough, or it shows another gap (implicit hitting sets).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeAlias

#: Whether a set of facts is enough.
Enough = Callable[[frozenset[str]], bool]

Gap: TypeAlias = frozenset[str]


def smallest(facts: Sequence[str], enough: Enough) -> tuple[str, ...]:
    """The smallest set of facts that is enough, where all of them are; of several, that which comes first.

    Sets are held against each other as the facts are ordered: the one with the earlier first fact comes
    first, and so on.
    """
    every = frozenset(facts)
    needed = frozenset(fact for fact in facts if not enough(every - {fact}))
    rest = [fact for fact in facts if fact not in needed]
    gaps: list[Gap] = []
    chosen = needed
    while not enough(chosen):  # gaps that have nothing in common, which are found without a search
        gaps.append(every - _grown(chosen, rest, enough))
        chosen |= gaps[-1]
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


def first_hitting(gaps: Collection[Gap], facts: Sequence[str]) -> frozenset[str]:
    """Of the smallest sets that have a fact of every gap, that which comes first."""
    chosen: frozenset[str] = frozenset()
    for group in _apart(gaps):
        chosen |= _first_of(group, [fact for fact in facts if any(fact in gap for gap in group)])
    return chosen


def _first_of(gaps: Collection[Gap], facts: Sequence[str]) -> frozenset[str]:
    size, chosen = _fewest(gaps, len(facts)), frozenset[str]()
    for fact in facts:
        left = [gap for gap in gaps if fact not in gap]
        if len(chosen) < size and _fewest(left, size - len(chosen) - 1) < size - len(chosen):
            chosen, gaps = chosen | {fact}, left
        else:
            gaps = [gap - {fact} for gap in gaps]
    return chosen


def _fewest(gaps: Collection[Gap], most: int) -> int:
    """How many facts it takes to have one of every gap; more than ``most`` where it takes more than that."""
    gaps = _narrowest(gaps)
    apart = _apart(gaps)
    if len(apart) > 1:
        found = 0
        for place, group in enumerate(apart, 1):
            found += _fewest(group, most - found - (len(apart) - place))
            if found + len(apart) - place > most:
                return most + 1
        return found
    if len(gaps) < 2 or most < 1:
        return len(gaps)
    if _with_nothing_in_common(gaps) > most:
        return most + 1
    counted = Counter(fact for gap in gaps for fact in sorted(gap))
    fact = max(counted, key=counted.__getitem__)
    with_it = 1 + _fewest([gap for gap in gaps if fact not in gap], most - 1)
    without = [gap - {fact} for gap in gaps]
    return min(with_it, _fewest(without, min(most, with_it - 1))) if all(without) else with_it


def _narrowest(gaps: Iterable[Gap]) -> list[Gap]:
    """The gaps without those around another one: whoever hits that one hits them."""
    kept: list[Gap] = []
    for gap in sorted(gaps, key=len):
        if not any(other <= gap for other in kept):
            kept.append(gap)
    return kept


def _with_nothing_in_common(gaps: Iterable[Gap]) -> int:
    """How many gaps have nothing in common, the narrow ones first: it takes at least a fact for each."""
    seen: set[str] = set()
    count = 0
    for gap in gaps:
        if seen.isdisjoint(gap):
            seen |= gap
            count += 1
    return count


def _apart(gaps: Iterable[Gap]) -> list[list[Gap]]:
    """The gaps in groups that have no fact in common with another group."""
    groups: list[tuple[set[str], list[Gap]]] = []
    for gap in gaps:
        facts, joined, others = set(gap), [gap], []
        for group in groups:
            if group[0].isdisjoint(gap):
                others.append(group)
            else:
                facts |= group[0]
                joined += group[1]
        groups = [*others, (facts, joined)]
    return [group for _, group in groups]
