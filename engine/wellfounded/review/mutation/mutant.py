"""A mutant: one thing of a knowledge base written a little differently, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from wellfounded.model.content import Content
from wellfounded.model.frozen import frozen
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.word import Word


class Kind(Word):
    """What is changed."""

    THRESHOLD = "threshold"
    COMPARISON = "comparison"
    GROUPING = "grouping"
    DROPPED = "dropped-condition"
    NEGATED = "negated-condition"
    VALUE = "value"
    END = "end-of-range"
    OPERATOR = "operator"
    VERDICT = "verdict"
    TARGET = "target"
    UNIT = "unit"
    CLAIM = "claim"
    CITATION = "citation"
    OTHERWISE = "otherwise"
    CONCLUSION = "conclusion"
    RULE = "rule"
    ROW = "row"


class Mutant(Record, frozen=True):
    """``written`` is what stands at a place, ``instead`` what would; empty where it would be left out.

    It is made by putting ``replacement`` in place of one thing of the content, or by leaving that out.
    """

    kind: Kind
    collection: str
    id: str
    written: str
    instead: str
    position: Position
    replacement: Any = None

    @property
    def about(self) -> str:
        """The thing that is changed, as in ``rule water``."""
        return f"{self.collection.removesuffix('s')} {self.id}"

    @property
    def change(self) -> str:
        """What would be otherwise, as the end of a sentence with *if*."""
        if not self.written:
            return f"{self.about} were left out"
        if not self.instead:
            return f"`{self.written}` were left out of {self.about}"
        return f"`{self.written}` were `{self.instead}` in {self.about}"

    def of(self, content: Content) -> Content:
        """The content with the change made."""
        things: Mapping[str, Any] = getattr(content, self.collection)
        changed = {
            id: self.replacement if id == self.id else thing
            for id, thing in things.items()
            if id != self.id or self.replacement is not None
        }
        return replace(content, **{self.collection: frozen(changed)})


class Variant(Record, frozen=True):
    """A part of a thing written differently: ``part`` is what stands in its place."""

    kind: Kind
    written: str
    instead: str
    position: Position
    part: Any

    def within(self, whole: Any) -> Variant:
        """The same change, seen from what the part is a part of."""
        return replace(self, part=whole)
