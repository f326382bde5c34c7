"""Diagnostics as a person reads them, as JSON, and as annotations of a GitHub workflow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from wellfounded.interfaces.retold import Say, diagnostic_in, say_in
from wellfounded.model.codes import Severity
from wellfounded.model.diagnostic import Diagnostic

Style = Callable[[str, str], str]


def unstyled(text: str, _: str) -> str:
    return text


def as_report(diagnostics: tuple[Diagnostic, ...], style: Style = unstyled, language: str = "en") -> str:
    """Each diagnostic with its source line, a caret under what was written, and help; then a count."""
    told = tuple(diagnostic_in(language, diagnostic) for diagnostic in diagnostics)
    blocks = ["\n".join(lines) for lines in as_blocks(told, style, language)]
    return "\n\n".join([*blocks, say_in(language)(summary(diagnostics))]) + "\n"


def as_blocks(
    diagnostics: tuple[Diagnostic, ...], style: Style = unstyled, language: str = "en"
) -> tuple[tuple[str, ...], ...]:
    """The lines of each diagnostic, which is in that language already."""
    _lines.cache_clear()  # a file may have been changed since the last report
    return tuple(tuple(_block(diagnostic, style, say_in(language))) for diagnostic in diagnostics)


def summary(diagnostics: tuple[Diagnostic, ...]) -> str:
    """How many errors and warnings there are."""
    errors = sum(1 for d in diagnostics if d.severity is Severity.ERROR)
    warnings = len(diagnostics) - errors
    if not diagnostics:
        return "no errors, no warnings"
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _block(diagnostic: Diagnostic, style: Style, say: Say) -> Iterator[str]:
    d = diagnostic
    colour = "red" if d.severity is Severity.ERROR else "yellow"
    severity = say(str(d.severity), "label")
    yield f"{style(f'{severity}[{d.code}]', colour)}: {d.message}"
    if d.position.line:
        yield f"  --> {d.position}"
        line = _source_line(d.position.file, d.position.line)
        if line is not None:
            number = str(d.position.line)
            start, shown = _window(line, d.position.column)
            caret = "^" * max(1, min(d.position.length, len(shown) - start))
            yield f"  {number} | {shown}"
            yield f"  {' ' * len(number)} | {' ' * start}{style(caret, colour)}"
    elif d.position.file:
        yield f"  --> {d.position.file}"
    if d.about:
        section = say(f" (section {d.section} of the source)", "label") if d.section else ""
        yield f"  in: {d.about}{section}"
    if d.help:
        yield f"  {say('help', 'label')}: {d.help}"


def _window(line: str, column: int, width: int = 100) -> tuple[int, str]:
    """The part of a long line around a column, and where the column is in it."""
    start = max(0, column - 1 - width // 2) if len(line) > width else 0
    return column - 1 - start, line[start : start + width]


def _source_line(file: str, line: int) -> str | None:
    lines = _lines(file)
    return lines[line - 1].replace("\t", " ") if 0 < line <= len(lines) else None


@lru_cache(maxsize=8)
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(Path(file).read_text(encoding="utf-8-sig", errors="replace").splitlines())
    except OSError:
        return ()


def as_json(diagnostics: tuple[Diagnostic, ...]) -> str:
    """The document that ``schemas/diagnostics.schema.json`` describes."""
    errors = sum(1 for d in diagnostics if d.severity is Severity.ERROR)
    document = {
        "errors": errors,
        "warnings": len(diagnostics) - errors,
        "diagnostics": [
            {
                "code": d.code,
                "severity": str(d.severity),
                "message": d.message,
                "help": d.help,
                "file": d.position.file,
                "line": d.position.line,
                "column": d.position.column,
                "length": d.position.length,
                "about": d.about,
                "section": d.section,
            }
            for d in diagnostics
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_github(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Workflow commands that GitHub shows as annotations at the line."""
    return "".join(f"{_command(d)}\n" for d in diagnostics)


def _command(d: Diagnostic) -> str:
    place = {"file": d.position.file, "line": d.position.line, "col": d.position.column, "title": d.code}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    return f"::{d.severity} {properties}::{_data(d.message + (f' ({d.help})' if d.help else ''))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
