"""A JSON Schema → a function that says whether a value fits, and leaves it to ``jsonschema`` to say why not.

Being ready to explain takes ``jsonschema`` ten times as long, and nearly everything in rule files fits. The
schema stays the one description of what is accepted: it is read here as JSON Schema defines its keywords, and
a part of it with a keyword that is not among those below is asked of ``jsonschema`` itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator

Accepts: TypeAlias = Callable[[Any], bool]
Schema: TypeAlias = bool | dict[str, Any]

#: What JSON Schema calls the types that values read from YAML or JSON have.
_TYPES: dict[str, frozenset[type]] = {
    "boolean": frozenset({bool}),
    "number": frozenset({int, float}),
    "string": frozenset({str}),
    "array": frozenset({list}),
    "object": frozenset({dict}),
    "null": frozenset({type(None)}),
}
_EVERY = frozenset[type]().union(*_TYPES.values())

#: Keywords that say nothing of what is accepted.
_ANNOTATIONS = frozenset(
    {"$schema", "$id", "$defs", "title", "description", "x-nl", "x-read", "x-help", "x-oneOf"}
)


class Acceptance:
    """Reads a schema; each part that is referred to is read once.

    ``other`` reads parts that are not read here, and gives whether ``jsonschema`` accepts a value.
    """

    def __init__(self, schema: Schema, other: Callable[[Schema], Accepts]) -> None:
        parts: dict[str, Schema] = schema.get("$defs", {}) if isinstance(schema, dict) else {}
        self.parts = {f"#/$defs/{name}": part for name, part in parts.items() if name.isidentifier()}
        self.other = other
        self.definitions: dict[str, Accepts] = {}

    def of(self, schema: Schema) -> Accepts:
        """Whether a value of plain lists, dictionaries, texts, numbers, yes/no and ``None`` fits a schema."""
        if isinstance(schema, bool):
            return lambda _: schema
        if not self.is_read_here(schema):
            return self.other(schema)
        asked = list(self.checks(schema))
        checks = {
            type_: tuple(check for about, check in asked if type_ in about)
            for type_ in _allowed_types(schema)
        }

        def accepts(value: Any) -> bool:
            own = checks.get(type(value))
            if own is None:
                return False
            for check in own:  # noqa: SIM110  # several times as fast as all() of a generator
                if not check(value):
                    return False
            return True

        return accepts

    def definition(self, reference: str) -> Accepts:
        """Whether a value fits ``#/$defs/…``; looked up when it is first asked, since conditions nest."""

        def accepts(value: Any) -> bool:
            known = self.definitions.get(reference)
            if known is None:
                known = self.definitions[reference] = self.of(self.parts[reference])
            return known(value)

        return accepts

    def is_read_here(self, schema: dict[str, Any]) -> bool:
        types, enum, const = schema.get("type", ()), schema.get("enum", ()), schema.get("const", "")
        return (
            all(keyword in _KEYWORDS or keyword in _ANNOTATIONS for keyword in schema)
            and _TYPES.keys() >= ({types} if isinstance(types, str) else set(types))
            and all(isinstance(value, str) for value in enum)
            and isinstance(const, str | bool)
            and ("$ref" not in schema or schema["$ref"] in self.parts)
        )

    def checks(self, schema: dict[str, Any]) -> Iterator[tuple[frozenset[type], Accepts]]:
        """What each keyword asks, with the types of values it is about; of others it asks nothing."""
        for keyword, value in schema.items():
            if keyword in _KEYWORDS:
                about, make = _KEYWORDS[keyword]
                check = make(self, value, schema)
                if check is not None:
                    yield about, check


def _allowed_types(schema: dict[str, Any]) -> frozenset[type]:
    types = schema.get("type")
    if types is None:
        return _EVERY
    return frozenset[type]().union(*(_TYPES[t] for t in ([types] if isinstance(types, str) else types)))


Make: TypeAlias = Callable[[Acceptance, Any, dict[str, Any]], Accepts | None]


def _nothing(_: Acceptance, __: Any, ___: dict[str, Any]) -> None:
    """The keyword is taken care of together with another one."""


def _enum(_: Acceptance, values: list[str], __: dict[str, Any]) -> Accepts:
    allowed = frozenset(values)
    return lambda value: type(value) is str and value in allowed


def _const(_: Acceptance, wanted: str | bool, __: dict[str, Any]) -> Accepts:
    return lambda value: type(value) is type(wanted) and value == wanted


def search_of(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """A schema's pattern, where `$` is the end only; in Python it would also be before a last line's end."""
    return re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern)).search


