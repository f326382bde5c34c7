"""``wellfounded new rule`` on a terminal: it asks for what is missing, and again after a wrong answer."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.authoring.folders import passing
from tests.command import ran, with_input
from wellfounded.interfaces.cli import new_rule
from wellfounded.interfaces.exit_codes import ExitCode

ANSWERS = [
    ("What is its title (nl)?", "Avondeten"),
    ("What is its title (en)?", 'Evening meal: "big" # one'),
    ("What is it about", "protein_per_mael"),
    ("Error: there is no fact `protein_per_mael`; did you mean `protein_per_meal`?", ""),
    ("What is it about", "protein_per_meal"),
    ("What should `protein_per_meal` be (g)", "at_least=20 gram"),
    ("Error: `20 gram` is not a formula", ""),
    ("What should `protein_per_meal` be (g)", "at_least=20"),
    ("Who is it for", "goal=muscle_gain and age=at_least 18"),
    ("What does it rest on", "new"),
    ("Which section of the source is the claim in", "protien"),
    ("Error: --section cannot be `protien`; did you mean `protein`?", ""),
    ("Which section of the source is the claim in", "protein"),
    ("What kind of claim is it", "target"),
    ("What does the claim say (nl)?", "Eet 's avonds {evening_meal}."),
    ("What does the claim say (en)?", "Have {evening_meal} in the evening."),
]


def test_it_asks_for_what_is_missing(
    capsys: pytest.CaptureFixture[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_rule, "_is_terminal", lambda: True)
    typed = "".join(f"{answer}\n" for _, answer in ANSWERS if answer)
    with_input(monkeypatch, typed.encode())
    done = ran(capsys, "new", "rule", "protein/evening-meal")
    assert done.code == ExitCode.OK
    shown = done.out
    for said, _ in ANSWERS:
        start = shown.find(said)
        assert start >= 0, said
        shown = shown[start + len(said) :]
    assert len([one for one in passing(rules) if "evening-meal" in one.expect]) == 9


def test_it_asks_only_for_what_was_not_given(
    capsys: pytest.CaptureFixture[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_rule, "_is_terminal", lambda: True)
    with_input(monkeypatch, b"\n\neveryone\n")
    done = ran(
        capsys,
        *(
            "new",
            "rule",
            "protein/more-protein",
            "--fact",
            "protein_per_meal",
            "--target",
            "at_least=protein_meal_dose",
        ),
    )
    assert done.code == ExitCode.OK
    assert "What is its title (nl)? [Eiwit per maaltijd]" in done.out
    assert passing(rules)


def test_an_end_of_the_answers_writes_nothing(
    capsys: pytest.CaptureFixture[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_rule, "_is_terminal", lambda: True)
    with_input(monkeypatch, b"Avondeten\n")
    before = (rules / "nutrition" / "protein.yaml").read_bytes()
    assert ran(capsys, "new", "rule", "protein/evening-meal").code == ExitCode.INTERRUPTED
    assert (rules / "nutrition" / "protein.yaml").read_bytes() == before


@pytest.mark.no_cover
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_real_terminal(rules: Path) -> None:
    ours, theirs = pty.openpty()
    command = "from wellfounded.interfaces.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "new", "rule", "protein/evening-meal"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=rules.parent,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""

    def read() -> bytes:
        assert select.select([ours], [], [], 60)[0], f"nothing more is shown behind {shown[-200:]!r}"
        return os.read(ours, 4096)

    try:
        for said, answer in ANSWERS:
            while said.encode() not in shown:
                shown += read()
            shown = shown.split(said.encode(), 1)[1]
            if answer:
                while not shown.endswith(b" "):  # the end of the question
                    shown += read()
                os.write(ours, f"{answer}\n".encode())
        while b"all of which pass" not in shown:
            shown += read()
        assert process.wait(timeout=60) == ExitCode.OK
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert len([one for one in passing(rules) if "evening-meal" in one.expect]) == 9
