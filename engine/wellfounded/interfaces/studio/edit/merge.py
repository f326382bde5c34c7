"""Two edits of one text: how each differs from it, and both together where they do not meet."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.interfaces.studio.edit.alike import Alike
from wellfounded.model.record import Record

#: So many lines around a change are shown.
AROUND = 2


class Piece(Record, frozen=True):
    """Some lines: ``same`` in both, only in the ``old``, only in the ``new``, or ``left`` out as the same."""

    stay: str
    text: str
    count: int = 0


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """What became of the lines of a text, with a few lines around each change."""
    one, other = _lines(old), _lines(new)
    codes = Alike(one, other).get_opcodes()
    return tuple(
        piece
        for number, (tag, a, b, c, d) in enumerate(codes)
        for piece in (
            _same(one[a:b], number == 0, number == len(codes) - 1)
            if tag == "equal"
            else _changed(one[a:b], other[c:d])
        )
    )


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _changed(gone: list[str], come: list[str]) -> Iterator[Piece]:
    if gone:
        yield Piece("old", "\n".join(gone))
    if come:
        yield Piece("new", "\n".join(come))


def _same(lines: list[str], first: bool, last: bool) -> Iterator[Piece]:
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if len(lines) <= before + after + 1:
        yield Piece("same", "\n".join(lines))
        return
    if before:
        yield Piece("same", "\n".join(lines[:before]))
    yield Piece("left", "", len(lines) - before - after)
    if after:
        yield Piece("same", "\n".join(lines[-after:]))


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both edits of a text in one, or nothing where they changed the same lines, or lines side by side."""
    lines = _lines(base)
    edits = sorted({*_edits(lines, _lines(mine)), *_edits(lines, _lines(theirs))})
    made: list[str] = []
    place = 0
    for number, (start, end, new) in enumerate(edits):
        if number and start <= edits[number - 1][1]:
            return None
        made += [*lines[place:start], *new]
        place = end
    return "\n".join([*made, *lines[place:]])


def _edits(old: list[str], new: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for tag, a, b, c, d in Alike(old, new).get_opcodes():
        if tag != "equal":
            yield a, b, tuple(new[c:d])
