"""Scenario files as pytest collects them: a file of scenarios, each an item. Imported by pytest alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from wellfounded.interfaces.diagnostics import as_report
from wellfounded.interfaces.scenario_report import failure
from wellfounded.loading import load
from wellfounded.model.errors import KnowledgeBaseError
from wellfounded.review.expectations import Result, Runner
from wellfounded.review.scenario_files import as_near, rules_of
from wellfounded.review.scenarios import Scenario, read_scenarios

_RUNNERS = pytest.StashKey[dict[Path, Runner | None]]()


class ScenarioFailure(Exception):
    """A scenario whose advice is not what was expected."""

    def __init__(self, result: Result) -> None:
        self.result = result
        super().__init__(result.scenario.name)


class ScenarioFile(pytest.File):
    """What is wrong in it, or in the rules, is an error of collecting, with every place."""

    def collect(self) -> Iterable[ScenarioItem]:
        runner = self._runner()
        file = as_near(self.path)
        scenarios, found = read_scenarios(file, runner.knowledge_base)
        if found:
            raise self.CollectError(f"{file} has mistakes:\n\n{as_report(found)}")
        for scenario in scenarios:
            name = " ".join(scenario.name.split())
            yield ScenarioItem.from_parent(self, name=name, scenario=scenario, runner=runner)

    def _runner(self) -> Runner:
        """That of the knowledge base, which is loaded once; what is wrong with it is said once."""
        runners = self.config.stash.setdefault(_RUNNERS, {})
        named = self.config.getini("wellfounded_rules")
        rules = as_near(self.config.rootpath / named if named else rules_of(self.path))
        if rules not in runners:
            runners[rules] = None
            try:
                runners[rules] = Runner(load(rules), rules)
            except KnowledgeBaseError as error:
                report = as_report(error.diagnostics)
                hint = "" if named else "\nIf the rules are elsewhere, say where with `wellfounded_rules`."
                said = f"the knowledge base cannot be used:\n\n{report}{hint}"
                raise self.CollectError(said) from error
        runner = runners[rules]
        if runner is None:
            raise self.CollectError(f"the knowledge base {rules} cannot be used, as was said before")
        return runner


class ScenarioItem(pytest.Item):
    """One scenario."""

    def __init__(self, *, scenario: Scenario, runner: Runner, **others: Any) -> None:
        super().__init__(**others)
        self.scenario = scenario
        self.runner = runner

    def runtest(self) -> None:
        result = self.runner.run(self.scenario)
        if not result.passed:
            raise ScenarioFailure(result)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        if isinstance(excinfo.value, ScenarioFailure):
            return failure(excinfo.value.result)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.scenario.position.line - 1, self.name
