"""Entries as CSL-JSON, which Zotero and every CSL processor read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from wellfounded.bibliography.entries import Entry
from wellfounded.bibliography.publication import Author


def as_csl_json(entries: Iterable[Entry]) -> str:
    """An array of CSL-JSON items."""
    return json.dumps([_item(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    one = entry.publication
    stated = {
        "id": entry.key,
        "type": one.type or "document",  # CSL wants a type; this one says no more than that it is something
        "title": one.title,
        "author": [_name(author) for author in one.authors],
        "issued": {"date-parts": [list(one.date)]} if one.date else None,
        "container-title": one.container,
        "publisher": one.publisher,
        "volume": one.volume,
        "issue": one.issue,
        "page": one.page,
        "number": one.number,
        "DOI": one.doi,
        "PMID": one.pmid,
        "URL": one.url,
        "language": one.language,
        "note": entry.note,
    }
    return {key: value for key, value in stated.items() if value}


def _name(author: Author) -> dict[str, str]:
    if author.literal:
        return {"literal": author.literal}
    return {"family": author.family, "given": author.given} if author.given else {"family": author.family}
