"""Every construct of the language has a case: one that is added without a case is named here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.conformance.test_conformance import CASES, EXPECTATIONS, folder, loaded
from tests.plain_yaml import from_yaml
from wellfounded.load.structure import schema
from wellfounded.model import core, expression
from wellfounded.model.content import Verdict
from wellfounded.model.core import Relation
from wellfounded.model.expression import Comparator, End, Grouping
from wellfounded.model.record import Record
from wellfounded.model.word import Word

__all__ = ["folder"]

#: What rules and what they rest on is written with; the rest of the schema is about publications.
WRITTEN = ("condition", "members", "test", "within", "operand", "target", "rule")
THINGS = ("dimension", "fact", "parameter", "table", "row")
SCHEMA = schema("rules")
PARTS: dict[str, Any] = {name: SCHEMA["$defs"][name] for name in WRITTEN + THINGS}


def constructs() -> Iterator[str]:
    """Every key, every word and every form that the schema has for them."""
    for name, part in PARTS.items():
        yield from (f"{name}: {word}" for word in part.get("enum", ()))
        yield from forms_of(name, part)
        for key, value in part.get("properties", {}).items():
            yield f"{name}.{key}"
            yield from (f"{name}.{key}: {word}" for word in value.get("enum", ()))
            yield from forms_of(f"{name}.{key}", value)


def forms_of(name: str, part: Any) -> Iterator[str]:
    if isinstance(part.get("type"), list):
        yield from (f"{name} as {form}" for form in part["type"])


def used(part: Any, value: Any, name: str = "") -> Iterator[str]:
    """The constructs in something written, read along the schema."""
    if "$ref" in part:
        name = part["$ref"].removeprefix("#/$defs/")
        part = SCHEMA["$defs"][name]
    if "enum" in part:
        yield f"{name}: {value}"
    if isinstance(part.get("type"), list):
        yield f"{name} as {form(value)}"
    if name == "members" and isinstance(value, dict):
        yield from used({"$ref": "#/$defs/condition"}, value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            known = part.get("properties", {}).get(key)
            if known is not None:
                yield f"{name}.{key}"
            yield from used(known or part.get("additionalProperties") or {}, inner, f"{name}.{key}")
    elif isinstance(value, list):
        items = part.get("then", part).get("items", {})
        for inner in value:
            yield from used(items, inner, f"{name} item")


def form(value: Any) -> str:
    """What JSON Schema calls the type of a value."""
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names[type(value)]


def written_in_cases() -> Iterator[Any]:
    for case in CASES.values():
        files = case["rules"] if isinstance(case["rules"], dict) else {"rules.yaml": case["rules"]}
        yield from map(from_yaml, files.values())


def test_every_key_word_and_form_has_a_case() -> None:
    there = {construct for document in written_in_cases() for construct in used(SCHEMA, document)}
    assert set(constructs()) - there == set()


def test_every_kind_of_condition_formula_and_operator_has_a_case(folder: Path) -> None:
    """As authors write them, and as reasoners read them."""
    unions = (expression.Condition, expression.Formula, core.Term, core.Test, core.Definition)
    wanted = {kind.__name__ for union in unions for kind in get_args(union)}
    wanted |= {"Between", "NumberTarget", "ValueTarget", "+", "-", "*", "/"}
    wanted |= {repr(word) for words in (End, Comparator, Grouping, Relation) for word in words}
    knowledge_bases = [loaded(case, folder) for case in CASES]
    there = {name for made in knowledge_bases for name in nodes((made.content.rules, made.content.facts))}
    assert wanted - there - {name for made in knowledge_bases for name in nodes(made.core)} == set()


def nodes(item: Any) -> Iterator[str]:
    """The kinds of records in something, with its operators and the words that mean something there."""
    if isinstance(item, Word):
        yield repr(item)
    elif isinstance(item, str) and item in "+-*/":
        yield item
    elif isinstance(item, Record):
        yield type(item).__name__
        yield from nodes(tuple(getattr(item, name) for name in item.__struct_fields__))
    elif isinstance(item, Mapping):
        yield from nodes(tuple(item.values()))
    elif isinstance(item, tuple):
        for inner in item:
            yield from nodes(inner)


@pytest.mark.parametrize("verdict", [*map(str, Verdict), "absent", "undecided"])
def test_every_verdict_is_expected_of_someone(verdict: str) -> None:
    advice = [outcome for person in people() for outcome in person.get("advice", {}).values()]
    given = {item.get("verdict") if isinstance(item, dict) else item for item in advice}
    assert verdict in given | {key for item in advice if isinstance(item, dict) for key in item}


@pytest.mark.parametrize("expectation", sorted(EXPECTATIONS))
def test_every_kind_of_expectation_is_used(expectation: str) -> None:
    assert any(expectation in person for person in people())


def people() -> Iterator[dict[str, Any]]:
    for case in CASES.values():
        yield from case["people"]
