"""Where in the authors' files something stands."""

from __future__ import annotations

from wellfounded.model.record import Record


class Position(Record, frozen=True, eq=False):
    """A run of characters on one line; ``line`` and ``column`` count from 1.

    Any two positions are equal, so that they never take part in the equality of what stands there: two files
    that say the same are equal. Where places have to be told apart, compare their ``start``.
    """

    file: str
    line: int
    column: int
    length: int = 1

    @property
    def start(self) -> tuple[str, int, int]:
        """File, line and column: something that can be compared and sorted."""
        return (self.file, self.line, self.column)

    def inside(self, offset: int, length: int) -> Position:
        """The part of this position that starts ``offset`` characters further on."""
        return Position(self.file, self.line, self.column + offset, length)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Position)

    def __hash__(self) -> int:
        return 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Position("", 0, 0, 0)
