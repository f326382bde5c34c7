"""Single values of a file, changed where they stand or added: every other byte of the file stays as it was.

A new value is written in the style of the old one where that can hold it. The result is read again, and taken
only if it says what the file said and the new values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from wellfounded.authoring.amend import amended, appended, removed
from wellfounded.authoring.insert import InsertError
from wellfounded.authoring.yaml_text import quoted
from wellfounded.editing.source import Source
from wellfounded.load.files import File
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Scalar, at_path, plain
from wellfounded.model.values import plain_number

Path = tuple[str | int, ...]
Value = str | float

#: The step to an item that is to stand behind those of a list, and that to one that is to go.
NEW, GONE = "+", "-"


class Unwritable(Exception):
    """A value that cannot be put in its place."""


def replaced(text: str, name: str, values: Mapping[Path, Value]) -> str:
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


def completed(
    text: str, name: str, values: Mapping[Path, Value], order: Callable[[Path], tuple[str, ...]]
) -> str:
    """The text of a file with values where there were none. Raises ``Unwritable``.

    ``order`` says in which order keys stand in what a path leads to.
    """
    node, found = read_yaml(text, name)
    if node is None or found:
        raise Unwritable
    said = plain(node)
    added: dict[Path, dict[Path, Value]] = {}
    for path, value in values.items():
        known = _known(said, path)
        added.setdefault(path[: known + 1], {})[path[known + 1 :]] = value
    file = File(name, text.encode())
    try:
        for (*way, step), parts in added.items():
            new = _nested(parts)
            path = tuple(way)
            if step == NEW:
                file = appended(file, path, new)
            else:
                file = amended(file, path, {str(step): new}, order(path))
    except InsertError:
        raise Unwritable from None
    return file.data.decode()


def without(text: str, name: str, paths: Iterable[Path], least: int) -> str:
    """The text of a file without what these paths lead to, nor what is empty then. Raises ``Unwritable``.

    The first ``least`` steps of each stay in any case.
    """
    file = File(name, text.encode())
    try:
        for path in sorted(paths, key=_place, reverse=True):  # what stands behind an item moves up
            file = removed(file, path, least)
    except InsertError:
        raise Unwritable from None
    return file.data.decode()


def _place(path: Path) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def landed(said: Any, path: Path, gone: Iterable[Path] = ()) -> Path:
    """Where a value of a file comes to stand when values are added and these are gone; nowhere if it goes.

    ``said`` is what the file says before.
    """
    known = _known(said, path)
    for step in path[:known]:
        said = said[step]
    count = len(said) if isinstance(said, list) else 0
    path = tuple(count if step == NEW else step for step in path)
    for one in sorted(gone, key=_place, reverse=True):
        way, last = one[:-1], one[-1]
        if path[: len(one)] == one:
            return ()
        place = path[len(way)] if path[: len(way)] == way and len(path) > len(way) else None
        if isinstance(place, int) and isinstance(last, int) and place > last:
            path = (*way, place - 1, *path[len(one) :])
    return path


def _known(said: Any, path: Path) -> int:
    """How many steps of a path lead to something."""
    for count, step in enumerate(path):
        try:
            said = said[step]
        except (KeyError, IndexError, TypeError):
            return count
    return len(path)


def _nested(parts: Mapping[Path, Value]) -> Any:
    """The values, in the mappings and lists that their paths lead through."""
    if () in parts:
        return parts[()]
    inner: dict[str | int, dict[Path, Value]] = {}
    for (first, *rest), value in parts.items():
        inner.setdefault(first, {})[tuple(rest)] = value
    made = {step: _nested(below) for step, below in inner.items()}
    return list(made.values()) if all(step == NEW or isinstance(step, int) for step in made) else made


def _put(item: Any, path: Path, value: Value) -> None:
    *way, last = path
    for step in way:
        item = item[step]
    item[last] = value


def _written(text: str, name: str, start: int, end: int, path: Path, value: Value) -> str:
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


def _styles(old: str, value: Value) -> Iterator[str]:
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
