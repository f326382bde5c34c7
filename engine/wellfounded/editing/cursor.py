"""Where a person is typing: at which path of the document, in a key or in a value.

A document is seldom YAML while it is typed. So a mark is put at the cursor and the text is read; where that
fails, it is read again with what is open closed, without what follows, and without what comes before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellfounded.editing.language import Path
from wellfounded.editing.source import Source
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Scalar, children
from wellfounded.model.record import Record

_MARK = "\ue000"
_TOP = re.compile(r"^[^\s#-].*:", re.MULTILINE)
_CLOSES = {"[": "]", "{": "}"}


class Cursor(Record, frozen=True, gc=True):
    """``path`` leads to the value, or, in a key, to the mapping it is a key of.

    What was written of it starts at ``start``, after a quote where it is ``quoted``.
    """

    path: Path
    in_key: bool
    document: Map
    start: int
    written: str
    quoted: bool


def cursors(text: str, offset: int, top: Path = ()) -> tuple[Cursor, ...]:
    """The ways to read what is typed at an offset: it may become a value, or a key."""
    found = []
    for mark in (_MARK, f"{_MARK}:"):
        for tried in _tries(text, offset, mark):
            cursor = _cursor(tried, offset, top)
            if cursor is not None:
                found.append(cursor)
                break
    return tuple(dict.fromkeys(found)) if len(found) < 2 or found[0] != found[1] else (found[0],)


def _tries(text: str, offset: int, mark: str) -> Iterator[str]:
    """The text with the mark, ever less of it."""
    before, after = text[:offset], text[offset:]
    rest_of_line = re.split(r"[\r\n]", after, maxsplit=1)[0]
    yield before + mark + after
    yield _closed(before + mark + rest_of_line)
    yield _closed(before + mark)
    tops = [match.start() for match in _TOP.finditer(before)]
    if tops:
        blank = re.sub(r"[^\r\n]", " ", before[: tops[-1]])
        yield _closed(blank + before[tops[-1] :] + mark)


def _closed(text: str) -> str:
    """The text with every quote and bracket closed that is open at its end."""
    open_: list[str] = []
    quote, previous = "", "\n"
    for sign in text:
        if quote == "#":
            quote = "" if sign in "\r\n" else quote
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'#" and previous in " \n\r[{,:":
            quote = sign
        elif sign in _CLOSES and (open_ or previous in " \n\r[{"):
            open_.append(_CLOSES[sign])
        elif open_ and sign == open_[-1]:
            open_.pop()
        previous = sign
    return text + (quote if quote != "#" else "") + "".join(reversed(open_)) + "\n"


def _cursor(text: str, offset: int, top: Path) -> Cursor | None:
    document, _ = read_yaml(text, "")
    if not isinstance(document, Map):
        return None
    for path, in_key, node in _marked(document, ()):
        source = Source(text)
        start, _ = source.inner(node.keys[_key_marked(node)] if isinstance(node, Map) else node.position)
        quoted = start > 0 and source.scalars.get(start) is None
        return Cursor((*top, *path), in_key, document, start, text[start:offset], quoted)
    return None


def _key_marked(node: Map) -> str:
    return next(key for key in node.entries if _MARK in key)


def _marked(node: Node, path: Path) -> Iterator[tuple[Path, bool, Scalar | Map]]:
    if isinstance(node, Scalar):
        if _MARK in node.text:
            yield path, False, node
        return
    if isinstance(node, Map) and any(_MARK in key for key in node.entries):
        yield path, True, node
    for step, child in children(node):
        yield from _marked(child, (*path, step))
