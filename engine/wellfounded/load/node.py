"""A YAML document as a tree whose every node knows where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from wellfounded.model.frozen import frozen
from wellfounded.model.position import Position
from wellfounded.model.record import Record

Plain: TypeAlias = bool | float | int | str | None


class Scalar(Record, frozen=True):
    """``text`` is what was written, ``value`` what it means."""

    value: Plain
    text: str
    position: Position


class Sequence(Record, frozen=True):
    items: tuple[Node, ...]
    position: Position


class Map(Record, frozen=True):
    entries: Mapping[str, Node]
    keys: Mapping[str, Position]
    position: Position

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def only(self, keys: Iterable[str]) -> Map:
        """The same with no other entries than these."""
        return Map(frozen((key, self.entries[key]) for key in keys), self.keys, self.position)

    def get(self, key: str) -> Node | None:
        return self.entries.get(key)

    def items(self) -> Iterator[tuple[str, Position, Node]]:
        for key, node in self.entries.items():
            yield key, self.keys[key], node


Node: TypeAlias = Scalar | Sequence | Map


def plain(node: Node) -> Any:
    """The same as dictionaries, lists and values."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Map():
            return {key: plain(item) for key, item in node.entries.items()}


def children(node: Node) -> Iterable[tuple[str | int, Node]]:
    """What stands directly in a node, each with its key or number."""
    match node:
        case Scalar():
            return ()
        case Sequence():
            return enumerate(node.items)
        case Map():
            return node.entries.items()


def positions(node: Node) -> Iterator[Position]:
    """Where a node stands, and its keys and everything in it."""
    yield node.position
    if isinstance(node, Map):
        yield from node.keys.values()
    for _, child in children(node):
        yield from positions(child)


def at_path(node: Node, path: tuple[str | int, ...]) -> Node:
    """The node a path of keys and indexes leads to."""
    for step in path:
        node = node.items[step] if isinstance(node, Sequence) else node.entries[step]  # type: ignore[index,union-attr]  # the path comes from this tree
    return node


def path_at(node: Node, place: Any, order: Callable[[Position], Any]) -> tuple[str | int, ...]:
    """The way to the last key or value that stands at a place or before it; the shortest of several.

    ``order`` makes of a position what can be held against the place.
    """
    standing = (one for one in _ordered(node, (), order) if one[0] <= place)
    return max(standing, key=lambda one: one[:2], default=(0, 0, ()))[2]


def _ordered(
    node: Node, path: tuple[str | int, ...], order: Callable[[Position], Any]
) -> Iterator[tuple[Any, int, tuple[str | int, ...]]]:
    yield order(node.position), -len(path), path
    for step, child in children(node):
        below = (*path, step)
        if isinstance(node, Map):
            yield order(node.keys[str(step)]), -len(below), below
        yield from _ordered(child, below, order)


def describe(node: Node) -> str:
    """What was written, short enough for a message."""
    match node:
        case Scalar():
            if not node.text:
                return "an empty text"
            return f"`{node.text[:60]}…`" if len(node.text) > 60 else f"`{node.text}`"
        case Sequence():
            return f"a list of {len(node.items)}"
        case Map():
            return "a mapping with " + (", ".join(list(node.entries)[:4]) or "no keys")
