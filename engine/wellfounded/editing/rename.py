"""A new name for a thing, everywhere it is named: the edits, or why it cannot be.

What the files would be afterwards is checked before anything is changed: a name that reads as something else
in YAML, or that says something else in a unit, is refused and not tried out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wellfounded.build import build
from wellfounded.editing.folder import View
from wellfounded.editing.index import Occurrence, Symbol
from wellfounded.editing.language import RULES, Kind
from wellfounded.editing.scenarios import parse_as, wrong_in
from wellfounded.load.files import File
from wellfounded.load.from_files import Parsed, parse
from wellfounded.load.structure import schema
from wellfounded.load.unit_text import UnitTextError, parse_unit
from wellfounded.model.diagnostic import Diagnostic, is_error
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.unit import DimensionKind


class RenameError(WellfoundedError):
    """A thing cannot have this name; the message says why, and what is allowed."""


#: Kinds of things that share their names.
_SHARED = (frozenset({Kind.FACT, Kind.PARAMETER}),)

#: Where the schema of rule files says what an id looks like.
_ID = {
    Kind.FACT: ("properties", "facts", "propertyNames"),
    Kind.PARAMETER: ("properties", "parameters", "propertyNames"),
    Kind.CHOICE: ("$defs", "fact", "properties", "choices", "propertyNames"),
    Kind.CLAIM: ("properties", "claims", "propertyNames"),
    Kind.RULE: ("$defs", "id"),
    Kind.TOPIC: ("$defs", "id"),
    Kind.REFERENCE: ("properties", "references", "propertyNames"),
    Kind.WORK: ("properties", "works", "propertyNames"),
    Kind.TABLE: ("properties", "tables", "propertyNames"),
    Kind.COLUMN: ("$defs", "table", "properties", "columns", "propertyNames"),
    Kind.SECTION: ("$defs", "header", "properties", "sections", "propertyNames"),
    Kind.UNIT: ("properties", "units", "propertyNames"),
}
_DIMENSION = {"pattern": r"^[^\s^*/·:#{}\[\],&!|>'\"%@`]+$", "x-help": "a dimension is one word"}


def renamed(view: View, file: str, offset: int) -> tuple[Occurrence, ...]:
    """Every place that changes with the name at a place. Raises ``RenameError`` if nothing can be renamed."""
    broken = sorted(name for name, document in view.documents.items() if document.is_broken)
    if broken:
        raise RenameError(f"`{broken[0]}` cannot be read at the moment: mend it first, then rename")
    symbols = view.index.one_name(one.symbol for one in view.at(file, offset))
    if not symbols:
        raise RenameError("there is no name here that can be changed")
    for symbol in symbols:
        if not view.index.defined(symbol):
            raise RenameError(f"there is no {symbol.kind} `{symbol.name}`, so it cannot be renamed")
    return view.places(symbols)


def rename(view: View, file: str, offset: int, name: str, on: date) -> tuple[Occurrence, ...]:
    """The places at which ``name`` is to be written. Raises ``RenameError``."""
    places = renamed(view, file, offset)
    symbols = view.index.one_name(one.symbol for one in places)
    if all(symbol.name == name for symbol in symbols):
        return ()
    for symbol in symbols:
        _fits(symbol.kind, name)
        _is_free(symbol, name, view)
    _means_the_same(view, symbols, name)
    _leaves_nothing_wrong(view, places, name, on)
    return places


def applied(text: str, file: str, places: tuple[Occurrence, ...], name: str) -> str:
    """A file's text with the new name."""
    for place in reversed(places):
        if place.file == file:
            text = text[: place.start] + name + text[place.end :]
    return text


def _fits(kind: Kind, name: str) -> None:
    wanted: Any = _DIMENSION
    if kind is not Kind.DIMENSION:
        wanted = schema("rules")
        for step in _ID[kind]:
            wanted = wanted[step]
    if not re.search(wanted["pattern"], name) or name != name.strip() or "\n" in name:
        raise RenameError(f"`{name}` cannot be the name of a {kind}: {wanted['x-help']}")


def _is_free(symbol: Symbol, name: str, view: View) -> None:
    kinds = next((kinds for kinds in _SHARED if symbol.kind in kinds), frozenset({symbol.kind}))
    for kind in sorted(kinds):
        other = Symbol(kind, name, symbol.of)
        if view.index.defined(other):
            raise RenameError(f"there is a {kind} `{name}` already")


def _means_the_same(view: View, symbols: frozenset[Symbol], name: str) -> None:
    """A unit is what its text says: it may be written in another way, and not become another unit."""
    dimensions = view.content.dimensions if view.content is not None else {}
    for symbol in symbols:
        if symbol.kind is Kind.DIMENSION and _is_unit(name, dimensions):
            raise RenameError(f"`{name}` is a unit already, so a dimension cannot have this name")
        if symbol.kind is Kind.UNIT and len(symbols) == 1:
            try:
                same = parse_unit(name, dimensions) == parse_unit(symbol.name, dimensions)
            except UnitTextError as error:
                raise RenameError(str(error)) from None
            if not same:
                raise RenameError(f"`{name}` is not the same unit as `{symbol.name}`, written in another way")


def _is_unit(name: str, dimensions: Mapping[str, DimensionKind]) -> bool:
    for written in (name, f"{name}s", name.removesuffix("s")):
        try:
            parse_unit(written, dimensions)
        except UnitTextError:
            if written in dimensions:
                return True
        else:
            return True
    return False


def _leaves_nothing_wrong(view: View, places: tuple[Occurrence, ...], name: str, on: date) -> None:
    """Compares what is wrong before and after, told apart by code and file alone: messages name names."""
    texts = {
        file: applied(document.now.text, file, places, name) for file, document in view.documents.items()
    }
    known = Counter(_place(d) for d in view.diagnostics if is_error(d))
    for diagnostic in _errors(view, texts, on):
        known[_place(diagnostic)] -= 1
        if known[_place(diagnostic)] < 0:
            where = f"{diagnostic.position.file}:{diagnostic.position.line}"
            raise RenameError(f"with the name `{name}`, {where} would be wrong: {diagnostic.message}")


def _place(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.position.file


def _errors(view: View, texts: Mapping[str, str], on: date) -> Iterator[Diagnostic]:
    """The errors there are when the files have these texts."""

    def parsed(file: File) -> Parsed:
        document = view.documents[file.name]
        if document.now.text == texts[file.name]:
            return view.parsed[file.name]
        return parse(file) if document.kind == RULES else parse_as(document.kind, file)

    files = {file: File(file, text.encode(errors="replace")) for file, text in sorted(texts.items())}
    kinds = {file: document.kind for file, document in view.documents.items()}
    built = build([file for name, file in files.items() if kinds[name] == RULES], (), on, parsed)
    yield from (diagnostic for diagnostic in built.diagnostics if is_error(diagnostic))
    content = built.content if built.core is not None else None
    for name, file in files.items():
        if kinds[name] != RULES:
            yield from wrong_in(kinds[name], name, parsed(file), content)
