"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from wellfounded.model.record import Record
from wellfounded.model.word import Word

_WORDS = re.compile(r"\s+|[^\s]+")


class Stay(Word):
    """Whether a piece of a text stayed, or was or is in only one of the two."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


class Piece(Record, frozen=True):
    text: str
    stay: Stay


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as one: what stayed, what is gone and what is new, in the order one reads it."""
    return tuple(piece for piece in _pieces(_WORDS.findall(old), _WORDS.findall(new)) if piece.text)


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        between = tag == "equal" and (gone or come) and not "".join(old[a:b]).strip()
        if tag == "equal" and not (between and d < len(new) and b < len(old)):
            yield from _changed(gone, come)
            gone, come = [], []
            yield Piece("".join(old[a:b]), Stay.SAME)
            continue
        gone += old[a:b]
        come += new[c:d]
    yield from _changed(gone, come)


def _changed(gone: list[str], come: list[str]) -> Iterator[Piece]:
    yield Piece("".join(gone), Stay.OLD)
    yield Piece("".join(come), Stay.NEW)
