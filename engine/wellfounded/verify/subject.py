"""The knowledge base that is asked about, with all that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from wellfounded.advise.reading import truth
from wellfounded.advise.verdicts import verdict_of
from wellfounded.lower import conditions_of
from wellfounded.model.content import Content, Rule, Verdict
from wellfounded.model.core import Core, Formula, Recommending, Test, facts_in_test, unknown_in
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
        self.people = People(self.reading, timeout=timeout, is_advised=lambda p: not self.disagreements(p))
        self._reasoners: dict[frozenset[str], Reasoner] = {}
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

    def valuation(self, person: Person, about: Iterable[str] | None = None) -> Valuation | None:
        """What a reasoner makes of a person; nothing where rules disagree about a fact.

        ``about`` are the facts that are asked about: that rules disagree about another then does not matter.
        """
        valuation, disagreements = self._valued(person)
        if disagreements and (about is None or disagreements & self.reading.behind(about)):
            return None
        return valuation

    def disagreements(self, person: Person) -> frozenset[str]:
        """The derived choices that rules disagree about for a person."""
        return self._valued(person)[1]

    def _valued(self, person: Person) -> tuple[Valuation, frozenset[str]]:
        """A valuation in which whatever rules disagree about is unknown."""
        unknown = frozenset[str]()
        while True:
            if unknown not in self._reasoners:
                self._reasoners[unknown] = to_python(unknown_in(self.core, unknown))
            try:
                return self._reasoners[unknown](person), unknown
            except ConflictError as conflict:
                unknown |= {conflict.about}

    def is_true(self, test: Test, person: Person) -> Truth:
        """What a reasoner says of a test for a person; unknown where rules disagree about its facts."""
        valuation = self.valuation(person, facts_in_test(test))
        return None if valuation is None else truth(test, valuation.values)

    def verdict(self, rule: Recommending, valuation: Valuation) -> Verdict | None:
        """What a rule asks of a person, if it holds."""
        outcome = valuation.outcome(rule.rule)
        return verdict_of(rule, outcome, valuation) if outcome.holds else None
