"""A tree of nodes → diagnostics for what its JSON Schema refuses, in the author's terms.

Each keyword of JSON Schema that the schemas use has one function that says its errors. The schemas carry
their own words where a keyword alone says too little (``x-help``, ``x-oneOf``), and for editors what each key
is for in English (``description``) and in Dutch (``x-nl``), and where it is explained (``x-read``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, TypeAlias

from babel.localedata import exists
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.protocols import Validator
from msgspec.structs import replace

from wellfounded.load.acceptance import Acceptance, search_of
from wellfounded.load.node import Map, Node, Scalar, Sequence, at_path, children, describe, plain
from wellfounded.load.package_data import data_folder
from wellfounded.model.diagnostic import MOST, Diagnostic, too_many
from wellfounded.model.position import Position
from wellfounded.model.suggest import did_you_mean, suggestion

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


def _properties(
    validator: Any, properties: dict[str, Any], instance: Any, _: dict[str, Any]
) -> Iterator[ValidationError]:
    """The keyword as JSON Schema has it; the error of a key that is not allowed at all leads to that key."""
    for key, subschema in properties.items() if isinstance(instance, dict) else ():
        if key in instance and subschema is False:
            yield ValidationError(f"{key} does not apply", path=(key,))
        elif key in instance:
            yield from validator.descend(instance[key], subschema, path=key, schema_path=key)


def _matches(_: Any, pattern: str, instance: Any, __: dict[str, Any]) -> Iterator[ValidationError]:
    """The keyword as JSON Schema has it, where `$` is the end of a text only."""
    if isinstance(instance, str) and not search_of(pattern)(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _formats() -> FormatChecker:
    """The formats that the schemas use: dates, and languages whose numbers and dates can be written."""
    checker = FormatChecker(formats=("date",))
    checker.checks("language")(lambda value: not isinstance(value, str) or exists(value))
    return checker


_extended: Callable[..., Any] = validators.extend


class _Judge:
    """A schema, as quick acceptance and as a validator that explains the parts which are not accepted."""

    def __init__(self, name: str) -> None:
        keywords = {"properties": _properties, "pattern": _matches, "$ref": self._reference}
        validator = _extended(Draft202012Validator, keywords)
        self.validator: Validator = validator(schema(name), format_checker=_formats())
        self.acceptance = Acceptance(schema(name), lambda part: self.validator.evolve(schema=part).is_valid)
        self.accepts = self.acceptance.of(schema(name))

    def _reference(
        self, validator: Any, reference: str, instance: Any, schema: dict[str, Any]
    ) -> Iterable[ValidationError]:
        """The keyword as JSON Schema has it; in what is accepted there are no errors to look for."""
        if reference in self.acceptance.parts and self.acceptance.definition(reference)(instance):
            return ()
        return _referred(validator, reference, instance, schema) or ()

    def errors(self, document: Any) -> list[ValidationError]:
        """What is refused; of very much only the first, and one more than is told."""
        return [] if self.accepts(document) else list(islice(self.validator.iter_errors(document), MOST + 1))


_referred: Any = Draft202012Validator.VALIDATORS["$ref"]


@cache
def _judge(name: str) -> _Judge:
    return _Judge(name)


Misfit: TypeAlias = tuple[tuple[str | int, ...], Diagnostic]


def check_structure(document: Node, name: str) -> Iterator[Misfit]:
    """What schema ``name`` refuses in a document: the path of keys and indexes, and the diagnostic.

    Where very much is refused, the last diagnostic says that there is more, and of the rest of the document
    nothing is known.
    """
    errors = _judge(name).errors(plain(document))
    told, last = 0, document.position
    for path, diagnostic in _misfits(document, errors):
        last = diagnostic.position
        if told == MOST:
            break
        told += 1
        yield path, diagnostic
    if told == MOST or len(errors) > MOST:
        yield (), too_many(last)


def _misfits(document: Node, errors: list[ValidationError]) -> Iterator[Misfit]:
    """What is refused, in the author's terms.

    What a schema asks only of some things, such as a question of facts that are stated, is not asked of one
    with a mistyped key, since that key may be what makes the difference.
    """
    mistyped = [tuple(error.absolute_path) for error in errors if _has_mistyped_key(error, document)]
    for error in errors:
        path = tuple(error.absolute_path)
        node = at_path(document, path)
        is_conditional = not {"then", "else"}.isdisjoint(error.absolute_schema_path)
        is_doubtful = is_conditional and error.validator != "additionalProperties"
        if is_doubtful and any(path[: len(above)] == above for above in mistyped):
            continue
        if "propertyNames" in error.absolute_schema_path:
            path = (*path, str(error.instance))
        for diagnostic in _SAYS.get(str(error.validator), _other)(error, node):
            if error.validator in _SAID_OF_THE_WHOLE:
                diagnostic = replace(diagnostic, position=position_of(document, path))
            yield path, diagnostic


def _has_mistyped_key(error: ValidationError, document: Node) -> bool:
    node, known = at_path(document, tuple(error.absolute_path)), _subschema(error).get("properties", ())
    return error.validator == "additionalProperties" and any(
        did_you_mean(str(key), known) for key, _ in islice(children(node), MOST) if key not in known
    )


def _unknown_keys(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    known = list(_subschema(error).get("properties", ()))
    assert isinstance(node, Map)
    for key, position, _ in node.items():
        if key not in known:
            yield Diagnostic("unknown-key", f"`{key}` is not a key here", position, suggestion(key, known))


def _missing_key(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    """A key that is missing; one that is there, mistyped, is reported as unknown and not here."""
    assert isinstance(node, Map)
    known = _subschema(error).get("properties", ())
    unknown = [key for key in islice(node.entries, MOST) if key not in known]
    for key in _keyword_value(error):
        if key not in node and f"'{key}'" in error.message and not did_you_mean(key, unknown):
            yield Diagnostic("missing-key", f"`{key}` is missing", node.position, f"add `{key}: …` here")


def _wrong_type(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    types = _keyword_value(error)
    wanted = [_TYPES[t] for t in (types if isinstance(types, list) else [types])]
    allowed = " or ".join(part for part in (", ".join(wanted[:-1]), wanted[-1]) if part)
    if isinstance(node, Scalar) and node.text:
        message = f"{describe(node)} is {_kind(node)}, and this has to be {allowed}"
    elif isinstance(node, Scalar):
        message = f"nothing is written here, and this has to be {allowed}"
    else:
        message = f"this is {_kind(node)}, and it has to be {allowed}"
    own = _own_help(error)
    help = own if own and wanted == ["a list"] else _type_help(node, wanted) or own
    yield Diagnostic("wrong-type", message, node.position, help)


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
    """What to write instead, where that can be told from what was written."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if "a number" in wanted and text.replace(",", "", 1).replace(".", "", 1).lstrip("+-").isdigit():
        how = "with a point" if "," in text else "without quotes"
        return f"write {text.replace(',', '.')}, {how}"
    if wanted == ["a text"] and isinstance(node, Scalar) and node.value is not None:
        return f'put it in quotes: "{text}"'
    if wanted == ["a list"] and isinstance(node, Scalar) and node.value is not None:
        return f"write a list: [{text}]"
    if wanted == ["a text"] and isinstance(node, Scalar):
        return "write a text; one that holds a comma is put in quotes"
    return ""


