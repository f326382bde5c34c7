"""An audit → a page, which text and Markdown render; and its matrix as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from wellfounded.interfaces.page import Bullet, Item, Page, Part
from wellfounded.model.content import Support
from wellfounded.review.audit import Audit, AuditedCitation, Backing, Gaps, Link
from wellfounded.review.withdrawal import Withdrawal

_NOTICE = (
    "What stands behind each recommendation, as the files say it: what a reference was found to say of the "
    "claim that cites it. Editorial claims and claims about the scope never count as support."
)


def audit_page(audit: Audit) -> Page:
    """The audit as an auditor reads it: in short, what to look at, and the way to and from references."""
    identity = audit.knowledge_base
    parts = (
        Part("In short", tuple(Item(sentence) for sentence in _in_short(audit))),
        Part("What to look at", tuple(_gaps(audit.gaps))),
        Part("Citations", tuple(map(_citation, audit.citations))),
        Part("From recommendations to references", tuple(_recommendations(audit))),
        Part("From references to recommendations", tuple(_references(audit))),
    )
    return Page(
        f"Audit of {identity.id} {identity.version}",
        _NOTICE if audit.recommendations else "This knowledge base recommends nothing yet.",
        tuple(part for part in parts if part.items and audit.recommendations),
        f"{identity.digest} on {audit.on}",
    )


def _in_short(audit: Audit) -> Iterator[str]:
    strongest = [item.directly.strongest for item in audit.recommendations]
    supported, partly = strongest.count(Support.SUPPORTS), strongest.count(Support.PARTLY)
    uncited, own = strongest.count(Support.UNCITED), strongest.count(None)
    others = len(strongest) - supported - partly - uncited - own
    yield f"{len(strongest)} recommendations, {len(audit.references)} references."
    yield f"{supported} rest directly on a reference that supports them."
    yield f"{partly} rest on one that supports them in part, and on nothing stronger."
    yield f"{others} cite only references that do not support them, or of which that is not established."
    yield f"{uncited} cite nothing."
    yield f"{own} are our own choice, and make no claim of the source's."


_GAPS = {
    "uncited": "Claims that cite nothing",
    "about_something_else": "Claims whose reference is about something else",
    "contradicted": "Claims that their own reference contradicts",
    "not_established": "Claims of which it is not established that their reference supports them",
    "unchecked": "Claims whose citation nobody has checked yet",
    "due": "References that are due for another look",
    "unused_references": "References that no claim cites",
    "unused_claims": "Claims that nothing uses",
}

#: What a run can be made to fail on.
GAPS = (*(name.replace("_", "-") for name in _GAPS), "contradictions")


def found(gaps: Gaps, name: str) -> int:
    """How many of one kind of gap there are."""
    return len(getattr(gaps, name.replace("-", "_")))


def _gaps(gaps: Gaps) -> Iterator[Item]:
    for name, title in _GAPS.items():
        items = [f"[{item}]" if isinstance(item, int) else item for item in getattr(gaps, name)]
        if items:
            yield Item(f"{title} ({len(items)})", ", ".join(items))
    for item in gaps.contradictions:
        by = "the claim" if item.kind == "claim" else "a work that is not cited,"
        yield Item(f"{item.claim} is contradicted by {by} {item.by}", item.why)


def _citation(citation: AuditedCitation) -> Item:
    checked = f"Checked on {citation.checked_on} by {citation.checked_by}." if citation.checked_on else ""
    title = f"{citation.claim} cites [{citation.reference}]: {citation.support}"
    return Item(title, citation.reason, (checked,) if checked else ())


def _recommendations(audit: Audit) -> Iterator[Item]:
    for item in audit.recommendations:
        links: dict[str, list[Link]] = {}
        for link in audit.matrix:
            if link.recommendation == item.id:
                links.setdefault(link.claim, []).append(link)
        yield Item(
            f"{item.id}: {item.directly.strongest or 'our own choice'}",
            f"Directly {_backing(item.directly)}; through derived facts {_backing(item.through_chains)}.",
            bullets=tuple(Bullet(_claim(claim, same)) for claim, same in links.items()),
        )


def _backing(backing: Backing) -> str:
    if backing.strongest is None:
        return "nothing that counts"
    if backing.strongest is backing.weakest:
        return str(backing.strongest)
    return f"{backing.strongest} at best and {backing.weakest} at worst"


def _claim(claim: str, links: list[Link]) -> str:
    cited = dict.fromkeys(f"[{link.reference}] {link.support}" for link in links if link.reference)
    rests_on = ", ".join(cited) or ("uncited" if links[0].counts else "never counts as support")
    numbers = f", number {', '.join(links[0].parameters)}" if links[0].parameters else ""
    ways = "/".join(dict.fromkeys(str(link.via) for link in links))
    return f"{claim} ({ways}{numbers}): {rests_on}"


def _references(audit: Audit) -> Iterator[Item]:
    for item in audit.references:
        due = ", due" if item.due else ""
        look = f"; look again by {item.review_by}{due}" if item.review_by else ""
        yield Item(
            f"[{item.number}] {item.status}{look}",
            item.formatted,
            bullets=tuple(_cited_by(claim, item.number, audit) for claim in item.claims)
            or (Bullet("No claim cites it."),),
        )


def _cited_by(claim: str, reference: int, audit: Audit) -> Bullet:
    links = [link for link in audit.matrix if (link.claim, link.reference) == (claim, reference)]
    found = dict.fromkeys(f"{link.recommendation} ({link.via})" for link in links)
    cited = next(c for c in audit.citations if (c.claim, c.reference) == (claim, reference))
    return Bullet(f"{claim}: {cited.support}", (Bullet(", ".join(found) or "behind no recommendation"),))


def _numbers(references: Iterable[int]) -> str:
    return " ".join(f"[{number}]" for number in references)


def withdrawal_page(withdrawal: Withdrawal, audit: Audit) -> Page:
    """What falls with a reference."""
    number = withdrawal.reference
    keep = [f"{item.id} {_numbers(item.references)}" for item in withdrawal.keep_another]
    parts = (
        ("Claims that cite it", withdrawal.claims),
        ("Lose their only citation", withdrawal.lose_their_only_citation),
        ("Keep another", keep),
        ("Rest on it only through derived facts", withdrawal.through_chains),
    )
    people = (
        f"Of the {withdrawal.people} people in the scenarios, {withdrawal.changed} would get other "
        f"recommendations if at least `{withdrawal.min_support}` were asked for."
    )
    shown = [Part(heading, tuple(map(Item, items))) for heading, items in parts if items]
    return Page(
        f"If [{number}] were withdrawn",
        next((item.formatted for item in audit.references if item.number == number), ""),
        (*shown, Part("People", (Item(people),))),
        f"{audit.knowledge_base.digest} on {audit.on}",
    )


def matrix_csv(audit: Audit) -> str:
    """The matrix: a row for each way from a reference to a recommendation."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("reference", "support", "claim", "section", "counts", "parameters", "via", "rule", "recommendation")
    )
    for link in audit.matrix:
        reference = "" if link.reference is None else link.reference
        counts = "yes" if link.counts else "no"
        row = (link.section, counts, " ".join(link.parameters), link.via, link.rule, link.recommendation)
        writer.writerow((reference, link.support, link.claim, *row))
    return out.getvalue()
