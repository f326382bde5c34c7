"""The schemas made for the article's knowledge base: they take every file and refuse typical mistakes."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import RULES
from wellfounded import KnowledgeBase
from wellfounded.load.files import read_files
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import plain
from wellfounded.load.structure import schema
from wellfounded.review.editor_schema import person_schema, rules_schema, scenarios_schema


def _documents(scenarios: bool) -> dict[str, Any]:
    files, _ = read_files(RULES, scenarios)
    read = {file.name: read_yaml(file.data.decode(), file.name)[0] for file in files}
    return {name: plain(node) for name, node in read.items() if node is not None}


@pytest.fixture(scope="module")
def validator(article: KnowledgeBase) -> Draft202012Validator:
    made = rules_schema(article.content)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def test_every_schema_is_a_schema(article: KnowledgeBase) -> None:
    for name in ("rules", "scenarios", "person", "advice", "diagnostics"):
        Draft202012Validator.check_schema(schema(name))
    Draft202012Validator.check_schema(scenarios_schema(article.content))
    Draft202012Validator.check_schema(person_schema(article.content))


def test_every_rule_file_is_taken(validator: Draft202012Validator) -> None:
    for name, document in _documents(scenarios=False).items():
        assert list(validator.iter_errors(document)) == [], name


def test_every_scenario_file_is_taken(article: KnowledgeBase) -> None:
    validator = Draft202012Validator(scenarios_schema(article.content))
    for name, document in _documents(scenarios=True).items():
        assert list(validator.iter_errors(document)) == [], name


RULE: dict[str, Any] = {
    "id": "short-nights",
    "title": {"nl": "Korte nachten", "en": "Short nights"},
    "when": {"goal": "muscle_gain", "sleep_duration": {"below": "sleep_range"}},
    "target": {"of": "sleep_duration", "at_least": "sleep_range.low"},
    "says": {
        verdict: {"nl": "Slaap {target}.", "en": "Sleep {target}."} for verdict in ("raise", "keep", "meet")
    },
    "because": ["sleep-duration"],
}


def test_the_rule_that_the_mistakes_start_from_is_good(validator: Draft202012Validator) -> None:
    assert list(validator.iter_errors({"rules": [RULE]})) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("when", "slep_duration"), {"below": 7}),
        (("when", "goal"), "musclegain"),
        (("when", "goal"), ["muscle_gain", "bigger"]),
        (("when", "healthy"), "yes"),
        (("when", "age"), {"at_least": 180}),
        (("when", "age"), 180),
        (("when", "age"), {"under": 18}),
        (("when", "sleep_duration"), {"below": "sleep_rnage"}),
        (("when", "sleep_duration"), {"within": 7}),
        (("when", "any"), []),
        (("target", "of"), "sleep"),
        (("target", "of"), "diet"),
        (("target", "at_most"), 9),
        (("target", "at_least"), "sleep_range.lowest"),
        (("because",), ["sleep-durations"]),
        (("because",), []),
        (("background",), ["nothing"]),
        (("says", "lower"), {"nl": "Slaap minder."}),
        (("says", "louder"), {"nl": "Slaap.", "en": "Sleep."}),
        (("title",), {"nl": "Slaap", "de": "Schlaf"}),
        (("advise",), "do"),
        (("table",), "protein_source"),
        (("causes_of",), "age"),
        (("conclude",), {"age": 5}),
        (("conclude",), {"sleep_deprived": False}),
        (("tittle",), {"nl": "Slaap", "en": "Sleep"}),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else None,
)
def test_a_typical_mistake_is_refused(
    path: tuple[str, ...], value: Any, validator: Draft202012Validator
) -> None:
    rule = copy.deepcopy(RULE)
    place = rule
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert list(validator.iter_errors({"rules": [rule]}))


def test_a_parameter_or_claim_with_a_mistake_is_refused(validator: Draft202012Validator) -> None:
    label = {"nl": "x", "en": "x"}
    for document in (
        {"parameters": {"x": {"value": 1, "unit": "kg", "claim": "patience", "label": label}}},
        {"parameters": {"x": {"value": 1, "unit": "h", "claim": "patients", "label": label}}},
        {"claims": {"x": {"section": "sleeping", "kind": "target", "says": label}}},
        {
            "claims": {
                "x": {"section": "recovery", "kind": "target", "says": label, "cites": [{"reference": 8}]}
            }
        },
    ):
        assert list(validator.iter_errors(document))


def test_a_person_is_completed_and_checked(article: KnowledgeBase) -> None:
    validator = Draft202012Validator(person_schema(article.content))
    good = {"goal": "muscle_gain", "age": 30, "body_mass": "176 lb", "diet": None, "protein_per_kg": 1.8}
    assert list(validator.iter_errors(good)) == []
    for wrong in (
        {"aeg": 30},
        {"age": 300},
        {"age": "30"},
        {"goal": "x"},
        {"healthy": 1},
        {"in_scope": True},
    ):
        assert list(validator.iter_errors(wrong)), wrong


def test_the_command_writes_it_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.command import ran  # noqa: PLC0415  # the only test here that runs the command

    printed = ran(capsys, "schema", "--rules", str(RULES)).out
    out = tmp_path / "rules.schema.json"
    assert ran(capsys, "schema", "--rules", str(RULES), "--out", str(out)).code == 0
    assert out.read_text(encoding="utf-8") == printed
    assert [path.name for path in tmp_path.iterdir()] == ["rules.schema.json"]
    assert ran(capsys, "schema", "--out", str(tmp_path / "no" / "where.json")).code == 6
