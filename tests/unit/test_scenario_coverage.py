"""The article's scenarios expect all that can become of a recommendation, and meet every bound all round."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import RULES
from wellfounded import KnowledgeBase, Valuation
from wellfounded.model.content import Content, Fact, Verdict
from wellfounded.model.core import (
    All,
    Any,
    Arithmetic,
    Comparison,
    Constant,
    Core,
    FactNumber,
    Formula,
    NumberTarget,
    Recommending,
    Rounded,
    Term,
    Test,
)
from wellfounded.model.dependencies import dependencies, facts_of_condition
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.arithmetic import number_of
from wellfounded.review.scenarios import ABSENT, UNDECIDED, Scenario, read_scenarios


@dataclass(frozen=True)
class Bound:
    """What a rule holds a number fact against, in a condition or as the end of a target."""

    rule: str
    fact: str
    number: Rounded

    def __str__(self) -> str:
        return f"{self.rule}: {self.fact} against {written(self.number.term)}"


@dataclass(frozen=True)
class Step:
    """So many steps of a bound's fact above the bound; below it if negative."""

    of: Bound
    steps: float

    def __str__(self) -> str:
        return f"{self.of}, {self.steps:+g} steps"


@pytest.fixture(scope="module")
def scenarios(article: KnowledgeBase) -> tuple[Scenario, ...]:
    return read_scenarios(RULES, article)[0]


