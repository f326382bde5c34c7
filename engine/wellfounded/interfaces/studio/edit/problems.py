"""What is wrong in a text, where a browser counts it, and what would mend it.

Browsers count in units of UTF-16; all texts here have plain line ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wellfounded.editing.fixes import fix
from wellfounded.editing.folder import View
from wellfounded.editing.source import Source
from wellfounded.interfaces.retold import Say
from wellfounded.interfaces.studio.words import Words
from wellfounded.model.codes import Severity
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.record import Record


class Units:
    """Places in a text: as Python counts them, and in units of UTF-16."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._is_plain = text.isascii() or max(text) <= "\uffff"

    def of(self, offset: int) -> int:
        return offset if self._is_plain else len(self._text[:offset].encode("utf-16-le")) // 2

    def offset(self, units: int) -> int:
        """The place so many units from the start; the end of the text for what is past it."""
        if self._is_plain:
            return min(max(units, 0), len(self._text))
        return len(self._text.encode("utf-16-le")[: max(units, 0) * 2].decode("utf-16-le", errors="ignore"))


class Mend(Record, frozen=True):
    """``text`` is to stand in a place of the file."""

    start: int
    end: int
    text: str


class Problem(Record, frozen=True):
    """A diagnostic of a file; ``line`` is counted from 1, and is 0 where it is about the file as a whole."""

    file: str
    line: int
    start: int
    end: int
    is_error: bool
    message: str
    help: str
    about: str
    mend: Mend | None = None


def problems(view: View) -> tuple[Problem, ...]:
    """All that is wrong, by file."""
    units = {file: Units(document.now.text) for file, document in view.documents.items()}
    sources = {file: document.now for file, document in view.documents.items()}
    return tuple(_problem(one, sources, units) for one in view.diagnostics)


def _problem(found: Diagnostic, sources: Mapping[str, Source], units: Mapping[str, Units]) -> Problem:
    file = found.position.file
    source = sources.get(file)
    start = end = line = 0
    mend = None
    if source is not None and found.position.line:
        start, end = source.span(found.position)
        line = source.place(start)[0] + 1
        made = fix(found, source)
        start, end = units[file].of(start), units[file].of(end)
        if made is not None:
            mend = Mend(units[file].of(made.start), units[file].of(made.end), made.text)
    is_error = found.severity is Severity.ERROR
    return Problem(file, line, start, end, is_error, found.message, found.help, found.about, mend)


def mended(text: str, mend: Mend) -> str:
    """The text with one thing put right."""
    units = Units(text)
    return text[: units.offset(mend.start)] + mend.text + text[units.offset(mend.end) :]


def errors(found: Iterable[Problem]) -> int:
    return sum(problem.is_error for problem in found)


def as_data(found: Iterable[Problem], said: Words, say: Say) -> list[dict[str, Any]]:
    """What an editor underlines, and says of it."""
    return [
        {
            "from": problem.start,
            "to": problem.end,
            "severity": "error" if problem.is_error else "warning",
            "message": "\n".join(say(text) for text in (problem.message, problem.help) if text),
            "mend": None
            if problem.mend is None
            else {
                "from": problem.mend.start,
                "to": problem.mend.end,
                "text": problem.mend.text,
                "name": said["mend"].format(text=problem.mend.text),
            },
        }
        for problem in found
    ]
