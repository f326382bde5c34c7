"""pytest collects scenario files of a builder's suite; where there are none, nothing of ours is imported."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.scenarios.garden import garden, scenario

GOOD = scenario("{season: summer}", "{enjoy: inform}")
BAD = scenario("{season: winter}", "{enjoy: inform}")


def suite(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest in a folder, with no plugin but ours, as if it were installed."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV"))}
    ours = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT / "engine"), "COLUMNS": "100"}
    environment = inherited | ours
    command = [sys.executable, "-m", "pytest", "-p", "pytest_wellfounded", "-p", "no:cacheprovider"]
    command += arguments
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_project_tells_pytest_of_it() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["entry-points"]["pytest11"] == {"wellfounded": "pytest_wellfounded"}


def test_each_scenario_is_a_test_beside_others(tmp_path: Path) -> None:
    garden(tmp_path / "rules", good=GOOD, bad=BAD)
    (tmp_path / "test_own.py").write_text("def test_own(): pass\n", encoding="utf-8")
    done = suite(tmp_path, "-v")
    assert done.returncode == 1
    assert "rules/good.scenarios.yaml::one PASSED" in done.stdout
    assert "rules/bad.scenarios.yaml::one FAILED" in done.stdout
    assert "test_own.py::test_own PASSED" in done.stdout
    assert "1 failed, 2 passed" in done.stdout


def test_a_failure_reads_as_in_the_command(tmp_path: Path) -> None:
    garden(tmp_path, bad=BAD)
    done = suite(tmp_path)
    assert (
        "FAILED one\n"
        "  bad.scenarios.yaml:2\n"
        "  enjoy (line 4)\n"
        "    expected  verdict inform\n"
        "    got       not given\n"
        "    because   rule `enjoy` (rules.yaml:33) does not hold\n"
        "                `season: summer` (line 35) is false: season is winter\n"
    ) in done.stdout
    assert "Traceback" not in done.stdout


def test_mistakes_are_errors_of_collecting(tmp_path: Path) -> None:
    garden(tmp_path, bad=scenario("{saeson: winter}", "{enjoy: inform}"))
    done = suite(tmp_path)
    assert done.returncode == 2
    assert "bad.scenarios.yaml has mistakes:\n\nerror[unknown-fact]: `saeson`" in done.stdout
    assert "help: did you mean `season`?" in done.stdout


def test_broken_rules_are_said_once(tmp_path: Path) -> None:
    garden(tmp_path, good=GOOD, other=GOOD)
    (tmp_path / "more.yaml").write_text("ruels: []\n", encoding="utf-8")
    done = suite(tmp_path)
    assert done.returncode == 2
    assert done.stdout.count("error[unknown-key]: `ruels` is not a key here") == 1
    assert "the knowledge base . cannot be used, as was said before" in done.stdout


def test_scenarios_elsewhere_need_to_know_the_rules(tmp_path: Path) -> None:
    garden(tmp_path / "knowledge")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "mine.scenarios.yml").write_text(GOOD, encoding="utf-8")
    without = suite(tmp_path).stdout
    assert "there is no rule file here" in without
    assert "If the rules are elsewhere, say where with `wellfounded_rules`." in without
    (tmp_path / "pytest.ini").write_text("[pytest]\nwellfounded_rules = knowledge\n", encoding="utf-8")
    done = suite(tmp_path)
    assert (done.returncode, "1 passed" in done.stdout) == (0, True)


def test_the_plugin_by_itself_imports_nothing_of_ours(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text(
        "import sys\n\n\ndef test_own():\n"
        "    assert 'pytest_wellfounded' in sys.modules\n"
        "    assert not {'wellfounded', 'msgspec', 'yaml'} & set(sys.modules)\n",
        encoding="utf-8",
    )
    (tmp_path / "rules.yaml").write_text("facts: {}\n", encoding="utf-8")
    done = suite(tmp_path)
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("option", ["-k one", "--collect-only -q", "--deselect good.scenarios.yaml::one"])
def test_ordinary_options_work(option: str, tmp_path: Path) -> None:
    garden(tmp_path, good=GOOD)
    assert suite(tmp_path, *option.split()).returncode in (0, 5)
