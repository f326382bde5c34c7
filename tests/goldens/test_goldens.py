"""What the command prints, kept whole with its exit code; ``make goldens`` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command import ran
from tests.conftest import ROOT

FOLDER = Path(__file__).resolve().parent
EXAMPLE = "docs/examples/person.yaml"
PEOPLE = "tests/goldens/people"

AUDIT_PROTEIN = ("audit", EXAMPLE, "--lang", "en", "--recommendation", "protein-daily")

COMMANDS = {
    "example.nl.txt": ("advise", EXAMPLE),
    "example.en.txt": ("advise", EXAMPLE, "--lang", "en"),
    "example.nl.md": ("advise", EXAMPLE, "--format", "markdown"),
    "example.en.json": ("advise", EXAMPLE, "--lang", "en", "--format", "json"),
    "minor.nl.txt": ("advise", f"{PEOPLE}/minor.yaml"),
    "other-goal.en.txt": ("advise", f"{PEOPLE}/other-goal.yaml", "--lang", "en"),
    "nothing-known.nl.txt": ("advise", f"{PEOPLE}/nothing-known.yaml"),
    "heavy-and-stated.nl.txt": ("advise", f"{PEOPLE}/heavy-and-stated.yaml"),
    "basics-in-order.en.txt": ("advise", f"{PEOPLE}/basics-in-order.yaml", "--lang", "en"),
    "audit-person.nl.txt": (
        *("audit", EXAMPLE, "--recommendation", "protein-daily", "--recommendation", "basics-first"),
        *("--recommendation", "what-holds-you-back", "--recommendation", "split"),
    ),
    "audit-person.en.md": (*AUDIT_PROTEIN, "--format", "markdown"),
    "audit-person.en.csv.txt": (*AUDIT_PROTEIN, "--format", "csv"),
    "audit-person.en.mermaid.txt": (*AUDIT_PROTEIN, "--format", "mermaid"),
    "audit-person.en.svg.txt": (*AUDIT_PROTEIN, "--format", "svg"),
    "explain.nl.txt": ("explain", EXAMPLE, "what-holds-you-back"),
    "explain.en.txt": ("explain", EXAMPLE, "protein-per-meal", "--lang", "en"),
    "why-not.nl.txt": ("why-not", EXAMPLE, "creatine"),
    "why-not.en.mermaid.txt": ("why-not", EXAMPLE, "creatine", "--lang", "en", "--format", "mermaid"),
    "what-if.nl.txt": (
        *("what-if", EXAMPLE, "--with", "sleep_duration=8", "--with", "protein_intake=110"),
        *("--without", "uses_creatine"),
    ),
    "what-if-want.en.txt": ("what-if", EXAMPLE, "--want", "creatine", "--lang", "en"),
    "mistyped.txt": ("advise", f"{PEOPLE}/mistyped.yaml"),
    "withdrawal.nl.md": ("audit", "--withdraw", "3", "--on", "2026-11-22", "--format", "markdown"),
    "help.txt": ("--help",),
    "check.txt": ("check",),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_golden(
    name: str,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    result = ran(capsys, *COMMANDS[name])
    command = f"$ wellfounded {' '.join(COMMANDS[name])}"
    got = f"{command}\n{result.out}{result.err}exit code {int(result.code)}\n"
    got = re.sub(r"sha256:[0-9a-f]+", "sha256:…", got)
    golden = FOLDER / name
    if request.config.getoption("--update-goldens"):
        golden.write_text(got, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == got
