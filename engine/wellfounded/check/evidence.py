"""Evidence that leads nowhere or is recorded twice: no DOI, one publication under two names, two verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wellfounded.model.content import Claim, Content, Locator
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.position import Position


def check_cited_dois(content: Content) -> Iterator[Diagnostic]:
    """References whose DOI is of no form that leads anywhere. It stays as the source prints it: a warning."""
    for reference in content.references.values():
        doi = str(reference.as_cited.get("DOI", ""))
        if doi and not _DOI.fullmatch(doi):
            message = f"`{doi}` is not a DOI, so nobody can follow it"
            help = "a DOI starts with `10.` and has a slash, such as `10.1000/182`"
            yield Diagnostic(
                "malformed-doi", message, reference.doi_position, help, f"reference {reference.number}"
            )


#: The form of a DOI, as Crossref recommends to find them by.
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/\S+")


def check_cited_once(content: Content) -> Iterator[Diagnostic]:
    """Claims that name one place of a reference or work twice, so that nobody knows which verdict counts."""
    for claim in content.claims.values():
        seen: set[tuple[str, str, Locator | None]] = set()
        for kind, id, locator, position in _named_by(claim):
            if (kind, id, locator) in seen:
                message = f"this claim names the {kind} `{id}` twice"
                help = "keep one of the two, or say with `locator` to which place each belongs"
                yield Diagnostic("duplicate-id", message, position, help, f"claim {claim.id}")
            seen.add((kind, id, locator))


def _named_by(claim: Claim) -> Iterator[tuple[str, str, Locator | None, Position]]:
    for cite in claim.cites:
        yield "reference", cite.reference, cite.locator, cite.position
    for item in claim.further_evidence:
        yield "work", item.work, item.locator, item.position


def check_recorded_once(content: Content) -> Iterator[Diagnostic]:
    """References and works that have the DOI of another one."""
    first: dict[str, str] = {}
    for record, csl, position in _records(content):
        doi = str(csl.get("DOI", "")).casefold()
        earlier = first.setdefault(doi, record) if doi else record
        if earlier != record:
            message = f"the {_named(record)} has the DOI of the {_named(earlier)}"
            help = "if they are one publication, keep one of the two; otherwise correct the DOI"
            yield Diagnostic("recorded-twice", message, position, help, record)


def _records(content: Content) -> Iterator[tuple[str, Mapping[str, Any], Position]]:
    """What publications are recorded as, with what is said of them; a reference may be said of twice."""
    for reference in content.references.values():
        for csl in (reference.as_cited, reference.on_record.csl):
            yield f"reference {reference.number}", csl, reference.position
    for work in content.works.values():
        yield f"work {work.id}", work.csl, work.position


def _named(record: str) -> str:
    kind, _, id = record.partition(" ")
    return f"{kind} `{id}`"
