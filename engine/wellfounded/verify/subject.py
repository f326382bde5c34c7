"""The knowledge base that is asked about, with all that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from wellfounded.advise.reading import truth
from wellfounded.advise.verdicts import verdict_of
from wellfounded.lower import conditions_of
from wellfounded.model.content import Content, Rule, Verdict
from wellfounded.model.core import Core, Formula, Recommending, Test
from wellfounded.model.errors import ConflictError
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import Truth
from wellfounded.reason.to_python import Reasoner, to_python
from wellfounded.verify.findings import Kind, Result
from wellfounded.verify.people import People, Person
from wellfounded.verify.to_solver import Reading


class Check(Record, frozen=True):
    """One question about a knowledge base: what would be wrong, of what, and how it is decided."""

    kind: Kind
    about: str
    decide: Callable[[], Result]
    position: Position = NOWHERE


class Subject:
    """A knowledge base, the solver's reading of it, and a reasoner that examples are held against."""

    def __init__(self, content: Content, core: Core, timeout: float) -> None:
        self.content = content
        self.core = core
        self.reading = Reading(content, core)
        self.people = People(self.reading, timeout=timeout)
        self.conditions = conditions_of(content)
        self.recommending: Mapping[str, Recommending] = {rule.rule: rule for rule in core.giving}
        self.topics: dict[str, list[Recommending]] = {}
        for rule in core.giving:
            self.topics.setdefault(rule.topic, []).append(rule)

    def tests(self) -> Iterator[tuple[Rule, Test]]:
        """Every rule in force with its condition, in the authors' order."""
        tests = {rule.rule: rule.test for rule in self.core.giving}
        for definition in self.core.definitions:
            if not isinstance(definition, Formula):
                tests |= {branch.rule: branch.test for branch in definition.branches}
        for rule in self.content.rules.values():
            if rule.id in tests:
                yield rule, tests[rule.id]

    # What a reasoner says of an example.

    @cached_property
    def _reason(self) -> Reasoner:
        return to_python(self.core)

    def valuation(self, person: Person) -> Valuation | None:
        """What a reasoner makes of a person; nothing where rules disagree about a fact."""
        try:
            return self._reason(person)
        except ConflictError:
            return None

    def disagreement(self, person: Person) -> str:
        """The derived fact that rules disagree about for a person, if there is one."""
        try:
            self._reason(person)
        except ConflictError as conflict:
            return conflict.about
        return ""

    def is_true(self, test: Test, person: Person) -> Truth:
        """What a reasoner says of a test for a person; unknown where rules disagree."""
        valuation = self.valuation(person)
        return None if valuation is None else truth(test, valuation.values)

    def verdict(self, rule: Recommending, valuation: Valuation) -> Verdict | None:
        """What a rule asks of a person, if it holds."""
        outcome = valuation.outcome(rule.rule)
        return verdict_of(rule, outcome, valuation) if outcome.holds else None