def _not_in_list(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    if _subschema(error).get("type") == "string" and not isinstance(plain(node), str):
        return  # reported as a wrong type
    values = [str(value) for value in _keyword_value(error)]
    written = node.text if isinstance(node, Scalar) else ""
    message = f"{describe(node)} is not allowed here"
    yield Diagnostic("not-allowed-value", message, node.position, suggestion(written, values))


def _pattern(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    position, what = node.position, describe(node)
    if "propertyNames" in error.absolute_schema_path and isinstance(node, Map):
        position, what = node.keys[str(error.instance)], f"`{error.instance}`"
    yield Diagnostic("not-allowed-value", f"{what} is not allowed here", position, _own_help(error))


def _one_of(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    words, written = _subschema(error)["x-oneOf"], plain(node)
    if not isinstance(written, dict):
        return  # reported as a wrong type
    options = [key for option in _keyword_value(error) for key in option["required"]]
    given = [key for key in options if key in written]
    known = _subschema(error).get("properties", ())
    if not given and any(did_you_mean(key, options) for key in islice(written, MOST) if key not in known):
        return  # reported as an unknown key
    if given:
        found, help = f"here are {' and '.join(f'`{key}`' for key in given)}", "leave out all but one"
    else:
        found, help = "here is none", "add one of them"
    yield Diagnostic(words["code"], f"{words['message']}; {found}", node.position, help)


def _does_not_apply(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    key = str(error.absolute_path[-1])
    help = _own_help(error) or "leave it out"
    yield Diagnostic("key-does-not-apply", f"`{key}` does not apply here", node.position, help)


def _size(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    """A list or mapping with too few or too many in it."""
    what, item, size = (
        ("list", "item", len(node.items))
        if isinstance(node, Sequence)
        else ("mapping", "key", len(plain(node)))
    )
    schema, limit = _subschema(error), _keyword_value(error)
    least, most = f"min{str(error.validator)[3:]}", f"max{str(error.validator)[3:]}"
    bound = "at least" if error.validator == least else "at most"
    if schema.get(least) == schema.get(most):
        bound = "exactly"
    found = f"has {size} {item}{'' if size == 1 else 's'}" if size else "is empty"
    message = f"this {what} {found}, and needs {bound} {limit}"
    yield Diagnostic("not-allowed-value", message, node.position, _own_help(error))


def _twice(_: ValidationError, node: Node) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for item in node.items if isinstance(node, Sequence) else ():
        written = json.dumps(plain(item), sort_keys=True)
        if written in seen:
            message = f"{describe(item)} stands in this list twice"
            yield Diagnostic("not-allowed-value", message, item.position, "leave one out")
        seen.add(written)


def _other(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    limit = _keyword_value(error)
    message, help = {
        "minLength": ("this text is empty", "write a text, or leave the key out"),
        "exclusiveMinimum": (f"{describe(node)} is too small", f"it has to be above {limit}"),
        "minimum": (f"{describe(node)} is too small", f"at least {limit}"),
        "maximum": (f"{describe(node)} is too large", f"at most {limit}"),
        "format": (f"{describe(node)} is not a {limit}", "a date is written as 2026-01-31"),
    }.get(str(error.validator), (f"{describe(node)} is not allowed here", ""))
    yield Diagnostic("not-allowed-value", message, node.position, _own_help(error) or help)


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
    "properties": _does_not_apply,
    "uniqueItems": _twice,
    "minItems": _size,
    "maxItems": _size,
    "minProperties": _size,
    "maxProperties": _size,
}

#: Keywords whose errors are shown at the name of the thing and not where its first key happens to stand.
_SAID_OF_THE_WHOLE = frozenset({"required", "oneOf", "properties"})


def position_of(document: Node, path: tuple[str | int, ...]) -> Position:
    """Where the name of the thing a path leads to stands: its key, or its id if it is one of a list."""
    node, above = at_path(document, path), at_path(document, path[:-1])
    if path and isinstance(above, Map):
        return above.keys[str(path[-1])]
    id = node.get("id") if isinstance(node, Map) else None
    return node.position if id is None else id.position
