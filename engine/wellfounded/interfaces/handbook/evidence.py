"""The pages of claims and of references."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.interfaces.audit_page import citation_item, evidence_item, reference_items
from wellfounded.interfaces.handbook.book import Book
from wellfounded.interfaces.line import Line, filled, plain
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table
from wellfounded.model.content import Claim, Content
from wellfounded.model.thing import Kind, Thing


def claim_page(book: Book, claim: Claim) -> Page:
    """What a claim says, what it cites and whether that supports it, and what rests on it."""
    thing = Thing(Kind.CLAIM, claim.id)
    citations = tuple(citation_item(c, book.lines) for c in book.audit.citations if c.claim == claim.id)
    words = book.lines.words
    return book.page(
        book.names[thing],
        book.lines.text(claim.says),
        book.lines.kind(Kind.CLAIM, claim.id, claim.status),
        (
            Part(book.words["what_it_is"], (Item("", bullets=tuple(_about(book, claim))),), anchor="about"),
            Part(
                book.words["cites"],
                citations or (Item("", book.words["cites_nothing"]),),
                anchor="citations",
            ),
            Part(
                words["further_evidence"],
                tuple(
                    evidence_item(e, book.lines) for e in book.audit.further_evidence if e.claim == claim.id
                ),
                intro=book.words["further_intro"],
                anchor="further",
            ),
            Part(book.words["contradictions"], tuple(_contradictions(book, claim)), anchor="contradictions"),
            _backs(book, claim.id),
            book.what_uses_what(thing),
        ),
    )


def _about(book: Book, claim: Claim) -> Iterator[Bullet]:
    audited = book.claims[claim.id]
    section = book.lines.own(audited.section_title)
    yield Bullet(filled(book.words["part_of_source"], section=section))
    if book.content.header.sections[claim.section].editorial:
        yield Bullet(book.words["editorial"])
    if not audited.counts:
        yield Bullet(book.words["never_counts"])
    if claim.maintainers:
        yield Bullet(book.words["kept_by"].format(names=", ".join(claim.maintainers)))
    if claim.review_by:
        yield Bullet(book.words["look_again"].format(date=claim.review_by))


def _contradictions(book: Book, claim: Claim) -> Iterator[Item]:
    """Whichever of the two claims recorded it."""
    for recorded, other in contradicting(book.content, claim.id):
        why = book.lines.text(book.content.claims[recorded].contradiction)
        yield Item(
            "", bullets=(Bullet(book.lines.explained(book.claims[other]), (Bullet(why),) if why else ()),)
        )


def contradicting(content: Content, id: str) -> Iterator[tuple[str, str]]:
    """The claims that a claim does not fit with, each behind the claim that recorded it."""
    for other in content.claims[id].contradicts:
        yield id, other
    for claim in content.claims.values():
        if id in claim.contradicts:
            yield claim.id, claim.id


def _backs(book: Book, claim: str) -> Part:
    words = book.lines.words
    links = {(link.recommendation, link.rule): link for link in book.links_of_claim.get(claim, ())}
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (book.lines.recommendation(link.recommendation), words[f"via_{link.via}"], book.lines.rule(link.rule))
        for link in links.values()
    )
    headings = (words["recommendation"], words["comes_through"], words["rule"])
    item = Item("", table=Table(headings, rows)) if rows else Item("", book.words["backs_nothing"])
    return Part(book.words["backs"], (item,), anchor="backs")


def reference_pages(book: Book) -> Iterator[tuple[str, Page]]:
    """Every reference: as cited and as on record, with what cites it and what rests on it."""
    items = reference_items(book.audit, book.lines)
    for reference, item in zip(book.audit.references, items, strict=True):
        number = str(reference.number)
        thing = Thing(Kind.REFERENCE, number)
        yield (
            number,
            book.page(
                book.names[thing],
                f"[{number}] {book.content.references[number].as_cited.get('title', '')}".strip(),
                book.lines.kind(Kind.REFERENCE, number),
                (
                    Part(plain(item.title), (_untitled(item),), anchor="record"),
                    book.what_uses_what(thing),
                ),
            ),
        )


def _untitled(item: Item) -> Item:
    return Item("", item.text, item.small, item.bullets, item.table)
