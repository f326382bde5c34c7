"""The quick yes or no about a value and a schema is the one that jsonschema gives."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

from tests.conftest import ROOT, RULES
from tests.fuzz.mutations import in_data
from wellfounded.load.acceptance import Acceptance
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import plain
from wellfounded.load.structure import schema

Schema = bool | dict[str, Any]

SCHEMAS: list[Schema] = [
    True,
    False,
    {},
    {"type": "boolean"},
    {"type": ["number", "string"]},
    {"type": ["null", "array", "object"]},
    {"type": "integer"},
    {"enum": ["a", "true"]},
    {"enum": [1, None, ["a"]]},
    {"const": "a"},
    {"const": True},
    {"const": 1},
    {"type": "string", "pattern": "^[a-z]+$"},
    {"minLength": 1, "minItems": 1, "minProperties": 1},
    {"maxLength": 1},
    {"maxItems": 1, "maxProperties": 1},
    {"minimum": 1},
    {"format": "date"},
    {"items": {"type": "string"}},
    {"uniqueItems": True},
    {"uniqueItems": False},
    {"properties": {"a": {"type": "number"}, "b": False}},
    {"properties": {"a": True}, "additionalProperties": False},
    {"additionalProperties": {"type": "number"}},
    {"propertyNames": {"pattern": "^a"}},
    {"required": ["a"]},
    {"allOf": [{"type": "string"}, {"minLength": 2}]},
    {"anyOf": [{"type": "string"}, {"required": ["b"]}]},
    {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    {"not": {"type": "object"}},
    {"if": {"type": "string"}, "then": {"const": "a"}, "else": {"type": "array"}},
    {"if": {"required": ["a"]}, "else": False},
    {"then": False},
    {"$ref": "#/$defs/nested", "$defs": {"nested": {"items": {"$ref": "#/$defs/nested"}, "minItems": 1}}},
    {"$ref": "#/$defs/a~1b", "$defs": {"a/b": {"type": "string"}}},
    {"prefixItems": [{"type": "string"}], "unevaluatedItems": False},
]  # fmt: skip

VALUES: list[Any] = [
    None, True, False, 0, 1, 1.0, 0.5, -1, "", "a", "b", "aa", "A", "true", "2026-01-31", "2026-13-31",
    [], ["a"], ["a", "a"], ["a", "b"], [1, True], [1, 1.0], [0, False], [["a"], ["a"]], [[]], [[[]], []],
    {}, {"a": 1}, {"a": "1"}, {"b": 1}, {"a": 1, "b": 1}, {"c": "c"}, {"ab": 1, "c": True},
]  # fmt: skip


def accepted_by_jsonschema(part: Schema) -> Callable[[Any], bool]:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(part, format_checker=checker).is_valid


@pytest.mark.parametrize("part", SCHEMAS, ids=str)
def test_every_keyword_means_what_jsonschema_says(part: Schema) -> None:
    accepts, wanted = Acceptance(part, accepted_by_jsonschema).of(part), accepted_by_jsonschema(part)
    for value in VALUES:
        assert accepts(value) == wanted(value), value


@pytest.mark.parametrize("seed", range(60))
def test_rule_files_are_accepted_as_by_jsonschema(seed: int) -> None:
    random = Random(f"acceptance {seed}")
    document = random.choice(documents())
    if seed % 10:
        document = in_data(document, random)
    rules = schema("rules")
    accepts = Acceptance(rules, accepted_by_jsonschema).of(rules)
    assert accepts(document) == accepted_by_jsonschema(rules)(document)


def test_rules_are_accepted_without_asking_jsonschema() -> None:
    def asked(part: Schema) -> Callable[[Any], bool]:
        raise AssertionError(f"{part} is asked of jsonschema, which is slow for a large knowledge base")

    fits = Acceptance(schema("rules"), asked).definition("#/$defs/rule")
    rules = [rule for document in documents() for rule in document.get("rules", ())]
    assert len(rules) > 40
    assert all(map(fits, rules))


@cache
def documents() -> list[dict[str, Any]]:
    """The files of the article's knowledge base, and others that hold what it does not."""
    others = [ROOT / "tests" / "knowledge_bases", ROOT / "tests" / "diagnostics" / "good.yaml"]
    read = [read_yaml(path.read_text(encoding="utf-8"), path.name)[0] for path in rule_files(RULES, *others)]
    return [plain(node) for node in read if node is not None]


def rule_files(*places: Path) -> list[Path]:
    found = [path for place in places for path in ([place] if place.is_file() else place.rglob("*.yaml"))]
    return sorted(path for path in found if not path.name.endswith(".scenarios.yaml"))
