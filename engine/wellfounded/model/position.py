"""Where in the authors' files something stands."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A run of characters on one line; ``line`` and ``column`` count from 1.

    A tuple, since a knowledge base has thousands of them and they are read back at every start.
    """

    file: str
    line: int
    column: int
    length: int = 1

    def inside(self, offset: int, length: int) -> Position:
        """The part of this position that starts ``offset`` characters further on."""
        return Position(self.file, self.line, self.column + offset, length)

    @property
    def start(self) -> Position:
        """Its first character alone, so that two things can be asked whether they start at one place."""
        return self.inside(0, 1)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Position("", 0, 0, 0)
