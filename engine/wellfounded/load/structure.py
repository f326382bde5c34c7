"""A tree of nodes → diagnostics for what its JSON Schema refuses, in the author's terms.

Each keyword of JSON Schema that the schemas use has one function that says its errors. The schemas carry
their own words where a keyword alone says too little (``x-help``, ``x-oneOf``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator

from wellfounded.load.node import Map, Node, Scalar, Sequence, at_path, describe, plain
from wellfounded.load.package_data import data_folder
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.position import Position
from wellfounded.model.suggest import suggestion

_TYPES = {
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
    "string": "a text",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema ``schemas/<name>.schema.json``."""
    loaded = json.loads((data_folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@cache
def _validator(name: str) -> Validator:
    return Draft202012Validator(schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


def check_structure(document: Node, name: str) -> Iterator[tuple[tuple[str | int, ...], Diagnostic]]:
    """What schema ``name`` refuses in a document: the path of keys and indexes, and the diagnostic."""
    for error in _validator(name).iter_errors(plain(document)):
        path = tuple(error.absolute_path)
        node = at_path(document, path)
        for diagnostic in _SAYS.get(str(error.validator), _other)(error, node):
            yield path, diagnostic


def _unknown_keys(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    known = list(_subschema(error).get("properties", ()))
    assert isinstance(node, Map)
    for key, position, _ in node.items():
        if key not in known:
            yield Diagnostic("unknown-key", f"`{key}` is not a key here", position, suggestion(key, known))


def _missing_key(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    assert isinstance(node, Map)
    for key in _keyword_value(error):
        if key not in node and f"'{key}'" in error.message:
            yield Diagnostic("missing-key", f"`{key}` is missing", node.position, f"add `{key}: …` here")


def _wrong_type(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    types = _keyword_value(error)
    wanted = [_TYPES[t] for t in (types if isinstance(types, list) else [types])]
    message = f"{describe(node)} is {_kind(node)}, and this has to be {' or '.join(wanted)}"
    yield Diagnostic("wrong-type", message, node.position, _own_help(error) or _type_help(node, wanted))


def _kind(node: Node) -> str:
    match node:
        case Scalar(value=None):
            return "empty"
        case Scalar(value=bool()):
            return "a yes/no"
        case Scalar(value=str()):
            return "a text"
        case Scalar():
            return "a number"
        case Sequence():
            return "a list"
        case Map():
            return "a mapping"


def _type_help(node: Node, wanted: list[str]) -> str:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if "a number" in wanted and text.replace(",", "", 1).replace(".", "", 1).lstrip("+-").isdigit():
        return f"write {text.replace(',', '.')} without quotes and with a point"
    if "a text" in wanted and isinstance(node, Scalar) and node.value is not None:
        return f'put it in quotes: "{text}"'
    return ""


def _not_in_list(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    values = [str(value) for value in _keyword_value(error)]
    written = node.text if isinstance(node, Scalar) else ""
    message = f"{describe(node)} is not allowed here"
    yield Diagnostic("not-allowed-value", message, node.position, suggestion(written, values))


def _pattern(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    position = node.position
    if "propertyNames" in error.absolute_schema_path and isinstance(node, Map):
        position = node.keys[str(error.instance)]
    yield Diagnostic(
        "not-allowed-value", f"`{error.instance}` is not allowed here", position, _own_help(error)
    )


def _one_of(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    words = _subschema(error)["x-oneOf"]
    given = [key for option in _keyword_value(error) for key in option["required"] if key in plain(node)]
    found = f"; here are {' and '.join(f'`{key}`' for key in given)}" if given else "; here is none"
    yield Diagnostic(words["code"], words["message"] + found, node.position)


def _does_not_apply(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    key = str(error.absolute_path[-1])
    yield Diagnostic("key-does-not-apply", f"`{key}` does not apply here", node.position, "leave it out")


def _other(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    limit = _keyword_value(error)
    says = {
        "minItems": f"at least {limit} here",
        "maxItems": f"at most {limit} here",
        "minProperties": f"at least {limit} here",
        "maxProperties": f"at most {limit} here",
        "minLength": "a text cannot be empty",
        "uniqueItems": "each only once",
        "exclusiveMinimum": f"above {limit}",
        "minimum": f"at least {limit}",
        "maximum": f"at most {limit}",
        "format": "a date is written as 2026-01-31",
    }.get(str(error.validator), "")
    message = f"{describe(node)} is not allowed here"
    yield Diagnostic("not-allowed-value", message, node.position, _own_help(error) or says)


def _own_help(error: ValidationError) -> str:
    return str(_subschema(error).get("x-help", ""))


def _subschema(error: ValidationError) -> dict[str, Any]:
    """The schema that refused; empty where it was just ``false``."""
    return error.schema if isinstance(error.schema, dict) else {}


def _keyword_value(error: ValidationError) -> Any:
    """What the schema's keyword asks for."""
    return error.validator_value


_SAYS: dict[str, Callable[[ValidationError, Node], Iterator[Diagnostic]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_in_list,
    "pattern": _pattern,
    "oneOf": _one_of,
    "None": _does_not_apply,
}


def position_of(document: Node, path: tuple[str | int, ...]) -> Position:
    """Where the thing a path leads to starts: its key if it has one."""
    node = at_path(document, path[:-1])
    if isinstance(node, Map):
        return node.keys[str(path[-1])]
    return at_path(document, path).position
