"""A text for people: one wording per language, each knowing where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellfounded.model.frozen import EMPTY, FrozenMap
from wellfounded.model.position import NOWHERE, Position


class Text(FrozenMap[str, str]):
    """Language → wording. Equal to any mapping with the same wordings; positions take no part in that."""

    __slots__ = ("position", "positions")

    def __init__(
        self,
        wordings: Mapping[str, str],
        position: Position = NOWHERE,
        positions: Mapping[str, Position] = EMPTY,
    ) -> None:
        super().__init__(wordings)
        self.position = position
        self.positions = positions

    def __reduce__(self) -> Any:
        return Text, (dict(self), self.position, self.positions)


NO_TEXT = Text({})
