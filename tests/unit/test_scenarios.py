"""The article's scenarios, each a test of its own."""

from __future__ import annotations

import pytest

import wellfounded
from tests.conftest import RULES
from wellfounded import KnowledgeBase
from wellfounded.review.expectations import Result, run_scenario
from wellfounded.review.scenarios import Scenario, read_scenarios

SCENARIOS, DIAGNOSTICS = read_scenarios(RULES, wellfounded.load(RULES))


def test_every_scenario_file_can_be_read() -> None:
    assert SCENARIOS
    assert DIAGNOSTICS == ()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_scenario(scenario: Scenario, article: KnowledgeBase) -> None:
    assert run_scenario(scenario, article) == Result(scenario)
