"""Answers in a person's file: the text of the file with other answers in it, and all else as it was.

A person's file holds facts alone. What somebody said they do not know is no fact, so it stands in a comment
of its own, ``# not known: split, load``, which only interviews read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, plain
from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.position import Position
from wellfounded.model.values import Value, plain_number

_NOT_KNOWN = re.compile(r"^# not known:(?P<facts>.*)(?:\r?\n|\Z)", re.MULTILINE)
#: A fact on a line of its own: its name, its value, and a remark behind it.
_LINE = re.compile(
    r"""(?P<key>[^:#]+:[ \t]*)
    (?P<value>[^\s#"'][^#\r\n]*?|"[^"\r\n]*"|'[^'\r\n]*'|)
    (?P<rest>[ \t]*(?:[ \t]\#[^\r\n]*)?)
    (?P<end>\r?\n?)""",
    re.VERBOSE,
)
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MEANS_MORE = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def not_known_in(text: str) -> tuple[str, ...]:
    """The facts that the file says the person does not know."""
    named = (name.strip() for match in _NOT_KNOWN.finditer(text) for name in match["facts"].split(","))
    return tuple(dict.fromkeys(name for name in named if name))


def holds_nothing(text: str) -> bool:
    """Whether there is nothing in the file but remarks."""
    return read_yaml(text, "") == (None, [])


def with_answers(text: str, file: str, changed: Mapping[str, Value | None], not_known: Iterable[str]) -> str:
    """The text with these facts in it, or out of it where they are ``None``, and with what is not known.

    Every other line stays. The result is read back, and ``FactError`` is raised where it does not say what
    it should, as in a file that holds its facts in braces.
    """
    wanted = {**_facts(text, file), **{fact: _plain(value) for fact, value in changed.items()}}
    wanted = {fact: value for fact, value in wanted.items() if value is not None or fact not in changed}
    written = _with_not_known(text, not_known)
    for fact, value in changed.items():
        written = _with_fact(written, file, fact, value)
    try:
        is_right = _facts(written, file) == wanted
    except FactError:
        is_right = False
    if not is_right:
        message = "answers cannot be written into this file without changing what else is in it"
        help = "write one fact a line, such as `age: 30`, or name a new file"
        raise FactError((FactProblem("", message, help, Position(file, 1, 1)),))
    return written


def _facts(text: str, file: str) -> dict[str, object]:
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


def _with_fact(text: str, file: str, fact: str, value: Value | None) -> str:
    node, _ = read_yaml(text, file)
    lines = text.splitlines(keepends=True)
    if not isinstance(node, Map) or fact not in node:
        ends = "" if not text or text.endswith("\n") else "\n"
        return text if value is None else f"{text}{ends}{fact}: {_yaml(value)}\n"
    place = node.keys[fact].line - 1
    match = _LINE.fullmatch(lines[place])
    if match is None:
        return text
    gap = "" if match["key"][-1] in " \t" else " "
    lines[place] = "" if value is None else f"{match['key']}{gap}{_yaml(value)}{match['rest']}{match['end']}"
    return "".join(lines)


def _plain(value: Value | None) -> object:
    return plain_number(value) if isinstance(value, float) else value


def _yaml(value: Value) -> str:
    if isinstance(value, str):
        is_bare = _BARE.fullmatch(value) and value.casefold() not in _MEANS_MORE
        return value if is_bare else json.dumps(value, ensure_ascii=False)
    return json.dumps(_plain(value))
