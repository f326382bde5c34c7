from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RULES
from tests.http.server import Server, serving


@pytest.fixture(scope="session")
def studio(_own_cache: object) -> Iterator[Server]:
    """The studio with the article's rules, which nobody may change."""
    with serving(str(RULES), "--no-browser", "--read-only", command="studio") as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the article's rules, to be changed."""
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


@pytest.fixture
def workshop(_own_cache: object, folder: Path) -> Iterator[Server]:
    """The studio with a copy of the rules, where all can be changed."""
    with serving(str(folder), "--no-browser", command="studio") as running:
        yield running
