"""What is stated of a publication: CSL-JSON read once, so that every format writes the same.

CSL-JSON comes in many shapes. What has the wrong type is passed over as if it were not stated, and nothing
raises. White space, line ends among it, becomes single spaces: none of the formats can hold more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from wellfounded.model.record import Record

#: What lists of authors hold in the place of authors that are left out.
ET_AL, ELLIPSIS = "et al.", "..."
_LEFT_OUT = {"et al": ET_AL, "et al.": ET_AL, "...": ELLIPSIS, "…": ELLIPSIS, ". . .": ELLIPSIS}
_RANGE = re.compile(r"(?P<first>[^\s,;–—-]+)\s?[–—-]\s?(?P<last>[^\s,;–—-]+)")
_RESOLVER = re.compile(r"(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


class Author(Record, frozen=True):
    """A person with a family name, or what is only known as a whole: an organization, or a given name."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def left_out(self) -> bool:
        """Whether this stands for authors that are not named."""
        return self.literal in (ET_AL, ELLIPSIS)


class Publication(Record, frozen=True):
    """The details of a publication; empty is not stated. ``date`` is year, month and day as far as known."""

    type: str = ""
    title: str = ""
    authors: tuple[Author, ...] = ()
    date: tuple[int, ...] = ()
    container: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    number: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    language: str = ""

    @property
    def year(self) -> str:
        return str(self.date[0]) if self.date else ""

    @property
    def pages(self) -> tuple[str, str] | None:
        """The first and the last page, as written, where the pages are a range."""
        found = _RANGE.fullmatch(self.page)
        return (found["first"], found["last"]) if found else None

    @property
    def link(self) -> str:
        """Where the publication is: by its DOI if it has one."""
        return f"https://doi.org/{self.bare_doi}" if self.bare_doi else self.url

    @property
    def bare_doi(self) -> str:
        return _RESOLVER.sub("", self.doi, count=1) if _RESOLVER.match(self.doi) else self.doi


def publication(csl: Mapping[str, Any]) -> Publication:
    """A CSL-JSON item as a record."""
    return Publication(
        type=_text(csl.get("type")),
        title=_text(csl.get("title")),
        authors=tuple(_authors(csl.get("author"))),
        date=tuple(_date(csl.get("issued"))),
        container=_text(csl.get("container-title")),
        publisher=_text(csl.get("publisher")),
        volume=_text(csl.get("volume")),
        issue=_text(csl.get("issue")),
        page=_text(csl.get("page")),
        number=_text(csl.get("number")),
        doi=_text(csl.get("DOI")),
        pmid=_text(csl.get("PMID")),
        url=_text(csl.get("URL")),
        language=_text(csl.get("language")),
    )


def one_line(text: str) -> str:
    """A text without control characters, and with single spaces only."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text).split())


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return one_line(str(value))


def _authors(value: Any) -> Iterator[Author]:
    for named in value if isinstance(value, list | tuple) else ():
        if isinstance(named, Mapping):
            family, given = _text(named.get("family")), _text(named.get("given"))
            literal = _text(named.get("literal")) or ("" if family else given)
            if literal:
                yield Author(literal=_LEFT_OUT.get(literal.lower(), literal))
            elif family:
                yield Author(family, given)


def _date(value: Any) -> Iterator[int]:
    """Year, month and day, up to the first that is none."""
    dates = value.get("date-parts") if isinstance(value, Mapping) else None
    first = dates[0] if isinstance(dates, list | tuple) and dates else ()
    parts = first if isinstance(first, list | tuple) else ()
    for part, largest in zip(parts, (9999, 12, 31), strict=False):
        written = _text(part)
        if not re.fullmatch(r"[0-9]{1,4}", written) or not (largest == 9999 or 1 <= int(written) <= largest):
            return
        yield int(written)
