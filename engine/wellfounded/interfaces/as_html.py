"""A page → one HTML file without anything from outside, for a screen of any width and for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from wellfounded.interfaces.line import Line, Look, Run, plain, runs
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table
from wellfounded.interfaces.style import STYLE
from wellfounded.model.record import Record

#: The only addresses outside the page that it leads to.
_OUTSIDE = "https://doi.org/10."
_TOP = "contents"
#: Should markup ever get in, it still loads and runs nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def as_html(page: Page, language: str) -> str:
    """The page as a document; whatever is in it is text, never markup."""
    return "\n".join(_Document(language, frozenset(_anchors(page))).of(page)) + "\n"


def _anchors(page: Page) -> Iterator[str]:
    for number, part in enumerate(page.parts, 1):
        yield _anchor(part, number)
        for item in part.items:
            yield item.anchor
            yield from (bullet.anchor for bullet in item.bullets)


def _anchor(part: Part, number: int) -> str:
    return part.anchor or f"part-{number}"


class _Document(Record, frozen=True):
    """Writes a page in a language; ``anchors`` are what its lines can lead to."""

    language: str
    anchors: frozenset[str]

    def of(self, page: Page) -> Iterator[str]:
        yield f'<!doctype html>\n<html lang="{escape(self.language)}">\n<head>\n<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(page.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
        yield f"<header>\n<h1>{escape(page.title)}</h1>"
        yield from self._paragraphs([page.notice])
        yield "</header>"
        yield from _contents(page)
        yield "<main>"
        for number, part in enumerate(page.parts, 1):
            yield f'<section id="{escape(_anchor(part, number))}">'
            yield from self._part(part)
            if page.contents:
                yield f'<p class="top"><a href="#{_TOP}">↑ {escape(page.contents)}</a></p>'
            yield "</section>"
        yield f"</main>\n<footer><p>{escape(page.footer)}</p></footer>\n</body>\n</html>"

    def _part(self, part: Part) -> Iterator[str]:
        yield f"<h2>{escape(part.heading)}</h2>"
        yield from self._paragraphs([part.intro])
        for number, item in enumerate(part.items, 1):
            yield from self._item(item, f"{number}. " if part.numbered else "", part.heading)

    def _item(self, item: Item, mark: str, heading: str) -> Iterator[str]:
        if item.title:
            alone = not (item.text or item.bullets or item.small or item.table)
            tag = "p" if alone else "h3"
            yield f"<{tag}{_id(item.anchor)}>{mark}{self._line(item.title)}</{tag}>"
        yield from self._paragraphs([item.text])
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
        """Where a run leads, as attributes; nothing where that is neither on the page nor a DOI."""
        if to.startswith("#") and to[1:] in self.anchors:
            return f' href="#{quote(to[1:])}"'
        return f' href="{escape(to)}" rel="noreferrer"' if to.startswith(_OUTSIDE) else ""


def _contents(page: Page) -> Iterator[str]:
    if page.contents:
        yield f'<nav aria-labelledby="{_TOP}">\n<h2 id="{_TOP}">{escape(page.contents)}</h2>\n<ol>'
        for number, part in enumerate(page.parts, 1):
            yield f'<li><a href="#{quote(_anchor(part, number))}">{escape(part.heading)}</a></li>'
        yield "</ol>\n</nav>"


def _id(anchor: str) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""
