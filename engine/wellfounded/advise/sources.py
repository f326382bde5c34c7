"""Which claims stand behind a recommendation, and how each came to: read off core and valuation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellfounded.advise.reading import Values, deciding, truth
from wellfounded.model.advice import Via
from wellfounded.model.core import (
    All,
    Any,
    Branch,
    Comparison,
    Definition,
    Formula,
    OneOf,
    Recommending,
    Rounded,
    Test,
    facts_in_term,
)
from wellfounded.model.record import Record
from wellfounded.model.valuation import bounds_with_ends


class Grounds(Record, frozen=True):
    """What a test or a rule rests on when it holds, as far as that is the same for everyone.

    ``open`` are the parts that can hold in several ways, so that a person's values decide what they rest on.
    """

    parameters: tuple[str, ...]
    facts: tuple[str, ...]
    open: tuple[Test, ...]


def grounds_of_rule(rule: Recommending) -> Grounds:
    """The grounds of a rule that holds: its condition, its target's bounds, and the fact the target is on."""
    grounds = _grounds_when_true(rule.test)
    bounds = [bound for _, bound in bounds_with_ends(rule)]
    parameters = grounds.parameters + tuple(claim for bound in bounds for claim in bound.claims)
    facts = grounds.facts + tuple(fact for bound in bounds for fact in facts_in_term(bound.term))
    if rule.target is not None:
        facts += (rule.target.fact,)
    return Grounds(tuple(dict.fromkeys(parameters)), tuple(dict.fromkeys(facts)), grounds.open)


def _grounds_when_true(test: Test) -> Grounds:
    match test:
        case OneOf() | Comparison():
            return Grounds(*_of_single(test), ())
        case Any():
            return Grounds((), (), (test,))
        case All():
            parts = [_grounds_when_true(member) for member in test.members]
            return Grounds(
                tuple(claim for part in parts for claim in part.parameters),
                tuple(fact for part in parts for fact in part.facts),
                tuple(member for part in parts for member in part.open),
            )


def _of_single(test: OneOf | Comparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parameters' claims and the facts of a single test."""
    if isinstance(test, OneOf):
        return (), (test.fact,)
    return test.bound.claims, (test.fact, *facts_in_term(test.bound.term))


class Sources:
    """Reads sources for one valuation; what derived facts pass on is worked out once."""

    def __init__(self, definitions: Mapping[str, Definition], values: Values, stated: Iterable[str]) -> None:
        self.definitions = definitions
        self.values = values
        self.stated = frozenset(stated)
        self.passed_on: dict[str, tuple[str, ...]] = {}

    def of_rule(self, rule: Recommending, grounds: Grounds) -> tuple[tuple[str, Via], ...]:
        """Each claim behind a rule that holds with the strongest way it came: rule, parameter, then chain."""
        found: dict[str, Via] = dict.fromkeys(rule.claims, Via.RULE)
        parameters, facts = grounds.parameters, grounds.facts
        for part in grounds.open:
            more_parameters, more_facts = self._of_test(part)
            parameters, facts = parameters + more_parameters, facts + more_facts
        for claim in parameters:
            found.setdefault(claim, Via.PARAMETER)
        for fact in facts:
            if fact in self.definitions:
                for claim in self.of_fact(fact):
                    found.setdefault(claim, Via.CHAIN)
        return tuple(found.items())

    def of_fact(self, fact: str) -> tuple[str, ...]:
        """The claims a derived fact passes on: those of the rules that gave it its value."""
        if fact not in self.passed_on:
            self.passed_on[fact] = tuple(dict.fromkeys(self._of_fact(fact)))
        return self.passed_on[fact]

    def _of_fact(self, fact: str) -> tuple[str, ...]:
        definition = self.definitions.get(fact)
        if definition is None or fact in self.stated or self.values[fact] is None:
            return ()
        if isinstance(definition, Formula):
            return self._of_result(definition.result)
        branches = self.deciding_branches(definition.branches, fact)
        return tuple(claim for branch in branches for claim in self.of_branch(branch))

    def deciding_branches(self, branches: tuple[Branch, ...], fact: str) -> tuple[Branch, ...]:
        """The rules that gave a derived fact its value: those that hold and give it, else all of them."""
        value = self.values[fact]
        holding = tuple(b for b in branches if b.value == value and truth(b.test, self.values))
        return holding or branches

    def of_branch(self, branch: Branch) -> tuple[str, ...]:
        """All claims behind one concluding rule: its own, its parameters', and those further back."""
        parameters, facts = self._of_test(branch.test)
        return (*branch.claims, *parameters, *(claim for fact in facts for claim in self.of_fact(fact)))

    def _of_result(self, result: Rounded) -> tuple[str, ...]:
        return (*result.claims, *(c for fact in facts_in_term(result.term) for c in self.of_fact(fact)))

    def _of_test(self, test: Test) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parameters' claims and the facts that the truth of a test rests on."""
        if truth(test, self.values) is None:
            return (), ()
        singles = [_of_single(single) for single in deciding(test, self.values)]
        return (
            tuple(claim for parameters, _ in singles for claim in parameters),
            tuple(fact for _, facts in singles for fact in facts),
        )
