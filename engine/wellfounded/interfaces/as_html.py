"""A page → one HTML file without anything from outside, for a screen of any width and for paper.

A page of a site leads to the other pages by relative addresses, so that a site works from any folder.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from html import escape
from posixpath import dirname, relpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from wellfounded.interfaces.line import Line, Look, Run, plain, runs
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Search, Table, Way
from wellfounded.interfaces.search import SCRIPT, SCRIPT_HASH
from wellfounded.interfaces.style import STYLE
from wellfounded.model.record import Record

if TYPE_CHECKING:
    from wellfounded.interfaces.chain.picture import Picture

#: The only addresses outside the page that it leads to.
_OUTSIDE = "https://doi.org/10."
_TOP = "contents"
#: Should markup ever get in, it still loads and runs nothing. A page with a search runs that, and no more.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SEARCHING = f"{_POLICY}; script-src '{SCRIPT_HASH}'"


def as_html(page: Page, language: str, site: Collection[str] = ()) -> str:
    """The page as a document, where all is text and never markup. ``site`` has the pages it can lead to."""
    return "\n".join(_Document(language, frozenset(_anchors(page)), page.here, site).of(page)) + "\n"


def _anchors(page: Page) -> Iterator[str]:
    for number, part in enumerate(page.parts, 1):
        yield _anchor(part, number)
        for item in part.items:
            yield item.anchor
            yield from (bullet.anchor for bullet in item.bullets)


def _anchor(part: Part, number: int) -> str:
    return part.anchor or f"part-{number}"


def as_fragment(page: Page, language: str, site: Collection[str] = (), titled: bool = True) -> str:
    """The page without a document around it, for a place inside another page, whose style it takes.

    Only one that belongs to a ``site`` leads anywhere, also within itself: what is around it is not known.
    It is not ``titled`` where its title stands elsewhere in that other page.
    """
    anchors = frozenset(_anchors(page)) if site else frozenset[str]()
    writer = _Document(language, anchors, page.here, site)
    head = writer.head(page) if titled else ()
    lines = (*writer.ways(page.ways), *head, *writer.parts(page), *writer.foot(page))
    return f'<div lang="{escape(language)}">\n' + "\n".join(lines) + "\n</div>\n"


def as_parts(page: Page, language: str) -> str:
    """What a page says under its headings, without its title, for a place inside another page."""
    return "\n".join(_Document(language, frozenset(), page.here, ()).parts(page)) + "\n"


class _Document(Record, frozen=True):
    """Writes a page in a language; ``anchors`` and ``site`` are what its lines can lead to."""

    language: str
    anchors: frozenset[str]
    here: str
    site: Collection[str]

    def of(self, page: Page) -> Iterator[str]:
        yield f'<!doctype html>\n<html lang="{escape(self.language)}">\n<head>\n<meta charset="utf-8">'
        policy = _POLICY if page.search is None else _SEARCHING
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(plain(page.title))}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
        yield from self.ways(page.ways)
        yield from self.head(page)
        yield "<main>"
        yield from _field(page.search)
        yield from self.parts(page)
        yield "</main>"
        yield from self.foot(page)
        yield from self._searching(page.search)
        yield "</body>\n</html>"

    def head(self, page: Page) -> Iterator[str]:
        """What stands before the parts of a page."""
        yield f"<header>\n<h1>{self._line(page.title)}</h1>"
        yield from self._paragraphs([page.notice])
        yield "</header>"
        yield from _contents(page)

    def parts(self, page: Page) -> Iterator[str]:
        """All that a page says under its headings."""
        for number, part in enumerate(page.parts, 1):
            anchor = _anchor(part, number)
            yield f"<section{_id(anchor if anchor in self.anchors else '')}>"
            yield from self._part(part)
            if page.contents:
                yield f'<p class="top"><a href="#{_TOP}">↑ {escape(page.contents)}</a></p>'
            yield "</section>"

    def foot(self, page: Page) -> Iterator[str]:
        """What the page was made with."""
        yield f"<footer><p>{escape(page.footer)}</p></footer>"

    def ways(self, ways: tuple[Way, ...]) -> Iterator[str]:
        for way in ways:
            tag = "ol" if way.ordered else "ul"
            yield f'<nav class="way" aria-label="{escape(way.name)}">\n<{tag}>'
            yield from (f"<li>{self._line(link)}</li>" for link in way.links)
            yield f"</{tag}>\n</nav>"

    def _searching(self, search: Search | None) -> Iterator[str]:
        """What bullets are found by, as data, and the script that looks there."""
        if search is not None:
            words = {self._relative(to): text for to, text in search.words}
            data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
            yield f'<script type="application/json" id="words">{data}</script>\n<script>{SCRIPT}</script>'

    def _part(self, part: Part) -> Iterator[str]:
        if part.heading:
            yield f"<h2>{self._line(part.heading)}</h2>"
        yield from self._paragraphs([part.intro])
        for number, item in enumerate(part.items, 1):
            yield from self._item(item, f"{number}. " if part.numbered else "", plain(part.heading))

    def _item(self, item: Item, mark: str, heading: str) -> Iterator[str]:
        if item.title:
            alone = not (item.text or item.bullets or item.small or item.table)
            tag = "p" if alone else "h3"
            yield f"<{tag}{_id(item.anchor)}>{mark}{self._line(item.title)}</{tag}>"
        yield from self._paragraphs([item.text])
        if item.picture is not None:
            yield from _figure(item.picture)
        yield from self._list(item.bullets)
        if item.table is not None:
            yield from self._table(item.table, plain(item.title) or heading)
        yield from self._paragraphs(item.small, ' class="small"')

    def _paragraphs(self, lines: Iterable[Line], attributes: str = "") -> Iterator[str]:
        yield from (f"<p{attributes}>{self._line(line)}</p>" for line in lines if line)

    def _list(self, bullets: tuple[Bullet, ...]) -> Iterator[str]:
        if bullets:
            yield "<ul>"
            for bullet in bullets:
                yield f"<li{_id(bullet.anchor)}>{self._line(bullet.text)}"
                yield from self._list(bullet.under)
                yield "</li>"
            yield "</ul>"

    def _table(self, table: Table, name: str) -> Iterator[str]:
        yield f'<div class="table" role="group" aria-label="{escape(name)}" tabindex="0"><table>\n<thead><tr>'
        yield from (f'<th scope="col">{escape(heading)}</th>' for heading in table.headings)
        yield "</tr></thead>\n<tbody>"
        for first, *rest in table.rows:
            cells = "".join(f"<td>{self._line(cell)}</td>" for cell in rest)
            yield f'<tr><th scope="row">{self._line(first)}</th>{cells}</tr>'
        yield "</tbody></table></div>"

    def _line(self, line: Line) -> str:
        return "".join(map(self._run, runs(line)))

    def _run(self, run: Run) -> str:
        text = escape(run.text)
        if run.look is Look.ID:
            text = f"<code>{text}</code>"
        elif run.look is not Look.PLAIN:
            text = f'<span class="verdict {run.look}">{text}</span>'
        address = self._address(run.to)
        foreign = f' lang="{escape(run.language)}"' if run.language not in ("", self.language) else ""
        if address:
            return f"<a{address}{foreign}>{text}</a>"
        return f"<span{foreign}>{text}</span>" if foreign else text

    def _address(self, to: str) -> str:
        """Where a run leads, as attributes; nothing where that is not on the page, in the site or a DOI."""
        if to.startswith("/") and to[1:] in self.site:
            current = ' aria-current="page"' if to[1:] == self.here else ""
            return f' href="{escape(self._relative(to))}"{current}'
        if to.startswith("#") and to[1:] in self.anchors:
            return f' href="#{quote(to[1:])}"'
        return f' href="{escape(to)}" rel="noreferrer"' if to.startswith(_OUTSIDE) else ""

    def _relative(self, to: str) -> str:
        """The address of a page of the site, from here."""
        return quote(relpath(to[1:], dirname(self.here) or "."))


def _field(search: Search | None) -> Iterator[str]:
    """Hidden until the script is there that makes it work."""
    if search is not None:
        label, found = escape(search.label), escape(search.found)
        yield f'<div id="search" role="search" hidden><label for="query">{label}</label>'
        yield f'<input id="query" type="search"><p role="status" data-found="{found}"></p></div>'


def _figure(picture: Picture) -> Iterator[str]:
    from wellfounded.interfaces.chain.as_svg import STYLE as COLOURS  # noqa: PLC0415  # few pages have pictures
    from wellfounded.interfaces.chain.as_svg import drawing  # noqa: PLC0415  # likewise

    yield f'<figure tabindex="0" role="group" aria-label="{escape(picture.title)}">'
    yield f"{drawing(picture, 'picture', COLOURS)}</figure>"


def _contents(page: Page) -> Iterator[str]:
    if page.contents:
        yield f'<nav aria-labelledby="{_TOP}">\n<h2 id="{_TOP}">{escape(page.contents)}</h2>\n<ol>'
        for number, part in enumerate(page.parts, 1):
            yield f'<li><a href="#{quote(_anchor(part, number))}">{escape(plain(part.heading))}</a></li>'
        yield "</ol>\n</nav>"


def _id(anchor: str) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""
