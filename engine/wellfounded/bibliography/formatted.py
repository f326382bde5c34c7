"""A publication as people cite it: in APA (7th edition) or Vancouver (Citing Medicine), as plain text.

What is not stated is left out, and nothing is made up for it. Why this is not left to a library is in
``docs/decisions/citation-styles.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import takewhile

from babel.dates import format_date, format_skeleton

from wellfounded.bibliography.publication import ELLIPSIS, Author, Publication
from wellfounded.bibliography.words import WORDS, words_in

_APA_ALL, _APA_FIRST = 20, 19  # up to twenty authors are all named; of more, the first nineteen and the last
_VANCOUVER_FIRST = 6
_IN_BOOK = ("chapter", "paper-conference")


def apa(one: Publication, language: str) -> str:
    """A publication in the style of the American Psychological Association."""
    words, authors = words_in(language), _apa_authors(one.authors)
    when, title = f"({_apa_date(one, language)}).", _sentence(_apa_title(one, words))
    opening = (_sentence(authors), when, title) if authors else (title, when)
    return _joined(*opening, *_apa_source(one, words), _apa_link(one, words))


def vancouver(one: Publication, language: str) -> str:
    """A publication in the style of the National Library of Medicine, which is known as Vancouver."""
    words = words_in(language)
    authors = _sentence(_vancouver_authors(one.authors, words))
    return _joined(authors, *_vancouver_title(one, words), *_vancouver_source(one, words))


#: The styles by name.
STYLES: Mapping[str, Callable[[Publication, str], str]] = {"apa": apa, "vancouver": vancouver}


def _apa_authors(authors: Sequence[Author]) -> str:
    names = [_apa_name(author) for author in authors]
    if len(names) > _APA_ALL:
        return f"{', '.join(names[:_APA_FIRST])}, … {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    before, last = ", ".join(names[:-1]), names[-1]
    if authors[-1].left_out:
        return f"{before}, {last}"
    if authors[-2].left_out:
        return f"{before} {last}"
    return f"{before}, & {last}"


def _apa_name(author: Author) -> str:
    if author.literal:
        return "…" if author.literal == ELLIPSIS else author.literal
    initials = _initials(author.given, ".", "-", " ")
    return f"{author.family}, {initials}" if initials else author.family


def _apa_date(one: Publication, language: str) -> str:
    """The year; of a web page as much as is known."""
    if not one.date:
        return words_in(language)["no_date"]
    day = _day(one.date) if one.type == "webpage" and len(one.date) > 1 else None
    if day is None:
        return one.year
    locale, whole = language if language in WORDS else "en", len(one.date) > 2
    shown = format_skeleton("MMMMd", day, locale=locale) if whole else format_date(day, "LLLL", locale)
    return f"{one.year}, {shown}"


def _day(parts: tuple[int, ...]) -> date | None:
    year, month, day = (*parts, 1, 1)[:3]
    try:
        return date(year, month, day)
    except ValueError:  # 31 April, or the year 0
        return None


def _apa_title(one: Publication, words: Mapping[str, str]) -> str:
    if one.type == "report" and one.number:
        return f"{one.title} ({words['number']} {one.number})".strip()
    if one.type == "thesis":
        kept = ", ".join(part for part in (words["thesis"], one.publisher) if part)
        return f"{one.title} [{kept}]".strip()
    if one.type == "book" and one.volume:
        return f"{one.title} (Vol. {one.volume})".strip()
    return one.title


def _apa_source(one: Publication, words: Mapping[str, str]) -> tuple[str, ...]:
    pages, publisher = _pages(one), _sentence(one.publisher)
    if one.type in _IN_BOOK and one.container:
        volume = f"Vol. {one.volume}" if one.volume else ""
        within = ", ".join(part for part in (volume, _labelled(pages)) if part)
        return _sentence(f"{words['in']} {one.container}" + (f" ({within})" if within else "")), publisher
    volume = "" if one.type == "book" else one.volume
    number = f"{volume}({one.issue})" if one.issue else volume
    numbered = one.number and one.type == "article-journal"
    where = pages or (f"{words['article_number']} {one.number}" if numbered else "")
    place = _sentence(", ".join(part for part in (one.container, number, where) if part))
    return place, "" if one.type == "thesis" else publisher


def _labelled(pages: str) -> str:
    return f"{'p.' if pages.isalnum() else 'pp.'} {pages}" if pages else ""


def _apa_link(one: Publication, words: Mapping[str, str]) -> str:
    undated = one.link and not one.bare_doi and not one.date and one.type == "webpage"
    return f"{words['retrieved']} {one.link}" if undated else one.link


def _vancouver_authors(authors: Sequence[Author], words: Mapping[str, str]) -> str:
    """The first six, or those before the first that is left out."""
    named = list(takewhile(lambda author: not author.left_out, authors))[:_VANCOUVER_FIRST]
    names = [_vancouver_name(author) for author in named]
    return ", ".join([*names, words["et_al"]] if len(named) < len(authors) else names)


def _vancouver_name(author: Author) -> str:
    return author.literal or f"{author.family} {_initials(author.given)}".strip()


def _vancouver_title(one: Publication, words: Mapping[str, str]) -> tuple[str, ...]:
    mark = {"webpage": " [Internet]", "thesis": f" [{words['thesis'].lower()}]"}.get(one.type, "")
    title = _sentence(f"{one.title}{mark}".strip())
    if one.type not in _IN_BOOK or not one.container:
        return (title,)
    return title, _sentence(f"{words['in']}: {one.container}")


def _vancouver_source(one: Publication, words: Mapping[str, str]) -> tuple[str, ...]:
    """Where it appeared; in a journal without spaces, as the style has it."""
    pages = _shortened(one)
    number = f"{one.volume}({one.issue})" if one.issue else one.volume
    if one.type in ("article-journal", "article", ""):
        where = f"{number}:{pages or one.number}" if pages or one.number else number
        when = ";".join(part for part in (one.year, where) if part)
        source: tuple[str, ...] = (_sentence(one.container), _sentence(one.publisher), _sentence(when))
    else:
        imprint = "; ".join(part for part in (one.publisher, one.year) if part)
        volume = _sentence(f"Vol. {number}") if number else ""
        container = "" if one.type in _IN_BOOK else _sentence(one.container)
        report = f"{words['report_number']} {one.number}" if one.number and one.type == "report" else ""
        source = (container, volume, _sentence(imprint), _sentence(f"p. {pages}" if pages else ""))
        source = (*source, _sentence(report))
    link = f"doi: {one.bare_doi}" if one.bare_doi else f"{words['available']} {one.url}" if one.url else ""
    return (*source, link, f"PubMed PMID: {one.pmid}." if one.pmid else "")


def _pages(one: Publication) -> str:
    return "–".join(one.pages) if one.pages else one.page


def _shortened(one: Publication) -> str:
    """Pages without the digits that the last shares with the first: 1178–86. Nothing else is shortened."""
    if one.pages is None:
        return one.page
    first, last = one.pages
    if len(first) != len(last) or not (first.isdecimal() and last.isdecimal()) or first == last:
        return f"{first}–{last}"
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=True))))
    return f"{first}–{last[shared:]}"


def _initials(given: str, point: str = "", hyphen: str = "", space: str = "") -> str:
    """The initials of given names; those of a double name stay together."""
    names = re.sub(r"\.\s*(?=[^\s-])", ". ", given.replace("‐", "-")).split()
    double = ([part[0].upper() for part in name.split("-") if part[:1].isalpha()] for name in names)
    return space.join(hyphen.join(f"{letter}{point}" for letter in letters) for letters in double if letters)


def _sentence(text: str) -> str:
    """With a full stop, unless it ends in a mark already."""
    return text if not text or text.endswith((".", "?", "!", "…")) else f"{text}."


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
