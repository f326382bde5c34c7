"""Crossref's JSON → a record of what it says; whatever has the wrong type is as if it were not there.

Texts come from whoever deposited them: they lose markup and everything that could steer a terminal.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from wellfounded.model.record import Record

LONGEST_TEXT = 2000
MOST_AUTHORS = 5000
MOST_NOTICES = 100

#: What Crossref calls an update → what it means to whoever relies on the work.
MEANINGS = {
    "retraction": "retracted",
    "partial_retraction": "retracted",
    "withdrawal": "retracted",
    "removal": "retracted",
    "expression_of_concern": "concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "addendum": "corrected",
    "clarification": "corrected",
    "new_version": "corrected",
    "new_edition": "corrected",
}
_CONTAINERS = ("container-title", "short-container-title")
_RELATIONS = {"is-replaced-by": "new_version"}
_MARKED = re.compile(
    r"^\W*(retracted|withdrawn|removed)\b(?:\s+(?:article|chapter|paper))?\s*[:\]–—-]\s*", re.I
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_JOINERS = "\u200c\u200d"  # some scripts cannot be written without them


class Author(Record, frozen=True):
    """A person with ``family``, or an organisation or other name in ``literal``."""

    family: str = ""
    given: str = ""
    literal: str = ""

    def __str__(self) -> str:
        return self.literal or f"{self.given} {self.family}".strip()


class Notice(Record, frozen=True):
    """Something published about a work afterwards.

    ``kind`` is Crossref's word, ``meaning`` one of ``retracted``, ``concern`` and ``corrected``; ``doi`` and
    ``on`` (an ISO date, or its beginning) are empty where Crossref does not give them.
    """

    kind: str
    meaning: str
    doi: str = ""
    on: str = ""


class Answer(Record, frozen=True):
    """What Crossref says of one work; empty is what it does not say.

    ``titles``, ``containers`` and ``pages`` are the forms it gives, ``years`` those of print, online and
    issue; the first of each is the one to propose.
    """

    doi: str = ""
    titles: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    containers: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


def read_answer(message: dict[str, Any]) -> Answer:
    """What the ``message`` of Crossref's answer says. Never raises, whatever is in it."""
    written = tuple(_texts(message.get("title")))
    titles = tuple(_MARKED.sub("", title) for title in written)
    subtitles = tuple(_texts(message.get("subtitle")))
    whole = tuple(f"{title}: {sub}" for title in titles[:1] for sub in subtitles[:1])
    marked = [Notice("retraction", "retracted") for title in written[:1] if _MARKED.match(title)]
    notices = tuple(_notices(message))
    if any(notice.meaning == "retracted" for notice in notices):
        marked = []
    containers, short = (tuple(_texts(message.get(key))) for key in _CONTAINERS)
    return Answer(
        doi=clean(message.get("DOI")),
        titles=_without_repeats((*titles[:1], *whole, *titles[1:])),
        authors=tuple(_authors(message.get("author"))),
        containers=_without_repeats((*containers, *short)) if containers else (),
        years=tuple(_years(message)),
        volume=clean(message.get("volume")),
        issue=clean(message.get("issue")),
        pages=_without_repeats((clean(message.get("page")), clean(message.get("article-number")))),
        notices=(*marked, *notices),
    )


def clean(value: Any) -> str:
    """A text or whole number as plain text on one line; anything else is the empty text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = value if isinstance(value, str) else str(value) if abs(value) < 10**12 else ""
    text = text[: 4 * LONGEST_TEXT]
    plain = html.unescape(html.unescape(_TAG.sub("", html.unescape(text))))
    shown = "".join(_shown(character) for character in _TAG.sub("", plain))
    return " ".join(unicodedata.normalize("NFC", shown).split())[:LONGEST_TEXT]


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cf", "Co", "Cn") and character not in _JOINERS else character


def _texts(value: Any) -> Iterator[str]:
    for one in value[:20] if isinstance(value, list) else [value]:
        text = clean(one)
        if text:
            yield text


def _without_repeats(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _mappings(value: Any, most: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (one for one in value[:most] if isinstance(one, dict))


def _authors(value: Any) -> Iterator[Author]:
    for one in _mappings(value, MOST_AUTHORS):
        family, given, name = clean(one.get("family")), clean(one.get("given")), clean(one.get("name"))
        if family:
            yield Author(family=family, given=given)
        elif name or given:
            yield Author(literal=name or given)


def _date(value: Any) -> str:
    """The ISO date of ``{"date-parts": [[2019, 3, 1]]}``, or its beginning."""
    rows = value.get("date-parts") if isinstance(value, dict) else None
    parts = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    shown = []
    for part, least, most in zip(parts, (1000, 1, 1), (2200, 12, 31), strict=False):
        if isinstance(part, bool) or not isinstance(part, int) or not least <= part <= most:
            break
        shown.append(f"{part:02}")
    return "-".join(shown)


def _years(message: dict[str, Any]) -> Iterator[str]:
    keys = ("published-print", "issued", "published", "published-online")
    yield from _without_repeats(tuple(_date(message.get(key))[:4] for key in keys))


def _notices(message: dict[str, Any]) -> Iterator[Notice]:
    seen = set()
    for one in _mappings(message.get("updated-by"), MOST_NOTICES):
        kind = clean(one.get("type")).casefold().replace("-", "_").replace(" ", "_")
        notice = Notice(
            kind, MEANINGS.get(kind, "corrected"), clean(one.get("DOI")), _date(one.get("updated"))
        )
        key = (kind, notice.doi.casefold())
        if kind and key not in seen:  # publishers and Retraction Watch both tell of the same one
            seen.add(key)
            yield notice
    relation = message.get("relation")
    for name, kind in _RELATIONS.items():
        for one in _mappings(relation.get(name) if isinstance(relation, dict) else None, MOST_NOTICES):
            yield Notice(kind, MEANINGS[kind], clean(one.get("id")))
    for one in _mappings(message.get("update-to"), MOST_NOTICES):
        kind = clean(one.get("type")).casefold().replace("-", "_").replace(" ", "_")
        if MEANINGS.get(kind) in ("retracted", "concern"):
            yield Notice(f"notice_of_{kind}", "concern", clean(one.get("DOI")), _date(one.get("updated")))
