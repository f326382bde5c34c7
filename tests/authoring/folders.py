"""What tests of a changed knowledge base look at: its bytes, its check, its scenarios."""

from __future__ import annotations

from pathlib import Path

import wellfounded
from tests.conftest import DAY
from wellfounded.review.expectations import run_scenario
from wellfounded.review.scenarios import Scenario, read_scenarios


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def added(before: dict[str, bytes], folder: Path) -> dict[str, str]:
    """What was added to each file that changed; nothing else may have become of it."""
    after = contents(folder)
    assert before.keys() <= after.keys()
    found = {}
    for name, data in after.items():
        old = before.get(name, b"")
        if data != old:
            start = next((n for n, (a, b) in enumerate(zip(old, data, strict=False)) if a != b), len(old))
            assert data.endswith(old[start:]), name
            found[name] = data[start : len(data) - len(old[start:])].decode()
    return found


def passing(folder: Path) -> list[Scenario]:
    """The scenarios of a folder, of which every one passes, and the check finds nothing."""
    assert wellfounded.diagnose(folder, DAY) == ()
    knowledge_base = wellfounded.load(folder)
    scenarios, wrong = read_scenarios(folder, knowledge_base)
    assert not wrong
    results = [run_scenario(scenario, knowledge_base) for scenario in scenarios]
    assert not [(one.scenario.name, one.differences, one.error) for one in results if not one.passed]
    return list(scenarios)