def _pattern(_: Acceptance, pattern: str, __: dict[str, Any]) -> Accepts:
    search = search_of(pattern)
    return lambda text: search(text) is not None


def _at_least(_: Acceptance, size: int, __: dict[str, Any]) -> Accepts:
    return lambda value: len(value) >= size


def _at_most(_: Acceptance, size: int, __: dict[str, Any]) -> Accepts:
    return lambda value: len(value) <= size


def _items(reader: Acceptance, schema: Schema, _: dict[str, Any]) -> Accepts:
    fits = reader.of(schema)
    return lambda items: all(map(fits, items))


def _unique(_: Acceptance, wanted: bool, __: dict[str, Any]) -> Accepts | None:
    others = Draft202012Validator({"uniqueItems": True})

    def accepts(items: list[Any]) -> bool:
        if all(type(item) is str for item in items):
            return len(set(items)) == len(items)
        return others.is_valid(items)

    return accepts if wanted else None


def _required(_: Acceptance, keys: list[str], __: dict[str, Any]) -> Accepts:
    return lambda entries: all(key in entries for key in keys)


def _properties(reader: Acceptance, properties: dict[str, Schema], schema: dict[str, Any]) -> Accepts:
    """Every entry, together with ``additionalProperties``: those that are not named."""
    named = {key: reader.of(subschema) for key, subschema in properties.items()}
    other = reader.of(schema.get("additionalProperties", True))

    def accepts(entries: dict[str, Any]) -> bool:
        for key, item in entries.items():  # noqa: SIM110  # as above
            if not named.get(key, other)(item):
                return False
        return True

    return accepts


def _additional(reader: Acceptance, additional: Schema, schema: dict[str, Any]) -> Accepts | None:
    if "properties" in schema:
        return None
    fits = reader.of(additional)
    return lambda entries: all(map(fits, entries.values()))


def _names(reader: Acceptance, names: Schema, _: dict[str, Any]) -> Accepts:
    fits = reader.of(names)
    return lambda entries: all(map(fits, entries))


def _reference(reader: Acceptance, reference: str, _: dict[str, Any]) -> Accepts:
    return reader.definition(reference)


def _all_of(reader: Acceptance, schemas: list[Schema], _: dict[str, Any]) -> Accepts:
    parts = [reader.of(schema) for schema in schemas]
    return lambda value: all(fits(value) for fits in parts)


def _any_of(reader: Acceptance, schemas: list[Schema], _: dict[str, Any]) -> Accepts:
    parts = [reader.of(schema) for schema in schemas]
    return lambda value: any(fits(value) for fits in parts)


def _one_of(reader: Acceptance, schemas: list[Schema], _: dict[str, Any]) -> Accepts:
    parts = [reader.of(schema) for schema in schemas]
    return lambda value: sum(fits(value) for fits in parts) == 1


def _not(reader: Acceptance, schema: Schema, _: dict[str, Any]) -> Accepts:
    fits = reader.of(schema)
    return lambda value: not fits(value)


def _if(reader: Acceptance, condition: Schema, schema: dict[str, Any]) -> Accepts:
    holds = reader.of(condition)
    then, otherwise = reader.of(schema.get("then", True)), reader.of(schema.get("else", True))
    return lambda value: then(value) if holds(value) else otherwise(value)


_TEXT, _LIST, _MAPPING = _TYPES["string"], _TYPES["array"], _TYPES["object"]

#: The keywords that are read here, with the types of values they are about.
_KEYWORDS: dict[str, tuple[frozenset[type], Make]] = {
    "type": (_EVERY, _nothing),
    "enum": (_EVERY, _enum),
    "const": (_EVERY, _const),
    "pattern": (_TEXT, _pattern),
    "minLength": (_TEXT, _at_least),
    "items": (_LIST, _items),
    "minItems": (_LIST, _at_least),
    "maxItems": (_LIST, _at_most),
    "uniqueItems": (_LIST, _unique),
    "properties": (_MAPPING, _properties),
    "additionalProperties": (_MAPPING, _additional),
    "propertyNames": (_MAPPING, _names),
    "required": (_MAPPING, _required),
    "minProperties": (_MAPPING, _at_least),
    "maxProperties": (_MAPPING, _at_most),
    "$ref": (_EVERY, _reference),
    "allOf": (_EVERY, _all_of),
    "anyOf": (_EVERY, _any_of),
    "oneOf": (_EVERY, _one_of),
    "not": (_EVERY, _not),
    "if": (_EVERY, _if),
    "then": (_EVERY, _nothing),
    "else": (_EVERY, _nothing),
}
