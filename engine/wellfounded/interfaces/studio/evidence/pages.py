"""The pages of the evidence that are read: the ledger, what to look at, and what falls with a reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from wellfounded.interfaces.audit_page import citation_item, evidence_item, gap_items, reference_items
from wellfounded.interfaces.line import Line, Run, runs
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table
from wellfounded.interfaces.studio.evidence.shown import Shown, numbered
from wellfounded.interfaces.studio.evidence.words import evidence_words
from wellfounded.interfaces.withdrawal_page import withdrawal_page
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.content import Status, Support
from wellfounded.model.due import next_day
from wellfounded.review.audit import DueForReview
from wellfounded.review.scenarios import Scenario
from wellfounded.review.withdrawal import withdraw


def ledger_page(seen: Shown, supports: Sequence[Support], claim: str, can_record: bool) -> tuple[Page, int]:
    """Every citation with one of the supports and of the claim, if any is asked for; and how many."""
    audit, lines = seen.audit, seen.lines
    words, own = lines.words, evidence_words(audit.language)
    items = []
    for place, citation in numbered(audit.citations):
        if (supports and citation.support not in supports) or claim not in ("", citation.claim):
            continue
        item = citation_item(citation, lines)
        if can_record:
            said = own["record"].format(claim=citation.claim, reference=citation.reference)
            to = Run(said, f"/{audit.language}/evidence/verdict/{citation.claim}/{place}")
            item = replace(item, bullets=(*item.bullets, Bullet(to)))
        items.append(item)
    parts = [Part(words["citations"], tuple(items), anchor="citations")]
    if not supports and not claim:
        further = tuple(evidence_item(item, lines) for item in audit.further_evidence)
        intro = words["further_evidence_intro"]
        parts.append(Part(words["further_evidence"], further, intro=intro, anchor="further-evidence"))
        entries = tuple(reference_items(audit, lines))
        parts.append(Part(words["references"], entries, intro=words["references_intro"], anchor="references"))
    there = tuple(part for part in parts if part.items)
    here = f"{audit.language}/evidence/citations"
    return Page(own["ledger"], own["ledger_intro"], there, "", here=here), len(items)


def due_page(seen: Shown) -> Page:
    """What is to be looked at again by the day of the audit, and all the gaps there are."""
    audit, lines = seen.audit, seen.lines
    own = evidence_words(audit.language)
    rows = tuple(_due(item, seen) for item in audit.gaps.due)
    headings = (own["what"], own["by_day"], own["maintainers"])
    said = own["due_some" if rows else "due_none"].format(on=audit.on)
    following = next_day(lines.content, audit.on)
    if following:
        said = f"{said} {own['due_next'].format(on=following)}"
    due = Item("", said, table=Table(headings, rows) if rows else None)
    gaps = (*gap_items(replace(audit.gaps, due=()), lines), *_not_found(seen))
    return Page(
        own["due"],
        "",
        (
            Part(lines.words["gap_due"], (due,), anchor="due"),
            Part(own["gaps"], gaps or (Item("", own["no_gaps"]),), anchor="gaps"),
        ),
        "",
        here=f"{audit.language}/evidence/due",
    )


def _due(item: DueForReview, seen: Shown) -> tuple[Line, ...]:
    named = seen.lines.concerned(item.kind, item.id)
    if item.kind == "reference":
        work = next(r.formatted for r in seen.audit.references if str(r.number) == item.id)
        named = (*runs(named), Run(f" {work}"))
    return named, item.by, ", ".join(item.maintainers)


def _not_found(seen: Shown) -> Iterator[Item]:
    """References that were looked for in vain, with what that does and does not mean."""
    own = evidence_words(seen.audit.language)
    missing = [item for item in seen.audit.references if item.status is Status.NOT_FOUND]
    if missing:
        bullets = tuple(
            Bullet((seen.lines.reference(item.number), Run(f" {item.formatted}"))) for item in missing
        )
        yield Item(own["not_found"].format(count=len(missing)), own["not_found_text"], bullets=bullets)


def references_page(seen: Shown) -> Page:
    """Every reference, to choose one that is withdrawn."""
    own = evidence_words(seen.audit.language)
    bullets = tuple(
        Bullet(
            (
                Run(
                    f"[{item.number}] {item.formatted}",
                    f"/{seen.audit.language}/evidence/withdraw/{item.number}",
                ),
                Run(" "),
                seen.lines.status(item.status),
            )
        )
        for item in seen.audit.references
    )
    item = Item("", bullets=bullets) if bullets else Item("", own["withdraw_none"])
    here = f"{seen.audit.language}/evidence/withdraw"
    return Page(own["withdraw"], own["withdraw_intro"], (Part("", (item,)),), "", here=here)


def falling_page(
    seen: Shown,
    knowledge_base: KnowledgeBase,
    scenarios: Sequence[Scenario],
    reference: int,
    min_support: str,
) -> Page:
    """What falls with a reference. Takes a moment: every person of the scenarios is advised twice."""
    people = [scenario.given for scenario in scenarios]
    falls = withdraw(knowledge_base, seen.audit.matrix, reference, people, min_support)
    here = f"{seen.audit.language}/evidence/withdraw/{reference}"
    return replace(withdrawal_page(falls, seen.audit, seen.lines), here=here, footer="")


def day_of(written: str) -> date | None:
    """A day as it stands in an address; nothing where that is no day."""
    try:
        return date.fromisoformat(written.strip()) if len(written.strip()) == 10 else None
    except ValueError:
        return None
