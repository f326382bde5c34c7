"""A work as one line of a reference list: authors, year, title, where it appeared, DOI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def formatted(csl: Mapping[str, Any]) -> str:
    """A CSL-JSON item as a line of text; what is not known is left out, and a title stands for authors."""
    authors, title = _authors(csl.get("author", ())), _sentence(csl.get("title", ""))
    parts = [
        *((authors, _year(csl), title) if authors else (title, _year(csl))),
        _place(csl),
        _doi(csl),
    ]
    return " ".join(part for part in parts if part)


def _authors(authors: Any) -> str:
    names = [_name(author) for author in authors]
    if not names:
        return ""
    if len(names) == 1 or names[-1] in ("et al.", "..."):
        return ", ".join(names)
    return f"{', '.join(names[:-1])} & {names[-1]}"


def _name(author: Mapping[str, str]) -> str:
    if "literal" in author:
        return author["literal"]
    family, given = author.get("family", ""), author.get("given", "")
    return f"{family}, {given}" if family and given else family or given


def _year(csl: Mapping[str, Any]) -> str:
    dates = csl.get("issued", {}).get("date-parts", ())
    return f"({dates[0][0]})." if dates else ""


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _place(csl: Mapping[str, Any]) -> str:
    volume, issue, page = csl.get("volume", ""), csl.get("issue", ""), csl.get("page", "")
    number = f"{volume}({issue})" if issue else f"{volume}"
    parts = [str(part) for part in (csl.get("container-title", ""), number, page) if part]
    return _sentence(", ".join(parts))


def _doi(csl: Mapping[str, Any]) -> str:
    return f"https://doi.org/{csl['DOI']}" if "DOI" in csl else ""
