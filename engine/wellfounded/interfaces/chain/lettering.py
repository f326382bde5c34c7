"""Texts cut into lines that fit a width, without the fonts of whoever looks at the picture.

The widths are those of a wide sans-serif letter, so that a line is sooner too short than too long.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

#: How wide characters are, in parts of the size of the letters.
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!‘’·", 0.34),
    **dict.fromkeys(' tfr()[]{}/\\-“”"*', 0.45),
    **dict.fromkeys("mw%@MW—…", 1.0),
}


def width_of(text: str, size: float) -> float:
    """How wide a text is at most, for letters of this size."""
    return size * sum(map(_width, text))


def _width(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(character) in "WF" or unicodedata.category(character) == "So":
        return 1.3
    return 0.78 if character.isupper() or not character.isalnum() else 0.66


def lines_of(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit; a word that is wider than a line is cut."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, width, size):
            if lines and width_of(f"{lines[-1]} {piece}", size) <= width:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, width: float, size: float) -> Iterator[str]:
    """A word whole, or cut where it would go over the line, after one of its own marks if there is any."""
    piece = ""
    for character in word:
        while piece and width_of(piece + character, size) > width:
            cut = max(piece.rfind(mark) for mark in "-/_.") + 1 or len(piece)
            yield piece[:cut]
            piece = piece[cut:]
        piece += character
    yield piece
