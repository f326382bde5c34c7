"""A line of a page: text, or runs of it that lead somewhere, stand out, or are in another language."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter
from typing import TypeAlias

from wellfounded.model.record import Record
from wellfounded.model.word import Word


class Look(Word):
    """How a run stands out where that can be shown; its words alone say the same."""

    PLAIN = "plain"
    ID = "id"
    GOOD = "good"
    PARTLY = "partly"
    OPEN = "open"
    BAD = "bad"
    NONE = "none"


class Run(Record, frozen=True):
    """Text without markup. ``language`` is a code.

    ``to`` is ``#`` and an anchor of the page, ``/`` and a page of the same site, or an address elsewhere.
    """

    text: str
    to: str = ""
    look: Look = Look.PLAIN
    language: str = ""


Line: TypeAlias = str | Run | tuple[Run, ...]


def runs(line: Line) -> tuple[Run, ...]:
    """The runs of a line, none of them empty."""
    if isinstance(line, str):
        return (Run(line),) if line else ()
    return (line,) if isinstance(line, Run) else line


def plain(line: Line) -> str:
    """A line as text."""
    return line if isinstance(line, str) else "".join(run.text for run in runs(line))


def filled(sentence: str, **pieces: Line) -> tuple[Run, ...]:
    """A sentence with its placeholders filled by lines, which stay what they are."""
    made: list[Run] = []
    for before, name, _, _ in Formatter().parse(sentence):
        made += runs(before)
        made += runs(pieces[name]) if name else ()
    return tuple(made)


def joined(lines: Iterable[Line], between: str = ", ") -> tuple[Run, ...]:
    """Lines one after the other."""
    made: list[Run] = []
    for line in lines:
        made += (*((Run(between),) if made else ()), *runs(line))
    return tuple(made)
