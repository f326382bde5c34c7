"""Files → a checked knowledge base, or every diagnostic: load, check, lower, in that order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from wellfounded.check import check_content, check_dates, check_sound
from wellfounded.check.walk import formulas
from wellfounded.load.files import File
from wellfounded.load.from_files import Loaded, Parsed, load_files, parse
from wellfounded.lower import to_core
from wellfounded.model.content import Content
from wellfounded.model.core import Core
from wellfounded.model.diagnostic import Diagnostic, first_errors, in_reading_order, is_error
from wellfounded.model.expression import names_in
from wellfounded.model.record import Record


class Built(Record, frozen=True):
    """``content`` is what could be read; ``core`` is there where nothing is an error."""

    content: Content | None
    core: Core | None
    diagnostics: tuple[Diagnostic, ...]


def build(
    files: Iterable[File],
    unread: Iterable[Diagnostic],
    on: date | None = None,
    parse: Callable[[File], Parsed] = parse,
) -> Built:
    """Everything the files give. ``unread`` are the diagnostics of files that could not be read.

    With a day, there are also the warnings that depend on it. ``parse`` reads each file by itself.
    """
    unread = tuple(unread)
    loaded = load_files(files, not unread, parse)
    found = [*unread, *loaded.diagnostics]
    core = None
    if loaded.content is not None:
        found += first_errors(check_content(loaded.content, loaded.declared, loaded.complete))
        if not any(is_error(diagnostic) for diagnostic in found):
            core = to_core(loaded.content)
            found += check_sound(loaded.content, core)
        if on is not None:
            found += check_dates(loaded.content, on)
    return Built(loaded.content, core, in_reading_order(_with_sections(found, loaded)))


def _with_sections(found: list[Diagnostic], loaded: Loaded) -> list[Diagnostic]:
    """The diagnostics, each with the sections of the source that the rule or claim it is about rests on."""
    content = loaded.content
    if content is None or not found:
        return found
    claims = _claims(content, loaded.claims_of)
    return [
        replace(diagnostic, section=", ".join(_sections(claims[diagnostic.about], content)))
        if diagnostic.about in claims and not diagnostic.section
        else diagnostic
        for diagnostic in found
    ]


def _claims(content: Content, claims_of: Mapping[str, tuple[str, ...]]) -> Mapping[str, list[str]]:
    """Which claims each rule and each claim rests on: those it names, and those of parameters it uses."""
    claims = {f"claim {id}": [id] for id in content.claims}
    claims |= {f"rule {id}": list(named) for id, named in claims_of.items()}
    for placed in formulas(content):
        if placed.about in claims:
            names = (name.name for name in names_in(placed.formula))
            claims[placed.about] += [content.parameters[n].claim for n in names if n in content.parameters]
    return claims


def _sections(claims: Iterable[str], content: Content) -> tuple[str, ...]:
    sections = (content.claims[claim].section for claim in claims if claim in content.claims)
    return tuple(section for section in dict.fromkeys(sections) if section in content.header.sections)
