"""A verification → text for people, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from wellfounded.interfaces.diagnostics import Style, as_blocks, unstyled
from wellfounded.loading import located
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.values import Value
from wellfounded.verify.findings import PROVED, Finding, Open, Verification, as_written


def as_text(verification: Verification, folder: Path, style: Style = unstyled) -> str:
    """Each finding at its place with its example person; what was not decided; and how much was proved."""
    parts = [
        *_findings(verification.found, folder, style),
        *map(_open, verification.open),
        _proved(verification),
        _summary(verification),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _findings(found: tuple[Finding, ...], folder: Path, style: Style) -> Iterator[str]:
    diagnostics = tuple(
        Diagnostic(str(item.kind), item.message, item.position, item.help, item.about) for item in found
    )
    for item, lines in zip(found, as_blocks(located(diagnostics, folder), style), strict=True):
        at = next(place for place, line in enumerate(lines) if line.startswith("  in: "))
        yield "\n".join((*lines[:at], *_example(item), *lines[at:]))


def _example(finding: Finding) -> Iterator[str]:
    if finding.person is not None:
        yield f"  person: {person_text(finding.person)}"
    yield from (f"    {detail}" for detail in finding.details)


def person_text(person: Mapping[str, Value]) -> str:
    """A person on one line, as YAML that `wellfounded advise` reads."""
    words = {True: "true", False: "false"}
    written = (
        f"{fact}: {words[value] if isinstance(value, bool) else value}"
        for fact, value in as_written(person).items()
    )
    return f"{{{', '.join(written)}}}"


def _open(item: Open) -> str:
    return f"not decided[{item.kind}]: {item.about}\n  why: {item.reason}"


def _proved(verification: Verification) -> str:
    counts = verification.counts
    lines = [f"  {words}: {counts[kind]}" for kind, words in PROVED.items() if counts.get(kind)]
    lines += [f"    {proof.about}: {proof.note}" for proof in verification.proved if proof.note]
    return "\n".join(["proved for every possible person:", *lines]) if lines else ""


def _summary(verification: Verification) -> str:
    found, undecided = len(verification.found), len(verification.open)
    parts = [f"{found or 'no'} finding{'' if found == 1 else 's'}"]
    parts += [f"{undecided} not decided"] if undecided else []
    return ", ".join(parts)


def as_json(verification: Verification) -> str:
    """The document that ``schemas/verification.schema.json`` describes."""
    return json.dumps(verification.to_dict(), ensure_ascii=False, indent=2) + "\n"
