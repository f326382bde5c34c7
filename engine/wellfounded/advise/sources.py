"""Which claims stand behind a recommendation, and how each came to: read off core and valuation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from wellfounded.advise.reading import deciding, truth
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
    Test,
    facts_in_term,
)
from wellfounded.model.record import Record
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.arithmetic import Values


class Grounds(Record, frozen=True):
    """What a rule rests on when it holds, as far as that is the same for everyone.

    ``derived`` are the derived facts whose chains it passes on; ``open`` are the parts that hold in several
    ways, so that a person's values decide what they rest on.
    """

    claims: tuple[str, ...]
    parameters: tuple[str, ...]
    derived: tuple[str, ...]
    open: tuple[Test, ...]


#: The claims that derived facts pass on, and for each open part those of its parameters and of its facts.
Basis: TypeAlias = tuple[
    tuple[tuple[str, ...], ...],
    tuple[tuple[tuple[str, ...], tuple[str, ...]], ...],
]


def claims_behind(grounds: Grounds, basis: Basis) -> tuple[tuple[str, Via], ...]:
    """Each claim behind a rule that holds, with the strongest way it came: rule, parameter, then chain."""
    chains, parts = basis
    found = dict.fromkeys(grounds.claims, Via.RULE)
    for claim in (*grounds.parameters, *(claim for parameters, _ in parts for claim in parameters)):
        found.setdefault(claim, Via.PARAMETER)
    for chain in (*chains, *(chain for _, chain in parts)):
        for claim in chain:
            found.setdefault(claim, Via.CHAIN)
    return tuple(found.items())


def grounds_of_rule(rule: Recommending, definitions: Mapping[str, Definition]) -> Grounds:
    """The grounds of a rule: its condition, its target's bounds, and the fact the target is on."""
    always, parts = _taken_apart(rule.test)
    singles = [_of_single(single) for single in always]
    bounds = [bound for _, bound in bounds_with_ends(rule)]
    parameters = [claim for claims, _ in singles for claim in claims]
    parameters += [*(claim for bound in bounds for claim in bound.claims), *rule.shown]
    facts = [fact for _, its_facts in singles for fact in its_facts]
    facts += [fact for bound in bounds for fact in facts_in_term(bound.term)]
    if rule.target is not None:
        facts.append(rule.target.fact)
    return Grounds(
        rule.claims,
        tuple(dict.fromkeys(parameters)),
        tuple(fact for fact in dict.fromkeys(facts) if fact in definitions),
        tuple(parts),
    )


def _taken_apart(test: Test) -> tuple[list[OneOf | Comparison], list[Test]]:
    """The single tests that hold whenever ``test`` does, and the parts that hold in one of several ways."""
    match test:
        case OneOf() | Comparison():
            return [test], []
        case Any():
            return [], [test]
        case All():
            taken = [_taken_apart(member) for member in test.members]
            return [s for singles, _ in taken for s in singles], [p for _, parts in taken for p in parts]


def _of_single(test: OneOf | Comparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parameters' claims and the facts of a single test."""
    if isinstance(test, OneOf):
        return (), (test.fact,)
    return test.bound.claims, (test.fact, *facts_in_term(test.bound.term))


class _Part(Record, frozen=True):
    """Claims, and facts whose claims come with them."""

    claims: tuple[str, ...]
    facts: tuple[str, ...]


class Sources:
    """Reads sources for one valuation; what derived facts pass on is worked out once."""

    def __init__(self, definitions: Mapping[str, Definition], values: Values, stated: Iterable[str]) -> None:
        self.definitions = definitions
        self.values = values
        self.stated = frozenset(stated)
        self.passed_on: dict[str, tuple[str, ...]] = {}

    def basis(self, grounds: Grounds) -> Basis:
        """What is particular to this person in what a rule that holds rests on."""
        return (
            tuple(self.of_fact(fact) for fact in grounds.derived),
            tuple(self._of_open(part) for part in grounds.open),
        )

    def _of_open(self, part: Test) -> tuple[tuple[str, ...], tuple[str, ...]]:
        parameters, facts = self._of_test(part)
        return parameters, tuple(claim for fact in facts for claim in self.of_fact(fact))

    def of_fact(self, fact: str) -> tuple[str, ...]:
        """The claims a derived fact passes on: those of the rules that gave it its value.

        What it rests on is worked out first, not by recursion: a chain may be longer than Python's stack.
        """
        waiting = [fact]
        while fact not in self.passed_on:
            parts = self._of_fact(waiting[-1])
            missing = [further for part in parts for further in part.facts if further not in self.passed_on]
            if missing:
                waiting += missing
            else:
                self.passed_on[waiting.pop()] = tuple(dict.fromkeys(self._all_of(parts)))
        return self.passed_on[fact]

    def of_branch(self, branch: Branch) -> tuple[str, ...]:
        """All claims behind one concluding rule: its own, its parameters', and those further back."""
        return self._all_of((self._of_branch(branch),))

    def _all_of(self, parts: Iterable[_Part]) -> tuple[str, ...]:
        """The claims of each part, each with those that the part's facts pass on."""
        return tuple(
            claim
            for part in parts
            for claims in (part.claims, *(self.of_fact(fact) for fact in part.facts))
            for claim in claims
        )

    def _of_fact(self, fact: str) -> tuple[_Part, ...]:
        definition = self.definitions.get(fact)
        if definition is None or fact in self.stated or self.values[fact] is None:
            return ()
        if isinstance(definition, Formula):
            return (_Part(definition.result.claims, tuple(facts_in_term(definition.result.term))),)
        return tuple(map(self._of_branch, self.deciding_branches(definition.branches, fact)))

    def _of_branch(self, branch: Branch) -> _Part:
        parameters, facts = self._of_test(branch.test)
        return _Part((*branch.claims, *parameters), facts)

    def deciding_branches(self, branches: tuple[Branch, ...], fact: str) -> tuple[Branch, ...]:
        """The rules that gave a derived fact its value: those that hold and give it, else all of them."""
        value = self.values[fact]
        holding = tuple(b for b in branches if b.value == value and truth(b.test, self.values))
        return holding or branches

    def _of_test(self, test: Test) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parameters' claims and the facts that the truth of a test rests on."""
        if truth(test, self.values) is None:
            return (), ()
        singles = [_of_single(single) for single in deciding(test, self.values)]
        return (
            tuple(claim for parameters, _ in singles for claim in parameters),
            tuple(fact for _, facts in singles for fact in facts),
        )
