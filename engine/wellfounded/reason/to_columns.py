"""The core → expressions over the columns of a table, for any number of people at once.

The null logic of these engines is Kleene's, so unknown is simply null. The expressions are narwhals', so that
one reading serves every engine; what engines do differently is in ``Engine``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import combinations
from typing import Any as Anything
from typing import TypeAlias

import narwhals as nw

from wellfounded.model.content import Verdict
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
    NumberTarget,
    OneOf,
    Recommending,
    Relation,
    Rounded,
    Selection,
    Term,
    Test,
    ValueTarget,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.record import Record
from wellfounded.model.valuation import bounds_with_ends

Expression: TypeAlias = nw.Expr
Named: TypeAlias = tuple[str, Expression]

UNDECIDED = "undecided"

#: What a verdict column can hold, besides null where a topic is not given.
VERDICTS = (UNDECIDED, *(str(verdict) for verdict in Verdict))


class Engine(Record, frozen=True, eq=False):
    """What engines do differently.

    ``rounded`` rounds as ``model.values.rounded`` does, to the bit; ``verdict`` is the type of verdicts, an
    enumeration where the engine has one.
    """

    rounded: Callable[[Expression, int], Expression]
    verdict: Anything


# Added to a double below 2**51 and taken away again, this leaves the nearest whole number, half to even.
_WHOLE = 1.5 * 2**52


def _half_to_even(number: Expression, decimals: int) -> Expression:
    """For engines that round halves away from zero: scaled, rounded by adding, and scaled back."""
    scale = 10.0**decimals
    return ((number * scale + _WHOLE) - _WHOLE) / scale


# Polars cannot do it in this way: it divides by a constant by multiplying by its inverse.
POLARS = Engine(lambda number, decimals: number.round(decimals), nw.Enum(VERDICTS))
SQL = Engine(_half_to_even, nw.String())


class Conflict(Record, frozen=True, eq=False):
    """Where two rules give one fact or one topic different values."""

    about: str
    rules: tuple[str, str]
    test: Expression


class Columns(Record, frozen=True, eq=False):
    """What to compute: stages, each of which uses only columns of the person and of earlier stages.

    The stages give every derived fact under its name, and under names that ``holds_column`` and
    ``bound_column`` give, per recommending rule whether it holds and its bounds that depend on facts.
    ``conflicts`` says where two rules disagree; ``topics`` gives per topic its verdict and, for a target on a
    number, its bounds, under the names a table shows them.
    """

    stages: tuple[tuple[Named, ...], ...]
    conflicts: tuple[Conflict, ...]
    topics: tuple[Named, ...]


def to_columns(core: Core, engine: Engine = POLARS) -> Columns:
    """The expressions of a core. Every fact has to be a column; what is not stated of anyone is all null."""
    return _Reading(core, engine).columns()


def holds_column(rule: str) -> str:
    """The name of the column that says whether a rule holds. No id has a space in it."""
    return f"{rule} holds"


def bound_column(rule: str, end: str) -> str:
    """The name of the column with a rule's bound that depends on facts."""
    return f"{rule} {end}"


