"""Entries as BibTeX in UTF-8, with what TeX would read as commands escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wellfounded.bibliography.entries import Entry
from wellfounded.bibliography.publication import ET_AL, Author, Publication

# BibTeX knows no thesis without a degree and no web page; biblatex and Zotero do.
_TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "thesis",
    "webpage": "online",
}
_PUBLISHERS = {"report": "institution", "thesis": "school"}

# Commands for braces, because BibTeX counts braces before TeX sees the backslash.
_ESCAPED = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "^": r"{\textasciicircum}",
        "~": r"{\textasciitilde}",
        **{special: f"\\{special}" for special in "$&#_%"},
    }
)
# Pairs that TeX makes one character of: dashes, quotes, guillemets, marks turned upside down.
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")
# Names of which BibTeX may see the parts: letters and digits with single marks between them.
_PLAIN_NAME = re.compile(r"[^\W_]+(?:(?:[.'’-]| |\. |\.-)[^\W_]+)*\.?")
_AND = re.compile(r"\band\b", re.IGNORECASE)
# Addresses are not typeset, so only what would end the field early may not stand in them.
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D"})


def as_bibtex(entries: Iterable[Entry]) -> str:
    """The entries, with an empty line between them."""
    return "\n".join(_entry(entry) for entry in entries)


def _entry(entry: Entry) -> str:
    one = entry.publication
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(one, entry.note) if value)
    return f"@{_TYPES.get(one.type, 'misc')}{{{entry.key},\n{fields}}}\n"


def _fields(one: Publication, note: str) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(_names(one.authors))
    # Inner braces keep styles from putting the title in small letters.
    yield "title", f"{{{_escaped(one.title)}}}" if one.title else ""
    in_book = one.type in ("chapter", "paper-conference")
    yield "booktitle" if in_book else "journal", _escaped(one.container)
    yield _PUBLISHERS.get(one.type, "publisher"), _escaped(one.publisher)
    yield from zip(("year", "month", "day"), map(str, one.date), strict=False)
    yield "volume", _escaped(one.volume)
    yield from _numbers(one)
    yield "pages", "--".join(_escaped(page) for page in one.pages or (one.page,))
    yield "doi", one.doi.translate(_ADDRESS)
    yield "url", one.url.translate(_ADDRESS)
    yield "pmid", _escaped(one.pmid)
    yield "language", _escaped(one.language)
    yield "note", _escaped(note)


def _numbers(one: Publication) -> Iterator[tuple[str, str]]:
    """BibTeX calls an issue ``number``; the number of an article or a report is then ``eid``."""
    yield "number", _escaped(one.issue or one.number)
    yield "eid", _escaped(one.number if one.issue else "")


def _names(authors: tuple[Author, ...]) -> Iterator[str]:
    for place, author in enumerate(authors, start=1):
        yield "others" if author.literal == ET_AL and place == len(authors) else _name(author)


def _name(author: Author) -> str:
    """Braces keep together what BibTeX would take apart at a space, a comma or an ``and``."""
    if not author.given:
        whole = author.literal or author.family
        return whole if whole.isalpha() and whole != "others" else f"{{{_escaped(whole)}}}"
    return f"{_part(author.family)}, {_part(author.given)}"


def _part(name: str) -> str:
    plain = _PLAIN_NAME.fullmatch(name) and not _AND.search(name)
    return name if plain else f"{{{_escaped(name)}}}"


def _escaped(text: str) -> str:
    return _LIGATURES.sub("{}", text.translate(_ESCAPED))
