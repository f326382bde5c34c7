"""An audit → a page, which text, Markdown and HTML render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellfounded.advise.phrases import phrases
from wellfounded.interfaces.audit_lines import AuditLines
from wellfounded.interfaces.line import Line, filled, joined
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table
from wellfounded.model.content import Support
from wellfounded.review.audit import (
    Audit,
    AuditedRecommendation,
    Backing,
    DueForReview,
    Gaps,
    Link,
    NotInForce,
)
from wellfounded.review.ledger import AuditedCitation, AuditedClaim, AuditedEvidence, AuditedReference

_GAPS = (
    "uncited",
    "about_something_else",
    "contradicted",
    "not_established",
    "unchecked",
    "due",
    "not_in_force",
    "unused_references",
    "unused_claims",
)

#: What a run can be made to fail on.
GAPS = (*(name.replace("_", "-") for name in _GAPS), "contradictions")


def found(gaps: Gaps, name: str) -> int:
    """How many of one kind of gap there are."""
    return len(getattr(gaps, name.replace("-", "_")))


def audit_page(audit: Audit) -> Page:
    """The audit as an auditor reads it: in short, what to look at, and the way to and from references."""
    lines = AuditLines(audit)
    words = lines.words
    parts = (
        Part(words["in_short"], tuple(_in_short(audit, words)), anchor="in-short"),
        Part(words["look_at"], tuple(gap_items(audit.gaps, lines)), anchor="look-at"),
        Part(words["citations"], tuple(citation_item(c, lines) for c in audit.citations), anchor="citations"),
        Part(
            words["further_evidence"],
            tuple(evidence_item(item, lines) for item in audit.further_evidence),
            intro=words["further_evidence_intro"],
            anchor="further-evidence",
        ),
        Part(
            words["recommendations"],
            tuple(_recommendations(audit, lines)),
            intro=words["recommendations_intro"],
            anchor="recommendations",
        ),
        Part(
            words["references"],
            tuple(reference_items(audit, lines)),
            intro=words["references_intro"],
            anchor="references",
        ),
        Part(words["claims"], tuple(_claims(audit, lines)), intro=words["claims_intro"], anchor="claims"),
    )
    there = tuple(part for part in parts if part.items)
    return Page(
        words["title"].format(id=audit.knowledge_base.id, version=audit.knowledge_base.version),
        words["notice"] if audit.recommendations else words["nothing"],
        there,
        words["footer_with_drafts" if audit.drafts else "footer"].format(
            digest=audit.knowledge_base.digest, on=audit.on
        ),
        words["contents"] if there else "",
    )


def _in_short(audit: Audit, words: Mapping[str, str]) -> Iterator[Item]:
    if not audit.recommendations:
        return
    behind = phrases(audit.language)
    strongest = [item.directly.strongest for item in audit.recommendations]
    counted = [(behind[f"behind_{support}"], strongest.count(support)) for support in Support]
    rows = [(text, str(count)) for text, count in (*counted, (behind["own"], strongest.count(None))) if count]
    amounts = words["amounts"].format(
        recommendations=len(audit.recommendations),
        references=len(audit.references),
        claims=len(audit.claims),
    )
    yield Item("", amounts, table=Table((words["rests_on"], words["number_of"]), tuple(rows)))


def gap_items(gaps: Gaps, lines: AuditLines) -> Iterator[Item]:
    """Every kind of gap there is, with what has it."""
    words = lines.words
    for name in _GAPS:
        items = [_gap(item, lines) for item in getattr(gaps, name)]
        if items:
            title = words["counted"].format(gap=words[f"gap_{name}"], count=len(items))
            bullets = () if lines.by_id else tuple(map(Bullet, items))
            yield Item(title, "" if bullets else joined(items), bullets=bullets)
    for item in gaps.contradictions:
        by = lines.claim(item.by) if item.kind == "claim" else lines.named_work(item.by)
        yield Item(
            filled(words[f"by_{item.kind}"], claim=lines.claim(item.claim), by=by), lines.own(item.why)
        )


def _gap(item: int | str | DueForReview | NotInForce, lines: AuditLines) -> Line:
    """A claim or reference, or a thing of which more is to be said."""
    if isinstance(item, int | str):
        return lines.concerned("reference" if isinstance(item, int) else "claim", str(item))
    said = (
        ", ".join((item.by, *item.maintainers)) if isinstance(item, DueForReview) else lines.status_of(item)
    )
    return filled("{thing} ({said})", thing=lines.concerned(item.kind, item.id), said=said)


def citation_item(citation: AuditedCitation, lines: AuditLines) -> Item:
    words = lines.words
    title = filled(
        words["cites"],
        claim=lines.claim(citation.claim),
        reference=lines.reference(citation.reference),
        support=lines.support(citation.support),
    )
    said = (("claim_says", lines.says(citation.claim)), ("support_says", citation.reason))
    bullets = tuple(
        Bullet(filled(words[key], text=lines.own(text)))
        for key, text in said
        if text and (lines.by_id or key != "claim_says")  # else the title says it
    )
    return Item(title, small=looked(citation, lines), bullets=bullets)


def evidence_item(evidence: AuditedEvidence, lines: AuditLines) -> Item:
    title = filled(
        lines.words["evidence_on"], claim=lines.claim(evidence.claim), stance=lines.stance(evidence.stance)
    )
    finding = (Bullet(lines.own(evidence.finding)),) if evidence.finding else ()
    return Item(title, lines.leading(evidence.formatted), looked(evidence, lines), finding)


def looked(item: AuditedCitation | AuditedEvidence | AuditedReference, lines: AuditLines) -> tuple[str, ...]:
    """Where in the work it stands, and who looked when."""
    place = "" if isinstance(item, AuditedReference) else lines.place(item.locator)
    checked = lines.words["checked"].format(on=item.checked_on, by=item.checked_by)
    return tuple(text for text in (place, checked if item.checked_on else "") if text)


def _recommendations(audit: Audit, lines: AuditLines) -> Iterator[Item]:
    names = ("recommendation", "directly", "through_chains", "named_references")
    links: dict[str, list[Link]] = {}
    for link in audit.matrix:
        links.setdefault(link.recommendation, []).append(link)
    if audit.recommendations:
        overview = (_in_overview(item, lines) for item in audit.recommendations)
        yield Item("", table=_table(names, overview, lines))
    yield from (_recommendation(item, links.get(item.id, ()), lines) for item in audit.recommendations)


def _recommendation(item: AuditedRecommendation, links: Iterable[Link], lines: AuditLines) -> Item:
    names = ("claim", "reference_and_support", "comes_through", "number", "rule")
    rows = ((lines.claim(link.claim), lines.verdict(link), *way(link, lines)) for link in links)
    directly, through_chains = _backing(item.directly, lines, own=True), _backing(item.through_chains, lines)
    return Item(
        filled("{title} ({id})", title=lines.own(item.title), id=lines.id_and_status(item)),
        filled(lines.words["backing"], directly=directly, through_chains=through_chains),
        table=_table(names, rows, lines),
        anchor=f"recommendation-{item.id}",
    )


def _table(headings: Iterable[str], rows: Iterable[tuple[Line, ...]], lines: AuditLines) -> Table:
    return Table(tuple(lines.words[heading] for heading in headings), tuple(rows))


def _in_overview(item: AuditedRecommendation, lines: AuditLines) -> tuple[Line, ...]:
    return (
        lines.recommendation(item.id),
        _backing(item.directly, lines, own=True),
        _backing(item.through_chains, lines),
        joined(map(lines.reference, item.references), " "),
    )


def _backing(backing: Backing, lines: AuditLines, own: bool = False) -> Line:
    words = lines.words
    if backing.strongest is None or backing.weakest is None:
        return phrases(lines.audit.language)["own"] if own else words["nothing_counts"]
    best, worst = lines.support(backing.strongest), lines.support(backing.weakest)
    return best if best == worst else filled(words["best_and_worst"], best=best, worst=worst)


def way(link: Link, lines: AuditLines) -> tuple[Line, ...]:
    """How a claim comes to a recommendation: through what, with which numbers, by which rule."""
    return (
        lines.words[f"via_{link.via}"],
        joined(map(lines.named_parameter, link.parameters)),
        lines.named_rule(link.rule),
    )


def reference_items(audit: Audit, lines: AuditLines) -> Iterator[Item]:
    links: dict[tuple[str, int | None, Support], list[Link]] = {}
    for link in audit.matrix:
        links.setdefault((link.claim, link.reference, link.support), []).append(link)
    cited: dict[int, list[AuditedCitation]] = {}
    for citation in audit.citations:
        cited.setdefault(citation.reference, []).append(citation)
    for item in audit.references:
        rows = [
            row
            for citation in cited.get(item.number, ())
            for row in _cited_by(
                citation, links.get((citation.claim, item.number, citation.support), ()), lines
            )
        ]
        yield _reference(item, tuple(rows), lines)


def _reference(item: AuditedReference, rows: tuple[tuple[Line, ...], ...], lines: AuditLines) -> Item:
    words = lines.words
    names = ("claim", "support", "recommendation", "comes_through", "number", "rule")
    look = words["overdue" if item.due else "review_by"].format(date=item.review_by)
    return Item(
        filled("{number} {status}", number=f"[{item.number}]", status=lines.status(item.status)),
        lines.leading(item.formatted),
        (*looked(item, lines), look) if item.review_by else looked(item, lines),
        (*_on_record(item, lines), *(() if rows else (Bullet(words["nobody_cites"]),))),
        _table(names, rows, lines) if rows else None,
        f"reference-{item.number}",
    )


def _on_record(item: AuditedReference, lines: AuditLines) -> Iterator[Bullet]:
    """What was found where it differs, what was probably meant, and how it was looked up."""
    words = lines.words
    if item.differences:
        differences = ", ".join(item.differences)
        yield Bullet(filled(words["found_as"], work=lines.leading(item.on_record), differences=differences))
    for work in item.probably_meant:
        yield Bullet(filled(words["probably_meant"], work=lines.leading(work)))
    yield from (Bullet(lines.own(text)) for text in (item.note, item.checked_how) if text)


def _cited_by(
    citation: AuditedCitation, links: Iterable[Link], lines: AuditLines
) -> Iterator[tuple[Line, ...]]:
    begin: tuple[Line, ...] = (lines.claim(citation.claim), lines.support(citation.support))
    rows = [(*begin, lines.recommendation(link.recommendation), *way(link, lines)) for link in links]
    yield from rows or [(*begin, lines.words["behind_nothing"], "", "", "")]


def _claims(audit: Audit, lines: AuditLines) -> Iterator[Item]:
    sections: dict[str, list[AuditedClaim]] = {}
    for claim in audit.claims:
        sections.setdefault(claim.section, []).append(claim)
    for claims in sections.values():
        bullets = tuple(Bullet(lines.explained(claim), anchor=f"claim-{claim.id}") for claim in claims)
        yield Item(lines.own(claims[0].section_title), bullets=bullets)
