"""What can become of a topic when some facts may have any value: a quick answer that never says too little.

For every fact it is known which values it may have, or an interval of numbers, and whether it may be unknown;
what tests and rules may come to is worked out from that, each by itself. So "cannot" is certain, and "may" is
a reason to look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.core import (
    All,
    Any,
    Comparison,
    Core,
    Definition,
    Formula,
    NumberTarget,
    OneOf,
    Recommending,
    Relation,
    Rounded,
    Selection,
    Test,
    facts_in_term,
)
from wellfounded.model.interval import EVERYTHING, Interval, interval_of
from wellfounded.model.record import Record
from wellfounded.model.values import Truth, Value, rounded

#: What the truth of a test may be.
Truths: TypeAlias = frozenset[Truth]

_NEITHER: Truths = frozenset({None})


class MayBe(Record, frozen=True):
    """What a fact may be: one of ``values``, or a number of the interval; and whether it may be unknown."""

    unknown: bool
    values: frozenset[Value] = frozenset()
    numbers: Interval | None = None

    @property
    def known(self) -> bool:
        """Whether it may be known."""
        return bool(self.values) or self.numbers is not None


UNKNOWN = MayBe(True)


class Reachable:
    """What may become of the rules of a core for a person of whom ``free`` facts may have any value."""

    def __init__(
        self, core: Core, content: Content, stated: Mapping[str, Value], free: Collection[str]
    ) -> None:
        self.facts: dict[str, MayBe] = {}
        self.rules = core.recommending
        for item in core.inputs:
            fact = content.facts[item.fact]
            self.facts[item.fact] = _anything(fact) if item.fact in free else _exactly(stated.get(item.fact))
        for definition in core.definitions:
            if not self.facts.get(definition.fact, UNKNOWN).known:
                self.facts[definition.fact] = self._derived(definition)

    def given(self) -> bool:
        """Whether a rule may hold."""
        return any(True in self._holds(rule) for rule in self.rules)

    def gone(self) -> bool:
        """Whether all rules may be false."""
        return all(False in self.truths(rule.test) for rule in self.rules)

    def kept(self) -> bool:
        """Whether a rule may hold whose target may be met."""
        return any(True in self._holds(rule) and self._met(rule) for rule in self.rules)

    def _holds(self, rule: Recommending) -> Truths:
        truths = self.truths(rule.test)
        bounds = [facts_in_term(bound.term) for bound in _bounds(rule)]
        return truths if all(self._known(facts) for facts in bounds) else truths - {True} | _NEITHER

    def _known(self, facts: Iterable[str]) -> bool:
        return all(self.facts[fact].known for fact in facts)

    def _met(self, rule: Recommending) -> bool:
        target = rule.target
        if target is None:
            return False
        may_be = self.facts[target.fact]
        if not isinstance(target, NumberTarget):
            return target.value in may_be.values
        numbers = may_be.numbers
        if numbers is None:
            return False
        enough = target.low is None or self._result(target.low).low <= numbers.high
        return enough and (target.high is None or numbers.low <= self._result(target.high).high)

    def _derived(self, definition: Definition) -> MayBe:
        if isinstance(definition, Formula):
            facts = list(facts_in_term(definition.result.term))
            numbers = self._result(definition.result) if self._known(facts) else None
            return MayBe(any(self.facts[fact].unknown for fact in facts), numbers=numbers)
        truths = [(branch.value, self.truths(branch.test)) for branch in definition.branches]
        values = {value for value, may_be in truths if True in may_be}
        if all(False in may_be for _, may_be in truths):
            values.add(definition.otherwise if isinstance(definition, Selection) else False)
        return MayBe(any(None in may_be for _, may_be in truths), frozenset(values))

    def _result(self, result: Rounded) -> Interval:
        spans = {fact: self.facts[fact].numbers or EVERYTHING for fact in facts_in_term(result.term)}
        found = interval_of(result.term, spans)
        return Interval(rounded(found.low, result.decimals), rounded(found.high, result.decimals))

    def truths(self, test: Test) -> Truths:
        """What the truth of a test may be."""
        match test:
            case OneOf():
                may_be = self.facts[test.fact]
                truths: set[Truth] = {value in test.values for value in may_be.values}
                return frozenset(truths | {None}) if may_be.unknown else frozenset(truths)
            case Comparison():
                return self._compared(test)
            case All():
                return self._joined(test.members, False)
            case Any():
                return self._joined(test.members, True)

    def _compared(self, test: Comparison) -> Truths:
        facts = [test.fact, *facts_in_term(test.bound.term)]
        truths: set[Truth] = {None} if any(self.facts[fact].unknown for fact in facts) else set()
        numbers = self.facts[test.fact].numbers
        if numbers is not None and self._known(facts):
            bound = self._result(test.bound)
            below = test.relation in (Relation.BELOW, Relation.AT_MOST)
            strict = test.relation in (Relation.BELOW, Relation.ABOVE)
            less, more = (numbers, bound) if below else (bound, numbers)
            if less.low < more.high or (not strict and less.low == more.high):
                truths.add(True)
            if less.high > more.low or (strict and less.high == more.low):
                truths.add(False)
        return frozenset(truths)

    def _joined(self, members: Iterable[Test], decisive: bool) -> Truths:
        """What a group may be: ``decisive`` where one member may be, the other where all of them may be."""
        found = [self.truths(member) for member in members]
        truths: set[Truth] = set()
        if any(decisive in may_be for may_be in found):
            truths.add(decisive)
        if all((not decisive) in may_be for may_be in found):
            truths.add(not decisive)
        if any(None in may_be for may_be in found) and all(may_be != {decisive} for may_be in found):
            truths.add(None)
        return frozenset(truths)


def _anything(fact: Fact) -> MayBe:
    if fact.type is FactType.NUMBER:
        return MayBe(False, numbers=EVERYTHING if fact.span is None else Interval(*fact.span))
    return MayBe(False, frozenset(fact.values))


def _exactly(value: Value | None) -> MayBe:
    if value is None:
        return UNKNOWN
    if isinstance(value, float):
        return MayBe(False, numbers=Interval(value, value))
    return MayBe(False, frozenset({value}))


def _bounds(rule: Recommending) -> list[Rounded]:
    if not isinstance(rule.target, NumberTarget):
        return []
    return [bound for bound in (rule.target.low, rule.target.high) if bound is not None]
