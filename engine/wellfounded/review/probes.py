"""What there is to reach in each rule, and which outcome a person shows of it.

A probe is about a rule as a whole, its verdict, a single condition in its ``when`` or in that of a row of a
table, or a threshold: a number that a fact is held against, in a condition or as the end of a target.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from wellfounded.advise.reading import truth
from wellfounded.advise.verdicts import verdict_of
from wellfounded.check.rules import verdicts_of
from wellfounded.model.content import Content, Lifecycle, Rule, conditions_in
from wellfounded.model.core import (
    All,
    Comparison,
    Constant,
    Core,
    OneOf,
    Recommending,
    Relation,
    Rounded,
    Test,
)
from wellfounded.model.core import Any as AnyOf
from wellfounded.model.expression import Compares, Condition, Is, tests_in
from wellfounded.model.interval import EVERYTHING, Interval, interval_of
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.valuation import Valuation, bounds_with_ends
from wellfounded.model.values import Truth
from wellfounded.reason.arithmetic import Values, number_of
from wellfounded.review.authored import Authored, as_written, bounds_in, operand_as_written

RULES, TABLES = "rules", "tables"
Outcome = Callable[[Values, Valuation], str]

GIVING = {True: "given", False: "not_given", None: "undecided"}
CONCLUDING = {True: "holds", False: "does_not_hold", None: "unknown"}
TRUTHS = {True: "true", False: "false", None: "unknown"}
#: A value this near to a whole number of steps is one; doubles give no better.
_NEAR = 1e-6


class Probe(Record, frozen=True, gc=True):
    """``outcome`` is what a person shows, empty if nothing; ``possible`` what can be shown at all.

    ``of`` is the id of a rule, or of a table.
    """

    kind: str
    of: str
    text: str
    position: Position
    possible: tuple[str, ...]
    outcome: Outcome
    collection: str = RULES


class Probes:
    """Every probe of the rules in force, rule by rule."""

    def __init__(self, content: Content, core: Core) -> None:
        self.content = content
        self.authored = Authored(content)
        self.recommending = {rule.rule: rule for rule in core.recommending}

    def __iter__(self) -> Iterator[Probe]:
        rules = [rule for rule in self.content.rules.values() if rule.status is not Lifecycle.RETIRED]
        for rule in rules:
            yield from self._of_rule(rule)
        shown = {rule.table for rule in rules}
        for table in self.content.tables.values():
            for condition in conditions_in(table) if table.id in shown else ():
                for probe in self._of_condition(table.id, condition):
                    yield replace(probe, collection=TABLES)

    def _of_rule(self, rule: Rule) -> Iterator[Probe]:
        singles = tests_in(rule.when)
        if rule.recommends:
            core_rule = self.recommending[rule.id]
            yield self._given(rule, bool(singles))
            yield self._verdicts(rule, core_rule)
            yield from self._target(rule, core_rule)
        else:
            yield self._concludes(rule, bool(singles))
        yield from self._of_condition(rule.id, rule.when)

    def _of_condition(self, of: str, condition: Condition) -> Iterator[Probe]:
        """The single conditions in the ``when`` of a rule or a row, each with its thresholds."""
        for single in tests_in(condition):
            yield self._condition(of, single)
            bounds = bounds_in(self.authored.test(single))
            is_range = isinstance(single, Compares) and len(bounds) > 1
            for place, bound in enumerate(bounds):
                end = ("low", "high")[place] if is_range else ""
                text = f"{single.fact} against {_against(single, bound, end)}"
                yield from self._threshold(of, single.fact, bound, text, single.position)

    def _given(self, rule: Rule, conditional: bool) -> Probe:
        depends = conditional or rule.target is not None
        possible = tuple(GIVING.values()) if depends else (GIVING[True],)
        return Probe("rules", rule.id, "", rule.position, possible, lambda _, v: GIVING[v.holds(rule.id)])

    def _concludes(self, rule: Rule, conditional: bool) -> Probe:
        test = self.authored.test(rule.when)
        possible = tuple(CONCLUDING.values()) if conditional else (CONCLUDING[True],)
        return Probe(
            "rules", rule.id, "", rule.position, possible, lambda values, _: CONCLUDING[truth(test, values)]
        )

    def _verdicts(self, rule: Rule, core_rule: Recommending) -> Probe:
        verdicts = (rule.advise,) if rule.target is None else verdicts_of(rule.target)

        def outcome(values: Values, valuation: Valuation) -> str:
            given = valuation.outcome(rule.id)
            return str(verdict_of(core_rule, given, values)) if given.holds else ""

        return Probe("verdicts", rule.id, "", rule.position, tuple(map(str, verdicts)), outcome)

    def _condition(self, of: str, single: Is | Compares) -> Probe:
        test = self.authored.test(single)
        possible = tuple(TRUTHS[one] for one in (True, False, None) if one is None or self._can_be(test, one))
        return Probe(
            "conditions",
            of,
            as_written(single),
            single.position,
            possible,
            lambda values, _: TRUTHS[truth(test, values)],
        )

    def _target(self, rule: Rule, core_rule: Recommending) -> Iterator[Probe]:
        if rule.target is None or isinstance(rule.target.bound.value, bool | float | str):
            return
        written = operand_as_written(rule.target.bound.value)
        bounds = dict.fromkeys(bound for _, bound in bounds_with_ends(core_rule))
        ends = {bound: end for end, bound in bounds_with_ends(core_rule)}
        for bound in bounds:
            end = f"{ends[bound]} end of {written}" if len(bounds) > 1 else written
            text = f"{rule.target.of} against {_with_number(end, bound)}"
            yield from self._threshold(rule.id, rule.target.of, bound, text, rule.target.position, core_rule)

    def _threshold(
        self,
        of: str,
        fact: str,
        bound: Rounded,
        text: str,
        position: Position,
        target_of: Recommending | None = None,
    ) -> Iterator[Probe]:
        """Below, at and above; and just below and just above, for a fact that has a step.

        A target is held against a value only where its rule holds.
        """

        def distance(values: Values, valuation: Valuation) -> float | None:
            if target_of is not None and not valuation.holds(of):
                return None
            value, number = values[fact], number_of(bound, values)
            return None if value is None or number is None else round(float(value) - number, 9)

        def side(values: Values, valuation: Valuation) -> str:
            away = distance(values, valuation)
            return "" if away is None else "at" if away == 0 else "below" if away < 0 else "above"

        step = self.content.facts[fact].step

        def beside(values: Values, valuation: Valuation) -> str:
            away = distance(values, valuation)
            if not away or step is None or abs(away) > step * (1 + _NEAR):
                return ""
            return "just_below" if away < 0 else "just_above"

        sides = tuple(self._sides(fact, bound))
        yield Probe("thresholds", of, text, position, sides, side)
        if step is not None:
            near = tuple(self._near(fact, bound, step, sides))
            yield Probe("beside", of, text, position, near, beside)

    def _sides(self, fact: str, bound: Rounded) -> Iterator[str]:
        """Where the fact can be; on a threshold only if that is a whole number of steps."""
        span, numbers, step = self._span(fact), self._numbers(bound), self.content.facts[fact].step
        if span.low < numbers.high:
            yield "below"
        if span.meets(numbers) and not (isinstance(bound.term, Constant) and _between(numbers.low, step)):
            yield "at"
        if span.high > numbers.low:
            yield "above"

    def _near(self, fact: str, bound: Rounded, step: float, sides: tuple[str, ...]) -> Iterator[str]:
        span, numbers = self._span(fact), self._numbers(bound)
        is_fixed = isinstance(bound.term, Constant)
        below = math.ceil(numbers.low / step - _NEAR) * step - step
        above = math.floor(numbers.high / step + _NEAR) * step + step
        if "below" in sides and (not is_fixed or below >= span.low - step * _NEAR):
            yield "just_below"
        if "above" in sides and (not is_fixed or above <= span.high + step * _NEAR):
            yield "just_above"

    def _span(self, fact: str) -> Interval:
        return self.authored.spans.get(fact, EVERYTHING)

    def _numbers(self, bound: Rounded) -> Interval:
        return interval_of(bound.term, self.authored.spans)

    def _can_be(self, test: Test, wanted: Truth) -> bool:
        """Whether values within the spans can make a single condition true, or false."""
        match test:
            case OneOf():
                return bool(test.values) if wanted else bool(self.authored.others(test))
            case Comparison():
                span, numbers = self._span(test.fact), self._numbers(test.bound)
                is_below = test.relation in (Relation.BELOW, Relation.AT_MOST)
                strict = (test.relation in (Relation.BELOW, Relation.ABOVE)) is wanted
                if is_below is wanted:
                    return span.low < numbers.high or (not strict and span.low == numbers.high)
                return span.high > numbers.low or (not strict and span.high == numbers.low)
            case All() | AnyOf():
                of_each = [self._can_be(member, wanted) for member in test.members]
                return all(of_each) if wanted is isinstance(test, All) else any(of_each)


def _between(number: float, step: float | None) -> bool:
    """Whether a number lies between whole steps."""
    return step is not None and abs(number / step - round(number / step)) > _NEAR


def _against(single: Is | Compares, bound: Rounded, end: str) -> str:
    """What a fact is held against, as its author wrote it, with the number where that is fixed."""
    written = operand_as_written(single.operand) if isinstance(single, Compares) else ""
    return _with_number(f"{end} end of {written}" if end else written, bound)


def _with_number(written: str, bound: Rounded) -> str:
    if not isinstance(bound.term, Constant):
        return written
    number = f"{bound.term.value:.12g}"
    return number if written in ("", number) else f"{number} ({written})"
