"""A server for each test, and the knowledge base that is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crossref.server import Server, serving

pytest.importorskip("httpx", reason="httpx is not installed: install wellfounded[references]")
pytest.importorskip("ruamel.yaml", reason="ruamel.yaml is not installed: install wellfounded[references]")

HEADER = """\
knowledge_base:
  id: small
  title: {en: "Small", nl: "Klein"}
  version: 1.0.0
  languages: [en, nl]
  about: {en: "For a test.", nl: "Voor een toets."}
  notice: {en: "Made up.", nl: "Verzonnen."}
  source: {title: "A source"}
  sections: {all: {title: {en: "All", nl: "Alles"}}}
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees what another one kept."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("WELLFOUNDED_CACHE", str(folder))
    monkeypatch.delenv("WELLFOUNDED_MAILTO", raising=False)
    return folder


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The folder of a knowledge base without references."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "knowledge-base.yaml").write_text(HEADER, "utf-8")
    return folder
