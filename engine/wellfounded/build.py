"""Files → a checked knowledge base, or every diagnostic: load, check, lower, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from wellfounded.check import check_conflicts, check_content, check_unused
from wellfounded.check.walk import formulas
from wellfounded.load.files import File
from wellfounded.load.from_files import Loaded, load_files
from wellfounded.lower import to_core
from wellfounded.model.content import Content
from wellfounded.model.core import Core
from wellfounded.model.diagnostic import Diagnostic, in_reading_order, is_error
from wellfounded.model.expression import names_in
from wellfounded.model.record import Record


class Built(Record, frozen=True):
    """``content`` is what could be read; ``core`` is there where nothing is an error."""

    content: Content | None
    core: Core | None
    diagnostics: tuple[Diagnostic, ...]


def build(files: Iterable[File], unread: Iterable[Diagnostic]) -> Built:
    """Everything the files give. ``unread`` are the diagnostics of files that could not be read."""
    unread = tuple(unread)
    loaded = load_files(files, complete=not unread)
    found = [*unread, *loaded.diagnostics]
    core = None
    if loaded.content is not None:
        found += check_content(loaded.content, loaded.declared, loaded.complete)
        if not any(is_error(diagnostic) for diagnostic in found):
            core = to_core(loaded.content)
            found += (*check_unused(loaded.content), *check_conflicts(loaded.content, core))
    return Built(loaded.content, core, in_reading_order([_with_section(d, loaded) for d in found]))


def _with_section(diagnostic: Diagnostic, loaded: Loaded) -> Diagnostic:
    """The diagnostic with the sections of the source that the rule it is about rests on."""
    kind, _, id = diagnostic.about.partition(" ")
    if diagnostic.section or kind not in ("rule", "claim") or loaded.content is None:
        return diagnostic
    return replace(diagnostic, section=", ".join(_sections(kind, id, loaded.content, loaded.claims_of)))


def _sections(
    kind: str, id: str, content: Content, claims_of: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    claims = (id,) if kind == "claim" else (*claims_of.get(id, ()), *_claims_of_parameters(id, content))
    sections = (content.claims[claim].section for claim in claims if claim in content.claims)
    return tuple(section for section in dict.fromkeys(sections) if section in content.header.sections)


def _claims_of_parameters(rule: str, content: Content) -> Iterable[str]:
    for placed in formulas(content):
        if placed.about == f"rule {rule}":
            names = (name.name for name in names_in(placed.formula))
            yield from (content.parameters[name].claim for name in names if name in content.parameters)
