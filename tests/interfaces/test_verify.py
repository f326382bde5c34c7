"""``wellfounded verify``: what it prints, what it exits with, and what it says where it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import z3

from tests.command import ran
from tests.conformance.small import HEADER
from tests.conftest import ROOT, RULES
from tests.docs.markdown import code_in, table_after
from wellfounded import KnowledgeBase
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.verify.findings import PROVED, Kind

SCHEMA = json.loads((ROOT / "schemas" / "verification.schema.json").read_text("utf-8"))


@pytest.fixture
def untold(tmp_path: Path) -> Path:
    """The article's rules without the guarantees that acknowledge what is known."""
    for path in RULES.rglob("*.yaml"):
        if path.name != "guarantees.yaml":
            (tmp_path / path.relative_to(RULES).parent).mkdir(exist_ok=True)
            (tmp_path / path.relative_to(RULES)).write_bytes(path.read_bytes())
    return tmp_path


def test_all_of_the_article_is_proved(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "verify", str(RULES))
    assert (result.code, result.err) == (ExitCode.OK, "")
    assert result.out.endswith("\n\nno findings\n")


def test_targets_that_cannot_be_met_together_are_found_without_being_told_where(
    untold: Path, article: KnowledgeBase, capsys: pytest.CaptureFixture[str]
) -> None:
    result = ran(capsys, "verify", str(untold), "--format", "json")
    assert result.code == ExitCode.PROBLEMS_FOUND
    document = json.loads(result.out)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    found = {item["about"]: item for item in document["found"]}
    assert {item["kind"] for item in found.values()} == {"impossible-targets"}
    three = found["topics protein-per-meal, protein-daily, protein-meals"]
    for item in found.values():
        assert not 36.4 <= item["person"]["body_mass"] <= 150
        given = {one["id"] for one in article.advise(item["person"]).to_dict()["recommendations"]}
        assert {"protein-daily", "protein-meals", "protein-per-meal", "protein-meal-tension"} <= given
    assert three["details"][2] == "protein-meals: protein_meals 4 to 6 meals/day"


def test_a_part_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "verify", str(RULES), "-k", "Sleep-Duration", "--format", "json")
    about = {item["about"] for item in json.loads(result.out)["proved"]}
    assert about and all("sleep-duration" in name for name in about)


def test_a_part_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "verify", str(RULES), "-k", "sleep-duratoin")
    assert result.code == ExitCode.USAGE
    assert "nothing that is asked has `sleep-duratoin` in its name" in result.err


def test_what_is_not_decided_is_not_proved(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(z3.Solver, "check", lambda *_: z3.unknown)
    monkeypatch.setattr(z3.Solver, "reason_unknown", lambda _: "timeout")
    result = ran(capsys, "verify", str(RULES), "-k", "out-of-scope")
    assert result.code == ExitCode.NOT_DECIDED
    assert "proved" not in result.out
    assert (
        "not decided[never-holds]: rule out-of-scope\n  why: the solver did not come to an end in time"
        in (result.out)
    )
    document = json.loads(ran(capsys, "verify", str(RULES), "-k", "out-of-scope", "--format", "json").out)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)


def test_whoever_interrupts_the_solver_stops_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(z3.Solver, "check", lambda *_: z3.unknown)
    monkeypatch.setattr(z3.Solver, "reason_unknown", lambda _: "interrupted from keyboard")
    assert ran(capsys, "verify", str(RULES)).code == ExitCode.INTERRUPTED


def test_drafts_count_if_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (ROOT / "tests" / "knowledge_bases" / "houseplants").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = json.loads(ran(capsys, "verify", str(tmp_path), "--format", "json").out)
    rules = (tmp_path / "rules.yaml").read_text("utf-8")
    first = rules.index("  - id: ")
    end = rules.index("\n", first)
    (tmp_path / "rules.yaml").write_text(f"{rules[:end]}\n    status: draft{rules[end:]}", "utf-8")
    without = json.loads(ran(capsys, "verify", str(tmp_path), "--format", "json").out)
    with_drafts = json.loads(ran(capsys, "verify", str(tmp_path), "--drafts", "--format", "json").out)
    assert len(without["proved"]) < len(before["proved"])
    assert [p["about"] for p in with_drafts["proved"]] == [p["about"] for p in before["proved"]]


def test_without_the_solver_one_sentence_says_what_to_install() -> None:
    code = "import sys; sys.modules['z3'] = None; from wellfounded.interfaces.cli.main import main; main()"
    result = subprocess.run([sys.executable, "-c", code, "verify"], capture_output=True, text=True)
    assert result.returncode == ExitCode.USAGE
    assert result.stderr == "error: verification needs z3: install wellfounded[verify]\n"


def test_giving_advice_loads_no_solver() -> None:
    code = "import sys, wellfounded; wellfounded.load().advise({}); print('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_every_kind_has_its_words() -> None:
    rows = table_after((ROOT / "docs" / "verify.md").read_text("utf-8"), "## What is asked")
    assert [code_in(row[0]) for row in rows] == [[str(kind)] for kind in Kind]
    assert SCHEMA["$defs"]["kind"]["enum"] == [str(kind) for kind in Kind]
    assert list(PROVED) == list(Kind)


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e308", "-1", "0"])
@pytest.mark.parametrize("arguments", [["verify", "rules"], ["diff", "rules", "rules"]])
def test_no_time_is_a_usage_error(
    seconds: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = ran(capsys, *arguments, "--timeout", seconds)
    assert (found.code, "--timeout" in found.err) == (ExitCode.USAGE, True)


def test_of_no_rules_there_is_nothing_to_prove(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "header.yaml").write_text(HEADER.read_text("utf-8"), "utf-8")
    found = ran(capsys, "verify", str(tmp_path))
    assert (found.code, "no findings" in found.out) == (ExitCode.OK, True)


def test_nan_is_no_percentage(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "test", "rules", "--fail-under", "nan").code == ExitCode.USAGE
