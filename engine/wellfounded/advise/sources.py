"""Which claims stand behind a recommendation, and how each came to: read off core and valuation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellfounded.advise.reading import Values, deciding, truth
from wellfounded.model.advice import Via
from wellfounded.model.core import (
    Branch,
    Comparison,
    Definition,
    Formula,
    NumberTarget,
    Recommending,
    Rounded,
    Test,
    ValueTarget,
    facts_in_term,
)
from wellfounded.model.valuation import bounds_with_ends


class Sources:
    """Reads sources for one valuation; what derived facts pass on is worked out once."""

    def __init__(self, definitions: Mapping[str, Definition], values: Values, stated: Iterable[str]) -> None:
        self.definitions = definitions
        self.values = values
        self.stated = frozenset(stated)
        self.passed_on: dict[str, tuple[str, ...]] = {}

    def of_recommendation(self, rules: Iterable[Recommending]) -> dict[str, Via]:
        """Claim → the strongest way it came, for the rules that hold: theirs, parameters', then chains'."""
        found: dict[Via, dict[str, None]] = {via: {} for via in Via}
        for rule in rules:
            found[Via.RULE].update(dict.fromkeys(rule.claims))
            parameters, facts = self._of_test(rule.test)
            for _, bound in bounds_with_ends(rule):
                parameters += bound.claims
                facts += tuple(facts_in_term(bound.term))
            if isinstance(rule.target, NumberTarget | ValueTarget):
                facts += (rule.target.fact,)
            found[Via.PARAMETER].update(dict.fromkeys(parameters))
            found[Via.CHAIN].update((claim, None) for fact in facts for claim in self.of_fact(fact))
        strongest_first: dict[str, Via] = {}
        for via, claims in found.items():
            for claim in claims:
                strongest_first.setdefault(claim, via)
        return strongest_first

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
        return tuple(
            claim
            for branch in self.deciding_branches(definition.branches, fact)
            for claim in self.of_branch(branch)
        )

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
        parameters: list[str] = []
        facts: list[str] = []
        for single in deciding(test, self.values):
            facts.append(single.fact)
            if isinstance(single, Comparison):
                parameters.extend(single.bound.claims)
                facts.extend(facts_in_term(single.bound.term))
        return tuple(parameters), tuple(facts)
