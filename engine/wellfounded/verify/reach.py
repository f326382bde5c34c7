"""Which targets are tied to each other, and whether somebody can meet them together.

What a formula can give while its facts stay within their targets is an interval, which the solver computes
with from the bounds of each person. A fact without a target may be anything in its span, unless one of the
targets is worked out from it: then it is what the person states. A fact that stands twice in a formula counts
as two, so that a set of targets may go unnoticed, and is never reported wrongly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

import z3

from wellfounded.model.core import (
    Arithmetic,
    Constant,
    Core,
    FactNumber,
    Formula,
    NumberTarget,
    Recommending,
    Rounded,
    Term,
    ValueTarget,
    facts_in_term,
)
from wellfounded.model.interval import EVERYTHING, Interval, combined, interval_of
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import rounded
from wellfounded.verify.numbers import FALSE, TRUE, Number, Real, Yes, all_of, any_of, exactly, real
from wellfounded.verify.to_solver import Reading, bounds_of


class Together(NamedTuple):
    """Rules with targets that are tied to each other, by a formula or by being on one fact."""

    rules: tuple[Recommending, ...]
    formula: Formula | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(rule.topic for rule in self.rules)


def tied_targets(core: Core) -> Iterator[Together]:
    """Every set of rules of different topics whose targets are tied, smaller sets first."""
    on: dict[str, list[Recommending]] = {}
    for rule in core.giving:
        if rule.target is not None:
            on.setdefault(rule.target.fact, []).append(rule)
    for rules in on.values():
        for pair in combinations(rules, 2):
            if pair[0].topic != pair[1].topic:
                yield Together(pair)
    for definition in core.definitions:
        if isinstance(definition, Formula) and definition.fact in on:
            yield from _tied_by(definition, on)


def _tied_by(formula: Formula, on: dict[str, list[Recommending]]) -> Iterator[Together]:
    tied = [fact for fact in dict.fromkeys(facts_in_term(formula.result.term)) if fact in on]
    for size in range(1, len(tied) + 1):
        for some in combinations(tied, size):
            for rules in product(on[formula.fact], *(on[fact] for fact in some)):
                if len({rule.topic for rule in rules}) == len(rules):
                    yield Together(rules, formula)


class Reach(NamedTuple):
    """All numbers from ``low`` to ``high``, for each person; for all of them within ``outer``."""

    low: Real
    high: Real
    outer: Interval


def impossible(tied: Together, reading: Reading) -> Yes:
    """Whether somebody to whom all targets are given cannot meet them together."""
    if tied.formula is None:
        one, other = tied.rules
        return _apart(one.target, other.target, reading)
    targets = {rule.target.fact: rule.target for rule in tied.rules if isinstance(rule.target, NumberTarget)}
    if len(targets) < len(tied.rules):
        return FALSE
    used = {fact for rule in tied.rules for bound in bounds_of(rule) for fact in facts_in_term(bound.term)}
    reach = _reach_of(tied.formula.result.term, targets, used, reading)
    wanted = _target_reach(targets[tied.formula.fact], reading)
    if reach is None or wanted is None:
        return FALSE
    return any_of((wanted.low > reach.high, wanted.high < reach.low))


def _apart(one: object, other: object, reading: Reading) -> Yes:
    """Whether two targets on one fact leave nothing between them."""
    if isinstance(one, ValueTarget) and isinstance(other, ValueTarget):
        return FALSE if one.value is other.value else TRUE
    if not isinstance(one, NumberTarget) or not isinstance(other, NumberTarget):
        return FALSE
    left, right = _target_reach(one, reading), _target_reach(other, reading)
    return FALSE if left is None or right is None else any_of((left.low > right.high, right.low > left.high))


def _reach_of(term: Term, targets: dict[str, NumberTarget], used: set[str], reading: Reading) -> Reach | None:
    match term:
        case Constant():
            number = real(exactly(term.value))
            return Reach(number, number, Interval(term.value, term.value))
        case FactNumber(fact=fact) if fact in targets:
            return _target_reach(targets[fact], reading)
        case FactNumber(fact=fact) if fact in used:
            number = _one(reading.numbers[fact])
            return Reach(number, number, reading.spans.get(fact, EVERYTHING))
        case FactNumber(fact=fact):
            return _span_reach(fact, reading)
        case Arithmetic():
            left = _reach_of(term.left, targets, used, reading)
            right = _reach_of(term.right, targets, used, reading)
            return None if left is None or right is None else _combined(term.symbol, left, right)


def _span_reach(fact: str, reading: Reading) -> Reach | None:
    span = reading.spans.get(fact, EVERYTHING)
    if math.isinf(span.low) or math.isinf(span.high):
        return None
    return Reach(real(exactly(span.low)), real(exactly(span.high)), span)


def _target_reach(target: NumberTarget, reading: Reading) -> Reach | None:
    """The numbers within a target's bounds and the fact's span."""
    span = _span_reach(target.fact, reading)
    if span is None:
        return None
    low = span.low if target.low is None else _inside(target.low, span.outer, reading)
    high = span.high if target.high is None else _inside(target.high, span.outer, reading)
    return Reach(low, high, span.outer)


def _inside(bound: Rounded, span: Interval, reading: Reading) -> Real:
    """A bound; the end of the span where it lies outside."""
    number = _one(reading.number(bound))
    if span.covers(interval_of(bound.term, reading.spans)):
        return number
    low, high = real(exactly(span.low)), real(exactly(span.high))
    return z3.If(number < low, low, z3.If(number > high, high, number))


def _one(number: Number) -> Real:
    """A number as one term, for those of whom it is known."""
    *others, last = (case.over / case.under for case in number.cases)
    for case, value in zip(reversed(number.cases[:-1]), reversed(others), strict=True):
        last = z3.If(case.where, value, last)
    return last


def _combined(symbol: str, left: Reach, right: Reach) -> Reach | None:
    if symbol == "/" and right.outer.holds(0):
        return None
    outer = combined(symbol, left.outer, right.outer)
    if symbol == "+":
        return Reach(left.low + right.low, left.high + right.high, outer)
    if symbol == "-":
        return Reach(left.low - right.high, left.high - right.low, outer)
    if left.outer.low >= 0 and right.outer.low >= 0:
        if symbol == "*":
            return Reach(left.low * right.low, left.high * right.high, outer)
        return Reach(left.low / right.high, left.high / right.low, outer)
    ends = ((a, b) for a in (left.low, left.high) for b in (right.low, right.high))
    corners = [a * b if symbol == "*" else a / b for a, b in ends]
    least, most = corners[0], corners[0]
    for corner in corners[1:]:
        least, most = z3.If(corner < least, corner, least), z3.If(corner > most, corner, most)
    return Reach(least, most, outer)


def is_impossible(tied: Together, valuation: Valuation, reading: Reading) -> bool:
    """The same of one person, with the bounds a reasoner computes; rounded, so that 20 is not 19.999…"""
    bounds: dict[str, list[Interval]] = {}
    for rule in tied.rules:
        outcome = valuation.outcome(rule.rule)
        assert rule.target is not None
        if outcome.holds is not True:
            return False
        if isinstance(rule.target, ValueTarget):
            continue
        span = reading.spans.get(rule.target.fact, EVERYTHING)
        low = span.low if outcome.low is None else outcome.low
        high = span.high if outcome.high is None else outcome.high
        bounds.setdefault(rule.target.fact, []).append(Interval(max(low, span.low), min(high, span.high)))
    if tied.formula is None:
        return not bounds or any(not a.meets(b) for some in bounds.values() for a, b in combinations(some, 2))
    used = {fact for rule in tied.rules for bound in bounds_of(rule) for fact in facts_in_term(bound.term)}
    spans = dict(reading.spans)
    for fact in used:
        value = valuation[fact]
        if isinstance(value, float | int):
            spans[fact] = Interval(value, value)
    spans |= {fact: some[0] for fact, some in bounds.items()}
    reach = interval_of(tied.formula.result.term, spans)
    decimals = tied.formula.result.decimals
    reach = Interval(rounded(reach.low, decimals), rounded(reach.high, decimals))
    return not reach.meets(bounds[tied.formula.fact][0])


def given_in_vain(tied: Together, reading: Reading) -> Yes:
    """Whether somebody is given all of these targets and cannot meet them together."""
    given = (reading.holds(rule).true for rule in tied.rules)
    return all_of((*given, impossible(tied, reading)))
