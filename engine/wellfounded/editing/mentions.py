"""The tree of one file → every place in it where a name is written.

A mention is what one file alone can say: whether a name in a formula is a fact or a parameter, and which
parts of a unit are dimensions, is known only when all files are seen (``index.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellfounded.editing.language import Form, Kind, Names, Path, names_of_key, names_of_value, straightened
from wellfounded.editing.source import Source
from wellfounded.load.node import Map, Node, Scalar, children
from wellfounded.model.position import Position
from wellfounded.model.record import Record

_IN_FORMULA = re.compile(r"(?<![A-Za-z0-9_.])[A-Za-z_][A-Za-z0-9_]*")
_IN_TEXT = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.(?:low|high))?\}")
_GIVEN = ("target", "current")
_OF_QUANTITY = re.compile(r"\s*[-+]?[0-9][0-9.,eE]*\s*")


class Mention(Record, frozen=True):
    """A name at ``start`` to ``end``. Of ``form`` NAME its kind is known; ``of`` is what it belongs to."""

    name: str
    start: int
    end: int
    form: Form
    kind: Kind | None = None
    defines: bool = False
    of: str = ""


def mentions(document: Map, top: Path, source: Source) -> tuple[Mention, ...]:
    """Every mention in a document whose paths start with ``top``, in the order of the tree."""
    return tuple(_in_node(document, top, source))


def _in_node(node: Node, path: Path, source: Source) -> Iterator[Mention]:
    if isinstance(node, Scalar):
        names = names_of_value(path)
        if names is not None and isinstance(node.value, str | int | float) and node.value is not True:
            yield from _in_scalar(names, node, path, source)
        return
    if isinstance(node, Map):
        yield from _topic_of_id(node, path, source)
        for key, position, _ in node.items():
            names = names_of_key(path, key)
            if names is not None:
                yield from _name(names, key, path, position, source)
    for step, child in children(node):
        yield from _in_node(child, (*path, step), source)


def _topic_of_id(node: Map, path: Path, source: Source) -> Iterator[Mention]:
    """The id of a rule that recommends and names no topic is its topic, too."""
    id = node.get("id")
    is_rule = len(path) == 2 and path[0] == "rules"
    if is_rule and isinstance(id, Scalar) and "topic" not in node and "conclude" not in node:
        yield from _name(Names(Form.NAME, Kind.TOPIC, True), id.text, path, id.position, source)


def _name(names: Names, name: str, path: Path, position: Position, source: Source) -> Iterator[Mention]:
    start, end = source.inner(position)
    if name and source.text[start:end] == name:  # else it is written with escapes, or over two lines
        of = "" if names.of is None else str(straightened(path)[names.of])
        yield Mention(name, start, end, names.form, names.kind, names.defines, of)


def _in_scalar(names: Names, node: Scalar, path: Path, source: Source) -> Iterator[Mention]:
    match names.form:
        case Form.NAME if names.kind is Kind.CHOICE and not isinstance(node.value, str):
            return
        case Form.NAME if node.text in names.but:
            return
        case Form.NAME | Form.SHOWN:
            yield from _name(names, node.text, path, node.position, source)
        case Form.FORMULA | Form.TEXT if isinstance(node.value, str):
            start, end = source.inner(node.position)
            pattern, group = (_IN_FORMULA, 0) if names.form is Form.FORMULA else (_IN_TEXT, 1)
            for match in pattern.finditer(source.text, start, end):
                if names.form is Form.FORMULA or match[1] not in _GIVEN:
                    yield Mention(match[group], match.start(group), match.end(group), names.form)
        case Form.QUANTITY if isinstance(node.value, str):
            yield from _quantity(names, node, path, source)


def _quantity(names: Names, node: Scalar, path: Path, source: Source) -> Iterator[Mention]:
    """What is stated of a fact: a choice, or a number whose unit may name a dimension."""
    start, end = source.inner(node.position)
    number = _OF_QUANTITY.match(source.text, start, end)
    if number is None:
        yield from _name(Names(Form.NAME, Kind.CHOICE, of=names.of), node.text, path, node.position, source)
    elif number.end() < end:
        yield Mention(source.text[number.end() : end], number.end(), end, Form.QUANTITY)
