"""Dated statements of a person: what counts on a day, and what has changed since another."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.command import ran
from wellfounded import FactError, KnowledgeBase
from wellfounded.editing.scenarios import parse_as, wrong_in
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.load.files import File
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import plain
from wellfounded.review.editor_schema import facts_schema, person_schema

LEA = """\
goal: muscle_gain
age: 30
healthy: true
resistance_training: true
body_mass: [{on: 2026-11-01, is: 82.5}, {on: 2026-09-01, is: 80}, {on: 2027-01-01, is: 85}]
sleep_duration:
  - {on: 2026-09-01, is: 6}
  - {on: 2026-10-15, is: 450 min}
stress: [{on: 2026-09-01, is: low}, {on: 2026-10-01, is: null}]
"""

MALFORMED = [
    ("age: []", "`age` is an empty list of statements"),
    ("age: [30]", "`age` is a list, which is of dated statements, and `30` is none"),
    ("age: [{on: 2026-01-01}]", "is of dated statements"),
    ("age: [{on: 2026-01-01, is: 3, was: 2}]", "is of dated statements"),
    ("age: [{on: 2026-02-30, is: 3}]", "`2026-02-30` is not a day"),
    ("age: [{on: yesterday, is: 3}]", "`yesterday` is not a day"),
    ("age: [{on: 2026-01-01, is: 3}, {on: 2026-01-01, is: 4}]", "`age` is stated twice on 2026-01-01"),
    ("age: [{on: 2026-01-01, is: 300}]", "`age` is 300, which is outside what is allowed"),
    ("in_scope: [{on: 2026-01-01, is: true}]", "`in_scope` is worked out and cannot be stated"),
    ("aeg: [{on: 2026-01-01, is: 3}]", "`aeg` is not a fact that is known here"),
]


def test_the_latest_statement_counts(article: KnowledgeBase) -> None:
    history = article.read_history(io.BytesIO(LEA.encode()))
    known = {day: history.on(date.fromisoformat(day)) for day in ("2026-08-31", "2026-09-01", "2026-11-22")}
    assert [facts.get("body_mass") for facts in known.values()] == [None, 80, 82.5]
    assert [facts.get("sleep_duration") for facts in known.values()] == [None, 6, 7.5]
    assert [facts.get("stress") for facts in known.values()] == [None, "low", None]
    assert all(facts["age"] == 30 for facts in known.values())
    assert list(history.later_than(date(2026, 11, 22))) == [("body_mass", date(2027, 1, 1))]


@pytest.mark.parametrize(("written", "message"), MALFORMED)
def test_what_is_malformed_is_refused_where_it_stands(
    article: KnowledgeBase, written: str, message: str
) -> None:
    with pytest.raises(FactError) as refused:
        article.read_history(io.BytesIO(written.encode()))
    assert message in str(refused.value)
    parsed = parse_as("person", File("person.yaml", written.encode()))
    assert list(wrong_in("person", "person.yaml", parsed, article.content))


def test_editors_take_dated_statements(article: KnowledgeBase) -> None:
    parsed = parse_as("person", File("person.yaml", LEA.encode()))
    assert list(wrong_in("person", "person.yaml", parsed, article.content)) == []
    node, _ = read_yaml(LEA, "")
    assert node is not None
    schema = person_schema(article.content)
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(plain(node))) == []
    assert list(Draft202012Validator(facts_schema(article.content)).iter_errors(plain(node)))
    for age in ([], [{"on": "2026-01-01", "is": 300}], [{"is": 30}]):
        assert list(Draft202012Validator(schema).iter_errors({"age": age}))


def test_what_has_changed_since_a_day_and_why(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "lea.yaml"
    file.write_text(LEA, "utf-8")
    done = ran(capsys, "advise", str(file), "--lang", "en", "--since", "2026-09-15", "--format", "json")
    assert done.code == ExitCode.OK
    assert done.err == "note: `body_mass` of 2027-01-01 does not count yet on 2026-11-22\n"
    found = json.loads(done.out)
    assert {fact["fact"] for fact in found["changed"]} == {"body_mass", "sleep_duration", "stress"}
    because = {item["recommendation"]: item["because"] for item in found["recommendations"]}
    assert because["protein-daily"] == ["body_mass"]
    assert because["sleep-duration"] == ["sleep_duration"]
    same = ran(capsys, "advise", str(file), "--lang", "en", "--since", "2026-11-02")
    assert "Nothing is known of you that was not so then." in same.out
    options = (("--on", "2026-09-01"), ("--format", "cds-hooks"), ("--reasoner", "rete"))
    for wrong in options:
        assert ran(capsys, "advise", str(file), "--since", "2026-10-01", *wrong).code == ExitCode.USAGE


def test_advice_is_for_the_day_that_is_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "lea.yaml"
    file.write_text(LEA, "utf-8")
    then = ran(capsys, "advise", str(file), "--on", "2026-09-01", "--format", "json")
    assert json.loads(then.out)["facts"]["body_mass"]["value"] == 80
    now = ran(capsys, "advise", str(file), "--format", "json")
    assert json.loads(now.out)["facts"]["body_mass"]["value"] == 82.5
