"""What a JSON Schema says of a place in a document: the keys that may stand there, and the values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from wellfounded.editing.language import Path
from wellfounded.model.record import Record

Schema = dict[str, Any]


#: What schemas say of a key is under this keyword, by language.
SAYS = {"en": "description", "nl": "x-nl"}


def keys_at(schema: Schema, document: Any, path: Path, language: str) -> Mapping[str, str]:
    """The keys that may stand in the mapping at a path, with what each means where the schema says it."""
    found: dict[str, str] = {}
    refused: set[str] = set()
    for part in _at(schema, document, path):
        for key, below in part.get("properties", {}).items():
            if below is False:
                refused.add(key)
            else:
                found[key] = found.get(key) or _said(schema, below, language)
        for key in part.get("propertyNames", {}).get("enum", ()):
            found.setdefault(str(key), "")
    return {key: said for key, said in found.items() if key not in refused}


def values_at(schema: Schema, document: Any, path: Path) -> tuple[Any, ...]:
    """The values that may stand at a path, where they can be listed."""
    found: list[Any] = []
    for part in _at(schema, document, path):
        found += part.get("enum", ())
        found += [part["const"]] if "const" in part else []
        types = part.get("type", ())
        if "boolean" in ([types] if isinstance(types, str) else types):
            found += [True, False]
    unique = {(type(value), value): value for value in found if value is not None}
    return tuple(unique.values())


class KeyHelp(Record, frozen=True):
    """What a key is for, and the place in ``docs/`` that explains it."""

    says: str
    read: str


def help_at(schema: Schema, document: Any, path: Path, language: str) -> KeyHelp | None:
    """What the schema says of the key at the end of a path, if it says anything."""
    for part in _at(schema, document, path[:-1]):
        below = part.get("properties", {}).get(path[-1])
        said = _said(schema, below, language) if isinstance(below, dict) else ""
        if said:
            return KeyHelp(said, below.get("x-read", ""))
    return None


def _said(root: Schema, part: Schema, language: str) -> str:
    said: str = part.get(SAYS[language]) or part.get("description", "")
    reference = part.get("$ref", "")
    return said or (_said(root, _referred(root, reference), language) if reference else "")


def _at(root: Schema, document: Any, path: Path) -> Iterable[Schema]:
    """The parts of the schema that are about a place."""
    parts, value = list(_parts(root, root, document)), document
    for step in path:
        value = _value(value, step)
        below = [one for part in parts for one in _below(part, step)]
        parts = [part for one in below for part in _parts(root, one, value)]
    return parts


def _value(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def _below(part: Schema, step: str | int) -> Iterator[Schema]:
    if isinstance(step, int):
        below = part.get("items")
    else:
        below = part.get("properties", {}).get(step, part.get("additionalProperties"))
    if isinstance(below, dict):
        yield below


def _parts(root: Schema, schema: Schema, value: Any) -> Iterator[Schema]:
    """A schema and those that it says apply as well."""
    yield schema
    if "$ref" in schema:
        yield from _parts(root, _referred(root, schema["$ref"]), value)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            yield from _parts(root, part, value)
    if "if" in schema:
        holds = Draft202012Validator({**schema["if"], "$defs": root.get("$defs", {})}).is_valid(value)
        part = schema.get("then" if holds else "else")
        if isinstance(part, dict):
            yield from _parts(root, part, value)


def _referred(root: Schema, reference: str) -> Schema:
    part: Any = root
    for step in reference.removeprefix("#/").split("/"):
        part = part[step]
    assert isinstance(part, dict)
    return part