class _Reading:
    """One reading of a core. A test that is made more than once gets a column of its own."""

    def __init__(self, core: Core, engine: Engine) -> None:
        self.core = core
        self.engine = engine
        self.shared = {test: f"test {place}" for place, test in enumerate(_made_twice(core))}

    def columns(self) -> Columns:
        topics: dict[str, list[Recommending]] = {}
        for rule in self.core.recommending:
            topics.setdefault(rule.topic, []).append(rule)
        by_topic = (conflict for rules in topics.values() for conflict in self.topic_conflicts(rules))
        return Columns(
            tuple(tuple(stage) for stage in self.stages() if stage),
            (*self.fact_conflicts(), *by_topic),
            tuple(column for topic, rules in topics.items() for column in self.topic(topic, rules)),
        )

    def stages(self) -> Iterator[list[Named]]:
        level = _levels(self.core.definitions)
        for depth in range(max(level.values(), default=-1) + 2):
            yield [
                (name, self.own(test))
                for test, name in self.shared.items()
                if max(level.get(fact, -1) + 1 for fact in facts_in_test(test)) == depth
            ]
            yield [(d.fact, self.definition(d)) for d in self.core.definitions if level[d.fact] == depth]
        yield [
            (bound_column(rule.rule, end), _unsigned_zero(self.rounded(bound)))
            for rule in self.core.recommending
            for end, bound in bounds_with_ends(rule)
            if not isinstance(bound.term, Constant)
        ]
        yield [(holds_column(rule.rule), self.holds(rule)) for rule in self.core.recommending]

    def definition(self, definition: Definition) -> Expression:
        match definition:
            case Formula():
                computed = self.rounded(definition.result)
                stated = nw.col(definition.fact)
                return _unsigned_zero(nw.coalesce(stated, computed) if definition.statable else computed)
            case Conclusion():
                return self.any_of(definition.branches)
            case Selection():
                return self.selected(definition)

    def any_of(self, branches: Iterable[Branch]) -> Expression:
        return _joined([self.test(branch.test) for branch in branches], False)

    def selected(self, definition: Selection) -> Expression:
        groups: dict[Anything, list[Branch]] = {}
        for branch in definition.branches:
            groups.setdefault(branch.value, []).append(branch)
        truths = {value: self.any_of(branches) for value, branches in groups.items()}
        unknown = _joined([truth.is_null() for truth in truths.values()], False)
        chosen = nw.when(~unknown).then(nw.lit(definition.otherwise)).otherwise(nw.lit(None, nw.String))
        for value, truth in reversed(truths.items()):
            chosen = nw.when(truth).then(nw.lit(value)).otherwise(chosen)
        return chosen

    def fact_conflicts(self) -> Iterator[Conflict]:
        for definition in self.core.definitions:
            if isinstance(definition, Selection):
                for one, other in combinations(definition.branches, 2):
                    if one.value != other.value:
                        together = self.test(one.test) & self.test(other.test)
                        yield Conflict(definition.fact, (one.rule, other.rule), together)

    def topic_conflicts(self, rules: list[Recommending]) -> Iterator[Conflict]:
        for one, other in combinations(rules, 2):
            if (one.verdict, one.target) == (other.verdict, other.target):
                continue
            aims_differ = nw.lit(_aim(one.target) != _aim(other.target))
            differ = [aims_differ, self.verdict(one) != self.verdict(other)]
            bounds = [dict(bounds_with_ends(rule)) for rule in (one, other)]
            for end in dict.fromkeys([*bounds[0], *bounds[1]]):
                if end in bounds[0] and end in bounds[1]:
                    differ.append(self.bound(one, end) != self.bound(other, end))
                else:
                    differ.append(nw.lit(True))
            both = nw.col(holds_column(one.rule)) & nw.col(holds_column(other.rule))
            yield Conflict(one.topic, (one.rule, other.rule), both & _joined(differ, False))

    def test(self, test: Test) -> Expression:
        if isinstance(test, OneOf | Comparison) and test in self.shared:
            return nw.col(self.shared[test])
        return self.own(test)

    def own(self, test: Test) -> Expression:
        """The test itself, where it is not another column already."""
        match test:
            case OneOf():
                return _one_of(test)
            case Comparison():
                return _compared(test.relation, nw.col(test.fact), self.rounded(test.bound))
            case All():
                return _joined([self.test(member) for member in test.members], True)
            case Any():
                return _joined([self.test(member) for member in test.members], False)

    def rounded(self, result: Rounded) -> Expression:
        if isinstance(result.term, Constant):
            return nw.lit(result.term.value)
        return self.engine.rounded(_term(result.term), result.decimals)

    def holds(self, rule: Recommending) -> Expression:
        """Whether a rule holds: unknown also where it would and a bound cannot be computed."""
        holds = self.test(rule.test)
        computed = [end for end, bound in bounds_with_ends(rule) if not isinstance(bound.term, Constant)]
        if not computed:
            return holds
        known = _joined([~nw.col(bound_column(rule.rule, end)).is_null() for end in computed], True)
        return holds & nw.when(known).then(nw.lit(True)).otherwise(nw.lit(None, nw.Boolean))

    def bound(self, rule: Recommending, end: str) -> Expression:
        bound = dict(bounds_with_ends(rule))[end]
        constant = isinstance(bound.term, Constant)
        return self.rounded(bound) if constant else nw.col(bound_column(rule.rule, end))

    def topic(self, topic: str, rules: list[Recommending]) -> Iterator[Named]:
        holding = {rule.rule: nw.col(holds_column(rule.rule)) for rule in rules}
        unknown = _joined([holds.is_null() for holds in holding.values()], False)
        verdict = nw.when(unknown).then(self.word(UNDECIDED)).otherwise(self.word(None))
        for rule in reversed(rules):
            verdict = nw.when(holding[rule.rule]).then(self.verdict(rule)).otherwise(verdict)
        yield f"{topic}.verdict", verdict
        if any(isinstance(rule.target, NumberTarget) for rule in rules):
            for end in ("low", "high"):
                shown = nw.lit(None, nw.Float64)
                for rule in reversed(rules):
                    if end in dict(bounds_with_ends(rule)):
                        shown = nw.when(holding[rule.rule]).then(self.bound(rule, end)).otherwise(shown)
                yield f"{topic}.{end}", shown

    def verdict(self, rule: Recommending) -> Expression:
        match rule.target:
            case None:
                assert rule.verdict is not None
                return self.word(rule.verdict)
            case ValueTarget(value=value):
                column = nw.col(rule.target.fact)
                reached = column if value else ~column
                change = self.word(Verdict.START if value else Verdict.STOP)
                asked = nw.when(reached).then(self.word(Verdict.KEEP)).otherwise(change)
            case NumberTarget():
                column = nw.col(rule.target.fact)
                asked = self.word(Verdict.KEEP)
                if rule.target.high is not None:
                    above = column > self.bound(rule, "high")
                    asked = nw.when(above).then(self.word(Verdict.LOWER)).otherwise(asked)
                if rule.target.low is not None:
                    below = column < self.bound(rule, "low")
                    asked = nw.when(below).then(self.word(Verdict.RAISE)).otherwise(asked)
        return nw.when(column.is_null()).then(self.word(Verdict.MEET)).otherwise(asked)

    def word(self, verdict: str | None) -> Expression:
        return nw.lit(None if verdict is None else str(verdict), self.engine.verdict)


