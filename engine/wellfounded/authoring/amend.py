"""Putting values into a file of YAML: what is put is written anew, and every other character stays.

Where a value stands is taken from the marks of the parser. The result is read again, and taken only if it
says what the file said, with what was put.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

import yaml

from wellfounded.authoring.insert import InsertError
from wellfounded.authoring.yaml_text import item_lines, lines, on_one_line
from wellfounded.authoring.yaml_text import key as written_key
from wellfounded.load.files import File, decode
from wellfounded.load.from_yaml import as_yaml, read_yaml
from wellfounded.load.node import Map, plain

#: The keys and numbers that lead to something in a document.
Path: TypeAlias = tuple[str | int, ...]

_BOM = "\ufeff"
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def amended(file: File, path: Path, values: Mapping[str, Any], order: Sequence[str] = ()) -> File:
    """The file with these values under the keys of a mapping that is there.

    A key that is new goes behind those that come before it in ``order``; what stands under a key that is
    there keeps its comments as long as it has the same keys. A mapping in brackets that is an item of a list
    gets a line for each key. Raises ``InsertError`` where that cannot be done without touching anything else.
    """
    text, said = _read(file)
    if _leads_to(said, path) is None:
        raise InsertError(f"{file.name} has nothing at `{'.'.join(map(str, path))}`")
    made = _spread(text, path)
    for name, value in values.items():
        made = _put(made, path, name, value, order)
    if _said(made, file.name) != _with(said, path, values):
        raise InsertError(f"`{path[-1]}` in {file.name} could not be changed alone; change it by hand")
    return _as_file(file, made)


def appended(file: File, path: Path, item: Any) -> File:
    """The file with an item behind the last one of a list that is there.

    Raises ``InsertError`` where that cannot be done without touching anything else.
    """
    text, said = _read(file)
    items = said
    with suppress(KeyError, IndexError, TypeError):
        for step in path:
            items = items[step]
    if not isinstance(items, list) or not items:
        raise InsertError(f"{file.name} has no list at `{'.'.join(map(str, path))}`")
    made = _behind_last(text, _at(text, path), item)
    if _said(made, file.name) != _with(said, path[:-1], {str(path[-1]): [*items, item]}):
        raise InsertError(f"`{path[-1]}` in {file.name} could not be changed alone; change it by hand")
    return _as_file(file, made)


def removed(file: File, path: Path, least: int) -> File:
    """The file without a key or an item of a list, and without what nothing is left in then.

    The first ``least`` steps of the path stay in any case. Comments stay, but for those on the lines that go.
    Raises ``InsertError`` where that cannot be done without touching anything else.
    """
    text, said = _read(file)
    while len(path) > least + 1 and _count(said, path[:-1]) == 1:
        path = path[:-1]
    made = _cut(text, path)
    if made is None or _said(made, file.name) != _without(said, path):
        raise InsertError(f"`{path[-1]}` in {file.name} could not be removed alone; remove it by hand")
    return _as_file(file, made)


def _count(said: Any, path: Path) -> int:
    for step in path:
        said = said[step]
    return len(said)


def _without(said: Any, path: Path) -> Any:
    """The same data without what the path leads to."""
    first, *rest = path
    parts = said.items() if isinstance(said, Mapping) else enumerate(said)
    kept = [
        (step, _without(part, tuple(rest)) if step == first else part)
        for step, part in parts
        if rest or step != first
    ]
    return dict(kept) if isinstance(said, Mapping) else [part for _, part in kept]


def _cut(text: str, path: Path) -> str | None:
    """The text without the lines of an item, or without it and its comma where it stands in brackets.

    Nothing where something else stands on the lines that would go, or a comment beside the comma.
    """
    node, step = _at(text, path[:-1]), path[-1]
    items = [item if isinstance(item, tuple) else (item, item) for item in node.value]
    is_list = isinstance(node, yaml.SequenceNode)
    place = next(n for n, (name, _) in enumerate(items) if step == (n if is_list else name.value))
    spans = [(_start(name), _end(value, text)) for name, value in items]
    start, end = spans[place]
    if not node.flow_style:
        return _cut_lines(text, start, end, "-" if is_list else "")
    if place + 1 < len(spans):
        between = text[end : spans[place + 1][0]]
        end += len(between)
    else:
        between = text[spans[place - 1][1] : start] if place else ""
        start -= len(between)
    return None if "#" in between else text[:start] + text[end:]


def _cut_lines(text: str, start: int, end: int, dash: str) -> str | None:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end) + 1 or len(text)
    before, behind = text[first:start].strip(), text[end:last].strip()
    is_alone = before == dash and (not behind or behind.startswith("#"))
    return text[:first] + text[last:] if is_alone else None


def _behind_last(text: str, items: yaml.SequenceNode, item: Any) -> str:
    last = items.value[-1]
    end = _end(last, text)
    if items.flow_style:
        return f"{text[:end]}, {on_one_line(item)}{text[end:]}"
    end += len(text[end:].split("\n", 1)[0].rstrip("\r"))
    indent = items.start_mark.column
    begin = f"{_ending(text)}{' ' * indent}"
    gap = last.start_mark.column - indent - 1
    return text[:end] + begin + begin.join(item_lines(item, gap=max(gap, 1))) + text[end:]


def _as_file(file: File, text: str) -> File:
    """The file with another text, and with its mark."""
    return File(file.name, ((_BOM if file.data.startswith(_BOM.encode()) else "") + text).encode())


def _read(file: File) -> tuple[str, Any]:
    text, found = decode(file)
    node, more = read_yaml(text, file.name)
    problem = next(iter((*found, *more)), None)
    if problem is not None or not isinstance(node, Map):
        said = "" if problem is None else f": {problem.message}"
        raise InsertError(f"{file.name} cannot be read{said}")
    return text, plain(node)


def _said(text: str, name: str) -> Any:
    node, found = read_yaml(text, name)
    return None if node is None or found else plain(node)


def _leads_to(said: Any, path: Path) -> Mapping[str, Any] | None:
    """The mapping that a path leads to, if it leads to one."""
    for step in path:
        try:
            said = said[step]
        except (KeyError, IndexError, TypeError):
            return None
    return said if isinstance(said, Mapping) else None


def _with(said: Any, path: Path, values: Mapping[str, Any]) -> Any:
    """The same data with the values in the mapping that the path leads to."""
    if not path:
        return {**said, **values}
    first, *rest = path
    if isinstance(said, list):
        return [
            _with(item, tuple(rest), values) if place == first else item for place, item in enumerate(said)
        ]
    return {name: _with(part, tuple(rest), values) if name == first else part for name, part in said.items()}


def _at(text: str, path: Iterable[str | int]) -> Any:
    """The parser's node that a path leads to, with its marks."""
    node: Any = yaml.compose(as_yaml(text), Loader=_Loader)
    for step in path:
        if isinstance(node, yaml.SequenceNode):
            node = node.value[step]
        else:
            node = next(value for name, value in node.value if name.value == step)
    return node


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def _end(node: yaml.Node, text: str) -> int:
    """Behind the last character of what a node says; the parser's marks take in the comments behind it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return max(_end(part, text) for part in (last if isinstance(last, tuple) else (last,)))
    written = text[_start(node) : int(node.end_mark.index)]
    return _start(node) + len(written.rstrip())


def _spread(text: str, path: Path) -> str:
    """The mapping with a line for each key, if it stands on one line in brackets and in a list."""
    if len(path) < 2 or not isinstance(path[-1], int):
        return text
    items = _at(text, path[:-1])
    if isinstance(items, yaml.SequenceNode) and items.flow_style:
        text = _items_on_lines(text, path[:-1], items)
    items, node = _at(text, path[:-1]), _at(text, path)
    if not isinstance(node, yaml.MappingNode) or not node.flow_style or not node.value or items.flow_style:
        return text
    start, end = _start(node), _end(node, text)
    if _breaks(text[start:end]):
        return text
    entries = (text[_start(name) : _end(value, text)] for name, value in node.value)
    return text[:start] + f"{_ending(text)}{' ' * node.start_mark.column}".join(entries) + text[end:]


def _items_on_lines(text: str, path: Path, items: yaml.SequenceNode) -> str:
    """The list with a line for each item, where what it is in has lines of its own."""
    above = _at(text, path[:-1])
    start, end = _start(items), _end(items, text)
    if above.flow_style or not isinstance(above, yaml.MappingNode) or _breaks(text[start:end]):
        return text
    name = next(name for name, value in above.value if _start(value) == start)
    begin = f"{_ending(text)}{' ' * (name.start_mark.column + 2)}- "
    written = (text[_start(item) : _end(item, text)] for item in items.value)
    return text[:start].rstrip(" ") + "".join(f"{begin}{item}" for item in written) + text[end:]


def _put(text: str, path: Path, name: str, value: Any, order: Sequence[str]) -> str:
    node = _at(text, path)
    assert isinstance(node, yaml.MappingNode)
    for place, (key, old) in enumerate(node.value):
        if key.value == name:
            return _replaced(text, path, node, place, name, value, old)
    return _inserted(text, node, name, value, order)


def _replaced(
    text: str, path: Path, node: yaml.MappingNode, place: int, name: str, value: Any, old: yaml.Node
) -> str:
    key = node.value[place][0]
    if isinstance(value, Mapping):
        if isinstance(old, yaml.MappingNode) and [part.value for part, _ in old.value] == list(value):
            for inner, part in value.items():
                text = _put(text, (*path, name), inner, part, ())
            return text
        return text[: _start(key)] + _entry(text, node, key, name, value) + text[_end(old, text) :]
    if not isinstance(old, yaml.ScalarNode) or _end(old, text) <= _start(old):
        return text[: _start(key)] + _entry(text, node, key, name, value) + text[_end(old, text) :]
    return text[: _start(old)] + on_one_line(value) + text[_end(old, text) :]


def _inserted(text: str, node: yaml.MappingNode, name: str, value: Any, order: Sequence[str]) -> str:
    before = order[: order.index(name)] if name in order else order
    keys = [key.value for key, _ in node.value]
    at = max((keys.index(other) for other in before if other in keys), default=len(keys) - 1)
    if at < 0:
        raise InsertError(f"there is no place for `{name}`; write it by hand")
    key, last = node.value[at]
    end = _end(last, text)
    if node.flow_style:
        return f"{text[:end]}, {_entry(text, node, key, name, value)}{text[end:]}"
    rest = text[end:]
    end += len(rest.split("\n", 1)[0].rstrip("\r"))
    begin = f"{_ending(text)}{' ' * key.start_mark.column}"
    return text[:end] + begin + _entry(text, node, key, name, value) + text[end:]


def _entry(text: str, node: yaml.MappingNode, beside: yaml.Node, name: str, value: Any) -> str:
    """A key with its value, as it stands beside others in brackets, or under them."""
    if node.flow_style:
        return f"{written_key(name)}: {on_one_line(value)}"
    spread = frozenset({name}) if _is_texts(value) else frozenset[str]()
    begin = f"{_ending(text)}{' ' * beside.start_mark.column}"
    return begin.join(lines({name: value}, spread))


def _is_texts(value: Any) -> bool:
    """Whether it is a text in each language, which gets a line for each."""
    return isinstance(value, Mapping) and all(type(part) is not str for part in value.values())


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _breaks(text: str) -> bool:
    return "\n" in text or "\r" in text
