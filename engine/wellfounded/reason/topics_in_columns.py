"""What becomes of every topic, as expressions over the columns that say which rules hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any as Anything
from typing import TypeAlias

from wellfounded.model.content import FactType, Support, Verdict
from wellfounded.model.core import NumberTarget, Recommending, Relation, ValueTarget
from wellfounded.model.frozen import frozen
from wellfounded.model.record import Record
from wellfounded.model.required import RequiredSupport, SupportCase
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.core_in_columns import CoreColumns
from wellfounded.reason.expressions import UNDECIDED, Expression

Named: TypeAlias = tuple[str, Expression]


class Disagreement(Record, frozen=True, eq=False):
    """Where rules give one topic different values.

    ``holding`` names the columns that say whether each of the topic's rules holds; ``tests`` has per rule
    where it disagrees with the first one that holds. Two by two there would be too many tests.
    """

    topic: str
    holding: Mapping[str, str]
    tests: tuple[Named, ...]


class Topic(Record, frozen=True, eq=False):
    """What to compute of one topic: a stage of columns, and what is shown, made of those.

    ``left_out`` is the topic with the support it has where it is left out; ``None`` where it never is.
    """

    chosen: tuple[Named, ...]
    shown: tuple[Named, ...]
    left_out: Expression | None
    disagreement: Disagreement


class TopicColumns:
    """The topics of a core over columns; with ``required``, those with too little support are left out."""

    def __init__(self, core: CoreColumns, required: RequiredSupport | None) -> None:
        self.core = core
        self.engine = core.engine
        self.required = required

    def topic(self, place: int, topic: str, rules: list[Recommending]) -> Topic:
        """One topic, by its place among them: no topic's id has a space in it, so the names are its own."""
        chosen = dict(self.of_first(rules))
        column = {name: f"topic {place} {name}" for name in [*chosen, _KIND, _LEFT_OUT]}
        shown = {name: self.engine.column(column[name]) for name in chosen}
        left_out = self.left_out(topic, rules)
        if left_out is not None:
            given = self.engine.column(column[_LEFT_OUT]).is_null()
            shown = {name: self.engine.where(given, value) for name, value in shown.items()}
            chosen[_LEFT_OUT] = left_out
        kinds = self.kinds(rules)
        if kinds:
            held = [self.core.holding(rule) for rule in rules]
            chosen[_KIND] = self.engine.first_that(list(zip(held, kinds, strict=True)))
        first = {name: self.engine.column(column[name]) for name in column}
        others = zip(rules[1:], kinds[1:], strict=False)
        tests = tuple((rule.rule, self.disagrees(rule, kind, first)) for rule, kind in others)
        return Topic(
            tuple((column[name], made) for name, made in chosen.items()),
            tuple((f"{topic}.{name}", value) for name, value in shown.items()),
            None if left_out is None else self.engine.column(column[_LEFT_OUT]),
            Disagreement(topic, frozen((rule.rule, self.core.holds_column(rule)) for rule in rules), tests),
        )

    def kinds(self, rules: list[Recommending]) -> list[Expression]:
        """Per rule what it asks for, apart from bounds; none where all ask the same, and cannot disagree."""
        alike = len({(rule.verdict, rule.target) for rule in rules}) == 1
        return [] if alike else [self.engine.literal(kind) for kind in _kinds(rules)]

    def of_first(self, rules: list[Recommending]) -> Iterator[Named]:
        """The verdict and the bounds of the first rule that holds."""
        unknown = self.engine.joined([self.core.holding(rule).is_null() for rule in rules], False)
        undecided = self.engine.choose(unknown, self.word(UNDECIDED), self.word(None))
        yield (
            "verdict",
            self.engine.first_that([(self.core.holding(r), self.verdict(r)) for r in rules], undecided),
        )
        if any(isinstance(rule.target, NumberTarget) for rule in rules):
            nothing = self.engine.nothing(FactType.NUMBER)
            for end in ("low", "high"):
                bounded = [rule for rule in rules if end in dict(bounds_with_ends(rule))]
                bounds = [(self.core.holding(rule), self.core.bound(rule, end)) for rule in bounded]
                yield end, self.engine.first_that(bounds, nothing)

    def left_out(self, topic: str, rules: list[Recommending]) -> Expression | None:
        """The topic with its support, where rules hold and too little stands behind them.

        A rule that is exempt is given where it is the first one that holds.
        """
        required = self.required
        if required is None or required.is_always_met(rules):
            return None
        behind: dict[Support, list[Expression]] = {support: [] for support in Support}
        for rule in rules:
            for case in required.cases[rule.rule]:
                behind[case.support].append(self.holds_with(rule, case))
        enough = [test for support in Support if required.is_met_by(support) for test in behind[support]]
        if any(rule.rule in required.exempt for rule in rules):
            literal, exempt = self.engine.literal, required.exempt
            enough.append(
                self.engine.first_that([(self.core.holding(r), literal(r.rule in exempt)) for r in rules])
            )
        found = self.engine.first_that(
            [
                (self.engine.joined(tests, False), self.engine.literal(f"{topic}: {support}"))
                for support, tests in behind.items()
                if tests and not required.is_met_by(support)
            ]
        )
        nothing = self.engine.nothing(FactType.CHOICE)
        return self.engine.choose(self.engine.joined(enough, False), nothing, found) if enough else found

    def holds_with(self, rule: Recommending, case: SupportCase) -> Expression:
        """Whether a rule holds, and with it the test of a case of its support."""
        holding = self.core.holding(rule)
        return holding if case.test is None else holding & self.core.test(case.test)

    def disagrees(self, rule: Recommending, kind: Expression, first: Mapping[str, Expression]) -> Expression:
        """Whether a rule holds and says something else than the first one that does."""
        differ = [kind != first[_KIND], self.verdict(rule) != first["verdict"]]
        differ += [self.core.bound(rule, end) != first[end] for end, _ in bounds_with_ends(rule)]
        return self.core.holding(rule) & self.engine.joined(differ, False)

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
                        missed = self.core.compared(fact, relation, bound, self.core.bound_column(rule, end))
                        asked = self.engine.choose(missed, self.word(asks), asked)
        return self.engine.choose(column.is_null(), self.word(Verdict.MEET), asked)

    def word(self, verdict: str | None) -> Expression:
        return self.engine.literal(None if verdict is None else str(verdict), self.engine.verdict)


#: Beside a topic's verdict and its bounds: what the rule asks for, and what is left out.
_KIND = "kind"
_LEFT_OUT = "left out"

#: What a target asks for beyond its ends.
_CHANGES = (("high", Relation.ABOVE, Verdict.LOWER), ("low", Relation.BELOW, Verdict.RAISE))


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
