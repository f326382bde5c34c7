"""The pages that list: the first page, one per kind, and the one to search on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wellfounded.interfaces.handbook.addresses import FOLDERS, HOME, SEARCH
from wellfounded.interfaces.handbook.book import Book
from wellfounded.interfaces.line import Line, filled, plain
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Search
from wellfounded.model.content import Rule
from wellfounded.model.thing import Kind, Thing
from wellfounded.prose.reading import lines_of
from wellfounded.review.ledger import AuditedClaim, AuditedReference


def home_page(book: Book) -> Page:
    """What the knowledge base is about, how to read its rules, and what it can recommend."""
    header, words = book.content.header, book.words
    return book.page(
        HOME,
        book.lines.text(header.title),
        book.lines.text(header.notice),
        (
            Part(
                words["about"],
                (Item("", book.lines.text(header.about), tuple(_about(book))),),
                anchor="about",
            ),
            _part(words["recommendations"], _recommendations(book)),
            Part(
                words["to_read"],
                (Item("", bullets=tuple(Bullet(words[f"to_read_{key}"]) for key in _TO_READ)),),
                anchor="to-read",
            ),
        ),
    )


_TO_READ = ("unknown", "bounds", "brackets", "topics")


def _about(book: Book) -> Iterator[Line]:
    header = book.content.header
    source = header.source
    named = [str(source[key]) for key in ("author", "title", "publisher", "updated") if source.get(key)]
    if named:
        yield book.words["source_of_all"].format(source=", ".join(named))
    note: Any = source.get("note", {})
    if note.get(book.language):
        yield book.lines.own(note[book.language])
    if header.maintainers:
        yield book.words["kept_by"].format(names=", ".join(header.maintainers))


def overview_pages(book: Book) -> Iterator[Page]:
    """One page per kind of thing."""
    parts = {
        Kind.RECOMMENDATION: (_part("", _recommendations(book)),),
        Kind.RULE: (
            _part(book.words["rules_recommending"], _recommending(book)),
            _part(book.words["rules_concluding"], _concluding(book)),
        ),
        Kind.CLAIM: tuple(_claims(book)),
        Kind.REFERENCE: (_part("", _references(book)),),
        Kind.FACT: (
            _part(book.words["facts_stated"], _facts(book, derived=False)),
            _part(book.words["facts_derived"], _facts(book, derived=True)),
        ),
        Kind.PARAMETER: (_part("", _parameters(book)),),
    }
    for kind, folder in FOLDERS.items():
        yield book.page(folder, book.words[folder], book.words[f"{folder}_intro"], parts[kind])


def _part(heading: Line, bullets: Iterable[Bullet]) -> Part:
    listed = tuple(bullets)
    return Part(heading, (Item("", bullets=listed),) if listed else ())


def _recommendations(book: Book) -> Iterator[Bullet]:
    for topic, rules in book.lines.topics.items():
        yield Bullet(book.lines.marked(book.lines.recommendation(topic), rules))


def _recommending(book: Book) -> Iterator[Bullet]:
    yield from (_rule(book, rule) for rules in book.lines.topics.values() for rule in rules)


def _concluding(book: Book) -> Iterator[Bullet]:
    """The rules that give a fact its value, under that fact."""
    for fact in book.content.facts:
        concluding = [
            rule
            for rule in book.content.rules.values()
            if rule.conclude is not None and rule.conclude.fact == fact
        ]
        if concluding:
            yield Bullet(book.lines.fact(fact), tuple(_rule(book, rule) for rule in concluding))


def _rule(book: Book, rule: Rule) -> Bullet:
    return Bullet(book.lines.marked(book.lines.rule(rule.id), [rule]))


def _claims(book: Book) -> Iterator[Part]:
    sections: dict[str, list[AuditedClaim]] = {}
    for claim in book.audit.claims:
        sections.setdefault(claim.section, []).append(claim)
    for claims in sections.values():
        bullets = (Bullet(book.lines.explained(claim)) for claim in claims)
        yield _part(book.lines.own(claims[0].section_title), bullets)


def _references(book: Book) -> Iterator[Bullet]:
    for reference in book.audit.references:
        number, status = book.lines.reference(reference.number), book.lines.status(reference.status)
        work = (Bullet(book.lines.leading(reference.formatted)),)
        yield Bullet(filled("{number} {status}", number=number, status=status), work)


def _facts(book: Book, derived: bool) -> Iterator[Bullet]:
    for fact in book.content.facts.values():
        if (fact.derived or fact.formula is not None) == derived:
            yield Bullet(filled("{fact} ({id})", fact=book.lines.fact(fact.id), id=book.lines.id(fact.id)))


def _parameters(book: Book) -> Iterator[Bullet]:
    for parameter in book.content.parameters.values():
        source = (Bullet(book.lines.explained(book.claims[parameter.claim])),)
        yield Bullet(book.lines.parameter(parameter.id), source)


def search_page(book: Book) -> Page:
    """Everything by kind and by name, with a field to search it."""
    things = [(thing, _shown(book, thing)) for thing in book.names]
    parts = tuple(
        Part(
            book.words[folder],
            (Item("", bullets=tuple(sorted(_found(book, things, kind), key=_name))),)
            if any(thing.kind is kind for thing, _ in things)
            else (),
            anchor=folder,
        )
        for kind, folder in FOLDERS.items()
    )
    found_by = tuple((book.lines.leads_to(thing.kind, thing.id), _words(book, thing)) for thing in book.names)
    search = Search(book.words["search_label"], book.words["search_found"], found_by)
    return book.page(SEARCH, book.words["search"], book.words["search_notice"], parts, search=search)


def _shown(book: Book, thing: Thing) -> Line:
    """A thing by its name, and where that is no more than a number, by the work too."""
    name = book.lines.thing(thing)
    if thing.kind is Kind.REFERENCE:
        return filled("{number} {work}", number=name, work=_reference(book, thing.id).formatted)
    return name


def _reference(book: Book, number: str) -> AuditedReference:
    return next(item for item in book.audit.references if str(item.number) == number)


def _found(book: Book, things: list[tuple[Thing, Line]], kind: Kind) -> Iterator[Bullet]:
    yield from (Bullet(line) for thing, line in things if thing.kind is kind)


def _name(bullet: Bullet) -> str:
    return plain(bullet.text).casefold()


def _words(book: Book, thing: Thing) -> str:
    """What a thing is found by, apart from its name."""
    content = book.content
    if thing.kind is Kind.RULE:
        readings = book.prose.rule(content.rules[thing.id])
        return " ".join(line.strip() for reading in readings for line in lines_of(reading))
    if thing.kind is Kind.FACT:
        return f"{thing.id} {plain(book.lines.text(content.facts[thing.id].question))}"
    return thing.id