def _levels(definitions: Iterable[Definition]) -> dict[str, int]:
    """Per derived fact how many definitions lie between it and what is stated."""
    level: dict[str, int] = {}
    for definition in definitions:
        level[definition.fact] = max(
            (level[fact] + 1 for fact in _uses(definition) if fact in level), default=0
        )
    return level


def _uses(definition: Definition) -> Iterable[str]:
    if isinstance(definition, Formula):
        return facts_in_term(definition.result.term)
    return (fact for branch in definition.branches for fact in facts_in_test(branch.test))


def _made_twice(core: Core) -> list[OneOf | Comparison]:
    """The tests of single facts that are made in more than one place, in the order they are met."""
    counted: Counter[OneOf | Comparison] = Counter()
    for definition in core.definitions:
        if not isinstance(definition, Formula):
            for branch in definition.branches:
                counted.update(_single(branch.test))
    for rule in core.recommending:
        counted.update(_single(rule.test))
    return [test for test, times in counted.items() if times > 1]


def _single(test: Test) -> Iterator[OneOf | Comparison]:
    if isinstance(test, All | Any):
        for member in test.members:
            yield from _single(member)
    else:
        yield test


def _joined(parts: list[Expression], conjunction: bool) -> Expression:
    """All parts, or any of them; of no parts at all, what is so for everyone."""
    if not parts:
        return nw.lit(conjunction)
    return reduce((lambda a, b: a & b) if conjunction else (lambda a, b: a | b), parts)


def _aim(target: NumberTarget | ValueTarget | None) -> tuple[str, bool] | None:
    """What a target asks for, apart from its bounds: the same of everyone, also where they do not know it."""
    if target is None:
        return None
    return target.fact, target.value if isinstance(target, ValueTarget) else target.exact


def _one_of(test: OneOf) -> Expression:
    column = nw.col(test.fact)
    if all(isinstance(value, bool) for value in test.values) and test.values:
        return column if test.values == (True,) else ~column if test.values == (False,) else column | ~column
    return (
        _joined([column == nw.lit(value) for value in test.values], False)
        if test.values
        else column != column
    )


def _compared(relation: Relation, left: Expression, right: Expression) -> Expression:
    match relation:
        case Relation.BELOW:
            return left < right
        case Relation.AT_MOST:
            return left <= right
        case Relation.ABOVE:
            return left > right
        case Relation.AT_LEAST:
            return left >= right


def _unsigned_zero(number: Expression) -> Expression:
    """A number as it is shown. What is a little below zero rounds to -0.0, and Polars leaves out `+ 0.0`."""
    return nw.when(number == 0.0).then(nw.lit(0.0)).otherwise(number)


def _term(term: Term) -> Expression:
    match term:
        case Constant():
            return nw.lit(term.value)
        case FactNumber():
            return nw.col(term.fact)
    left, right = _term(term.left), _term(term.right)
    match term.symbol:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / _not_scalar(right, term.left)


def _not_scalar(divisor: Expression, dividend: Term) -> Expression:
    """A divisor that differs from row to row, as far as the engine knows.

    Where it is one number, Polars multiplies by its reciprocal, which may give another last bit.
    """
    fact = next(facts_in_term(dividend), None)
    return divisor if fact is None else divisor + nw.col(fact) * 0.0
