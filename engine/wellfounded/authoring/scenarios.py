"""Scenarios for one rule: given, at and beside each bound, not given, undecided; each run before it is kept.

What a scenario expects is what the knowledge base says of its person, and only a person is taken of whom it
says what that kind of scenario is there for. Of a kind for which nobody is found, that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from wellfounded.authoring.people import People, Person, comparisons, step_of
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Recommendation, Undecided
from wellfounded.model.content import Fact, Lifecycle, Verdict
from wellfounded.model.core import (
    All,
    Comparison,
    Constant,
    NumberTarget,
    OneOf,
    Recommending,
    Relation,
    Test,
    ValueTarget,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.errors import ConflictError, FactError
from wellfounded.model.frozen import frozen
from wellfounded.model.position import NOWHERE
from wellfounded.model.record import Record
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.model.values import plain_number, rounded
from wellfounded.review.expectations import run_scenario
from wellfounded.review.scenarios import ABSENT, Scenario


class Drafted(Record, frozen=True):
    """``scenarios`` as they stand in a file; ``missing`` says, a sentence each, for what nobody was found."""

    scenarios: tuple[Mapping[str, Any], ...]
    missing: tuple[str, ...]


def scenarios_for(knowledge_base: KnowledgeBase, rule: str) -> Drafted:
    """Scenarios for a rule, drafts included if the rule is one."""
    return _Author(knowledge_base, rule).drafted()


class _Author:
    """Writes the scenarios of one rule, keeping those of different people."""

    def __init__(self, knowledge_base: KnowledgeBase, rule: str) -> None:
        self.is_draft = knowledge_base.content.rules[rule].status is Lifecycle.DRAFT
        self.knowledge_base = knowledge_base.with_drafts() if self.is_draft else knowledge_base
        self.content, core = self.knowledge_base.content, self.knowledge_base.core
        self.rule: Recommending = next(one for one in core.recommending if one.rule == rule)
        self.topic = self.rule.topic
        self.people = People(self.content, core, self.knowledge_base.reasoner())
        self.scenarios: list[Mapping[str, Any]] = []
        self.missing: list[str] = []

    def drafted(self) -> Drafted:
        given = self.person("who gets it", self.rule.test, lambda person: self.given(person) is not None)
        if given is not None and not isinstance(self.rule.target, NumberTarget | ValueTarget):
            self.add("given", given)
        if given is not None:
            self.of_target(given)
            self.of_bounds(given)
        if any(facts_in_test(self.rule.test)):
            self.not_given()
        if given != {}:
            self.undecided(given)
        return Drafted(tuple(self.scenarios), tuple(self.missing))

    def not_given(self) -> None:
        against = self.people.not_(self.rule.test)
        person = self.person("who does not get it", against, lambda one: self.outcome(one) is ABSENT)
        if person is not None:
            self.add("not given", person)

    # What becomes of the topic.

    def outcome(self, person: Person) -> Recommendation | Undecided | str | None:
        """What a person is told; nothing where rules disagree about them or the facts cannot be used."""
        valuation = self.people.valued(person)
        if valuation is None:
            return None
        try:
            advice = self.knowledge_base.advise(person)
        except (ConflictError, FactError):
            return None
        every: list[Recommendation | Undecided] = [*advice.recommendations, *advice.undecided]
        return next((one for one in every if one.id == self.topic), ABSENT)

    def given(self, person: Person) -> Recommendation | None:
        outcome = self.outcome(person)
        return outcome if isinstance(outcome, Recommendation) else None

    def gives(self, *verdicts: Verdict) -> Callable[[Person], bool]:
        return lambda person: (given := self.given(person)) is not None and given.verdict in verdicts

    def person(self, who: str, test: Test, accepts: Callable[[Person], bool]) -> Person | None:
        also = (fact for _, bound in bounds_with_ends(self.rule) for fact in facts_in_term(bound.term))
        person = self.people.find(test, accepts, also)
        if person is None:
            self.missing.append(f"nobody was found {who}, so there is no scenario for that")
        return person

    # The target.

    def of_target(self, given: Person) -> None:
        target = self.rule.target
        if isinstance(target, ValueTarget):
            change = Verdict.START if target.value else Verdict.STOP
            for value, verdict in ((not target.value, change), (target.value, Verdict.KEEP)):
                test = All((self.rule.test, OneOf(target.fact, (value,))))
                self.of_verdict(verdict, test)
        elif isinstance(target, NumberTarget):
            self.beside_bounds(given, target)
            fact = target.fact
            wanted: dict[Verdict, Test | None] = {
                Verdict.RAISE: None if target.low is None else Comparison(fact, Relation.BELOW, target.low),
                Verdict.LOWER: None if target.high is None else Comparison(fact, Relation.ABOVE, target.high),
                Verdict.KEEP: All(tuple(self.within(target))),
            }
            for verdict, where in wanted.items():
                if where is not None and not self.has(verdict):
                    self.of_verdict(verdict, All((self.rule.test, where)))
        if target is not None:
            meet = next(filter(self.gives(Verdict.MEET), self.fewer(given)), None)
            if meet is None:
                self.missing.append(
                    "nobody was found whose present value is unknown, so no scenario for `meet`"
                )
            else:
                meet = self.people.smallest(meet, self.gives(Verdict.MEET))
                self.add("meet, where the present value is unknown", meet)

    def fewer(self, person: Person) -> Iterator[Person]:
        """The person, and the person without what the target's fact rests on."""
        assert self.rule.target is not None
        yield person
        behind = {self.rule.target.fact, *self.people.inputs([self.rule.target.fact])}
        yield {fact: value for fact, value in person.items() if fact not in behind}

    def within(self, target: NumberTarget) -> Iterator[Comparison]:
        if target.low is not None:
            yield Comparison(target.fact, Relation.AT_LEAST, target.low)
        if target.high is not None:
            yield Comparison(target.fact, Relation.AT_MOST, target.high)

    def has(self, verdict: Verdict) -> bool:
        return any(_said(one, self.topic).get("verdict") == verdict for one in self.scenarios)

    def of_verdict(self, verdict: Verdict, test: Test) -> None:
        person = self.person(f"for `{verdict}`", test, self.gives(verdict))
        if person is not None:
            self.add(str(verdict), person)

    def beside_bounds(self, given: Person, target: NumberTarget) -> None:
        """At each bound of the target, and a step to both sides of it."""
        given = self.people.smallest(given, self.gives(*Verdict))
        valuation = self.people.valued(given)
        assert valuation is not None
        outcome = valuation.outcome(self.rule.rule)
        fact = self.content.facts[target.fact]
        ends = [("lower", outcome.low), ("upper", outcome.high)]
        if outcome.low == outcome.high:
            ends = [("only", outcome.low)]
        for end, bound in ends:
            if bound is None:
                continue
            is_only = end == "only" or None in (outcome.low, outcome.high)
            called = "bound" if is_only else f"{end} bound"
            for number, where in _beside(bound, fact):
                self.at_target(given, fact, number, (outcome.low, outcome.high), f"{where} its {called}")

    def at_target(
        self,
        given: Person,
        fact: Fact,
        number: float,
        bounds: tuple[float | None, float | None],
        where: str,
    ) -> None:
        low, high = bounds
        below, above = low is not None and number < low, high is not None and number > high
        verdict = Verdict.RAISE if below else Verdict.LOWER if above else Verdict.KEEP
        assert fact.span is not None
        if not fact.span[0] <= number <= fact.span[1]:
            return
        for person in self.people.at(given, fact, number):
            valuation = self.people.valued(person)
            outcome = None if valuation is None else valuation.outcome(self.rule.rule)
            is_there = outcome is not None and (outcome.low, outcome.high) == bounds
            if (
                is_there
                and valuation is not None
                and valuation[fact.id] == number
                and self.gives(verdict)(person)
            ):
                self.add(f"{verdict} at {plain_number(number)}, {where}", person)
                return
        self.missing.append(f"nobody was found with {fact.id} {plain_number(number)}, {where}")

    # The condition's own bounds.

    def of_bounds(self, given: Person) -> None:
        """At each number that the condition holds a stated fact against, and a step to both sides of it."""
        aimed = getattr(self.rule.target, "fact", "")
        for test in comparisons(self.rule.test):
            fact = self.content.facts[test.fact]
            if not isinstance(test.bound.term, Constant) or not fact.can_be_stated or fact.id == aimed:
                continue
            bound = plain_number(test.bound.term.value)
            for number, where in _beside(bound, fact):
                for person in self.people.at(given, fact, number):
                    what = f"{fact.id} {plain_number(number)}, {where} the {bound} of its condition"
                    self.add(what, person)

    # What is waited for.

    def undecided(self, given: Person | None) -> None:
        """Somebody one fact short of being given it; else somebody of whom nothing is known."""
        one_short = (
            []
            if given is None
            else [{name: value for name, value in given.items() if name != fact} for fact in given]
        )
        for person in (*one_short, {}):
            if isinstance(self.outcome(person), Undecided):
                self.add("undecided", person)
                return
        self.missing.append("nobody was found for whom it is undecided, so there is no scenario for that")

    # Writing it down.

    def add(self, what: str, person: Person) -> None:
        """A scenario that passes, of a person of whom there is none yet."""
        stated = {fact: _shown(person[fact]) for fact in self.content.facts if fact in person}
        outcome = self.outcome(person)
        if outcome is None or any(one["given"] == stated for one in self.scenarios):
            return
        name = f"{self.rule.rule}: {what}"
        names = {one["name"] for one in self.scenarios}
        name = next(
            one for one in (name, *(f"{name} ({number})" for number in range(2, 99))) if one not in names
        )
        expect = {self.topic: self.expected(outcome)}
        written: dict[str, Any] = {"name": name, "given": stated, "expect": expect}
        if self.is_draft:
            written["drafts"] = True
        scenario = Scenario(name, frozen(stated), frozen(expect), self.is_draft, NOWHERE)
        if run_scenario(scenario, self.knowledge_base).passed:
            self.scenarios.append(written)

    def expected(self, outcome: Recommendation | Undecided | str) -> Any:
        if isinstance(outcome, str):
            return outcome
        if isinstance(outcome, Undecided):
            return {"undecided": list(outcome.waits_for)}
        expected: dict[str, Any] = {"verdict": str(outcome.verdict)}
        if outcome.target is not None:
            expected["target"] = msgspec.json.decode(msgspec.json.encode(outcome.target))
        if outcome.current is not None and outcome.current.value is not None:
            expected["current"] = outcome.current.value
        if not any("sources" in _said(one, self.topic) for one in self.scenarios):
            expected |= {
                "sources": [source.claim for source in outcome.sources],
                "support": str(outcome.support),
            }
        return expected


def _said(scenario: Mapping[str, Any], topic: str) -> Mapping[str, Any]:
    """What a scenario expects of a topic, where it is more than a word."""
    expected = scenario["expect"][topic]
    return expected if isinstance(expected, Mapping) else {}


def _shown(value: bool | float | str) -> bool | float | str:
    return plain_number(value) if isinstance(value, float) else value


def _beside(bound: float, fact: Fact) -> Iterator[tuple[float, str]]:
    step = step_of(fact)
    yield rounded(bound - step), "one step below"
    yield bound, "on"
    yield rounded(bound + step), "one step above"
