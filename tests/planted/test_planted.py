"""Mistakes planted in the article's rules, one at a time: ``check``, ``verify`` or ``test`` finds each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import wellfounded
from tests.conftest import DAY, RULES
from tests.dutch import dutch
from wellfounded.loading import diagnose
from wellfounded.review.expectations import Runner
from wellfounded.review.scenarios import read_scenarios

MISTAKES = yaml.safe_load((Path(__file__).parent / "mistakes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("planted", MISTAKES, ids=[planted["mistake"] for planted in MISTAKES])
def test_it_is_found(planted: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    plant(planted, folder / planted["file"])
    [(finder, what)] = planted["found"].items()
    assert what in set(FINDERS[finder](folder))


def test_there_are_at_least_forty_kinds() -> None:
    assert len({planted["mistake"] for planted in MISTAKES}) == len(MISTAKES) >= 40


def plant(planted: dict[str, Any], file: Path) -> None:
    """Change the first ``old`` behind ``after``; a list that no longer fits the rules fails here."""
    head, after, tail = file.read_text(encoding="utf-8").partition(planted["after"] or "\n")
    assert after, f"{planted['after']} does not stand in {file.name}"
    assert planted["old"] in tail, f"{planted['old']} does not stand behind {planted['after']}"
    file.write_text(head + after + tail.replace(planted["old"], planted["new"], 1), encoding="utf-8")


def found_by_check(folder: Path) -> Iterator[str]:
    for found in diagnose(folder, DAY):
        assert dutch(found.message) and dutch(found.help or "–")
        yield found.code


def found_by_verify(folder: Path) -> Iterator[str]:
    yield from (str(finding.kind) for finding in wellfounded.load(folder).verify().found)


def found_by_test(folder: Path) -> Iterator[str]:
    knowledge_base = wellfounded.load(folder)
    scenarios, wrong = read_scenarios(folder, knowledge_base)
    yield from (diagnostic.code for diagnostic in wrong)
    runner = Runner(knowledge_base)
    yield from (scenario.name for scenario in scenarios if not runner.run(scenario).passed)


FINDERS = {"check": found_by_check, "verify": found_by_verify, "test": found_by_test}
