"""What may be written where a person is typing: keys, names, values and placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from wellfounded.editing.cursor import Cursor, cursors
from wellfounded.editing.describe import describe, in_short
from wellfounded.editing.expected import Schema, keys_at, values_at
from wellfounded.editing.folder import View
from wellfounded.editing.index import Symbol
from wellfounded.editing.language import (
    PERSON,
    Form,
    Kind,
    Names,
    is_condition,
    names_of_keys,
    names_of_value,
    straightened,
)
from wellfounded.editing.schemas import schema_of
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Scalar, Sequence, children, plain
from wellfounded.model.content import FactType
from wellfounded.model.record import Record
from wellfounded.model.template import CURRENT, TARGET

_WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z0-9_]*$")
_PLACEHOLDER = re.compile(r"\{([A-Za-z0-9_.]*)$")


class Proposal(Record, frozen=True):
    """``text`` is to stand from ``start`` to the cursor; ``kind`` says of what it is the name, if of any."""

    label: str
    text: str
    start: int
    kind: str
    detail: str = ""
    about: str = ""


def complete(view: View, file: str, offset: int, language: str = "en") -> tuple[Proposal, ...]:
    """Every proposal for a place, each once; what a key is for is said in Dutch or in English."""
    document = view.documents.get(file)
    if document is None:
        return ()
    found: dict[str, Proposal] = {}
    for cursor in cursors(document.now.text, offset, document.top):
        schema = schema_of(document.kind, view)
        path = cursor.path[1:] if document.kind == PERSON else cursor.path
        written = plain(cursor.document)
        made = (
            _keys(view, cursor, keys_at(schema, written, path, language), document.now.text[offset:])
            if cursor.in_key
            else _values(view, cursor, schema, (written, path), document.kind)
        )
        for proposal in made:
            found.setdefault(proposal.label, proposal)
    return tuple(found.values())


def _keys(view: View, cursor: Cursor, keys: Any, after: str) -> Iterator[Proposal]:
    """The keys that may stand here and do not stand here yet."""
    mapping = _at(cursor.document, cursor.path if cursor.path[:1] != (PERSON,) else cursor.path[1:])
    there = set(mapping.entries) if isinstance(mapping, Map) else set()
    ending = "" if re.match(r"[A-Za-z0-9_-]*\s*:", after) else ": "
    names = names_of_keys(cursor.path)
    if names is not None and not names.defines and (not keys or is_condition(cursor.path)):
        known = _symbols(view, names, cursor)
        keys = {symbol.name: "" for symbol in known if symbol.kind is names.kind} | dict(keys)
    for key, said in keys.items():
        if key not in there:
            symbol = (
                None if names is None or names.kind is None else Symbol(names.kind, key, _of(names, cursor))
            )
            text = _written(key, cursor, False) + ending
            yield _proposal(view, symbol, key, text, cursor.start - (text[0] in "\"'"), "key", said)


def _at(node: Node, path: Iterable[str | int]) -> Node | None:
    for step in path:
        below = dict(children(node))
        if step not in below:
            return None
        node = below[step]
    return node


def _values(
    view: View, cursor: Cursor, schema: Schema, place: tuple[Any, tuple[str | int, ...]], kind: str
) -> Iterator[Proposal]:
    names = names_of_value(cursor.path)
    if names is not None and names.form is Form.TEXT:
        yield from _placeholders(view, cursor)
        return
    if names is not None and names.form is Form.FORMULA:
        word = _WORD.search(cursor.written)
        start = cursor.start + (word.start() if word else 0)
        yield from _names_in_formula(view, start)
        yield from _of_schema(
            view, None, cursor, [v for v in values_at(schema, *place) if isinstance(v, bool)]
        )
        return
    listed = values_at(schema, *place)
    if names is not None and names.kind is not None and (names.kind is not Kind.FACT or not listed):
        for symbol in _symbols(view, names, cursor):
            yield _named(view, symbol, cursor)
    yield from _of_schema(view, names, cursor, listed)


def _of_schema(view: View, names: Names | None, cursor: Cursor, values: Iterable[Any]) -> Iterator[Proposal]:
    for value in values:
        label = str(value).lower() if isinstance(value, bool) else str(value)
        kind = None if names is None else Kind.CHOICE if names.form is Form.QUANTITY else names.kind
        is_name = kind is not None and isinstance(value, str)
        symbol = Symbol(kind, label, _of(names, cursor)) if is_name and kind and names else None
        if symbol is None:
            text = label if not isinstance(value, str) else _written(label, cursor, True)
            yield Proposal(label, text, cursor.start, "value")
        else:
            yield _named(view, symbol, cursor)


def _named(view: View, symbol: Symbol, cursor: Cursor) -> Proposal:
    is_text = symbol.kind is not Kind.REFERENCE
    text = _written(symbol.name, cursor, is_text)
    return _proposal(view, symbol, symbol.name, text, cursor.start, "value", "")


def _proposal(
    view: View, symbol: Symbol | None, label: str, text: str, start: int, kind: str, said: str
) -> Proposal:
    if symbol is None or not view.index.defined(symbol):
        return Proposal(label, text, start, kind, about=said)
    return Proposal(
        label,
        text,
        start,
        str(symbol.kind),
        in_short(symbol, view.contents),
        describe(symbol, view.contents),
    )


def _of(names: Names, cursor: Cursor) -> str:
    return "" if names.of is None else str(straightened(cursor.path)[names.of])


def _symbols(view: View, names: Names, cursor: Cursor) -> list[Symbol]:
    """The things of a kind that there are, in the order of their names."""
    of = _of(names, cursor)
    found = [s for s in view.index.symbols if s.kind is names.kind and s.of == of and view.index.defined(s)]
    return sorted(found, key=lambda symbol: symbol.name.zfill(9) if symbol.name.isdigit() else symbol.name)


def _names_in_formula(view: View, start: int) -> Iterator[Proposal]:
    numbers = {f.id for content in view.contents for f in content.facts.values() if f.type is FactType.NUMBER}
    for symbol in sorted(view.index.symbols, key=lambda symbol: (symbol.kind != Kind.PARAMETER, symbol.name)):
        is_number = symbol.kind is Kind.PARAMETER or (symbol.kind is Kind.FACT and symbol.name in numbers)
        if is_number and view.index.defined(symbol):
            yield _proposal(view, symbol, symbol.name, symbol.name, start, "value", "")


def _placeholders(view: View, cursor: Cursor) -> Iterator[Proposal]:
    """After a brace: parameters, in a rule's text the facts of its condition and what its target gives."""
    opened = _PLACEHOLDER.search(cursor.written)
    if opened is None:
        return
    start = cursor.start + opened.start(1)
    rule = _at(cursor.document, cursor.path[:2]) if cursor.path[0] == "rules" else None
    is_rules_text = isinstance(rule, Map) and cursor.path[2] == "says"
    if isinstance(rule, Map) and is_rules_text and "target" in rule:
        for name in (TARGET, f"{TARGET}.low", f"{TARGET}.high", CURRENT):
            yield Proposal(name, name, start, "value")
    facts = set(_keys_in(rule.get("when"))) if isinstance(rule, Map) and is_rules_text else set()
    for symbol in sorted(view.index.symbols, key=lambda symbol: (symbol.kind, symbol.name)):
        shows = symbol.kind is Kind.PARAMETER or (symbol.kind is Kind.FACT and symbol.name in facts)
        if shows and view.index.defined(symbol):
            yield _proposal(view, symbol, symbol.name, symbol.name, start, "value", "")


def _keys_in(node: Node | None) -> Iterator[str]:
    if isinstance(node, Map):
        yield from node.entries
    for _, child in children(node) if isinstance(node, Map | Sequence) else ():
        yield from _keys_in(child)


def _written(text: str, cursor: Cursor, is_text: bool) -> str:
    """A text as YAML needs it here: in quotes where it would be read as something else."""
    if cursor.quoted:
        return text
    node, found = read_yaml(f"[{text}]", "")
    item = node.items[0] if isinstance(node, Sequence) and len(node.items) == 1 else None
    plain_text = isinstance(item, Scalar) and not found and item.text == text
    if plain_text and (not is_text or (isinstance(item, Scalar) and isinstance(item.value, str))):
        return text
    return f'"{text}"'
