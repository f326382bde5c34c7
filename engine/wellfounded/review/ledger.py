"""The ledger: what is on record of each reference, citation and further work, with who looked when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wellfounded.advise.citations import formatted
from wellfounded.advise.wording import Wording
from wellfounded.bibliography.publication import publication
from wellfounded.model.content import (
    Checked,
    Citation,
    Content,
    FurtherEvidence,
    Lifecycle,
    Status,
    Support,
    counts_as_support,
)
from wellfounded.model.due import due
from wellfounded.model.record import Record


class AuditedReference(Record, frozen=True):
    """A reference as the source cites it, what is on record of it, and whether it is due for another look.

    ``on_record`` is the work as it was found where that differs; ``probably_meant`` are works, formatted.
    """

    number: int
    formatted: str
    status: Status
    on_record: str
    differences: tuple[str, ...]
    probably_meant: tuple[str, ...]
    note: str
    checked_on: str
    checked_by: str
    checked_how: str
    review_by: str
    due: bool
    claims: tuple[str, ...]
    doi: str


class AuditedClaim(Record, frozen=True):
    """What a claim says, and the part of the source it is from; see ``Link`` for ``counts``."""

    id: str
    section: str
    section_title: str
    says: str
    status: Lifecycle
    counts: bool


class AuditedCitation(Record, frozen=True):
    """What a reference was found to say of the claim that cites it, where in it, and who looked when."""

    claim: str
    reference: int
    support: Support
    reason: str
    locator: str
    checked_on: str
    checked_by: str


class AuditedEvidence(Record, frozen=True):
    """What a work that the source does not cite says of a claim. It never counts as support."""

    claim: str
    work: str
    formatted: str
    stance: Support
    finding: str
    locator: str
    checked_on: str
    checked_by: str


def references(content: Content, language: str, on: date) -> Iterator[AuditedReference]:
    """Every reference, in the source's order."""
    citing: dict[str, list[str]] = {}
    for claim in content.claims.values():
        for number in dict.fromkeys(cite.reference for cite in claim.cites):
            citing.setdefault(number, []).append(claim.id)
    overdue = {item.id for item in due(content, on) if item.kind == "reference"}
    for reference in content.references.values():
        record = reference.on_record
        yield AuditedReference(
            int(reference.number),
            formatted(reference.as_cited),
            record.status,
            formatted(record.csl),
            record.differences,
            tuple(formatted(content.works[work].csl) for work in record.probably_meant),
            record.note.get(language, ""),
            *_who(record.checked),
            "" if record.checked is None else record.checked.how.get(language, ""),
            reference.review_by,
            reference.number in overdue,
            tuple(citing.get(reference.number, ())),
            publication(reference.as_cited).bare_doi,
        )


def claims(content: Content, language: str) -> Iterator[AuditedClaim]:
    """Every claim, in the authors' order."""
    wording = Wording(content, language)
    for claim in content.claims.values():
        section = content.header.sections[claim.section]
        yield AuditedClaim(
            claim.id,
            claim.section,
            wording.plain(section.title),
            wording.plain(claim.says),
            claim.status,
            counts_as_support(content, claim),
        )


def citations(content: Content, language: str) -> Iterator[AuditedCitation]:
    """Every citation of every claim."""
    for claim in content.claims.values():
        for cite in claim.cites:
            yield AuditedCitation(
                claim.id,
                int(cite.reference),
                cite.support,
                cite.reason.get(language, ""),
                *_where_and_who(cite),
            )


def further_evidence(content: Content, language: str) -> Iterator[AuditedEvidence]:
    """Every work that is recorded with a claim and that the source does not cite."""
    for claim in content.claims.values():
        for item in claim.further_evidence:
            yield AuditedEvidence(
                claim.id,
                item.work,
                formatted(content.works[item.work].csl),
                item.stance,
                item.finding.get(language, ""),
                *_where_and_who(item),
            )


def _where_and_who(item: Citation | FurtherEvidence) -> tuple[str, str, str]:
    """The place in the work, and who looked when; empty where it is not known."""
    return "" if item.locator is None else str(item.locator), *_who(item.checked)


def _who(checked: Checked | None) -> tuple[str, str]:
    """The day and name of whoever looked."""
    return ("", "") if checked is None else (checked.on, checked.by)
