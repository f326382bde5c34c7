"""Which of a knowledge base's languages a client reads best: ``Accept-Language`` (RFC 9110, RFC 4647)."""

from __future__ import annotations

import re
from functools import lru_cache

_RANGE = re.compile(
    r"(?P<tag>\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)(\s*;\s*[qQ]\s*=\s*(?P<q>0(\.[0-9]{0,3})?|1(\.0{0,3})?))?"
)

#: Of a longer header only so much is read.
_LONGEST = 1000


def accepted(header: str, languages: tuple[str, ...]) -> str:
    """The language that a header asks for most; the first where it asks for none of them."""
    return _accepted(header[:_LONGEST], languages) if header else languages[0]


@lru_cache(maxsize=256)
def _accepted(header: str, languages: tuple[str, ...]) -> str:
    ranges = _ranges(header)
    qualities = {language: _quality(language.lower(), ranges) for language in languages}
    best = max(languages, key=qualities.__getitem__)
    return best if qualities[best] > (0.0, 0.0) else languages[0]


def _ranges(header: str) -> dict[str, tuple[float, int]]:
    """Each range asked for, with its quality and its place in the header; what is no range is passed over."""
    found: dict[str, tuple[float, int]] = {}
    for place, written in enumerate(header.split(",")):
        match = _RANGE.fullmatch(written.strip())
        if match is not None:
            found.setdefault(match["tag"].lower(), (float(match["q"] or 1), place))
    return found


def _quality(language: str, ranges: dict[str, tuple[float, int]]) -> tuple[float, float]:
    """How much a language is wanted, and of equally wanted ones which is named first.

    The range that says most about it counts: its own tag, else one of a region of it (who asks for nl-BE
    reads nl), else any language.
    """
    regional = [asked for tag, asked in ranges.items() if tag.startswith(f"{language}-")]
    named = ranges.get(language) or max(regional, default=None, key=lambda asked: (asked[0], -asked[1]))
    quality, place = named or ranges.get("*") or (0.0, 0)
    return (quality, -place) if quality else (0.0, -float("inf"))
