"""Texts with placeholders: ``{name}`` or ``{name.low}`` in a wording of an author."""

from __future__ import annotations

import re
from functools import lru_cache

from wellfounded.model.expression import End
from wellfounded.model.record import Record

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.(low|high))?\}")

_STRAY = re.compile(r"\{[^{}]*\}|[{}]")

TARGET = "target"
CURRENT = "current"


class Slot(Record, frozen=True):
    """A place in a text for the value of a fact or a parameter, or for ``target`` or ``current``."""

    name: str
    end: End | None = None

    def __str__(self) -> str:
        return f"{{{self.name}.{self.end}}}" if self.end else f"{{{self.name}}}"


@lru_cache(maxsize=100_000)
def template(text: str) -> tuple[str | Slot, ...]:
    """The text cut at its placeholders."""
    pieces: list[str | Slot] = []
    start = 0
    for match in _SLOT.finditer(text):
        pieces.append(text[start : match.start()])
        pieces.append(Slot(match[1], End(match[2]) if match[2] else None))
        start = match.end()
    return tuple(piece for piece in (*pieces, text[start:]) if piece != "")


def slots(text: str) -> tuple[Slot, ...]:
    """The placeholders of a text, in order."""
    return tuple(piece for piece in template(text) if isinstance(piece, Slot))


def stray_braces(text: str) -> tuple[tuple[int, str], ...]:
    """The braces of a text that belong to no placeholder: where each starts, and with what it encloses."""
    found: list[tuple[int, str]] = []
    start = 0
    for piece in template(text):
        if isinstance(piece, str):
            found += ((start + match.start(), match[0]) for match in _STRAY.finditer(piece))
        start += len(str(piece))
    return tuple(found)
