"""Targets that one person is given and cannot meet together.

Two targets on one fact may leave nothing between them; and where a number is computed, it and the numbers of
its formula cannot be chosen freely: so many grams at a time, so many times, come to so many grams a day.

What a formula can give while its facts stay within their targets is an interval, which the solver computes
with from the bounds of each person. A fact without a target may be anything in its span, unless one of the
targets is worked out from it: then it is what the person states. A fact that stands twice in a formula counts
as two, so that a set of targets may go unnoticed, and is never reported wrongly.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple

import z3

from wellfounded.model.content import Guarantee, GuaranteeKind
from wellfounded.model.core import (
    Arithmetic,
    Constant,
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
from wellfounded.verify.findings import Finding, Kind, Open, Proof, Result
from wellfounded.verify.numbers import FALSE, TRUE, Number, Real, Yes, all_of, any_of, exactly, none_of, real
from wellfounded.verify.people import NotDecided, Person, Question, Somebody
from wellfounded.verify.subject import Check, Subject
from wellfounded.verify.to_solver import Reading, bounds_of, facts_of_rule


class Together(NamedTuple):
    """Rules with targets that are tied to each other, by a formula or by being on one fact."""

    rules: tuple[Recommending, ...]
    formula: Formula | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(rule.topic for rule in self.rules)


def check_targets(subject: Subject) -> Iterator[Check]:
    asked: list[Together] = []
    for tied in tied_targets(subject):
        smaller = [other for other in asked if other.formula == tied.formula and set(other.rules) < set(tied.rules)]
        decide = _Decide(subject, tied, smaller)
        yield Check(Kind.IMPOSSIBLE_TARGETS, decide.about, decide, decide.position)
        asked.append(tied)
    for guarantee in subject.content.guarantees.values():
        if guarantee.kind is GuaranteeKind.TOGETHER:
            told = _Told(subject, guarantee)
            yield Check(Kind.EMPTY_GUARANTEE, told.about, told.about_someone, guarantee.position)
            yield Check(Kind.BROKEN_GUARANTEE, told.about, told.nobody_else, guarantee.position)


def tied_targets(subject: Subject) -> Iterator[Together]:
    """Every set of rules of different topics whose targets are tied, smaller sets first."""
    on: dict[str, list[Recommending]] = {}
    for rule in subject.core.giving:
        if rule.target is not None:
            on.setdefault(rule.target.fact, []).append(rule)
    for rules in on.values():
        for pair in combinations(rules, 2):
            if pair[0].topic != pair[1].topic:
                yield Together(pair)
    for definition in subject.core.definitions:
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
        return _apart(*(rule.target for rule in tied.rules), reading)
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


def _reach_of(
    term: Term, targets: dict[str, NumberTarget], used: set[str], reading: Reading
) -> Reach | None:
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
    bounds = {}
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


class _Decide:
    """Nobody is given a set of targets that cannot be met together, unless a guarantee says who tells them."""

    def __init__(self, subject: Subject, tied: Together, smaller: Iterable[Together]) -> None:
        self.subject = subject
        self.tied = tied
        self.smaller = tuple(smaller)
        self.about = f"topics {', '.join(tied.topics)}"
        self.position = subject.content.rules[tied.rules[0].rule].position
        self.acknowledged = [
            guarantee for guarantee in subject.content.guarantees.values() if set(tied.topics) <= set(guarantee.together)
        ]
        self.telling = [r for g in self.acknowledged for r in subject.topics.get(g.told_by, ())]

    def __call__(self) -> Result:
        reading = self.subject.reading
        untold = none_of(reading.holds(rule).true for rule in self.telling)
        asks = all_of((given_in_vain(self.tied, reading), untold, none_of(impossible(s, reading) for s in self.smaller)))
        facts = facts_of_all((*self.tied.rules, *self.telling))
        match self.subject.people.smallest(Question(asks, facts, self._is)):
            case Somebody(person=person):
                topics = ", ".join(f"`{topic}`" for topic in self.tied.topics)
                message = f"{topics} cannot be met together by somebody who is given all of them"
                if self.acknowledged:
                    message += f", and `{self.acknowledged[0].told_by}` is not given"
                help = "change a target or for whom it is; or tell them, with a guarantee that has `together` and `told_by`"
                return Finding(Kind.IMPOSSIBLE_TARGETS, self.about, message, help, self.position, person)
            case NotDecided(reason=reason):
                return Open(Kind.IMPOSSIBLE_TARGETS, self.about, reason, self.position)
        told = f"whoever cannot meet them is told by {self.acknowledged[0].told_by}" if self.acknowledged else ""
        return Proof(Kind.IMPOSSIBLE_TARGETS, self.about, told)

    def _is(self, person: Person) -> bool:
        valuation = self.subject.valuation(person)
        if valuation is None or any(valuation.holds(rule.rule) is True for rule in self.telling):
            return False
        return is_impossible(self.tied, valuation, self.subject.reading)


class _Told:
    """Those who are told that targets cannot be met together are those who cannot meet them."""

    def __init__(self, subject: Subject, guarantee: Guarantee) -> None:
        self.subject = subject
        self.guarantee = guarantee
        self.about = f"guarantee {guarantee.id}"
        self.telling = subject.topics.get(guarantee.told_by, [])
        self.tied = [tied for tied in tied_targets(subject) if set(tied.topics) <= set(guarantee.together)]
        self.facts = facts_of_all((*self.telling, *(rule for tied in self.tied for rule in tied.rules)))

    def about_someone(self) -> Result:
        """Somebody cannot meet all of these targets, and no fewer have to be named."""
        whole = [t for t in self.tied if set(t.topics) == set(self.guarantee.together)]
        asks = any_of(given_in_vain(tied, self.subject.reading) for tied in whole)
        match self.subject.people.anybody(Question(asks, self.facts, lambda _: True)):
            case Somebody():
                return Proof(Kind.EMPTY_GUARANTEE, self.about)
            case NotDecided(reason=reason):
                return Open(Kind.EMPTY_GUARANTEE, self.about, reason, self.guarantee.position)
        message = f"the guarantee `{self.guarantee.id}` is about nobody: these targets can always be met together"
        help = "leave it out, or name under `together` the topics that cannot"
        return Finding(Kind.EMPTY_GUARANTEE, self.about, message, help, self.guarantee.position)

    def nobody_else(self) -> Result:
        """Whoever is told is given the targets and cannot meet them. That all those are told is asked elsewhere."""
        reading = self.subject.reading
        told = any_of(reading.holds(rule).true for rule in self.telling)
        asks = all_of((told, none_of(given_in_vain(tied, reading) for tied in self.tied)))
        match self.subject.people.smallest(Question(asks, self.facts, self._is)):
            case Somebody(person=person):
                message = (
                    f"the guarantee `{self.guarantee.id}` is broken: somebody is told by "
                    f"`{self.guarantee.told_by}`, and could meet the targets together, or is not given all of them"
                )
                help = "give it only to those who cannot meet them"
                position = self.guarantee.position
                return Finding(Kind.BROKEN_GUARANTEE, self.about, message, help, position, person)
            case NotDecided(reason=reason):
                return Open(Kind.BROKEN_GUARANTEE, self.about, reason, self.guarantee.position)
        return Proof(Kind.BROKEN_GUARANTEE, self.about)

    def _is(self, person: Person) -> bool:
        valuation = self.subject.valuation(person)
        if valuation is None or not any(valuation.holds(rule.rule) is True for rule in self.telling):
            return False
        return not any(is_impossible(tied, valuation, self.subject.reading) for tied in self.tied)


def given_in_vain(tied: Together, reading: Reading) -> Yes:
    """Whether somebody is given all of these targets and cannot meet them together."""
    given = (reading.holds(rule).true for rule in tied.rules)
    return all_of((*given, impossible(tied, reading)))


def facts_of_all(rules: Iterable[Recommending]) -> frozenset[str]:
    return frozenset[str]().union(*map(facts_of_rule, rules))
