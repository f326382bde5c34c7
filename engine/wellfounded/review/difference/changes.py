"""What was changed in words: two contents, compared thing by thing and part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from wellfounded.model.content import Content
from wellfounded.model.record import Record
from wellfounded.model.word import Word
from wellfounded.review.difference.conditions import compact, unlike
from wellfounded.review.difference.parts import Part, parts_of
from wellfounded.review.difference.renames import Renames, things


class What(Word):
    """What happened to a thing; one that is ``moved`` stands elsewhere among its kind."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    MOVED = "moved"


class Detail(Record, frozen=True):
    """A part of a thing that was changed. What is empty was not there, or is no more.

    ``prose`` is compared word by word. ``inside`` are the groups a part of a condition is in.
    """

    part: str
    old: str = ""
    new: str = ""
    prose: bool = False
    inside: tuple[str, ...] = ()


class Change(Record, frozen=True):
    """A thing that was changed; ``was`` is its old id where it has another now."""

    kind: str
    id: str
    what: What
    details: tuple[Detail, ...] = ()
    was: str = ""


#: The kinds of things in the order they are told, and what one of them is called.
KINDS: Mapping[str, str] = {
    "sections": "section",
    "dimensions": "dimension",
    "units": "unit",
    "facts": "fact",
    "parameters": "parameter",
    "works": "work",
    "references": "reference",
    "claims": "claim",
    "tables": "table",
    "rules": "rule",
    "guarantees": "guarantee",
}

#: What is told of a thing that is new, or gone.
_TELLING = {
    "fact": ("type", "unit", "span", "formula"),
    "parameter": ("", "claim"),
    "claim": ("text", "cites"),
    "rule": ("title", "when", "target", "conclude", "advise", "because", "status"),
    "reference": ("as cited title", "on record"),
    "guarantee": ("title",),
}


def changes(old: Content, new: Content, renames: Renames) -> tuple[Change, ...]:
    """Every change, kind by kind. ``old`` has the new names already (see ``renames``)."""
    return tuple(_changes(old, new, renames))


def _changes(old: Content, new: Content, renames: Renames) -> Iterator[Change]:
    details = tuple(_details(parts_of(old.header), parts_of(new.header)))
    if details:
        yield Change("knowledge base", new.header.id, What.CHANGED, details)
    for kind, name in KINDS.items():
        before, after = things(old, kind), things(new, kind)
        was = {other: one for one, other in renames.get(kind, {}).items()}
        yield from _of_kind(name, before, after, was)
        yield from _moved(name, before, after)


def _of_kind(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any], was: Mapping[str, str]
) -> Iterator[Change]:
    for id, thing in before.items():
        if id not in after:
            yield Change(kind, id, What.REMOVED, tuple(_told(kind, _details(parts_of(thing), {}))))
    for id, thing in after.items():
        if id not in before:
            yield Change(kind, id, What.ADDED, tuple(_told(kind, _details({}, parts_of(thing)))))
            continue
        details = () if before[id] == thing else tuple(_details(parts_of(before[id]), parts_of(thing)))
        if id in was:
            yield Change(kind, id, What.RENAMED, details, was[id])
        elif details:
            yield Change(kind, id, What.CHANGED, details)


def _told(kind: str, details: Iterator[Detail]) -> Iterator[Detail]:
    telling = _TELLING.get(kind, ())
    for detail in details:
        if detail.part.partition(" (")[0] in telling:
            yield detail


def _details(old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[Detail]:
    nothing = Part()
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name, nothing), new.get(name, nothing)
        if before == after:
            continue
        if before.is_condition or after.is_condition:
            yield from _of_condition(name, before, after)
        else:
            yield Detail(name, before.text, after.text, before.prose or after.prose)


def _of_condition(name: str, before: Part, after: Part) -> Iterator[Detail]:
    if not (before.is_condition and after.is_condition):
        old = compact(before.condition) if before.is_condition else ""
        yield Detail(name, old, compact(after.condition) if after.is_condition else "")
        return
    found = unlike(before.condition, after.condition)
    for part in found:
        yield Detail(name, part.old, part.new, inside=tuple(map(str, part.where)))
    if not found:
        yield Detail(f"{name}, order", compact(before.condition), compact(after.condition))


def _moved(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """As few things as explain that those in both stand in another order."""
    old, new = ([id for id in one if id in other] for one, other in ((before, after), (after, before)))
    for id in moved(old, new):
        detail = Detail("after", _before(old, id), _before(new, id))
        yield Change(kind, id, What.MOVED, (detail,))


def moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The ids that stand elsewhere, of two lists with the same ids."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {id for block in blocks for id in old[block.a : block.a + block.size]}
    return [id for id in new if id not in kept]


def _before(ids: Sequence[str], id: str) -> str:
    """What stands before one, or nothing."""
    place = ids.index(id)
    return ids[place - 1] if place else ""
