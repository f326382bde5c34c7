"""Running the command in this process, as a test sees it: exit code, standard output, standard error."""

from __future__ import annotations

import io
import sys
from typing import NamedTuple

import pytest

from wellfounded.interfaces.cli.main import run


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """What ``wellfounded ARGUMENTS`` gives."""
    capsys.readouterr()
    code = run(list(arguments))
    captured = capsys.readouterr()
    return Ran(code, captured.out, captured.err)


def with_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Give the command this standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
