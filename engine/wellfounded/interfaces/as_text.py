"""A page → plain text for a terminal or a printer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from wellfounded.interfaces.line import Line, plain
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table

WIDTH = 88


def as_text(page: Page, width: int = WIDTH) -> str:
    """The page in lines of at most ``width`` characters."""
    return "\n".join(_lines(page, width)) + "\n"


def _lines(page: Page, width: int) -> Iterator[str]:
    yield plain(page.title)
    yield "=" * min(len(plain(page.title)), width)
    yield from _wrapped(page.notice, width, "")
    for part in page.parts:
        yield ""
        if part.heading:
            yield plain(part.heading)
            yield "-" * min(len(plain(part.heading)), width)
        yield from _wrapped(part.intro, width, "")
        yield from _part(part, width)
    yield ""
    yield page.footer


def _part(part: Part, width: int) -> Iterator[str]:
    for number, item in enumerate(part.items, 1):
        mark = f"{number}. " if part.numbered else "• "
        yield from _item(item, mark, width)


def _item(item: Item, mark: str, width: int) -> Iterator[str]:
    head = item.title or item.text
    indent = " " * len(mark) if head else ""
    yield from _wrapped(head, width, indent, mark) if head else ()
    if item.title and item.text:
        yield from _wrapped(item.text, width, indent)
    for bullet in item.bullets:
        yield from _bullet(bullet, width, indent)
    if item.table is not None:
        yield from _table(item.table, width, indent)
    for small in item.small:
        yield from _wrapped(small, width, f"{indent}  ")


def _bullet(bullet: Bullet, width: int, indent: str) -> Iterator[str]:
    yield from _wrapped(bullet.text, width, f"{indent}  ", f"{indent}- ")
    for under in bullet.under:
        yield from _bullet(under, width, f"{indent}  ")


def _table(table: Table, width: int, indent: str) -> Iterator[str]:
    if len(table.headings) == 1:
        yield from _wrapped(
            "; ".join(plain(row[0]) for row in table.rows), width, f"{indent}  ", f"{indent}- "
        )
        return
    yield from _wrapped(_row(map(plain, table.headings)), width, f"{indent}  ", indent)
    for row in table.rows:
        yield from _wrapped(_row(map(plain, row)), width, f"{indent}  ", f"{indent}- ")


def _row(cells: Iterable[str]) -> str:
    """The cells of a row, each in its place; only at the end may some be missing."""
    first, *rest = cells
    while rest and not rest[-1]:
        rest.pop()
    return f"{first}: {'; '.join(cell or '–' for cell in rest)}" if rest else first


def _wrapped(text: Line, width: int, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        plain(text),
        max(width, len(indent) + 20),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
