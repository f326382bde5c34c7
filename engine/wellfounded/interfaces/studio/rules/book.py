"""The handbook of a knowledge base, made for the studio: its pages, and where each thing is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import quote

from markupsafe import Markup
from msgspec.structs import replace

from wellfounded.interfaces.as_html import as_fragment
from wellfounded.interfaces.handbook.addresses import address, file_names
from wellfounded.interfaces.handbook.book import Book
from wellfounded.interfaces.handbook.covered import covered
from wellfounded.interfaces.handbook.site import book_in, pages_of
from wellfounded.interfaces.line import plain, runs
from wellfounded.interfaces.page import Bullet, Page, Part
from wellfounded.interfaces.studio.words import Words
from wellfounded.interfaces.studio.workplace import Rules
from wellfounded.model.content import Content
from wellfounded.model.due import today
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.thing import Kind, Thing
from wellfounded.review.coverage import coverage
from wellfounded.review.uses import uses

#: What is edited in a form, too, and what it is called there.
_FORMS = {Kind.RULE: "rule", Kind.CLAIM: "claim", Kind.FACT: "fact", Kind.PARAMETER: "parameter"}


class Pages(Record, frozen=True):
    """The pages in a language by their addresses.

    ``places`` has for the page of a thing where the thing is written, as an address of the editor;
    ``citations`` for the page of a claim that cites anything where its citations are judged.
    ``forms`` has for the page of a thing where it is edited without the file; ``falls`` for the page of a
    reference what falls without it.
    """

    language: str
    by_address: Mapping[str, Page]
    places: Mapping[str, str]
    citations: Mapping[str, str]
    forms: Mapping[str, str]
    falls: Mapping[str, str]
    words: Words

    def html(self, page: Page) -> Markup:
        """What a page says, with its links; it is escaped already."""
        return Markup(as_fragment(page, self.language, self.by_address))


def pages_in(language: str, rules: Rules) -> Pages:
    """The handbook in a language. Takes a moment, since it says what every scenario reaches."""
    knowledge_base, scenarios = rules.knowledge_base, rules.scenarios
    reached = rules.once(
        "coverage", lambda: covered(coverage(knowledge_base, scenarios), knowledge_base.languages)
    )
    book = book_in(language, knowledge_base, scenarios, today(), reached)
    made = (_without_languages(page, book) for page in pages_of(book))
    places = {
        address(language, name): to_editor(language, position_of(thing, book.content))
        for thing, name in book.names.items()
    }
    citations = {
        address(language, book.names[Thing(Kind.CLAIM, claim.id)]): to_citations(language, claim.id)
        for claim in book.content.claims.values()
        if claim.cites
    }
    forms = {
        address(language, name): f"/{language}/edit-form/{_FORMS[thing.kind]}/{quote(thing.id)}"
        for thing, name in book.names.items()
        if thing.kind in _FORMS
    }
    falls = {
        address(language, name): f"/{language}/evidence/withdraw/{quote(thing.id)}"
        for thing, name in book.names.items()
        if thing.kind is Kind.REFERENCE
    }
    return Pages(language, {page.here: page for page in made}, places, citations, forms, falls, book.words)


def _without_languages(page: Page, book: Book) -> Page:
    """The frame of the studio leads to the other languages, and to a search of its own."""
    return replace(page, ways=tuple(way for way in page.ways if way.name != book.words["languages"]))


def position_of(thing: Thing, content: Content) -> Position:
    """Where a thing is written: of a recommendation, the first rule that gives it."""
    if thing.kind is Kind.RECOMMENDATION:
        return next(rule.position for rule in content.rules.values() if rule.topic == thing.id)
    collections = {
        Kind.RULE: content.rules,
        Kind.CLAIM: content.claims,
        Kind.REFERENCE: content.references,
        Kind.FACT: content.facts,
        Kind.PARAMETER: content.parameters,
    }
    found: Position = collections[thing.kind][thing.id].position  # type: ignore[attr-defined]  # all have one
    return found


def page_addresses(rules: Rules, language: str) -> Callable[[Thing], str]:
    """Gives the address of the page of a thing; empty where it has none."""
    names = rules.once("names", lambda: file_names(uses(rules.knowledge_base.content).of))
    return lambda thing: f"/{address(language, names[thing])}" if thing in names else ""


def to_editor(language: str, position: Position) -> str:
    """The address of the editor at a place in a file."""
    return f"/{language}/edit/{quote(position.file)}?line={position.line}"


def to_citations(language: str, claim: str) -> str:
    """The address of what a claim cites, with what it was found to say."""
    return f"/{language}/evidence/citations?claim={quote(claim)}"


def searched(page: Page, query: str) -> tuple[Page, int]:
    """Of the page that lists everything, what holds every word that is asked for, and how much that is."""
    wanted = _folded(query).split()
    more = {} if page.search is None else dict(page.search.words)

    def fits(bullet: Bullet) -> bool:
        address = next((run.to for run in runs(bullet.text) if run.to), "")
        text = _folded(f"{plain(bullet.text)} {more.get(address, '')}")
        return all(word in text for word in wanted)

    parts = tuple(_kept(part, fits) for part in page.parts)
    count = sum(len(item.bullets) for part in parts for item in part.items)
    return replace(page, parts=tuple(part for part in parts if part.items), search=None), count


def _kept(part: Part, fits: Callable[[Bullet], bool]) -> Part:
    """A part with the bullets that fit, and without the items that have none left."""
    items = (replace(item, bullets=tuple(filter(fits, item.bullets))) for item in part.items)
    return replace(part, items=tuple(item for item in items if item.bullets))


def _folded(text: str) -> str:
    """Text without accents and capitals, in which people search."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
