"""Single values of a file, changed where they stand: every other byte of the file stays as it was.

A new value is written in the style of the old one where that can hold it. The result is read again, and taken
only if it says what the file said and the new values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wellfounded.authoring.yaml_text import quoted
from wellfounded.editing.expected import values_at
from wellfounded.editing.folder import View
from wellfounded.editing.schemas import schema_of
from wellfounded.editing.source import Source
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Scalar, Sequence, at_path, children, plain
from wellfounded.model.record import Record
from wellfounded.model.values import plain_number

Path = tuple[str | int, ...]

#: The kinds of things that have a form, and where they stand in a file.
PLACES = {"parameter": "parameters", "fact": "facts", "claim": "claims", "rule": "rules"}

_TEXTS = {
    "parameter": frozenset({"label"}),
    "fact": frozenset({"label", "question", "help", "choices"}),
    "claim": frozenset({"says", "contradiction"}),
    "rule": frozenset({"title", "says"}),
}
_NUMBERS = {"parameter": frozenset({"value", "range"}), "fact": frozenset({"span", "step"})}
_EVIDENCE = frozenset({"cites", "further_evidence"})
_OF_EVIDENCE = frozenset({"support", "stance", "reason", "finding", "locator"})

#: Numbers as people write them: a comma only where it cannot be taken for one between thousands.
_NUMBER = {
    "nl": re.compile(r"-?[0-9]+(?:[.,](?![0-9]{3}$)[0-9]+)?"),
    "en": re.compile(r"-?[0-9]+(?:\.[0-9]+)?"),
}


class Field(Record, frozen=True):
    """A value that can be changed: ``text`` as somebody writes it, in ``choices`` if only those are allowed.

    ``path`` leads to it from the top of its file, ``steps`` from its thing.
    """

    path: Path
    steps: Path
    text: str
    is_number: bool
    choices: tuple[str, ...]

    @property
    def key(self) -> str:
        return ".".join(map(str, self.path))


class Unwritable(Exception):
    """A value that cannot be put in the place of another."""


def place_of(view: View, kind: str, id: str) -> tuple[str, Path] | None:
    """In which file a thing is, and the path to it."""
    for name, document in view.documents.items():
        things = document.tree.get(PLACES[kind]) if document.tree is not None else None
        for step, thing in children(things) if things is not None else ():
            found = thing.get("id") if isinstance(things, Sequence) and isinstance(thing, Map) else None
            if (isinstance(found, Scalar) and found.text == id) or step == id:
                return name, (PLACES[kind], step)
    return None


def fields_of(view: View, name: str, text: str, kind: str, path: Path, language: str) -> tuple[Field, ...]:
    """What of a thing can be changed in a form, in the order of the file."""
    node, found = read_yaml(text, name)
    if node is None or found:
        return ()
    try:
        thing = at_path(node, path)
    except (KeyError, IndexError):
        return ()
    schema, written = schema_of(view.documents[name].kind, view), plain(node)
    made = []
    for steps, scalar in _scalars(thing):
        if _has_field(kind, steps, scalar):
            is_number = steps[0] in _NUMBERS.get(kind, ())
            allowed = values_at(schema, written, (*path, *steps)) if steps[0] in _EVIDENCE else ()
            choices = tuple(value for value in allowed if isinstance(value, str))
            shown = shown_number(scalar, language) if is_number else str(scalar.text)
            made.append(Field((*path, *steps), steps, shown, is_number, choices))
    return tuple(made)


def _scalars(node: Node, steps: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    if isinstance(node, Scalar):
        yield steps, node
    for step, child in children(node):
        yield from _scalars(child, (*steps, step))


def _has_field(kind: str, steps: Path, scalar: Scalar) -> bool:
    if not steps:
        return False
    if steps[0] in _NUMBERS.get(kind, ()):
        return isinstance(scalar.value, int | float) and not isinstance(scalar.value, bool)
    if steps[0] in _EVIDENCE and kind == "claim":
        return len(steps) > 2 and steps[2] in _OF_EVIDENCE
    return steps[0] in _TEXTS[kind] and isinstance(scalar.value, str)


def shown_number(scalar: Scalar, language: str) -> str:
    """A number as people write it in a language."""
    number = scalar.value
    assert isinstance(number, int | float)
    written = str(plain_number(number))
    return written.replace(".", ",") if language == "nl" else written


def number_written(text: str, language: str) -> float | None:
    """The number that somebody wrote, if it is one beyond doubt."""
    pattern = _NUMBER.get(language, _NUMBER["en"])
    return float(text.replace(",", ".")) if pattern.fullmatch(text.strip()) else None


def replaced(text: str, name: str, values: Mapping[Path, str | float]) -> str:
    """The text of a file with other values at these paths. Raises ``Unwritable``."""
    node, found = read_yaml(text, name)
    if node is None or found:
        raise Unwritable
    source = Source(text)
    wanted = plain(node)
    made = text
    places = {path: at_path(node, path).position for path in values}
    for path in sorted(values, key=lambda path: source.offset(places[path]), reverse=True):
        start = source.offset(places[path])
        end = source.scalars.get(start)
        if end is None:
            raise Unwritable
        _put(wanted, path, values[path])
        made = _written(made, name, start, end, path, values[path])
    after, found = read_yaml(made, name)
    if after is None or found or not _same(plain(after), wanted):
        raise Unwritable
    return made


def _put(item: Any, path: Path, value: str | float) -> None:
    *way, last = path
    for step in way:
        item = item[step]
    item[last] = value


def _written(text: str, name: str, start: int, end: int, path: Path, value: str | float) -> str:
    """The text with one value, in the first style that can hold it."""
    old = text[start:end]
    behind = old[len(old.rstrip()) :]
    for style in _styles(old, value):
        made = text[:start] + style + behind + text[end:]
        node, found = read_yaml(made, name)
        if node is not None and not found:
            scalar = at_path(node, path)
            if isinstance(scalar, Scalar) and _same(scalar.value, value):
                return made
    raise Unwritable


def _styles(old: str, value: str | float) -> Iterator[str]:
    if not isinstance(value, str):
        yield str(plain_number(value))
        return
    if old.startswith("'") and value.isprintable():
        yield "'" + value.replace("'", "''") + "'"
    if old[:1] not in ("'", '"', "|", ">") and value.isprintable():
        yield value
    yield quoted(value)


def _same(one: Any, other: Any) -> bool:
    """Equal, and no number in the place of a word."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, str | bool) is isinstance(other, str | bool) and bool(one == other)
