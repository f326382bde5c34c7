"""Copies of knowledge bases that tests may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, RULES


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The article's rules, in ``rules`` of the current folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(RULES, tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture
def plants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The houseplants, which speak English and German, in the current folder."""
    folder = tmp_path / "plants"
    shutil.copytree(ROOT / "tests" / "knowledge_bases" / "houseplants", folder)
    monkeypatch.chdir(folder)
    return folder
