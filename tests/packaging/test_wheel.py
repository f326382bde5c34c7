"""A wheel built from the tree, installed in an empty environment away from it, gives advice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.command import ran
from tests.conftest import ROOT

VERSIONS = ("3.11", "3.12", "3.13")
PERSON = "goal: muscle_gain\nage: 30\nhealthy: true\nresistance_training: true\nbody_mass: 80\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of what the project holds, so that nothing of this tree can leak into it."""
    return _built(tmp_path_factory, {})


def _built(
    tmp_path_factory: pytest.TempPathFactory, edits: Mapping[str, tuple[str, str]], *options: str
) -> Path:
    """The wheel, with some text in some files changed for another."""
    source = tmp_path_factory.mktemp("source")
    for name in ("engine", "rules", "schemas", "tests", "docs"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile"):
        shutil.copy(ROOT / name, source / name)
    for name, (old, new) in edits.items():
        text = (source / name).read_text("utf-8")
        assert text.count(old) == 1
        (source / name).write_text(text.replace(old, new), "utf-8")
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", *options, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    [built] = out.glob("*.whl")
    return built


def test_two_wheels_are_compared(
    wheel: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    edits = {
        "rules/parameters.yaml": ("range: [1.6, 2.2]", "range: [1.4, 2.0]"),
        "engine/wellfounded/model/version.py": ('"0.1.0"', '"0.2.0"'),
    }
    newer = _built(tmp_path_factory, edits, "--no-isolation")  # that it builds by itself, the other shows
    assert newer.name.startswith("wellfounded-0.2.0")
    found = ran(capsys, "diff", str(wheel), str(newer), "--lang", "en", "-k", "protein-daily")
    assert (found.code, found.err) == (1, "")
    assert "[-1.6–2.2-] → {+1.4–2+} g/kg of body/day" in found.out
    assert ran(capsys, "diff", str(wheel), str(ROOT / "rules")).code == 0


def _interpreter(version: str) -> str | None:
    """A Python of this version that runs, wherever it is installed."""
    candidates = [sys.executable, shutil.which(f"python{version}")]
    candidates += [str(path) for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    for candidate in candidates:
        if candidate is None:
            continue
        command = [candidate, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        if found.stdout.strip() == version:
            return candidate
    return None


def test_the_wheel_carries_rules_and_schemas_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    rules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*.yaml")}
    schemas = {path.relative_to(ROOT).as_posix() for path in (ROOT / "schemas").glob("*.json")}
    assert {f"wellfounded/_data/{name}" for name in rules | schemas} <= set(names)
    assert {name.split("/")[0] for name in names} == {
        "pytest_wellfounded.py",
        "wellfounded",
        "wellfounded-0.1.0.dist-info",
    }
    runtime = {path.name for path in (ROOT / "engine/wellfounded/interfaces/javascript/runtime").iterdir()}
    assert {f"wellfounded/interfaces/javascript/runtime/{name}" for name in runtime} <= set(names)
    assert "wellfounded/py.typed" in names


@pytest.mark.parametrize("version", VERSIONS)
def test_an_installed_wheel_gives_advice(version: str, wheel: Path, tmp_path: Path) -> None:
    interpreter = _interpreter(version)
    if interpreter is None:
        pytest.skip(f"Python {version} is not on this machine")
    environment = tmp_path / "environment"
    subprocess.run([interpreter, "-m", "venv", str(environment)], check=True, capture_output=True)
    binaries = environment / "bin"
    install = [str(binaries / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (tmp_path / "person.yaml").write_text(PERSON)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))}
    command = [str(binaries / "wellfounded"), "advise", "person.yaml", "--format", "json"]
    ran = subprocess.run(command, cwd=tmp_path, env=clean, check=True, capture_output=True, text=True)
    advice = json.loads(ran.stdout)
    [protein] = [item for item in advice["recommendations"] if item["id"] == "protein-daily"]
    assert protein["target"] == {"low": 128, "high": 176, "unit": "g/day"}
    check = [str(binaries / "wellfounded"), "check"]
    checked = subprocess.run(check, cwd=tmp_path, env=clean, check=True, capture_output=True, text=True)
    assert checked.stdout.strip() == "no errors, no warnings"


def test_pytest_finds_the_plugin_of_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    site, suite = tmp_path / "site", tmp_path / "suite"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)  # what pip does with a wheel of pure Python
    shutil.copytree(ROOT / "tests" / "knowledge_bases" / "houseplants", suite)
    ours = ("PYTHON", "PYTEST", "COV")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        command, cwd=suite, env=clean | {"PYTHONPATH": str(site)}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout
    assert "rules.scenarios.yaml::" in ran.stdout
