"""A knowledge base → all pages of its handbook, each under its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from wellfounded.interfaces.as_html import as_html
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.handbook.addresses import HOME
from wellfounded.interfaces.handbook.book import Book, language_links
from wellfounded.interfaces.handbook.evidence import claim_page, reference_pages
from wellfounded.interfaces.handbook.facts import fact_page, parameter_page
from wellfounded.interfaces.handbook.overviews import home_page, overview_pages, search_page
from wellfounded.interfaces.handbook.rules import recommendation_page, rule_page
from wellfounded.interfaces.line import Line, Run, runs
from wellfounded.interfaces.page import Bullet, Item, Page, Part
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.frozen import EMPTY
from wellfounded.review.audit import audit
from wellfounded.review.scenarios import Scenario

#: Language → rule → what is to be said of how well the scenarios try it.
Coverage = Mapping[str, Mapping[str, Sequence[Line]]]


def handbook(
    knowledge_base: KnowledgeBase,
    scenarios: Sequence[Scenario],
    on: date,
    coverage: Coverage = EMPTY,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Mapping[str, str]:
    """The pages of the handbook by their addresses, in every language; ``on`` decides what is overdue.

    ``coverage`` has for a language and a rule what its page says of the scenarios that try it. ``progress``
    is told how many pages are made, and of how many.
    """
    pages: list[tuple[str, Page]] = []
    for language in knowledge_base.languages:
        book = book_in(language, knowledge_base, scenarios, on, coverage)
        pages += [(spoken(language), page) for page in pages_of(book)]
    first = knowledge_base.languages[0]
    pages.append((spoken(first), _front(knowledge_base, pages[0][1])))
    site = frozenset(page.here for _, page in pages)
    made = {}
    for done, (language, page) in enumerate(pages, 1):
        made[page.here] = as_html(page, language, site)
        progress(done, len(pages))
    return made


def book_in(
    language: str,
    knowledge_base: KnowledgeBase,
    scenarios: Sequence[Scenario],
    on: date,
    coverage: Coverage = EMPTY,
) -> Book:
    """What the pages in one language are made from."""
    content, core = knowledge_base.content, knowledge_base.core
    audited = audit(content, core, knowledge_base.digest, language, on)
    return Book(knowledge_base, audited, scenarios, coverage.get(language, EMPTY))


def pages_of(book: Book) -> Iterator[Page]:
    """The pages in one language, each with its address."""
    content = book.content
    yield home_page(book)
    yield from overview_pages(book)
    yield search_page(book)
    yield from (recommendation_page(book, topic) for topic in book.lines.topics)
    yield from (rule_page(book, rule) for rule in content.rules.values())
    yield from (claim_page(book, claim) for claim in content.claims.values())
    yield from (page for _, page in reference_pages(book))
    yield from (fact_page(book, fact) for fact in content.facts.values())
    yield from (parameter_page(book, parameter) for parameter in content.parameters.values())


def _front(knowledge_base: KnowledgeBase, home: Page) -> Page:
    """The page in front of all languages."""
    links = language_links(knowledge_base.languages, HOME)
    item = Item("", bullets=tuple(Bullet(link) for link in links))
    title = tuple(Run(run.text, language=run.language) for run in runs(home.title))
    return Page(title, home.notice, (Part("", (item,)),), home.footer, here="index.html")
