"""A page → one HTML file without anything from outside, for a screen of any width and for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2rem; border-bottom: 1px solid; } h3 { margin: 1.2rem 0 0; }
h1, h2, h3, p, li, td, th { overflow-wrap: anywhere; }
p { margin: .3rem 0; } .small { font-size: .9rem; }
.table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid; }
@media print { body { max-width: none; padding: 0; } h2, h3 { break-after: avoid; } }
"""


def as_html(page: Page, language: str) -> str:
    """The page as a document; whatever is in it is text, never markup."""
    return "\n".join(_document(page, language)) + "\n"


def _document(page: Page, language: str) -> Iterator[str]:
    yield f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{escape(page.title)}</h1>"
    yield from _paragraphs([page.notice])
    for part in page.parts:
        yield from _part(part)
    yield f"</main>\n<footer><p class=small>{escape(page.footer)}</p></footer>\n</body>\n</html>"


def _part(part: Part) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(part.heading)}</h2>"
    for number, item in enumerate(part.items, 1):
        yield from _item(item, f"{number}. " if part.numbered else "")
    yield "</section>"


def _item(item: Item, mark: str) -> Iterator[str]:
    if item.title and (item.text or item.bullets or item.small or item.table is not None):
        yield f"<h3>{escape(mark + item.title)}</h3>"
    elif item.title:
        yield from _paragraphs([mark + item.title])
    yield from _paragraphs([item.text])
    yield from _list(item.bullets)
    if item.table is not None:
        yield from _table(item.table)
    yield from _paragraphs(item.small, " class=small")


def _paragraphs(texts: Iterable[str], attributes: str = "") -> Iterator[str]:
    yield from (f"<p{attributes}>{escape(text)}</p>" for text in texts if text)


def _list(bullets: tuple[Bullet, ...]) -> Iterator[str]:
    if bullets:
        yield "<ul>"
        for bullet in bullets:
            yield f"<li>{escape(bullet.text)}"
            yield from _list(bullet.under)
            yield "</li>"
        yield "</ul>"


def _table(table: Table) -> Iterator[str]:
    yield '<div class="table" tabindex="0"><table>\n<tr>'
    yield from (f'<th scope="col">{escape(heading)}</th>' for heading in table.headings)
    yield "</tr>"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</table></div>"
