"""Strict YAML text → a tree of nodes with positions, and diagnostics for all that strictness refuses.

Strict means: no anchors, aliases, tags or second document; no duplicate keys; only ``true`` and ``false``
are yes/no, and only plain decimals are numbers, as in YAML 1.2 and JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from wellfounded.load.node import Map, Node, Plain, Scalar, Sequence
from wellfounded.model.diagnostic import MOST, Diagnostic, too_many
from wellfounded.model.frozen import frozen
from wellfounded.model.position import Position

MOST_NESTING = 60

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_OTHER_NUMBER = re.compile(
    r"[-+]?(0[0-9]+(\.[0-9]*)?|0[xob][0-9a-fA-F]+|[0-9]+_[0-9_]*|[0-9]+(:[0-9]{2})+(\.[0-9]+)?"
    r"|\.[0-9]+|[0-9]+\.|\.(nan|NaN|NAN|inf|Inf|INF))"
)
_BOOLEANS = {"true": True, "false": False}
_OTHER_BOOLEANS = {
    "yes": "true",
    "on": "true",
    "no": "false",
    "off": "false",
    "true": "true",
    "false": "false",
}
_NULLS = frozenset({"", "null", "~"})

# Without libyaml the pure Python parser gives the same events, more slowly.
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):
    """What keeps a text from being read any further."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def read_yaml(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of one document, or ``None`` where it is empty or does not parse."""
    reader = _Reader(as_yaml(text), file)
    try:
        return reader.document(), reader.found
    except _Refused as error:
        return None, [*reader.found, error.diagnostic]
    except yaml.YAMLError as error:
        return None, [*reader.found, syntax_error(error, file, text)]


def as_yaml(text: str) -> str:
    """The text that the YAML parser is given: as long as what was written, so that places stay."""
    # JSON may be indented with tabs, which YAML refuses; inside its strings JSON has no raw tabs.
    return text.replace("\t", " ") if text.lstrip()[:1] in ("{", "[") else text


def syntax_error(error: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    """What the parser finds wrong, where it makes sense to an author, and in plainer words."""
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    problem = _PLAINLY.get(said, said).replace("did not find expected", "expected")
    if mark is None or (began is not None and mark.line >= len(text.splitlines())):
        mark = began
    elif began is not None and began.line < mark.line and problem.startswith("expected"):
        problem += f", in what starts at line {began.line + 1}"
    line, column = (mark.line + 1, mark.column + 1) if mark else _place(error, text)
    return Diagnostic(
        "yaml-syntax", f"this is not YAML: {problem}", Position(file, line, column), _syntax_help(problem)
    )


_PLAINLY = {
    "mapping values are not allowed in this context": "a colon does not fit here",
    "found unexpected end of stream": "a quote that starts here is not closed",
    "found character that cannot start any token": "a text cannot start with this character",
    "found a tab character that violates indentation": "a tab stands in the indentation",
}


def _place(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    """Line and column of a character that may not be there, which libyaml gives as a number of bytes."""
    before = text.encode()[: getattr(error, "position", 0)].decode(errors="ignore")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _syntax_help(problem: str) -> str:
    if "tab" in problem:
        return "indent with spaces"
    return "check the indentation, the colon after each key, and quotes around texts that hold `: ` or ` #`"


class _Reader:
    """Builds nodes from the parser's events, one pass, collecting what is wrong on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)

    def document(self) -> Node | None:
        node = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._find("yaml-syntax", "a second document starts here", event, "one document a file")
                    return node
                node = self._node(next(self.events), 0)
        return node

    def _find(self, code: str, message: str, event: yaml.Event, help: str = "") -> None:
        if len(self.found) == MOST:
            raise _Refused(too_many(self._position(event)))
        self.found.append(Diagnostic(code, message, self._position(event), help))

    def _position(self, event: yaml.Event) -> Position:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        length = end.column - start.column if end.line == start.line else 1
        return Position(self.file, start.line + 1, start.column + 1, max(length, 1))

    def _node(self, event: yaml.Event, depth: int) -> Node:
        position = self._position(event)
        if depth > MOST_NESTING:
            message = f"this is nested more than {MOST_NESTING} deep"
            raise _Refused(Diagnostic("nesting-too-deep", message, position, "write it with fewer levels"))
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            what = f"`{'*' if isinstance(event, yaml.AliasEvent) else '&'}{anchor}`"
            self._find(
                "alias", f"{what}: anchors and aliases are not used here", event, "write the value out"
            )
        if tag is not None:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self._find("tag", f"`{written}`: tags are not used here", event, "leave the tag out")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(self._value(event), event.value, position)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(position, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map(position, depth)
        return Scalar(None, "", position)

    def _sequence(self, start: Position, depth: int) -> Sequence:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return Sequence(tuple(items), self._until(start, event))
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), start)

    def _until(self, start: Position, event: yaml.Event) -> Position:
        """From where something in brackets starts to where it ends, if that is on one line."""
        begins, ends = event.start_mark, event.end_mark
        if begins is None or ends is None or ends.index == begins.index or ends.line + 1 != start.line:
            return start
        return start.inside(0, ends.column + 1 - start.column)

    def _map(self, position: Position, depth: int) -> Map:
        entries: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                position = self._until(position, event)
                break
            key = self._key(event, depth)
            item = self._node(next(self.events), depth + 1)
            if key in entries:
                first = keys[key].line
                self._find(
                    "duplicate-key", f"`{key}` is given twice", event, f"it stands at line {first} already"
                )
            else:
                entries[key] = item
                keys[key] = self._position(event)
        return Map(frozen(entries), frozen(keys), position)

    def _key(self, event: yaml.Event, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor or event.tag:
                self._node(event, depth + 1)
            if event.value == "<<" and event.implicit[0]:
                self._find("alias", "`<<`: merging is not used here", event, "write the entries out")
            if event.value:
                return str(event.value)
            self._find("yaml-syntax", "a key is empty", event, "write the key before its colon")
            return str(self._position(event))
        self._node(event, depth + 1)
        if not isinstance(event, yaml.AliasEvent):
            self._find("yaml-syntax", "a list or a mapping cannot be a key", event, "write the key as text")
        return str(self._position(event))

    def _value(self, event: yaml.ScalarEvent) -> Plain:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _NULLS:
            return None
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if text.lower() in _OTHER_BOOLEANS:
            meant = _OTHER_BOOLEANS[text.lower()]
            help = f'write `{meant}`, or "{text}" in quotes if it is a text'
            self._find("yes-no-boolean", f"`{text}` could be a yes/no or a text", event, help)
            return meant == "true"
        if _NUMBER.fullmatch(text):
            return self._number(text, event)
        if _OTHER_NUMBER.fullmatch(text):
            self._find(
                "number-notation",
                f"`{text}` is not written as a plain number",
                event,
                "write a plain decimal such as 0.5 or 90, or put it in quotes if it is a text",
            )
            return 0
        return text

    def _number(self, text: str, event: yaml.ScalarEvent) -> float | int:
        if re.fullmatch(r"[-+]?[0-9]{1,15}", text):
            return int(text)
        number = float(text)
        if number in (float("inf"), float("-inf")):
            self._find("number-notation", f"`{text[:40]}` is too large a number", event, "at most 1e308")
            return 0
        return number
