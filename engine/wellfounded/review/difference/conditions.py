"""Conditions as their authors wrote them: on one line, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wellfounded.model.expression import Condition, Group, Grouping
from wellfounded.model.record import Record
from wellfounded.review.authored import as_written

EVERYONE = "everyone"


class Unlike(Record, frozen=True):
    """A part of a condition that is otherwise, new (nothing is old) or gone (nothing is new)."""

    where: tuple[Grouping, ...]
    old: str
    new: str


def compact(condition: Condition | None) -> str:
    """A condition on one line, as one may write it."""
    if condition is None or condition == Group(Grouping.ALL, ()):
        return EVERYONE
    if isinstance(condition, Group) and condition.grouping is Grouping.ALL:
        return ", ".join(map(_member, condition.members))
    return _member(condition)


def _member(condition: Condition) -> str:
    if not isinstance(condition, Group):
        return as_written(condition)
    return f"{condition.grouping}: [{'; '.join(compact(member) for member in condition.members)}]"


def unlike(old: Condition | None, new: Condition | None) -> tuple[Unlike, ...]:
    """The parts that differ, as small as can be; nothing where only the order does."""
    return tuple(_unlike(_members(old), _members(new), ()))


def _members(condition: Condition | None) -> list[Condition]:
    """What has to hold together: a group of *all* is its members."""
    if condition is None:
        return []
    if isinstance(condition, Group) and condition.grouping is Grouping.ALL:
        return list(condition.members)
    return [condition]


def _unlike(
    old: Sequence[Condition], new: Sequence[Condition], where: tuple[Grouping, ...]
) -> Iterator[Unlike]:
    gone, come = _without(old, new), _without(new, old)
    for one, other in _pairs(gone, come):
        if one is not None and other is not None and isinstance(one, Group) and isinstance(other, Group):
            inside = list(_unlike(one.members, other.members, (*where, one.grouping)))
            yield from inside or [Unlike(where, _member(one), _member(other))]
        else:
            yield Unlike(where, "" if one is None else _member(one), "" if other is None else _member(other))


def _without(some: Sequence[Condition], others: Sequence[Condition]) -> list[Condition]:
    """The conditions that are not among others, as often as they are there more often."""
    rest = list(others)
    kept = []
    for condition in some:
        if condition in rest:
            rest.remove(condition)
        else:
            kept.append(condition)
    return kept


def _pairs(
    gone: list[Condition], come: list[Condition]
) -> Iterator[tuple[Condition | None, Condition | None]]:
    """What is gone with what came for it: on the same fact, or a group of the same kind."""
    waiting = list(come)
    for one in gone:
        fits = next((other for other in waiting if _about(other) == _about(one)), None)
        if fits is not None:
            waiting.remove(fits)
        yield one, fits
    yield from ((None, other) for other in waiting)


def _about(condition: Condition) -> str:
    return condition.grouping if isinstance(condition, Group) else f"fact {condition.fact}"
