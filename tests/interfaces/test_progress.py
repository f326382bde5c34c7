"""What takes a while shows on a terminal how much is done, and leaves no mark in a file or a pipe."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.command import ran
from tests.conftest import ROOT, RULES
from wellfounded.interfaces.cli.progress import bar

PEOPLE = str(ROOT / "docs" / "examples" / "people.csv")
COMMANDS = {
    "export": (("export", "--rules", str(RULES), "--out", "OUT"), "making the module"),
    "handbook": (("handbook", "--rules", str(RULES), "--out", "OUT"), "making pages"),
    "diff --people": (
        ("diff", str(RULES), str(RULES), "-k", "patience", "--people", PEOPLE, "--keep", "name"),
        "comparing people",
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("at_a_terminal", [True, False])
def test_progress_shows_on_a_terminal_alone(
    name: str,
    at_a_terminal: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments, label = COMMANDS[name]
    placed = [str(tmp_path / "out") if argument == "OUT" else argument for argument in arguments]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: at_a_terminal)
    found = ran(capsys, *placed)
    assert found.code == 0
    shown = [frame for frame in found.err.split("\r") if label in frame]
    assert bool(shown) is at_a_terminal
    if at_a_terminal:
        assert "100%" in shown[-1]
        assert label not in found.out


def test_a_second_part_begins_anew(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with bar("first") as progress:
        progress(2, 2)
        progress(1, 4, "second")
    assert "25%" in capsys.readouterr().err.split("\r")[-1]
