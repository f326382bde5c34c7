"""The core → terms of the solver: one reading of the rules that holds for all people at once.

A person is a choice of values for the solver's variables: for each value of a yes/no or a choice whether the
person states it, for each number whether it is stated, and which it is. A test is a pair, whether it is
certainly true and whether it is certainly false, which is Kleene's logic; where it is neither, it is unknown.

Numbers are exact fractions of the decimals written, and results are not rounded to 9 decimals as reasoners
round them. So whoever finds a person with this reading has to look with a reasoner whether it is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import combinations
from typing import NamedTuple

import z3

from wellfounded.model.content import Content, FactType
from wellfounded.model.core import (
    OPPOSITE,
    All,
    Any,
    Arithmetic,
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
    Rounded,
    Selection,
    Term,
    Test,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.interval import Interval, interval_of
from wellfounded.model.values import Value
from wellfounded.verify.numbers import (
    FALSE,
    TRUE,
    Number,
    Yes,
    all_of,
    any_of,
    combined,
    compared,
    constant,
    exactly,
    first_known,
    none_of,
    plain,
    real,
)


class Truth(NamedTuple):
    """Whether something is certainly true, and whether it is certainly false; never both."""

    true: Yes
    false: Yes

    @property
    def known(self) -> Yes:
        return any_of((self.true, self.false))


#: What holds of everyone.
ALWAYS = Truth(TRUE, FALSE)


def both(*truths: Truth) -> Truth:
    return Truth(all_of(t.true for t in truths), any_of(t.false for t in truths))


def either(*truths: Truth) -> Truth:
    return Truth(any_of(t.true for t in truths), all_of(t.false for t in truths))


class Reading:
    """The solver's reading of one knowledge base.

    Facts of one name are the same variables in every reading, so that two can be asked about one person.
    """

    def __init__(self, content: Content, core: Core) -> None:
        self.content = content
        self.core = core
        self.spans = {f.id: Interval(*f.span) for f in content.facts.values() if f.span is not None}
        #: For each yes/no and choice: its values, each with whether it is the person's.
        self.values: dict[str, Mapping[Value, Yes]] = {}
        self.numbers: dict[str, Number] = {}
        #: What each fact rests on: the facts that can be stated, itself among them.
        self.inputs: dict[str, frozenset[str]] = {}
        #: What is so of everyone who can state a fact, and of whom rules do not disagree about it.
        self.possible: dict[str, Yes] = {}
        self._rests_on: dict[str, frozenset[str]] = {}
        self._truths: dict[Test, Truth] = {}
        for stated in core.inputs:
            self._state(stated.fact)
        for definition in core.definitions:
            self._define(definition)

    # What a person states.

    def _state(self, id: str) -> None:
        fact = self.content.facts[id]
        self._rests_on[id] = self.inputs[id] = frozenset({id})
        if fact.type is FactType.NUMBER:
            known, number = z3.Bool(f"{id} is stated"), z3.Real(id)
            span = self.spans[id] if fact.can_be_stated else None
            within = [] if span is None else [real(exactly(span.low)) <= number]
            within += [] if span is None else [number <= real(exactly(span.high))]
            self.numbers[id] = plain(known if fact.can_be_stated else FALSE, number)
            self.possible[id] = all_of(within)
            return
        stated = {value: z3.Bool(f"{id} is {value}") for value in fact.values}
        self.values[id] = stated if fact.can_be_stated else dict.fromkeys(fact.values, FALSE)
        pairs = combinations(stated.values(), 2)
        self.possible[id] = all_of(z3.Not(z3.And(one, other)) for one, other in pairs)

    def is_stated(self, fact: str) -> Yes:
        """Whether a person states a fact that can be stated."""
        if fact in self.values:
            return any_of(self.values[fact].values())
        return z3.Bool(f"{fact} is stated")

    # What follows.

    def _define(self, definition: Definition) -> None:
        match definition:
            case Formula():
                self._formula(definition)
            case Conclusion():
                concluded = either(*(self.truth(branch.test) for branch in definition.branches))
                self.values[definition.fact] = {True: concluded.true, False: concluded.false}
            case Selection():
                self._select(definition)
        self._follows(definition)

    def _follows(self, definition: Definition) -> None:
        if isinstance(definition, Formula):
            used: set[str] = set(facts_in_term(definition.result.term))
            used |= {definition.fact} if definition.statable else set()
        else:
            used = {fact for branch in definition.branches for fact in facts_in_test(branch.test)}
        behind = self._rests_on.get(definition.fact, frozenset({definition.fact}))
        self._rests_on[definition.fact] = behind.union(*(self._rests_on[fact] for fact in used))
        self.inputs[definition.fact] = frozenset().union(*(self.inputs[fact] for fact in used))

    def _formula(self, definition: Formula) -> None:
        fact, term = definition.fact, definition.result.term
        number = self.number(definition.result)
        self.numbers[fact] = first_known(self.numbers[fact], number) if definition.statable else number
        self.spans.setdefault(fact, interval_of(term, self.spans))

    def _select(self, definition: Selection) -> None:
        """The value of a branch that holds; ``otherwise`` where all are false; rules do not disagree."""
        fact = self.content.facts[definition.fact]
        groups = {
            value: either(*(self.truth(b.test) for b in definition.branches if b.value == value))
            for value in fact.choices
        }
        none_holds = all_of(group.false for group in groups.values())
        self.values[fact.id] = {
            value: any_of((group.true, none_holds)) if value == definition.otherwise else group.true
            for value, group in groups.items()
        }
        pairs = combinations([group.true for group in groups.values()], 2)
        self.possible[fact.id] = all_of(none_of((all_of(pair),)) for pair in pairs)

    # Tests and numbers.

    def truth(self, test: Test) -> Truth:
        if test not in self._truths:
            self._truths[test] = self._read(test)
        return self._truths[test]

    def _read(self, test: Test) -> Truth:
        match test:
            case OneOf():
                values = self.values[test.fact]
                rest = (is_it for value, is_it in values.items() if value not in test.values)
                return Truth(any_of(values[value] for value in test.values), any_of(rest))
            case Comparison():
                number, bound = self.numbers[test.fact], self.number(test.bound)
                known = (number.known, bound.known)
                holds = compared(number, test.relation, bound)
                fails = compared(number, OPPOSITE[test.relation], bound)
                return Truth(all_of((*known, holds)), all_of((*known, fails)))
            case All():
                return both(*map(self.truth, test.members))
            case Any():
                return either(*map(self.truth, test.members))

    def number(self, result: Rounded) -> Number:
        """A formula, without its rounding."""
        return self._term(result.term)

    def _term(self, term: Term) -> Number:
        match term:
            case Constant():
                return constant(term.value)
            case FactNumber():
                return self.numbers[term.fact]
            case Arithmetic():
                left, right = self._term(term.left), self._term(term.right)
                negative = term.symbol == "/" and interval_of(term.right, self.spans).high < 0
                return combined(term.symbol, left, right, divisor_is_negative=negative)

    # Rules.

    def holds(self, rule: Recommending) -> Truth:
        """Whether a rule holds: its condition does, and its bounds can be computed."""
        condition = self.truth(rule.test)
        computable = all_of(self.number(bound).known for bound in bounds_of(rule))
        return Truth(all_of((condition.true, computable)), condition.false)

    # Who is asked about.

    def people(self, facts: Iterable[str]) -> Iterator[Yes]:
        """What is so of every possible person, as far as these facts and what they rest on go."""
        yield from (self.possible[fact] for fact in sorted(self.behind(facts)) if fact in self.possible)

    def behind(self, facts: Iterable[str]) -> frozenset[str]:
        """Facts with all that they rest on."""
        return reduce(frozenset.union, (self._rests_on[fact] for fact in facts), frozenset[str]())

    def stated_behind(self, facts: Iterable[str]) -> tuple[str, ...]:
        """The facts these rest on that can be stated, in the order of the core."""
        behind = reduce(frozenset.union, (self.inputs[fact] for fact in facts), frozenset[str]())
        known = self.content.facts
        return tuple(i.fact for i in self.core.inputs if i.fact in behind and known[i.fact].can_be_stated)


def bounds_of(rule: Recommending) -> tuple[Rounded, ...]:
    """The bounds of a rule's target."""
    if not isinstance(rule.target, NumberTarget):
        return ()
    return tuple(bound for bound in (rule.target.low, rule.target.high) if bound is not None)


def facts_of_rule(rule: Recommending) -> frozenset[str]:
    """The facts a rule's condition and target look at, and the one its target is on."""
    aim = {rule.target.fact} if rule.target is not None else set()
    bounds = {fact for bound in bounds_of(rule) for fact in facts_in_term(bound.term)}
    return frozenset({*facts_in_test(rule.test), *bounds, *aim})
