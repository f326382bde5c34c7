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
    AuditedCitation,
    AuditedClaim,
    AuditedRecommendation,
    AuditedReference,
    Backing,
    Gaps,
    Link,
)

_GAPS = (
    "uncited",
    "about_something_else",
    "contradicted",
    "not_established",
    "unchecked",
    "due",
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
        Part(words["look_at"], tuple(_gaps(audit.gaps, lines)), anchor="look-at"),
        Part(words["citations"], tuple(_citation(c, lines) for c in audit.citations), anchor="citations"),
        Part(
            words["recommendations"],
            tuple(_recommendations(audit, lines)),
            intro=words["recommendations_intro"],
            anchor="recommendations",
        ),
        Part(
            words["references"],
            tuple(_reference(item, audit, lines) for item in audit.references),
            intro=words["references_intro"],
            anchor="references",
        ),
        Part(words["claims"], tuple(_claims(audit, lines)), intro=words["claims_intro"], anchor="claims"),
    )
    return Page(
        words["title"].format(id=audit.knowledge_base.id, version=audit.knowledge_base.version),
        words["notice"] if audit.recommendations else words["nothing"],
        tuple(part for part in parts if part.items and audit.recommendations),
        words["footer"].format(digest=audit.knowledge_base.digest, on=audit.on),
        words["contents"] if audit.recommendations else "",
    )


def _in_short(audit: Audit, words: Mapping[str, str]) -> Iterator[Item]:
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


def _gaps(gaps: Gaps, lines: AuditLines) -> Iterator[Item]:
    words = lines.words
    for name in _GAPS:
        items = [
            lines.reference(item) if isinstance(item, int) else lines.claim(item)
            for item in getattr(gaps, name)
        ]
        if items:
            title = words["counted"].format(gap=words[f"gap_{name}"], count=len(items))
            yield Item(title, joined(items))
    for item in gaps.contradictions:
        by = lines.claim(item.by) if item.kind == "claim" else lines.id(item.by)
        yield Item(
            filled(words[f"by_{item.kind}"], claim=lines.claim(item.claim), by=by), lines.own(item.why)
        )


def _citation(citation: AuditedCitation, lines: AuditLines) -> Item:
    words = lines.words
    title = filled(
        words["cites"],
        claim=lines.claim(citation.claim),
        reference=lines.reference(citation.reference),
        support=lines.support(citation.support),
    )
    said = (("claim_says", lines.says(citation.claim)), ("verdict_says", citation.reason))
    bullets = tuple(Bullet(filled(words[key], text=lines.own(text))) for key, text in said if text)
    checked = words["checked"].format(on=citation.checked_on, by=citation.checked_by)
    return Item(title, small=(checked,) if citation.checked_on else (), bullets=bullets)


def _recommendations(audit: Audit, lines: AuditLines) -> Iterator[Item]:
    names = ("recommendation", "directly", "through_chains", "named_references")
    yield Item("", table=_table(names, (_in_overview(item, lines) for item in audit.recommendations), lines))
    yield from (_recommendation(item, audit, lines) for item in audit.recommendations)


def _recommendation(item: AuditedRecommendation, audit: Audit, lines: AuditLines) -> Item:
    names = ("claim", "reference_and_verdict", "comes_through", "number", "rule")
    links = (link for link in audit.matrix if link.recommendation == item.id)
    rows = ((lines.claim(link.claim), lines.verdict(link), *_way(link, lines)) for link in links)
    directly, through_chains = _backing(item.directly, lines, own=True), _backing(item.through_chains, lines)
    return Item(
        filled("{title} ({id})", title=lines.own(item.title), id=lines.id(item.id)),
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


def _way(link: Link, lines: AuditLines) -> tuple[Line, ...]:
    """How a claim comes to a recommendation: through what, with which numbers, by which rule."""
    return (
        lines.words[f"via_{link.via}"],
        joined(map(lines.id, link.parameters)),
        lines.id(link.rule),
    )


def _reference(item: AuditedReference, audit: Audit, lines: AuditLines) -> Item:
    words = lines.words
    names = ("claim", "verdict", "recommendation", "comes_through", "number", "rule")
    rows = tuple(row for claim in item.claims for row in _cited_by(claim, item.number, audit, lines))
    look = words["overdue" if item.due else "review_by"].format(date=item.review_by)
    return Item(
        filled("{number} {status}", number=f"[{item.number}]", status=lines.status(item.status)),
        lines.formatted(item),
        (look,) if item.review_by else (),
        () if rows else (Bullet(words["nobody_cites"]),),
        _table(names, rows, lines) if rows else None,
        f"reference-{item.number}",
    )


def _cited_by(claim: str, reference: int, audit: Audit, lines: AuditLines) -> Iterator[tuple[Line, ...]]:
    cited = next(c for c in audit.citations if (c.claim, c.reference) == (claim, reference))
    begin: tuple[Line, ...] = (lines.claim(claim), lines.support(cited.support))
    links = [link for link in audit.matrix if (link.claim, link.reference) == (claim, reference)]
    for link in links:
        yield (*begin, lines.recommendation(link.recommendation), *_way(link, lines))
    if not links:
        yield (*begin, lines.words["behind_nothing"], "", "", "")


def _claims(audit: Audit, lines: AuditLines) -> Iterator[Item]:
    sections: dict[str, list[AuditedClaim]] = {}
    for claim in audit.claims:
        sections.setdefault(claim.section, []).append(claim)
    for claims in sections.values():
        bullets = tuple(Bullet(lines.explained(claim), anchor=f"claim-{claim.id}") for claim in claims)
        yield Item(lines.own(claims[0].section_title), bullets=bullets)
