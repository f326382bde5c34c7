"""A page → Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellfounded.interfaces.line import Line, plain
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table


def as_markdown(page: Page) -> str:
    """The page as CommonMark with tables; texts are escaped, so that none of them becomes markup."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# {_escaped(page.title)}"
    if page.notice:
        yield ""
        yield f"*{_escaped(page.notice)}*"
    for part in page.parts:
        yield ""
        yield from _part(part)
    yield ""
    yield f"<small>{_escaped(page.footer)}</small>"


def part_as_markdown(part: Part) -> str:
    """One part of a page, for a place of its own."""
    return "\n".join(_part(part)).strip()


def _part(part: Part) -> Iterator[str]:
    if part.heading:
        yield f"## {_escaped(part.heading)}"
    yield ""
    if part.intro:
        yield from (_escaped(part.intro), "")
    for number, item in enumerate(part.items, 1):
        mark = f"{number}. " if part.numbered else "- "
        yield from _item(item, mark)


def _item(item: Item, mark: str) -> Iterator[str]:
    indent = " " * len(mark) if item.title or item.text else ""
    if item.title:
        yield f"{mark}**{_escaped(item.title)}**" + (
            f"  \n{indent}{_escaped(item.text)}" if item.text else ""
        )
    elif item.text:
        yield f"{mark}{_escaped(item.text)}"
    for bullet in item.bullets:
        yield from _bullet(bullet, indent)
    if item.table is not None:
        yield ""
        yield from (f"{indent}{line}" for line in _table(item.table))
        yield ""
    for small in item.small:
        yield f"{indent}- {_escaped(small)}"


def _bullet(bullet: Bullet, indent: str) -> Iterator[str]:
    yield f"{indent}- {_escaped(bullet.text)}"
    for under in bullet.under:
        yield from _bullet(under, f"{indent}  ")


def _table(table: Table) -> Iterator[str]:
    yield _row(table.headings)
    yield _row(tuple("---" for _ in table.headings), escape=False)
    yield from (_row(row) for row in table.rows)


def _row(cells: tuple[Line, ...], escape: bool = True) -> str:
    return f"| {' | '.join(_escaped(cell) if escape else plain(cell) for cell in cells)} |"


def _escaped(line: Line) -> str:
    """The text in one line, with what Markdown or HTML would read as markup written literally."""
    text = " ".join(plain(line).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|#])", r"\\\1", text)
