"""All that the pages of a handbook are made from, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from textwrap import shorten

from babel import Locale, UnknownLocaleError

from wellfounded.interfaces.handbook.addresses import FOLDERS, HOME, SEARCH, address, file_names
from wellfounded.interfaces.handbook.lines import HandbookLines
from wellfounded.interfaces.line import Line, Run, plain
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Search, Way
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.thing import Kind, Thing
from wellfounded.review.audit import Audit, Link
from wellfounded.review.scenarios import Scenario
from wellfounded.review.uses import uses

#: So much of a title is shown where it only says where one is.
_LONGEST_CRUMB = 60


class Book:
    """What the pages in one language share.

    ``coverage`` is the one place for what the scenarios were found to reach: lines for the page of a rule, by
    its id, in this language.
    """

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        audit: Audit,
        scenarios: Sequence[Scenario],
        coverage: Mapping[str, Sequence[Line]],
    ) -> None:
        self.knowledge_base = knowledge_base
        self.content = knowledge_base.content
        self.language = audit.language
        self.audit = audit
        self.coverage = coverage
        self.uses = uses(self.content)
        self.names = file_names(self.uses.of)
        self.lines = HandbookLines(audit, self.content, self.names)
        self.words = self.lines.handbook
        self.prose = self.lines.prose
        self.scenarios: dict[str, list[Scenario]] = {}
        for scenario in scenarios:
            for topic in scenario.expect:
                self.scenarios.setdefault(topic, []).append(scenario)
        self.claims = {claim.id: claim for claim in audit.claims}
        self.links: dict[str, list[Link]] = {}
        self.links_of_claim: dict[str, list[Link]] = {}
        for link in audit.matrix:
            self.links.setdefault(link.recommendation, []).append(link)
            self.links_of_claim.setdefault(link.claim, []).append(link)

    def page(
        self, name: str, title: Line, notice: Line, parts: Iterable[Part], search: Search | None = None
    ) -> Page:
        """A page of this book, with the ways that lead through it; parts without anything are left out."""
        return Page(
            title,
            notice,
            tuple(part for part in parts if part.items),
            self.words["made_with"].format(
                id=self.knowledge_base.id,
                version=self.knowledge_base.version,
                digest=self.knowledge_base.digest[:19],
            ),
            here=address(self.language, name),
            ways=tuple(self._ways(name, title)),
            search=search,
        )

    def _ways(self, name: str, title: Line) -> Iterator[Way]:
        words = self.words
        menu = [(HOME, "handbook"), *((folder, folder) for folder in FOLDERS.values()), (SEARCH, "search")]
        yield Way(words["menu"], tuple(self.to(to, words[word]) for to, word in menu))
        if len(self.knowledge_base.languages) > 1:
            yield Way(words["languages"], tuple(language_links(self.knowledge_base.languages, name)))
        if "/" in name:
            folder = name.partition("/")[0]
            home, above = self.to(HOME, words["handbook"]), self.to(folder, words[folder])
            here = self.to(name, shorten(plain(title), _LONGEST_CRUMB, placeholder=" …"))
            yield Way(words["trail"], (home, above, here), ordered=True)

    def to(self, name: str, text: str) -> Run:
        return Run(text, f"/{address(self.language, name)}")

    def what_uses_what(self, thing: Thing) -> Part:
        """Both ways: what a thing uses, and what uses it."""
        items = (
            self._listed("uses", self.uses.of.get(thing, ())),
            self._listed("used_by", self.uses.by.get(thing, ())),
        )
        return Part(self.words["uses_and_used"], items, anchor="uses")

    def _listed(self, way: str, things: Sequence[Thing]) -> Item:
        by_kind = {kind: [thing for thing in things if thing.kind is kind] for kind in Kind}
        bullets = tuple(
            Bullet(self.words[FOLDERS[kind]], tuple(Bullet(self.lines.thing(thing)) for thing in found))
            for kind, found in by_kind.items()
            if found
        )
        return Item(self.words[way], "" if bullets else self.words[f"{way}_nothing"], bullets=bullets)


def language_links(languages: Iterable[str], name: str) -> Iterator[Run]:
    """The same page in every language, each by the language's own name."""
    for language in languages:
        yield Run(language_name(language), f"/{address(language, name)}", language=language)


def language_name(language: str, spoken: str = "") -> str:
    """A language by its name in the one that is ``spoken``, or by its own name; its code, if that is all."""
    named = language
    with suppress(UnknownLocaleError):
        named = Locale.parse(language).get_language_name(spoken or language) or language
    return named[:1].upper() + named[1:]
