"""Markdown cut at its code fences, and put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```\n", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(?P<heading>.+?) *$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Fence:
    """A code block: the words after its backticks, and its lines."""

    info: str
    body: str

    def __str__(self) -> str:
        return f"```{self.info}\n{self.body}```\n"


Piece: TypeAlias = str | Fence


def pieces(document: str) -> Iterator[Piece]:
    """The prose and the code blocks of a document, in order."""
    start = 0
    for match in _FENCE.finditer(document):
        yield document[start : match.start()]
        yield Fence(match["info"], match["body"])
        start = match.end()
    yield document[start:]


def joined(parts: Iterable[Piece]) -> str:
    """The document that the pieces make."""
    return "".join(str(part) for part in parts)


def prose(document: str) -> str:
    """A document without its code blocks."""
    return "".join(part for part in pieces(document) if isinstance(part, str))


def links(document: str) -> list[str]:
    """Where the links of a document lead."""
    return [match["target"] for match in _LINK.finditer(prose(document))]


def anchors(document: str) -> set[str]:
    """The anchors that the headings of a document give, as GitHub makes them."""
    headings = (match["heading"].lower() for match in _HEADING.finditer(prose(document)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}


def table_after(document: str, heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its headings and its line of dashes."""
    _, _, rest = f"\n{prose(document)}".partition(f"\n{heading}\n")
    rows: list[list[str]] = []
    for line in rest.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif rows or line.startswith("#"):
            break
    return rows[2:]


def code_in(cell: str) -> list[str]:
    """What stands between backticks in a cell of a table."""
    return _CODE.findall(cell)
