"""Inserting into a file of YAML: a new thing behind the last one of its kind, every other byte as it was.

Where the thing goes is found by looking at lines, which is quick and can be wrong about texts over several
lines; so the result is read again, and taken only if it says what the file said and the new thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wellfounded.authoring.yaml_text import item_lines, key, lines, on_one_line
from wellfounded.load.files import File, decode
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Scalar, Sequence, plain
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.record import Record

_BOM = "\ufeff"
_LINE = re.compile("[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|\\Z)")
_OVER = re.compile(r"\.\.\.(\s|$)")

#: What stands on lines of its own under a key, and is not put on one line however short.
_SPREAD = frozenset({"says"})

#: Things that one leaves an empty line between.
_SET_APART = frozenset({"rules", "claims", "scenarios"})


class InsertError(WellfoundedError):
    """A thing that cannot be inserted where it belongs; the message says where to put it by hand."""


class _Layout(Record, frozen=True):
    """How a kind of things is laid out in a file: columns before each thing, spaces behind a dash.

    ``set_apart`` by empty lines; ``on_one_line`` where each stands in brackets.
    """

    indent: int = 2
    gap: int = 1
    set_apart: bool = False
    on_one_line: bool = False


def inserted(file: File, kind: str, things: Mapping[str, Any]) -> File:
    """The file with new things of a kind (``rules``, ``parameters``, …) behind those it has.

    ``things`` maps ids to things as plain data; of a kind that is a list, the ids are left out. Raises
    ``InsertError`` where that cannot be done without touching anything else.
    """
    if not things:
        return file
    text, document = _read(file)
    node = document.get(kind) if document is not None else None
    if _is_in_brackets(text, document) or (node is not None and _is_in_brackets(text, node)):
        raise InsertError(
            f"`{kind}` in {file.name} stands in brackets, where nothing can be added; "
            "write it as one thing a line first"
        )
    wanted = _wanted(document, kind, things)
    for before, after in _ways(text, document, kind, node, things):
        made = before + after
        if _says(made, file.name) == wanted:
            bom = _BOM if file.data.startswith(_BOM.encode()) else ""
            return File(file.name, (bom + made).encode())
    raise InsertError(f"nothing could be added to `{kind}` in {file.name}; add it there by hand")


def can_take(file: File, kind: str) -> bool:
    """Whether a file has things of a kind, laid out so that another can be added."""
    text, document = _read(file)
    node = document.get(kind) if document is not None else None
    return isinstance(node, Map | Sequence) and not any(
        _is_in_brackets(text, part) for part in (document, node)
    )


def has(file: File, kind: str) -> bool:
    """Whether a file has things of a kind, however they are laid out."""
    _, document = _read(file)
    return document is not None and kind in document


def _read(file: File) -> tuple[str, Map | None]:
    text, found = decode(file)
    node, more = read_yaml(text, file.name)
    if found or more or not isinstance(node, Map | None):
        problem = next(iter((*found, *more)), None)
        said = f": {problem.message}" if problem is not None else ""
        raise InsertError(f"{file.name} cannot be read{said}")
    return text, node


def _says(text: str, name: str) -> Any:
    node, found = read_yaml(text, name)
    return None if node is None or found else _ordered(plain(node))


def _ordered(item: Any) -> Any:
    """Plain data that is equal only if its keys stand in one order and its values are of one type."""
    if isinstance(item, Mapping):
        return [(name, _ordered(part)) for name, part in item.items()]
    if isinstance(item, list | tuple):
        return ["list", *(_ordered(part) for part in item)]
    return isinstance(item, bool), item


def _wanted(document: Map | None, kind: str, things: Mapping[str, Any]) -> Any:
    said: dict[str, Any] = {} if document is None else dict(plain(document))
    is_list = kind in ("rules", "scenarios")
    if is_list:
        said[kind] = [*(said.get(kind) or ()), *things.values()]
    else:
        said[kind] = {**(said.get(kind) or {}), **things}
    return _ordered(said)


def _ways(
    text: str, document: Map | None, kind: str, node: Node | None, things: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """The places where the things may go: the text before with them, and the text after."""
    written = [line for line in _LINE.findall(text) if line]
    ending = "\r\n" if any(line.endswith("\r\n") for line in written) else "\n"
    if document is None or node is None:
        new = [f"{key(kind)}:", *_new_lines(kind, things, _Layout(set_apart=kind in _SET_APART))]
        over = _end(written, 0, len(written))
        at = _behind_content(written, 0, over, -1)
        yield _joined(written, at, ["", *new] if at and document is not None else new, ending)
        yield _joined(written, over, new, ending)
        return
    start = document.keys[kind].line  # the first line behind the key
    following = [position.line - 1 for position in document.keys.values() if position.line > start]
    end = _end(written, start, min(following, default=len(written)))
    layout = _layout(text, written, node, kind)
    new = list(_new_lines(kind, things, layout))
    at = _behind_content(written, start, end, layout.indent)
    yield _joined(written, at, ["", *new] if layout.set_apart and not _is_empty(node) else new, ending)
    yield _joined(written, end, new, ending)


def _joined(written: list[str], at: int, new: list[str], ending: str) -> tuple[str, str]:
    before = "".join(written[:at])
    if before and not before.endswith(("\n", "\r")):
        return before + "".join(ending + line for line in new), "".join(written[at:])
    return before + "".join(line + ending for line in new), "".join(written[at:])


def _end(written: list[str], start: int, end: int) -> int:
    """The line where the document is over, if it says so before ``end``."""
    return next((number for number in range(start, end) if _OVER.match(written[number])), end)


def _behind_content(written: list[str], start: int, end: int, indent: int) -> int:
    """Behind the last line that says something; comments that are not deeper belong to what follows."""
    for number in range(end, start, -1):
        line = written[number - 1]
        is_comment = line.lstrip().startswith("#") and len(line) - len(line.lstrip(" ")) <= indent
        if line.strip() and not (is_comment and indent >= 0):
            return number
    return start


def _is_in_brackets(text: str, node: Node | None) -> bool:
    if not isinstance(node, Map | Sequence):
        return False
    line = [line for line in _LINE.findall(text) if line][node.position.line - 1]
    return bool(line[node.position.column - 1 :].startswith(("[", "{")))


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar)


def _layout(text: str, written: list[str], node: Node, kind: str) -> _Layout:
    """The layout of the things that are there."""
    if not isinstance(node, Map | Sequence):
        return _Layout(set_apart=kind in _SET_APART)
    indent, gap, on_one_line = node.position.column - 1, 1, False
    if isinstance(node, Sequence):
        starts = [item.position.line for item in node.items]
        last = node.items[-1].position
        gap = _gap(written[last.line - 1], last.column) or 1
    else:
        starts = [position.line for position in node.keys.values()]
        on_one_line = kind == "parameters" and _is_in_brackets(text, list(node.entries.values())[-1])
    set_apart = kind in _SET_APART
    if len(starts) > 1:
        set_apart = any(not line.strip() for line in written[starts[-2] : starts[-1] - 1])
    return _Layout(indent, gap, set_apart, on_one_line)


def _gap(line: str, column: int) -> int:
    """How many spaces stand before a column, behind a dash."""
    before = line[: column - 1]
    return len(before) - len(before.rstrip(" ")) if before.rstrip(" ").endswith("-") else 0


def _new_lines(kind: str, things: Mapping[str, Any], layout: _Layout) -> Iterator[str]:
    for place, (id, thing) in enumerate(things.items()):
        if place and layout.set_apart:
            yield ""
        if kind in ("rules", "scenarios"):
            made = item_lines(thing, _SPREAD, layout.gap)
        elif layout.on_one_line:
            made = iter([f"{key(id)}: {on_one_line(thing)}"])
        else:
            made = lines({id: thing}, _SPREAD | {id})
        yield from (f"{' ' * layout.indent}{line}" for line in made)
