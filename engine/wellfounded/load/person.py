"""A person's file, YAML or JSON → checked facts, or every problem in it at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from wellfounded.load.files import File, decode
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.history import History, history_of
from wellfounded.load.node import Map, Node, Scalar, positions
from wellfounded.model.content import Content
from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.frozen import FrozenMap
from wellfounded.model.position import Position
from wellfounded.model.values import Value

LARGEST = 1024 * 1024


def read_history(content: Content, source: Path | BinaryIO) -> History:
    """What was stated over time, in a file or a stream. Raises ``FactError`` with places."""
    name = str(source) if isinstance(source, Path) else "standard input"
    return history_in(content, _read(source, name), name)


def person_in(content: Content, data: bytes, name: str) -> FrozenMap[str, Value]:
    """The facts in what was read from a place of this name, as stated last. Raises ``FactError`` likewise."""
    return history_in(content, data, name).on(date.max)


def history_in(content: Content, data: bytes, name: str) -> History:
    """What was stated over time, in what was read from a place of this name. Raises likewise."""
    written, undecoded = decode(File(name, data))
    node, refused = (None, []) if undecoded else read_yaml(written, name)
    problems = [FactProblem("", d.message, d.help, d.position) for d in (*undecoded, *refused)]
    if not isinstance(node, Map):
        raise FactError(tuple(problems) or (_not_a_person(node, name),))
    refused_at = {diagnostic.position.start for diagnostic in refused}
    readable = {
        fact: item
        for fact, _, item in node.items()
        if not any(position.start in refused_at for position in positions(item))
    }
    history, more = history_of(content, readable, node.keys)
    problems += more
    if problems:
        raise FactError(tuple(sorted(problems, key=lambda problem: problem.position.start)))
    return history


def _read(source: Path | BinaryIO, name: str) -> bytes:
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                data = file.read(LARGEST + 1)
        else:
            data = source.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(name, f"this file cannot be read: {reason}") from None
    if len(data) > LARGEST:
        raise _refused(
            name, f"this file is larger than {LARGEST:,} bytes, the most that is read of one person"
        )
    return data


def _refused(name: str, message: str) -> FactError:
    return FactError((FactProblem("", message, "", Position(name, 1, 1)),))


def _not_a_person(node: Node | None, name: str) -> FactProblem:
    what = "empty" if node is None else "a single value" if isinstance(node, Scalar) else "a list"
    message = f"a person is a mapping of facts, and this is {what}"
    return FactProblem("", message, "write one fact a line, such as `age: 30`", Position(name, 1, 1))
