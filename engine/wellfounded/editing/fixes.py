"""Quick fixes: what a diagnostic's help says was probably meant, written in its place."""

from __future__ import annotations

import re

from wellfounded.editing.source import Source
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.record import Record

_MEANT = re.compile(r"^did you mean `([^`]+)`\?|^write `([^`]+)`,")
_QUOTED = re.compile(r"`([^`]+)`")


class Fix(Record, frozen=True):
    """``text`` is to stand from ``start`` to ``end``."""

    title: str
    start: int
    end: int
    text: str


def fix(diagnostic: Diagnostic, source: Source) -> Fix | None:
    """The fix that a diagnostic's help gives, if it gives one."""
    meant = _MEANT.match(diagnostic.help)
    if meant is None or not diagnostic.position.line:
        return None
    text = meant[1] or meant[2]
    start, end = source.span(diagnostic.position)
    for written in _QUOTED.findall(diagnostic.message):
        inner = written.strip("{}")
        at = source.text.find(inner, start, end)
        if at >= 0:
            return Fix(f"Write `{text}`", at, at + len(inner), text)
    return None
