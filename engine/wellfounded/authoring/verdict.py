"""A verdict on a citation → the file with it, and what that changes; nothing here writes a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wellfounded.authoring.amend import amended
from wellfounded.authoring.yaml_text import Words
from wellfounded.build import Built, build
from wellfounded.load.files import File
from wellfounded.model.content import Support
from wellfounded.model.diagnostic import Diagnostic, is_error, unknown_yet
from wellfounded.model.record import Record

#: What somebody who looked can find, strongest first.
FOUND = tuple(support for support in Support if support not in (Support.UNCHECKED, Support.UNCITED))

#: The keys of a citation, in the order in which they are written.
_ORDER = ("reference", "support", "reason", "locator", "checked")


class Found(Record, frozen=True):
    """What somebody found a work to say of a claim: a reason in each language, their name, an ISO date."""

    support: Support
    reason: Mapping[str, str]
    by: str
    on: str


class Outcome(Record, frozen=True, eq=False):
    """What the knowledge base would be: ``errors`` and ``warnings`` are those it does not have yet."""

    built: Built
    errors: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...]


def with_verdict(file: File, claim: str, place: int, found: Found) -> File:
    """The file with a verdict on the citation at a place of a claim, counted from 0.

    Raises ``InsertError`` where the claim or the citation is not there, or cannot be changed alone.
    """
    values = {
        "support": str(found.support),
        "reason": {language: Words(text) for language, text in found.reason.items()},
        "checked": {"on": found.on, "by": found.by},
    }
    return amended(file, ("claims", claim, "cites", place), values, _ORDER)


def tried(files: Sequence[File], unread: Iterable[Diagnostic], changed: File, on: date) -> Outcome:
    """What the files come to with one of them changed."""
    known = tuple(unread)
    before = build(files, known, on).diagnostics
    built = build([changed if file.name == changed.name else file for file in files], known, on)
    new = unknown_yet(built.diagnostics, before, lambda one: (one.position.file, one.about, one.message))
    return Outcome(
        built,
        tuple(one for one in new if is_error(one)),
        tuple(one for one in new if not is_error(one)),
    )
