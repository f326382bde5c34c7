"""``wellfounded references`` as its users meet it: files for reference managers, lists for people."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import rispy

from tests.command import ran
from tests.conformance.small import small
from wellfounded.interfaces.exit_codes import ExitCode

RULES = """
facts:
  dry: {type: boolean, label: {en: Dry}, question: {en: "Is it dry?"}}
"""


@pytest.fixture
def without_references(tmp_path: Path) -> str:
    """The folder of a knowledge base that cites nothing."""
    small(RULES, tmp_path / "small")
    return str(tmp_path / "small")


def test_export_is_csl_json_of_the_references_as_cited(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "references", "export")
    assert (done.code, done.err) == (ExitCode.OK, "")
    items = json.loads(done.out)
    assert [item["id"] for item in items[:2]] == ["Schoenfeld2021", "Slater2019"]
    assert len(items) == 7
    assert items[1]["note"].startswith("Bron 2, zoals aangehaald: niet gevonden in wat we konden doorzoeken.")


def test_works_come_after_the_references_with_keys_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    items = json.loads(ran(capsys, "references", "export", "--works", "--lang", "en").out)
    assert len({item["id"] for item in items}) == len(items) > 7
    assert items[7]["id"] == "Slater2019b"


def test_a_file_holds_what_would_be_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "references.ris"
    done = ran(capsys, "references", "export", "--format", "ris", "--out", str(out))
    assert (done.code, done.out, done.err) == (ExitCode.OK, "", f"wrote {out}\n")
    written = out.read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n")
    assert rispy.loads(written.decode())[0]["id"] == "Schoenfeld2021"
    program = "from wellfounded.interfaces.cli.main import main; main()"
    arguments = ["references", "export", "--format", "ris"]
    printed = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=True)
    assert printed.stdout == written


def test_on_record_says_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "references", "export", "--record", "on-record", "--format", "bibtex")
    assert done.code == ExitCode.OK
    assert done.out.count("\n@article{") + 1 == 4
    assert done.err == "left out, because nothing is on record for them: 2, 4, 6\n"


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("nl", "apa", "    niet gevonden in wat we konden doorzoeken."),
        ("en", "vancouver", "    not found in what we could search."),
    ],
)
def test_format_marks_what_was_not_found(
    language: str, style: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "references", "format", "--lang", language, "--style", style)
    assert (done.code, done.err) == (ExitCode.OK, "")
    lines = done.out.splitlines()
    [slater] = [place for place, line in enumerate(lines) if line.startswith("[2] Slater")]
    assert lines[slater + 1].startswith(expected)


@pytest.mark.parametrize("command", ["export", "format"])
def test_without_references_there_is_a_sentence(
    command: str, without_references: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "references", command, "--rules", without_references)
    assert (done.code, done.err) == (ExitCode.OK, f"there are no references to {command}\n")
    assert done.out.strip() in ("", "[]")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("export", "--format", "endnote"), ExitCode.USAGE, "'endnote' is not one of"),
        (("export", "--record", "both"), ExitCode.USAGE, "'both' is not one of"),
        (("format", "--style", "mla"), ExitCode.USAGE, "'mla' is not one of"),
        (("format", "--lang", "n"), ExitCode.USAGE, "`n` is not a language of this knowledge base"),
        (("export", "--out", "no/such/folder/file.ris"), ExitCode.CANNOT_WRITE, "No such file or directory"),
        (("import",), ExitCode.USAGE, "No such command 'import'"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], code: ExitCode, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "references", *arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.err


def test_advice_and_help_import_none_of_it() -> None:
    program = (
        "import sys; from wellfounded.interfaces.cli.main import run; run(['references', '--help']); "
        "import wellfounded.interfaces.cli.advise; "
        "print([name for name in sys.modules if 'bibliography' in name or 'references_' in name])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "export" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
