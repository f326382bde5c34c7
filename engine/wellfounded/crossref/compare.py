"""A CSL-JSON item against what Crossref says of its DOI, field by field.

Case, kinds of dashes and quotes, white space and a final full stop do not count; diacritics do. What either
side leaves out is not compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wellfounded.crossref.answer import Answer, Author
from wellfounded.model.record import Record

#: The names that a ledger's ``differences`` uses, with the CSL key of each.
FIELDS: Mapping[str, str] = {
    "title": "title",
    "authors": "author",
    "journal": "container-title",
    "year": "issued",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "DOI": "DOI",
}
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]+")
_QUOTES = str.maketrans("‘’‚‛“”„‟`´", "''''\"\"\"\"''")
_SHORTENED = frozenset({"...", "…", "et al", "et al.", "and others", "e.a.", "en anderen"})
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.I)


class Difference(Record, frozen=True):
    """A field in which a record and Crossref say different things, each as it is shown to people."""

    field: str
    ours: str
    theirs: str


def doi_of(item: Mapping[str, Any]) -> str:
    """The DOI of a CSL-JSON item without an address before it; empty if it gives none."""
    return _PREFIX.sub("", str(item.get("DOI", "")).strip())


def is_doi(text: str) -> bool:
    """Whether a text has the form of a DOI."""
    return _DOI.fullmatch(text) is not None and text.isprintable()


def normal(text: str) -> str:
    """A text without what does not count when two are compared."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    dashed = _DASHES.sub("-", plain).replace("&", " and ")
    return " ".join(re.sub(r"\s*-\s*", "-", dashed).split()).rstrip(" .")


def differences(item: Mapping[str, Any], answer: Answer) -> tuple[Difference, ...]:
    """The fields in which ``item`` and ``answer`` differ, in the order of ``FIELDS``."""
    found = (
        _text("title", item.get("title"), answer.titles),
        _authors(item, answer),
        _text("journal", item.get("container-title"), answer.containers),
        _text("year", year_of(item), answer.years),
        _text("volume", item.get("volume"), (answer.volume,)),
        _text("issue", item.get("issue"), (answer.issue,)),
        _text("pages", item.get("page"), answer.pages, _pages),
        _text("DOI", doi_of(item), (answer.doi,)),
    )
    return tuple(difference for difference in found if difference is not None)


def different_items(cited: Mapping[str, Any], recorded: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the fields in which two CSL-JSON items differ."""
    other = Answer(
        doi=doi_of(recorded),
        titles=(_plain(recorded.get("title")),),
        authors=authors_of(recorded),
        containers=(_plain(recorded.get("container-title")),),
        years=(year_of(recorded),),
        volume=_plain(recorded.get("volume")),
        issue=_plain(recorded.get("issue")),
        pages=(_plain(recorded.get("page")),),
    )
    return tuple(difference.field for difference in differences(cited, other))


def year_of(item: Mapping[str, Any]) -> str:
    """The year of a CSL-JSON item; empty if it gives none."""
    rows = item.get("issued", {}).get("date-parts", ())
    return str(rows[0][0]) if rows and rows[0] else ""


def authors_of(item: Mapping[str, Any]) -> tuple[Author, ...]:
    """The authors of a CSL-JSON item as it lists them."""
    keys = ("family", "given", "literal")
    return tuple(
        Author(**{key: str(one[key]) for key in keys if key in one}) for one in item.get("author", ())
    )


def is_shortened(author: Author) -> bool:
    """Whether an entry of a list stands for authors who are left out."""
    return author.literal.strip().casefold() in _SHORTENED


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _text(
    field: str, value: Any, theirs: Iterable[str], same: Callable[[str], str] = normal
) -> Difference | None:
    ours = _plain(value)
    given = [text for text in theirs if text]
    if not ours or not given or same(ours) in {same(text) for text in given}:
        return None
    return Difference(field, ours, given[0])


def _pages(text: str) -> str:
    """Both ends in full: 376–84 is 376-384."""
    first, dash, last = normal(text).removeprefix("pp. ").removeprefix("p. ").partition("-")
    if dash and first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}" if dash and first != last else first


def _authors(item: Mapping[str, Any], answer: Answer) -> Difference | None:
    ours, theirs = authors_of(item), answer.authors
    if not ours or not theirs or _same_authors(ours, theirs):
        return None
    return Difference("authors", "; ".join(map(str, ours)), "; ".join(map(str, theirs)))


def _same_authors(ours: tuple[Author, ...], theirs: tuple[Author, ...]) -> bool:
    """The same list; where either is shortened, what stands before and after the gap has to agree."""
    if any(is_shortened(author) for author in theirs) and not any(is_shortened(author) for author in ours):
        ours, theirs = theirs, ours
    gaps = [place for place, author in enumerate(ours) if is_shortened(author)]
    theirs = tuple(author for author in theirs if not is_shortened(author))
    if not gaps:
        return len(ours) == len(theirs) and all(map(_same_author, ours, theirs))
    before, after = ours[: gaps[0]], ours[gaps[-1] + 1 :]
    if len(before) + len(after) > len(theirs):
        return False
    end = theirs[len(theirs) - len(after) :]
    return all(map(_same_author, before, theirs)) and all(map(_same_author, after, end))


def _same_author(one: Author, other: Author) -> bool:
    if one.literal or other.literal:
        return normal(str(one)) == normal(str(other))
    if normal(one.family) != normal(other.family):
        return False
    ours, theirs = _initials(one.given), _initials(other.given)
    shorter = min(len(ours), len(theirs))
    return ours[:shorter] == theirs[:shorter]


def _initials(given: str) -> str:
    """``B. J.``, ``BJ`` and ``Brad Jon`` alike are ``bj``."""
    parts = [part for part in re.split(r"[\s.\-]+", unicodedata.normalize("NFKC", given)) if part]
    if len(parts) == 1 and parts[0].isupper() and len(parts[0]) <= 4:
        return parts[0].casefold()
    return "".join(part[0] for part in parts).casefold()
