"""The core → expressions over the columns of a table, for any number of people at once.

The null logic of these engines is Kleene's, so unknown is simply null. One reading serves every
engine: expressions are made with the names that Polars and narwhals share (see ``expressions``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any as Anything
from typing import TypeAlias

from wellfounded.model.content import FactType, Verdict
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
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.record import Record
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.expressions import (
    UNDECIDED,
    Engine,
    Expression,
    compared,
    compared_before_rounding,
)

Named: TypeAlias = tuple[str, Expression]


class Conflict(Record, frozen=True, eq=False):
    """Where two rules give one fact different values."""

    about: str
    rules: tuple[str, str]
    test: Expression


class Disagreement(Record, frozen=True, eq=False):
    """Where rules give one topic different values.

    ``holding`` names the columns that say whether each of the topic's rules holds; ``tests`` has per rule
    where it disagrees with the first one that holds. Two by two there would be too many tests.
    """

    topic: str
    holding: Mapping[str, str]
    tests: tuple[Named, ...]


class Columns(Record, frozen=True, eq=False):
    """What to compute: stages, each of which uses only columns of the person and of earlier stages.

    The stages give every derived fact under its name, and under names that ``holds_column`` and
    ``bound_column`` give, per recommending rule whether it holds and its bounds that depend on facts.
    ``chosen`` is one more stage, with what the first rule that holds for a topic says. ``conflicts`` and
    ``disagreements`` say where rules contradict each other; ``topics`` gives per topic its verdict and, for a
    target on a number, its bounds, under the names a table shows them.
    """

    stages: tuple[tuple[Named, ...], ...]
    chosen: tuple[Named, ...]
    conflicts: tuple[Conflict, ...]
    disagreements: tuple[Disagreement, ...]
    topics: tuple[Named, ...]


def to_columns(core: Core, engine: Engine, decimals: Mapping[str, int] = EMPTY) -> Columns:
    """The expressions of a core. Every fact has to be a column; what is not stated of anyone is all null.

    ``decimals`` are those to which numbers are rounded, for facts whose columns are as they were stated.
    """
    return _Reading(core, engine, decimals).columns()


def holds_column(place: int) -> str:
    """The name of the column that says whether a rule holds, by its place among those that recommend.

    Not by its id, since to some engines `Rest` and `rest` are one name. No id has a space in it.
    """
    return f"rule {place} holds"


def bound_column(place: int, end: str) -> str:
    """The name of the column with a rule's bound that depends on facts, by the rule's place."""
    return f"rule {place} {end}"


class _Reading:
    """One reading of a core. A test that is made more than once gets a column of its own."""

    def __init__(self, core: Core, engine: Engine, decimals: Mapping[str, int]) -> None:
        self.core = core
        self.engine = engine
        self.decimals = decimals
        self.to_round: dict[str, Expression] = {}
        self.place = {rule.rule: place for place, rule in enumerate(core.recommending)}
        self.shared = {test: f"test {place}" for place, test in enumerate(_made_twice(core))}

    def columns(self) -> Columns:
        topics: dict[str, list[Recommending]] = {}
        for rule in self.core.recommending:
            topics.setdefault(rule.topic, []).append(rule)
        stages = [tuple(stage) for stage in self.stages() if stage]
        read = [self.topic(place, topic, rules) for place, (topic, rules) in enumerate(topics.items())]
        conflicts = tuple(self.fact_conflicts())
        # Which numbers have to be rounded is known once everything else is written.
        first = [tuple(self.to_round.items())] if self.to_round else []
        return Columns(
            (*first, *stages),
            tuple(column for chosen, _, _ in read for column in chosen),
            conflicts,
            tuple(disagreement for _, _, disagreement in read if disagreement.tests),
            tuple(column for _, shown, _ in read for column in shown),
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
            (self.bound_column(rule, end), self.engine.unsigned_zero(self.rounded(bound)))
            for rule in self.core.recommending
            for end, bound in bounds_with_ends(rule)
            if not isinstance(bound.term, Constant)
        ]
        yield [(self.holds_column(rule), self.holds(rule)) for rule in self.core.recommending]

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

    def fact_conflicts(self) -> Iterator[Conflict]:
        for definition in self.core.definitions:
            if isinstance(definition, Selection):
                for one, other in combinations(definition.branches, 2):
                    if one.value != other.value:
                        together = self.test(one.test) & self.test(other.test)
                        yield Conflict(definition.fact, (one.rule, other.rule), together)

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

    def topic(
        self, place: int, topic: str, rules: list[Recommending]
    ) -> tuple[list[Named], list[Named], Disagreement]:
        """What the first rule that holds says, in columns; those that are shown; where others disagree."""
        chosen = dict(self.of_first(rules))
        column = {name: f"topic {place} {name}" for name in [*chosen, _KIND]}
        shown = [(f"{topic}.{name}", self.engine.column(column[name])) for name in chosen]
        if len({(rule.verdict, rule.target) for rule in rules}) == 1:
            tests = []
        else:
            kinds = {
                rule.rule: self.engine.literal(kind) for rule, kind in zip(rules, _kinds(rules), strict=True)
            }
            chosen[_KIND] = self.engine.first_that([(self.holding(rule), kinds[rule.rule]) for rule in rules])
            first = {name: self.engine.column(column[name]) for name in column}
            tests = [(rule.rule, self.disagrees(rule, kinds[rule.rule], first)) for rule in rules[1:]]
        holding = frozen((rule.rule, self.holds_column(rule)) for rule in rules)
        return (
            [(column[name], made) for name, made in chosen.items()],
            shown,
            Disagreement(topic, holding, tuple(tests)),
        )

    def of_first(self, rules: list[Recommending]) -> Iterator[Named]:
        """The verdict and the bounds of the first rule that holds."""
        unknown = self.engine.joined([self.holding(rule).is_null() for rule in rules], False)
        undecided = self.engine.choose(unknown, self.word(UNDECIDED), self.word(None))
        yield (
            "verdict",
            self.engine.first_that([(self.holding(r), self.verdict(r)) for r in rules], undecided),
        )
        if any(isinstance(rule.target, NumberTarget) for rule in rules):
            nothing = self.engine.nothing(FactType.NUMBER)
            for end in ("low", "high"):
                bounded = [rule for rule in rules if end in dict(bounds_with_ends(rule))]
                bounds = [(self.holding(rule), self.bound(rule, end)) for rule in bounded]
                yield end, self.engine.first_that(bounds, nothing)

    def disagrees(self, rule: Recommending, kind: Expression, first: Mapping[str, Expression]) -> Expression:
        """Whether a rule holds and says something else than the first one that does."""
        differ = [kind != first[_KIND], self.verdict(rule) != first["verdict"]]
        differ += [self.bound(rule, end) != first[end] for end, _ in bounds_with_ends(rule)]
        return self.holding(rule) & self.engine.joined(differ, False)

    def holding(self, rule: Recommending) -> Expression:
        return self.engine.column(self.holds_column(rule))

    def verdict(self, rule: Recommending) -> Expression:
        match rule.target:
            case None:
                assert rule.verdict is not None
                return self.word(rule.verdict)
            case ValueTarget(value=value):
                column = self.engine.column(rule.target.fact)
                reached = column if value else ~column
                change = self.word(Verdict.START if value else Verdict.STOP)
                asked = self.engine.choose(reached, self.word(Verdict.KEEP), change)
            case NumberTarget(fact=fact):
                column = self.engine.column(fact)
                asked = self.word(Verdict.KEEP)
                for end, relation, asks in _CHANGES:
                    bound = dict(bounds_with_ends(rule)).get(end)
                    if bound is not None:
                        missed = self.compared(fact, relation, bound, self.bound_column(rule, end))
                        asked = self.engine.choose(missed, self.word(asks), asked)
        return self.engine.choose(column.is_null(), self.word(Verdict.MEET), asked)

    def word(self, verdict: str | None) -> Expression:
        return self.engine.literal(None if verdict is None else str(verdict), self.engine.verdict)


#: Beside its verdict and its bounds, what a rule asks for.
_KIND = "kind"

#: What a target asks for beyond its ends.
_CHANGES = (("high", Relation.ABOVE, Verdict.LOWER), ("low", Relation.BELOW, Verdict.RAISE))


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


def _kinds(rules: Iterable[Recommending]) -> list[int]:
    """Per rule a number for what it asks for, apart from bounds: the same of everyone, known or not."""
    numbers: dict[Anything, int] = {}
    return [numbers.setdefault(_asked(rule), len(numbers)) for rule in rules]


def _asked(rule: Recommending) -> tuple[Anything, ...]:
    ends = tuple(end for end, _ in bounds_with_ends(rule))
    match rule.target:
        case None:
            return ()
        case ValueTarget(fact=fact, value=value):
            return fact, value
        case NumberTarget(fact=fact, exact=exact):
            return fact, exact, ends
