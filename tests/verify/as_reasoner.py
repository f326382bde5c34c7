"""The solver's reading asked about one person at a time, so that it can be held against a reasoner."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import z3

from wellfounded import ConflictError, KnowledgeBase, Valuation
from wellfounded.model.core import Comparison, Constant, Rounded, Selection
from wellfounded.model.core import Test as Condition
from wellfounded.model.values import Value, rounded_exactly
from wellfounded.reason.arithmetic import number_of
from wellfounded.verify.numbers import Number, exactly, real
from wellfounded.verify.to_solver import Reading, Truth, bounds_of

#: What is so of a person: every fact, and whether each rule holds, with the bounds of its target.
Outcome = dict[str, Any]

DISAGREEING: Outcome = {"rules": "disagree"}


class OnePerson:
    """What the solver's reading says of a person: the person's facts are put in, and all else is read off."""

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self.knowledge_base = knowledge_base
        self.reading = Reading(knowledge_base.content, knowledge_base.core)

    def outcome(self, stated: Mapping[str, Value]) -> Outcome:
        model = self._model(stated)
        core, reading = self.knowledge_base.core, self.reading
        choices = [d.fact for d in core.definitions if isinstance(d, Selection)]
        if not all(_yes(model, reading.possible[fact]) for fact in choices):
            return DISAGREEING
        found: Outcome = {fact: self._value(model, fact) for fact in reading.inputs}
        for rule in core.recommending:
            holds = _truth(model, reading.holds(rule))
            bounds = [self._number(model, reading.number(b), b) for b in bounds_of(rule)] if holds else []
            found[f"rule {rule.rule}"] = (holds, bounds)
        return found

    def _model(self, stated: Mapping[str, Value]) -> z3.ModelRef:
        solver = z3.Solver()
        for name in (i.fact for i in self.knowledge_base.core.inputs):
            fact = self.knowledge_base.content.facts[name]
            if fact.can_be_stated and name in self.reading.numbers:
                solver.add(self.reading.is_stated(name) == (name in stated))
                solver.add(z3.Real(name) == real(exactly(float(stated.get(name, 0)))))
            elif fact.can_be_stated:
                values = self.reading.values[name]
                solver.add([is_it == (stated.get(name) == value) for value, is_it in values.items()])
        assert solver.check() == z3.sat
        return solver.model()

    def _value(self, model: z3.ModelRef, fact: str) -> Value | None:
        if fact in self.reading.values:
            values = self.reading.values[fact].items()
            return next((value for value, is_it in values if _yes(model, is_it)), None)
        formulas = {d.fact: getattr(d, "result", None) for d in self.knowledge_base.core.definitions}
        return self._number(model, self.reading.numbers[fact], formulas.get(fact))

    def _number(self, model: z3.ModelRef, number: Number, result: Rounded | None) -> float | None:
        if not _yes(model, number.known):
            return None
        [case] = [case for case in number.cases if _yes(model, case.where)]
        over, under = (model.eval(part, model_completion=True) for part in (case.over, case.under))
        exact = Fraction(over.as_fraction()) / Fraction(under.as_fraction())
        return rounded_exactly(exact, 9 if result is None else result.decimals)


def _yes(model: z3.ModelRef, yes: z3.BoolRef) -> bool:
    return bool(z3.is_true(model.eval(yes, model_completion=True)))


def _truth(model: z3.ModelRef, truth: Truth) -> bool | None:
    true, false = _yes(model, truth.true), _yes(model, truth.false)
    assert not (true and false)
    return True if true else False if false else None


def by_python(knowledge_base: KnowledgeBase, stated: Mapping[str, Value]) -> Outcome:
    """The same, said by the default reasoner."""
    try:
        valuation = knowledge_base.reasoner()(stated)
    except ConflictError:
        return DISAGREEING
    found: Outcome = dict(valuation.values)
    for rule, outcome in valuation.outcomes.items():
        ends = [end for end in (outcome.low, outcome.high) if end is not None]
        found[f"rule {rule}"] = (outcome.holds, ends)
    return found


def is_close_call(knowledge_base: KnowledgeBase, valuation: Valuation) -> bool:
    """Whether a number lies so near a bound that is worked out, or is worked out so near one, that rounding
    may decide."""
    derived = {d.fact for d in knowledge_base.core.definitions}
    for test in _tests(knowledge_base):
        number, bound = valuation[test.fact], number_of(test.bound, valuation.values)
        worked_out = test.fact in derived or not isinstance(test.bound.term, Constant)
        if worked_out and isinstance(number, float) and bound is not None and abs(number - bound) < 1e-6:
            return True
    return False


def _tests(knowledge_base: KnowledgeBase) -> list[Comparison]:
    waiting: list[Condition] = [rule.test for rule in knowledge_base.core.recommending]
    for definition in knowledge_base.core.definitions:
        waiting += [branch.test for branch in getattr(definition, "branches", ())]
    found = []
    while waiting:
        test = waiting.pop()
        waiting += getattr(test, "members", ())
        found += [test] if isinstance(test, Comparison) else []
    return found
