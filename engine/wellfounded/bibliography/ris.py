"""Entries as RIS, which nearly every reference manager reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wellfounded.bibliography.entries import Entry
from wellfounded.bibliography.publication import Author, Publication

_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}


def as_ris(entries: Iterable[Entry]) -> str:
    """The entries, each from ``TY`` to ``ER``; lines end in CR LF, as the format wants."""
    lines = (f"{tag}  - {value}\r\n" for entry in entries for tag, value in _lines(entry))
    return "".join(lines)


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    one = entry.publication
    yield "TY", _TYPES.get(one.type, "GEN")
    yield "ID", entry.key
    yield from ((tag, value) for tag, value in _details(one) if value)
    yield "N1", entry.note
    yield "ER", ""


def _details(one: Publication) -> Iterator[tuple[str, str]]:
    yield from (("AU", _name(author)) for author in one.authors)
    yield "TI", one.title
    yield "T2", one.container
    yield "PB", one.publisher
    yield "PY", one.year
    yield "DA", _date(one.date)
    yield "VL", one.volume
    yield "IS", one.issue
    yield "M1", one.number
    first, last = one.pages or (one.page, "")
    yield "SP", first
    yield "EP", last
    yield "DO", one.doi
    yield "UR", one.url
    yield "AN", one.pmid
    yield "LA", one.language


def _name(author: Author) -> str:
    return author.literal or (f"{author.family}, {author.given}" if author.given else author.family)


def _date(date: tuple[int, ...]) -> str:
    """Year, month and day between slashes; only where more than the year is known."""
    if len(date) < 2:
        return ""
    year, month, day = (*date, None)[:3]
    return f"{year:04}/{month:02}/{'' if day is None else f'{day:02}'}/"
