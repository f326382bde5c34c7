"""What checking finds: a diagnostic says what is wrong, where, and what is allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from wellfounded.model.codes import Severity, severity
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record

Found = TypeVar("Found")


class Diagnostic(Record, frozen=True):
    """One problem in the authors' files.

    ``code`` is stable and has a page under ``docs/diagnostics/``. ``message`` quotes what was written,
    ``help`` says what is allowed or what was probably meant. ``about`` names the thing it is in (such as
    "rule overdue") and ``section`` the section of the source its claims come from, where known.
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


def unknown_yet(
    found: Iterable[Found], known: Iterable[Found], key: Callable[[Found], Hashable]
) -> tuple[Found, ...]:
    """What is found beyond what is known; what has one ``key`` is alike, and counted."""
    left, new = Counter(map(key, known)), []
    for one in found:
        left[key(one)] -= 1
        if left[key(one)] < 0:
            new.append(one)
    return tuple(new)


#: So many mistakes of a kind are told: nobody reads more, and a hostile file could have very many.
MOST = 200
TOO_MANY = "too-many-mistakes"


def too_many(position: Position) -> Diagnostic:
    """An error that says there are more, at the first that is not told: what is cut off is never in order."""
    return Diagnostic(TOO_MANY, f"there are more mistakes than these {MOST}", position, "mend these first")


def first_errors(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is found up to so many errors; warnings are not counted."""
    errors = 0
    for diagnostic in found:
        errors += is_error(diagnostic)
        if errors > MOST:
            yield too_many(diagnostic.position)
            return
        yield diagnostic


def in_reading_order(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, by file, line and column."""
    by_place = {(d.position.start, d.code, d.message): d for d in diagnostics}
    return tuple(by_place[key] for key in sorted(by_place))
