"""The tests, numbers and definitions of a core as expressions over the columns of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any as Anything

from wellfounded.model.content import FactType
from wellfounded.model.core import (
    All,
    Any,
    Branch,
    Comparison,
    Conclusion,
    Constant,
    Core,
    Definition,
    FactNumber,
    Formula,
    OneOf,
    Recommending,
    Relation,
    Rounded,
    Selection,
    Term,
    Test,
    facts_in_term,
)
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.expressions import Engine, Expression, compared, compared_before_rounding


def holds_column(place: int) -> str:
    """The name of the column that says whether a rule holds, by its place among those that recommend.

    Not by its id, since to some engines `Rest` and `rest` are one name. No id has a space in it.
    """
    return f"rule {place} holds"


def bound_column(place: int, end: str) -> str:
    """The name of the column with a rule's bound that depends on facts, by the rule's place."""
    return f"rule {place} {end}"


class CoreColumns:
    """A core over columns. The tests in ``shared`` have columns of their own, by the names beside them.

    ``to_round`` fills with the columns of rounded numbers that the expressions made so far use.
    """

    def __init__(
        self,
        core: Core,
        engine: Engine,
        decimals: Mapping[str, int],
        shared: Mapping[OneOf | Comparison, str],
    ) -> None:
        self.engine = engine
        self.decimals = decimals
        self.shared = shared
        self.to_round: dict[str, Expression] = {}
        self.place = {rule.rule: place for place, rule in enumerate(core.recommending)}

    def definition(self, definition: Definition) -> Expression:
        match definition:
            case Formula():
                computed = self.rounded(definition.result)
                stated = self.engine.column(definition.fact)
                return self.engine.unsigned_zero(
                    self.engine.first_known(stated, computed) if definition.statable else computed
                )
            case Conclusion():
                return self.any_of(definition.branches)
            case Selection():
                return self.selected(definition)

    def any_of(self, branches: Iterable[Branch]) -> Expression:
        return self.engine.joined([self.test(branch.test) for branch in branches], False)

    def selected(self, definition: Selection) -> Expression:
        groups: dict[Anything, list[Branch]] = {}
        for branch in definition.branches:
            groups.setdefault(branch.value, []).append(branch)
        truths = {value: self.any_of(branches) for value, branches in groups.items()}
        unknown = self.engine.joined([truth.is_null() for truth in truths.values()], False)
        chosen = self.engine.choose(
            ~unknown, self.engine.literal(definition.otherwise), self.engine.nothing(FactType.CHOICE)
        )
        for value, truth in reversed(truths.items()):
            chosen = self.engine.choose(truth, self.engine.literal(value), chosen)
        return chosen

    def test(self, test: Test) -> Expression:
        if isinstance(test, OneOf | Comparison) and test in self.shared:
            return self.engine.column(self.shared[test])
        return self.own(test)

    def own(self, test: Test) -> Expression:
        """The test itself, where it is not another column already."""
        match test:
            case OneOf():
                return self.engine.one_of(test)
            case Comparison():
                return self.compared(test.fact, test.relation, test.bound)
            case All():
                return self.engine.joined([self.test(member) for member in test.members], True)
            case Any():
                return self.engine.joined([self.test(member) for member in test.members], False)

    def rounded(self, result: Rounded) -> Expression:
        if isinstance(result.term, Constant):
            return self.engine.literal(result.term.value)
        return self.engine.round(self.term(result.term), result.decimals)

    def term(self, term: Term) -> Expression:
        match term:
            case Constant():
                return self.engine.literal(term.value)
            case FactNumber():
                return self.number(term.fact)
        left, right = self.term(term.left), self.term(term.right)
        match term.symbol:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case _:
                return self.engine.divided(left, right, next(facts_in_term(term.left), None))

    def number(self, fact: str) -> Expression:
        """The column with a fact's number, rounded."""
        if fact not in self.decimals:
            return self.engine.column(fact)
        name = f"{fact} rounded"
        self.to_round[name] = self.engine.round(self.engine.column(fact), self.decimals[fact])
        return self.engine.column(name)

    def compared(self, fact: str, relation: Relation, bound: Rounded, column: str = "") -> Expression:
        """Whether a fact's number is below, at most, above or at least a bound, which may have a column."""
        if not isinstance(bound.term, Constant):
            there = self.engine.column(column) if column else self.rounded(bound)
            return compared(relation, self.number(fact), there)
        if fact in self.decimals:
            return compared_before_rounding(
                relation, self.engine.column(fact), bound.term.value, self.decimals[fact]
            )
        return compared(relation, self.engine.column(fact), self.rounded(bound))

    def holds(self, rule: Recommending) -> Expression:
        """Whether a rule holds: unknown also where it would and a bound cannot be computed."""
        holds = self.test(rule.test)
        computed = [end for end, bound in bounds_with_ends(rule) if not isinstance(bound.term, Constant)]
        if not computed:
            return holds
        known = self.engine.joined(
            [~self.engine.column(self.bound_column(rule, end)).is_null() for end in computed], True
        )
        return holds & self.engine.choose(
            known, self.engine.literal(True), self.engine.nothing(FactType.BOOLEAN)
        )

    def bound(self, rule: Recommending, end: str) -> Expression:
        bound = dict(bounds_with_ends(rule))[end]
        constant = isinstance(bound.term, Constant)
        return self.rounded(bound) if constant else self.engine.column(self.bound_column(rule, end))

    def holds_column(self, rule: Recommending) -> str:
        return holds_column(self.place[rule.rule])

    def bound_column(self, rule: Recommending, end: str) -> str:
        return bound_column(self.place[rule.rule], end)

    def holding(self, rule: Recommending) -> Expression:
        """The column that says whether a rule holds."""
        return self.engine.column(self.holds_column(rule))
