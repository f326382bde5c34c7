"""The things in a file, as a tree that an editor shows beside it."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.editing.folder import Document
from wellfounded.load.node import Map, Node, Scalar, Sequence, children
from wellfounded.model.position import Position
from wellfounded.model.record import Record


class Entry(Record, frozen=True, gc=True):
    """``name`` stands from ``name_start`` to ``name_end``, the whole of it from ``start`` to ``end``."""

    name: str
    detail: str
    kind: str
    start: int
    end: int
    name_start: int
    name_end: int
    entries: tuple[Entry, ...] = ()


def outline(document: Document) -> tuple[Entry, ...]:
    """The top keys of a file, each with the things under it."""
    if document.tree is None or document.of_person:
        return ()
    return tuple(_entries(document.tree, document, deep=True))


def _entries(node: Map, document: Document, deep: bool) -> Iterator[Entry]:
    for key, position, item in node.items():
        below: tuple[Entry, ...] = ()
        if deep and isinstance(item, Map):
            below = tuple(_entries(item, document, deep=False))
        elif deep and isinstance(item, Sequence):
            below = tuple(_items(item, key, document))
        yield from _entry(key, "" if deep else _title(item), key, position, item, document, below)


def _items(items: Sequence, kind: str, document: Document) -> Iterator[Entry]:
    for item in items.items:
        named = item.get("id") or item.get("name") if isinstance(item, Map) else None
        if isinstance(named, Scalar) and named.text:
            yield from _entry(named.text, _title(item), kind, named.position, item, document, ())


def _entry(
    name: str,
    detail: str,
    kind: str,
    position: Position,
    node: Node,
    document: Document,
    below: tuple[Entry, ...],
) -> Iterator[Entry]:
    start, end = document.good.span(position)
    reach = document.since(start, max(end, _end(node, document)))
    own = document.since(start, end)
    if own is not None:
        reach = reach or own
        yield Entry(name, detail, kind, *reach, *own, below)


def _title(node: Node) -> str:
    """The first wording of a thing's title, label or text."""
    for key in ("title", "label", "says"):
        text = node.get(key) if isinstance(node, Map) else None
        if isinstance(text, Map):
            wordings = [item.text for item in text.entries.values() if isinstance(item, Scalar)]
            return wordings[0] if wordings else ""
    return ""


def _end(node: Node, document: Document) -> int:
    """Where the last thing in a node ends."""
    below = max((_end(child, document) for _, child in children(node)), default=0)
    start, end = document.good.span(node.position)
    return max(below, document.good.scalars.get(start, end) if isinstance(node, Scalar) else end)
