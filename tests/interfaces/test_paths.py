"""A file or folder that is not there: every command says so in the same words, with the same exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import ran
from tests.conftest import ROOT, RULES
from wellfounded.interfaces.exit_codes import ExitCode

PERSON = str(ROOT / "docs" / "examples" / "person.yaml")
PEOPLE = str(ROOT / "docs" / "examples" / "people.csv")


@pytest.mark.parametrize(
    "arguments",
    [
        "advise nowhere",
        f"advise {PERSON} --rules nowhere",
        "audit nowhere",
        "audit --rules nowhere",
        "batch nowhere --out advice.csv",
        f"batch {PEOPLE} --out advice.csv --rules nowhere",
        "check nowhere",
        f"diff nowhere {RULES}",
        f"diff {RULES} {RULES} --people nowhere",
        "explain nowhere sleep-duration",
        f"explain {PERSON} sleep-duration --rules nowhere",
        "explain-row nowhere 1",
        f"explain-row {PEOPLE} 1 --rules nowhere",
        "handbook --out book --rules nowhere",
        "lsp --rules nowhere",
        "new rule protein/evening --rules nowhere",
        "references export --rules nowhere",
        "references format --rules nowhere",
        "references verify --rules nowhere",
        "schema --rules nowhere",
        "test nowhere",
        "test --rules nowhere",
        "test --record nowhere",
        "verify nowhere",
        "version --rules nowhere",
        "what-if nowhere --without age",
        "why-not nowhere sleep-duration",
    ],
)
def test_what_is_not_there_is_said_alike(
    arguments: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = ran(capsys, *arguments.split())
    assert (code, out) == (ExitCode.USAGE, "")
    assert "there is no file or folder nowhere" in err
