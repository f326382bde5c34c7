"""What the studio runs in a browser is made by npm from a checkout, and shipped: nobody else needs npm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

BUILT = "wellfounded/interfaces/studio/static/built"
SCRIPTS = {f"{BUILT}/{name}" for name in ("htmx.js", "editor.js", "chart.js", "licences.txt")}


def build(what: str, source: Path, out: Path, with_npm: bool) -> Path:
    path = os.environ["PATH"] if with_npm else str(out)
    command = [
        sys.executable,
        "-m",
        "build",
        f"--{what}",
        "--no-isolation",
        "--outdir",
        str(out),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PATH": path})
    [made] = out.iterdir()
    return made


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which nothing was built yet."""
    source = tmp_path_factory.mktemp("checkout")
    unmade = shutil.ignore_patterns("__pycache__", "built")
    for name in ("engine", "rules", "schemas", "docs"):
        shutil.copytree(ROOT / name, source / name, ignore=unmade)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile"):
        shutil.copy(ROOT / name, source / name)
    return source


def test_an_sdist_brings_the_scripts_along(checkout: Path, tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        assert os.environ.get("JAVASCRIPT_TESTS") != "required"
        pytest.skip("there is no `npm`: install the system's package of that name")
    (tmp_path / "sdist").mkdir()
    (tmp_path / "wheel").mkdir()
    sdist = build("sdist", checkout, tmp_path / "sdist", with_npm=True)
    with tarfile.open(sdist) as opened:
        opened.extractall(tmp_path / "unpacked", filter="data")
    [unpacked] = (tmp_path / "unpacked").iterdir()
    wheel = build("wheel", unpacked, tmp_path / "wheel", with_npm=False)
    with zipfile.ZipFile(wheel) as opened_wheel:
        assert set(opened_wheel.namelist()) >= SCRIPTS
        licences = opened_wheel.read(f"{BUILT}/licences.txt").decode()
    assert "htmx.org 4" in licences and "chart.js 4" in licences and "@codemirror/view 6" in licences


def test_without_npm_it_is_made_without_scripts(checkout: Path, tmp_path: Path) -> None:
    shutil.rmtree(checkout / "engine" / BUILT, ignore_errors=True)
    wheel = build("wheel", checkout, tmp_path, with_npm=False)
    names = zipfile.ZipFile(wheel).namelist()
    assert "wellfounded/interfaces/studio/app.py" in names
    assert [name for name in names if name.startswith(BUILT)] == []
