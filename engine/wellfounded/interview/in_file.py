"""Answers in a person's file: the text of the file with other answers in it, and all else as it was.

A person's file holds facts alone. What somebody said they do not know is no fact, so it stands in a comment
of its own, ``# not known: split, load``, which only interviews read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Scalar, Sequence, plain
from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.position import Position
from wellfounded.model.values import Value, plain_number

_NOT_KNOWN = re.compile(r"^# not known:(?P<facts>.*)(?:\r?\n|\Z)", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MEANS_MORE = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def not_known_in(text: str) -> tuple[str, ...]:
    """The facts that the file says the person does not know."""
    named = (name.strip() for match in _NOT_KNOWN.finditer(text) for name in match["facts"].split(","))
    return tuple(dict.fromkeys(name for name in named if name))


def holds_nothing(text: str) -> bool:
    """Whether there is nothing in the file but remarks."""
    return read_yaml(text, "") == (None, [])


def with_answers(
    text: str, file: str, changed: Mapping[str, Value | None], not_known: Iterable[str], on: date
) -> str:
    """The text with these facts in it, or out of it where they are ``None``, and with what is not known.

    Every other line stays. A fact that has dated statements gets one of the day ``on``. The result is read
    back, and ``FactError`` is raised where it does not say what it should, as in a file that holds its facts
    in braces.
    """
    wanted = _facts(text, file)
    written = _with_not_known(text, not_known)
    for fact, value in changed.items():
        stated = wanted.get(fact)
        if isinstance(stated, list):
            others = [item for item in stated if item["on"] != on.isoformat()]
            wanted[fact] = [*others, {"on": on.isoformat(), "is": _plain(value)}]
        elif value is not None:
            wanted[fact] = _plain(value)
        else:
            wanted.pop(fact, None)
        written = _with_fact(written, file, fact, value, on)
    if not _says(written, file, wanted):
        message = "answers cannot be written into this file without changing what else is in it"
        help = "write one fact a line, such as `age: 30`, or name a new file"
        raise FactError((FactProblem("", message, help, Position(file, 1, 1)),))
    return written


def _says(text: str, file: str, wanted: Mapping[str, Any]) -> bool:
    try:
        found = _facts(text, file)
    except FactError:
        return False
    return {fact: _by_day(stated) for fact, stated in found.items()} == {
        fact: _by_day(stated) for fact, stated in wanted.items()
    }


def _by_day(stated: Any) -> Any:
    return sorted(stated, key=lambda item: str(item["on"])) if isinstance(stated, list) else stated


def _facts(text: str, file: str) -> dict[str, Any]:
    node, refused = read_yaml(text, file)
    if refused or not (node is None or isinstance(node, Map)):
        raise FactError((FactProblem("", "this file is no mapping of facts", "", Position(file, 1, 1)),))
    return {} if node is None else {fact: plain(item) for fact, item in node.entries.items()}


def _with_not_known(text: str, not_known: Iterable[str]) -> str:
    line, names = "", ", ".join(not_known)
    if names:
        line = f"# not known: {names}\n"
    if _NOT_KNOWN.search(text):
        first, rest = _NOT_KNOWN.split(text, maxsplit=1)[::2]
        return first + line + _NOT_KNOWN.sub("", rest)
    return line + text


def _with_fact(text: str, file: str, fact: str, value: Value | None, on: date) -> str:
    node, _ = read_yaml(text, file)
    lines = text.splitlines(keepends=True)
    if not isinstance(node, Map) or fact not in node:
        ends = "" if not text or text.endswith("\n") else "\n"
        return text if value is None else f"{text}{ends}{fact}: {_yaml(value)}\n"
    stated = node.entries[fact]
    if isinstance(stated, Sequence) and stated.items:
        _put_dated(lines, stated, value, on)
    elif value is None:
        lines[node.keys[fact].line - 1] = ""
    elif isinstance(stated, Scalar):
        _put(lines, stated, _yaml(value))
    return "".join(lines)


def _put_dated(lines: list[str], stated: Sequence, value: Value | None, on: date) -> None:
    """Put a statement of a day in place of one of the same day, or else behind the last one."""
    said = "null" if value is None else _yaml(value)
    for item in stated.items:
        assert isinstance(item, Map)
        if plain(item.entries["on"]) == on.isoformat():
            written = item.entries["is"]
            assert isinstance(written, Scalar)
            _put(lines, written, said)
            return
    made, last = f"{{on: {on.isoformat()}, is: {said}}}", stated.items[-1].position
    place = stated.position.line - 1
    if lines[place][stated.position.column - 1 :].startswith("["):
        before, bracket, after = lines[place].rpartition("]")
        lines[place] = f"{before}, {made}{bracket}{after}"
        return
    indent, place = " " * (last.column - 3), last.line
    while place < len(lines) and lines[place].startswith(f"{indent}  "):
        place += 1
    ends = "" if lines[place - 1].endswith("\n") else "\n"
    lines.insert(place, f"{ends}{indent}- {made}\n")


def _put(lines: list[str], written: Scalar, said: str) -> None:
    """Put a value in the place of a written one; what stands on several lines stays."""
    place, start = written.position.line - 1, written.position.column - 1
    line = lines[place]
    for quote in ("", '"', "'"):
        old = f"{quote}{written.text}{quote}"
        if line.startswith(old, start):
            gap = "" if line[start - 1 : start] in (" ", "\t", "{", "[") else " "
            lines[place] = f"{line[:start]}{gap}{said}{line[start + len(old) :]}"
            return


def _plain(value: Value | None) -> Value | int | None:
    return plain_number(value) if isinstance(value, float) else value


def _yaml(value: Value) -> str:
    if isinstance(value, str):
        is_bare = _BARE.fullmatch(value) and value.casefold() not in _MEANS_MORE
        return value if is_bare else json.dumps(value, ensure_ascii=False)
    return json.dumps(_plain(value))
