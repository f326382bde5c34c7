"""What people can state to two versions: who can be compared, and who could be advised only before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellfounded.model.content import Content, Fact
from wellfounded.model.record import Record
from wellfounded.review.difference.parts import numbers
from wellfounded.review.difference.renames import Renames


class FactNote(Record, frozen=True):
    """A stated fact that is not the same in both; ``excludes`` people whom only the old one could advise."""

    fact: str
    says: str
    excludes: bool


def fact_notes(old: Content, new: Content, renames: Renames) -> Iterator[FactNote]:
    """What is to be known of who can be asked about, where what can be stated is not the same in both."""
    for one, other in renames.get("facts", {}).items():
        if new.facts[other].can_be_stated:
            yield FactNote(other, f"was called `{one}`: who is compared states it under the new name", False)
    for id in dict.fromkeys((*old.facts, *new.facts)):
        before, after = (_stated(content, id) for content in (old, new))
        if before is None and after is not None:
            yield FactNote(id, "can be stated to the new one only; the old one is asked without it", False)
        elif before is not None and after is None:
            yield FactNote(id, "can be stated to the old one only; the new one is asked without it", True)
        elif before is not None and after is not None:
            yield from _unlike(before, after)


def _stated(content: Content, id: str) -> Fact | None:
    fact = content.facts.get(id)
    return fact if fact is not None and fact.can_be_stated else None


def _unlike(before: Fact, after: Fact) -> Iterator[FactNote]:
    id = before.id
    if before.type is not after.type:
        says = f"is a {after.type.called} and was a {before.type.called}: who states it is not compared"
        yield FactNote(id, says, True)
        return
    if before.unit != after.unit:
        units = [unit or "no unit" for unit in (before.unit, after.unit)]
        says = f"is in {units[1]} and was in {units[0]}: what rests on it is not compared"
        yield FactNote(id, says, True)
        return
    if before.span != after.span and before.span is not None and after.span is not None:
        spans = [numbers(*span, before.unit) for span in (before.span, after.span)]
        narrowed = after.span[0] > before.span[0] or after.span[1] < before.span[1]
        says = f"may be {spans[1]} and could be {spans[0]}: who is compared is within both"
        yield FactNote(id, says, narrowed)
    gone, come = ([c for c in one if c not in other] for one, other in _both_ways(before, after))
    if gone or come:
        said = [f"{', '.join(gone)} cannot be chosen any more"] if gone else []
        said += [f"{', '.join(come)} can be chosen now"] if come else []
        yield FactNote(id, f"{'; '.join(said)}: who is compared chooses neither", bool(gone))


def _both_ways(before: Fact, after: Fact) -> tuple[tuple[Mapping[str, object], Mapping[str, object]], ...]:
    return (before.choices, after.choices), (after.choices, before.choices)
