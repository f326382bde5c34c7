"""What falls with a reference → a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellfounded.advise.phrases import phrases
from wellfounded.interfaces.audit_lines import AuditLines
from wellfounded.interfaces.line import Line, filled, joined
from wellfounded.interfaces.page import Bullet, Item, Page, Part
from wellfounded.model.content import Support
from wellfounded.review.audit import Audit
from wellfounded.review.withdrawal import Withdrawal


def withdrawal_page(withdrawal: Withdrawal, audit: Audit, lines: AuditLines | None = None) -> Page:
    """What falls with a reference; ``lines`` say where its names lead, where that is not on the page."""
    lines = lines or AuditLines(audit)
    words = lines.words
    claims = (lines.explained(claim) for claim in audit.claims if claim.id in withdrawal.claims)
    kept = (
        filled("{id} {others}", id=lines.recommendation(item.id), others=_numbers(item.references, lines))
        for item in withdrawal.keep_another
    )
    parts = (
        _list(words["claims_citing"], claims),
        _list(
            words["lose_their_only_citation"], map(lines.recommendation, withdrawal.lose_their_only_citation)
        ),
        _list(words["keep_another"], kept),
        _list(words["only_chains"], map(lines.recommendation, withdrawal.through_chains)),
        Part(words["people"], (Item("", _people(withdrawal, words, phrases(audit.language))),)),
    )
    reference = next(item for item in audit.references if item.number == withdrawal.reference)
    return Page(
        words["withdrawn"].format(reference=f"[{withdrawal.reference}]"),
        lines.leading(reference.formatted),
        tuple(part for part in parts if part.items),
        words["footer_with_drafts" if audit.drafts else "footer"].format(
            digest=audit.knowledge_base.digest, on=audit.on
        ),
    )


def _list(heading: str, lines: Iterable[Line]) -> Part:
    bullets = tuple(map(Bullet, lines))
    return Part(heading, (Item("", bullets=bullets),) if bullets else ())


def _numbers(references: Iterable[int], lines: AuditLines) -> Line:
    return joined(map(lines.reference, references), " ")


def _people(withdrawal: Withdrawal, words: Mapping[str, str], behind: Mapping[str, str]) -> str:
    if not withdrawal.people:
        return words["nobody"]
    weakest = withdrawal.min_support == Support.CONTRADICTS
    asked = behind["any_reference"] if weakest else behind[f"behind_{withdrawal.min_support}"]
    reference = f"[{withdrawal.reference}]"
    return words["changed"].format(
        reference=reference, support=asked, changed=withdrawal.changed, people=withdrawal.people
    )