def test_everything_that_can_become_of_a_recommendation_is_expected_somewhere(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    assert unexpected(article, scenarios) == []


def test_every_bound_is_met_exactly_and_from_the_next_values_below_and_above(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    assert unmet(article, scenarios) == []


def test_a_verdict_that_no_scenario_expects_is_missed(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    left = [scenario for scenario in scenarios if expected(scenario, "testosterone-booster") != "avoid"]
    assert unexpected(article, left) == ["testosterone-booster: avoid"]


def test_a_step_that_no_scenario_takes_is_missed(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    left = [scenario for scenario in scenarios if scenario.given.get("age") != 19]
    assert unmet(article, left) == ["in-scope: age against 18, +1 steps"]


def test_a_scenario_meets_no_bound_of_what_it_does_not_expect(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    left = [scenario for scenario in scenarios if "frequency" not in scenario.expect]
    assert unmet(article, left) == [
        f"frequency: muscle_frequency against 2, {step} steps" for step in ("+0", "+1", "-1")
    ]


def unexpected(kb: KnowledgeBase, scenarios: Iterable[Scenario]) -> list[str]:
    """What can become of a recommendation and is expected of it by no scenario."""
    met = {(topic, expected(scenario, topic)) for scenario in scenarios for topic in scenario.expect}
    return sorted(f"{topic}: {outcome}" for topic, outcome in {*outcomes(kb.core)} - met)


def outcomes(core: Core) -> Iterator[tuple[str, str]]:
    """Each topic with all that can become of it: its rules' verdicts, not given, undecided."""
    for rule in core.recommending:
        yield from ((rule.topic, outcome) for outcome in (*verdicts(rule), ABSENT, UNDECIDED))


def verdicts(rule: Recommending) -> tuple[Verdict, ...]:
    """Every verdict that a rule can give."""
    if rule.target is None:
        assert rule.verdict is not None
        return (rule.verdict,)
    if isinstance(rule.target, NumberTarget):
        changes = {"low": Verdict.RAISE, "high": Verdict.LOWER}
        return (*(changes[end] for end, _ in bounds_with_ends(rule)), Verdict.KEEP, Verdict.MEET)
    return (Verdict.START if rule.target.value else Verdict.STOP, Verdict.KEEP, Verdict.MEET)


def expected(scenario: Scenario, topic: str) -> str:
    """The verdict a scenario expects of a topic, or that it is absent or undecided; else nothing."""
    wanted = scenario.expect.get(topic, "")
    if isinstance(wanted, str):
        return wanted
    return UNDECIDED if UNDECIDED in wanted else str(wanted.get("verdict", ""))


def unmet(kb: KnowledgeBase, scenarios: Iterable[Scenario]) -> list[str]:
    """The steps to take beside bounds that no scenario takes."""
    facts = kb.content.facts
    wanted = {
        Step(bound, steps) for bound in bounds(kb.core) for steps in steps_to_take(bound, facts[bound.fact])
    }
    met = {step for scenario in scenarios for step in steps_taken(kb, scenario)}
    return sorted(map(str, wanted - met))


def bounds(core: Core) -> Iterator[Bound]:
    """Every bound of every rule."""
    for rule in core.recommending:
        yield from bounds_in_test(rule.rule, rule.test)
        if isinstance(rule.target, NumberTarget):
            for _, number in bounds_with_ends(rule):
                yield Bound(rule.rule, rule.target.fact, number)
    for definition in core.definitions:
        for branch in () if isinstance(definition, Formula) else definition.branches:
            yield from bounds_in_test(branch.rule, branch.test)


def bounds_in_test(rule: str, test: Test) -> Iterator[Bound]:
    match test:
        case Comparison():
            yield Bound(rule, test.fact, test.bound)
        case All() | Any():
            for member in test.members:
                yield from bounds_in_test(rule, member)


def steps_to_take(bound: Bound, fact: Fact) -> set[float]:
    """At the bound and one step away from it, within the span; beside it where no value in steps lies on it.

    A bound that depends on facts can be met exactly, whatever the step, by the facts it depends on.
    """
    if not isinstance(bound.number.term, Constant):
        return {-1, 0, 1}
    step, span = step_and_span(fact)
    at = bound.number.term.value
    past = at / step - round(at / step)
    if abs(past) < 1e-6:
        return {steps for steps in (-1, 0, 1) if span[0] <= at + steps * step <= span[1]}
    return {round(math.floor(at / step) - at / step, 6), round(math.ceil(at / step) - at / step, 6)}


def steps_taken(kb: KnowledgeBase, scenario: Scenario) -> Iterator[Step]:
    """How far a scenario's person is from each bound that matters to what the scenario expects."""
    person = kb.reason(scenario.given)
    matter = rules_behind(kb.content, scenario.expect)
    for bound in bounds(kb.core):
        steps = steps_from(bound, kb.content.facts[bound.fact], person)
        if bound.rule in matter and steps is not None:
            yield Step(bound, steps)


def steps_from(bound: Bound, fact: Fact, person: Valuation) -> float | None:
    """How many steps a person's value is above a bound; nothing if either is unknown."""
    value, number = person[bound.fact], number_of(bound.number, person.values)
    if value is None or number is None:
        return None
    assert not isinstance(value, str)
    return round((value - number) / step_and_span(fact)[0], 6)


def rules_behind(content: Content, topics: Iterable[str]) -> set[str]:
    """The rules that give these topics, and those that conclude what they rest on."""
    uses, wanted = dependencies(content), {*topics}
    giving = [rule for rule in content.rules.values() if rule.recommends and rule.topic in wanted]
    reached: set[str] = set()
    waiting = [name for rule in giving for name in facts_of_rule(content, rule.id)]
    while waiting:
        fact = waiting.pop()
        if fact not in reached:
            reached.add(fact)
            waiting.extend(uses[fact])
    concluding = {
        rule.id for rule in content.rules.values() if rule.conclude and rule.conclude.fact in reached
    }
    return {rule.id for rule in giving} | concluding


def facts_of_rule(content: Content, rule: str) -> list[str]:
    """The facts in a rule's condition and the one its target is on."""
    target = content.rules[rule].target
    names = facts_of_condition(content.rules[rule].when) + ([target.of] if target else [])
    return [name for name in names if name in content.facts]


def step_and_span(fact: Fact) -> tuple[float, tuple[float, float]]:
    assert fact.step is not None
    assert fact.span is not None
    return fact.step, fact.span


def written(term: Term) -> str:
    """A term as a reader would write it."""
    match term:
        case Constant():
            return f"{term.value:g}"
        case FactNumber():
            return term.fact
        case Arithmetic():
            return f"{written(term.left)} {term.symbol} {written(term.right)}"
