"""``wellfounded advise --record`` and ``wellfounded record`` as their users meet them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.command import ran
from tests.conftest import ROOT
from tests.schemas import schema_of_list
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.record import Entry

EXAMPLE = str(ROOT / "docs" / "examples" / "person.yaml")
SCHEMA = ROOT / "schemas" / "record-entries.schema.json"


def test_the_schema_of_a_list_is_that_of_an_entry(request: pytest.FixtureRequest) -> None:
    schema = schema_of_list("record-entries", Entry, "What is on record, without what it says")
    made = json.dumps(schema, indent=2, ensure_ascii=False)
    if request.config.getoption("--update-goldens"):
        SCHEMA.write_text(f"{made}\n", encoding="utf-8")
    assert SCHEMA.read_text("utf-8") == f"{made}\n"


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_what_is_shown_is_what_was_printed(form: str, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--lang", "en", "--format", form)
    given = ran(capsys, "advise", EXAMPLE, *asked, "--record", where, "--who", "p-17")
    assert (given.code, given.err) == (ExitCode.OK, "on record as entry 1\n")
    assert given.out == ran(capsys, "advise", EXAMPLE, *asked).out
    shown = ran(capsys, "record", "show", "1", "--record", where, "--format", form).out
    if form == "json":
        document = json.loads(shown)
        assert document["advice"] == json.loads(given.out)
        assert (document["id"], document["who"], document["facts"]) == (1, "p-17", True)
        assert document["at"].endswith("Z")
    else:
        heading, _, advice = shown.partition("\n\n")
        assert heading.startswith("Entry 1: p-17, 20")
        assert advice == given.out


def test_without_facts_none_can_be_read_off_what_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "advice.sqlite")
    asked = ("--record", place, "--who", "p-17", "--without-facts")
    assert ran(capsys, "advise", EXAMPLE, *asked).code == ExitCode.OK
    shown = ran(capsys, "record", "show", "1", "--record", place).out
    assert "(without facts)" in shown
    assert "- protein-daily: raise\n" in shown
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"protein-daily" in kept
    for fact in (b"body_mass", b"102.4", b"in_population", b"sleep_duration"):
        assert fact not in kept


def test_who_asks_and_where_it_is_kept_go_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = str(tmp_path / "advice.sqlite")
    for arguments in (("--record", place), ("--who", "p-17"), ("--without-facts",)):
        found = ran(capsys, "advise", EXAMPLE, *arguments)
        assert (found.code, found.out) == (ExitCode.USAGE, "")
    monkeypatch.setenv("WELLFOUNDED_RECORD", place)
    assert ran(capsys, "advise", EXAMPLE).err == ""  # nothing goes on record unless somebody says for whom
    assert not Path(place).exists()
    assert ran(capsys, "advise", EXAMPLE, "--who", "p-17").err == "on record as entry 1\n"
    assert "p-17" in ran(capsys, "record", "list").out


def test_advice_that_cannot_be_recorded_is_not_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "missing" / "advice.sqlite")
    found = ran(capsys, "advise", EXAMPLE, "--record", place, "--who", "p-17")
    assert (found.code, found.out) == (ExitCode.BAD_RECORD, "")
    assert found.err == f"error: there is no folder {tmp_path}/missing to keep a record in\n"


def test_a_list_as_json(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    for who in ("a", "b"):
        ran(capsys, "advise", EXAMPLE, "--record", where, "--who", who)
    found = json.loads(ran(capsys, "record", "list", "--record", where, "--who", "b", "--format", "json").out)
    assert [entry["who"] for entry in found] == ["b"]
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))
    future = ran(capsys, "record", "list", "--record", where, "--since", "2999-01-31T18:30:00")
    assert (future.code, future.out) == (ExitCode.OK, "")


@pytest.mark.parametrize("module", ["sqlalchemy", "cryptography"])
def test_what_is_not_installed_is_said(module: str, tmp_path: Path) -> None:
    program = (
        f"import sys; sys.modules['{module}'] = None\n"
        "from wellfounded.interfaces.cli.main import main; main()"
    )
    command = [sys.executable, "-c", program, "record", "list", "--record", str(tmp_path / "x")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == ExitCode.USAGE
    assert found.stderr.endswith("install wellfounded[record]\n")
    assert found.stderr.count("\n") == 1
