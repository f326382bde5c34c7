"""Things that only got another id: found, and carried through all that names them.

So a rule that names a claim by its new id is not told to be changed, and what comes of a topic can be
compared with what came of it when it was called something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from wellfounded.model.content import (
    Citation,
    Claim,
    Conclusion,
    Content,
    Fact,
    FurtherEvidence,
    Gets,
    Guarantee,
    Header,
    OnRecord,
    Parameter,
    Rule,
    Table,
    Target,
)
from wellfounded.model.expression import Compares, Is, Name
from wellfounded.model.frozen import frozen
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.template import Slot, template
from wellfounded.model.text import Text

#: Kind of thing → old id → new id. Topics are named by the ids of rules.
Renames: TypeAlias = Mapping[str, Mapping[str, str]]

#: The kinds in an order in which what is named comes before what names it; the field that is the id.
_ID = {
    "sections": "id",
    "units": "written",
    "references": "number",
    "works": "id",
    "claims": "id",
    "tables": "id",
    "parameters": "id",
    "facts": "id",
    "rules": "id",
    "guarantees": "id",
}

_NAMES_WHAT: Mapping[tuple[type[Record], str], tuple[str, ...]] = {
    (Claim, "section"): ("sections",),
    (Fact, "unit"): ("units",),
    (Parameter, "unit"): ("units",),
    (Citation, "reference"): ("references",),
    (FurtherEvidence, "work"): ("works",),
    (OnRecord, "probably_meant"): ("works",),
    (Parameter, "claim"): ("claims",),
    (Table, "claim"): ("claims",),
    (Claim, "contradicts"): ("claims",),
    (Rule, "because"): ("claims",),
    (Rule, "background"): ("claims",),
    (Rule, "table"): ("tables",),
    (Name, "name"): ("parameters", "facts"),
    (Is, "fact"): ("facts",),
    (Compares, "fact"): ("facts",),
    (Target, "of"): ("facts",),
    (Conclusion, "fact"): ("facts",),
    (Rule, "causes_of"): ("facts",),
    (Gets, "target"): ("facts",),
    (Guarantee, "stating"): ("facts",),
    (Rule, "topic"): ("topics",),
    (Header, "order"): ("topics",),
    (Gets, "topic"): ("topics",),
    (Guarantee, "together"): ("topics",),
    (Guarantee, "told_by"): ("topics",),
}


def with_new_names(old: Content, new: Content) -> tuple[Content, Renames]:
    """The old content as the new one names things, and what is named otherwise in it."""
    found: dict[str, Mapping[str, str]] = {}
    for kind in _ID:
        renamed = dict(_renamed(kind, things(old, kind), things(new, kind)))
        if renamed:
            found[kind] = renamed
            old = _carried(old, kind, renamed)
            if kind == "rules":
                found["topics"] = _topics(renamed, old, new)
                old = _Carrying({"topics": found["topics"]}).through(old)
    return old, found


def things(content: Content, kind: str) -> Mapping[str, Any]:
    """The things of a kind by id."""
    found: Mapping[str, Any] = getattr(content.header if kind == "sections" else content, kind)
    return found


def _renamed(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is gone, with what is new and the same but for its id."""
    come = [id for id in new if id not in old]
    for id, thing in old.items():
        if id in new:
            continue
        other = next((other for other in come if _with_id(kind, thing, other) == new[other]), None)
        if other is not None:
            come.remove(other)
            yield id, other


def _with_id(kind: str, thing: Any, id: str) -> Any:
    changed = {_ID[kind]: id}
    if kind == "rules" and thing.topic == thing.id:
        changed["topic"] = id
    return replace(thing, **changed)


def _topics(rules: Mapping[str, str], old: Content, new: Content) -> Mapping[str, str]:
    """The topics that had the name of a rule and have its new one: all its rules went with it."""
    kept = {rule.topic for rule in old.rules.values()} & {rule.topic for rule in new.rules.values()}
    return {one: other for one, other in rules.items() if other in kept and one not in kept}


def _carried(content: Content, kind: str, renamed: Mapping[str, str]) -> Content:
    known = things(content, kind)
    moved = frozen(
        (renamed.get(id, id), _with_id(kind, thing, renamed[id]) if id in renamed else thing)
        for id, thing in known.items()
    )
    if kind == "sections":
        content = replace(content, header=replace(content.header, sections=moved))
    else:
        content = replace(content, **{kind: moved})
    carried: Content = _Carrying({kind: renamed}).through(content)
    return carried


class _Carrying:
    """Puts new ids in the place of old ones, wherever something is named."""

    def __init__(self, renames: Renames) -> None:
        self.renames = renames

    def through(self, item: Any) -> Any:
        match item:
            case Position():
                return item
            case Record():
                return self._record(item)
            case Text():
                return Text({k: self._said(v) for k, v in item.items()}, item.position, item.positions)
            case Mapping():
                return frozen((key, self.through(value)) for key, value in item.items())
            case tuple():
                return tuple(map(self.through, item))
        return item

    def _record(self, item: Record) -> Record:
        made = {name: self.through(getattr(item, name)) for name in item.__struct_fields__}
        for (kind, field), named in _NAMES_WHAT.items():
            if isinstance(item, kind):
                made[field] = self._named(made[field], named)
        return replace(item, **made)

    def _named(self, value: Any, kinds: tuple[str, ...]) -> Any:
        if isinstance(value, tuple):
            return tuple(self._named(item, kinds) for item in value)
        return next(
            (self.renames[kind][value] for kind in kinds if value in self.renames.get(kind, ())), value
        )

    def _said(self, wording: str) -> str:
        """A text whose placeholders have the new names."""
        named = {**self.renames.get("facts", {}), **self.renames.get("parameters", {})}
        if not named:
            return wording
        return "".join(
            str(Slot(named.get(piece.name, piece.name), piece.end)) if isinstance(piece, Slot) else piece
            for piece in template(wording)
        )
