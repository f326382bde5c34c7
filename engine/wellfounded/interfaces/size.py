"""Sizes of files as people write them."""

from __future__ import annotations

from wellfounded.advise.numbers import number_text

_UNITS = ((1024 * 1024, "MB"), (1024, "kB"))


def size_text(count: int, language: str) -> str:
    """So many bytes in the largest unit that they fill, with at most one decimal, such as ``1.5 MB``."""
    for size, unit in _UNITS:
        if count >= size:
            return f"{number_text(round(count / size, 1), language)} {unit}"
    return f"{number_text(count, language)} bytes"
