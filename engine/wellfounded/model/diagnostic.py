"""What checking finds: a diagnostic says what is wrong, where, and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass

from wellfounded.model.codes import Severity, severity
from wellfounded.model.position import NOWHERE, Position


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem in the authors' files.

    ``code`` is stable and has a page under ``docs/diagnostics/``. ``message`` quotes what was written,
    ``help`` says what is allowed or what was probably meant. ``about`` names the thing it is in (such as
    "rule short-sleep") and ``section`` the section of the source its claims come from, where known.
    """

    code: str
    message: str
    position: Position = NOWHERE
    help: str = ""
    about: str = ""
    section: str = ""

    @property
    def severity(self) -> Severity:
        return severity(self.code)


def is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR


def in_reading_order(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, by file, line and column."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda d: (d.position.file, d.position.line, d.position.column, d.code, d.message),
        )
    )
