"""Whether there is a person of whom something is true, and the smallest example of one.

Smallest: as few stated facts as can be; and of the numbers such that are written in the rules or lie beside
them, else round ones. Every example is held against a reasoner, which rounds as the solver does not: one that
does not pass is no example, and another is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import z3

from wellfounded.model.content import Fact, FactType
from wellfounded.model.core import (
    All,
    Comparison,
    Constant,
    Core,
    Formula,
    NumberTarget,
    Test,
)
from wellfounded.model.core import Any as AnyOf
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.interval import Interval
from wellfounded.model.record import Record
from wellfounded.model.values import Value, decimals_for
from wellfounded.verify.numbers import Yes, exactly, real
from wellfounded.verify.to_solver import Reading, bounds_of

Person: TypeAlias = Mapping[str, Value]

#: So many people are tried of whom the solver says yes and the reasoner no.
TRIES = 8


class Question(Record, frozen=True):
    """Whether ``asks`` is true of somebody; ``facts`` are those it looks at.

    ``confirm`` says of a person, with a reasoner, whether it is so.
    """

    asks: Any
    facts: frozenset[str]
    confirm: Callable[[Person], bool]


class Nobody(Record, frozen=True):
    """It is proved that it is true of nobody."""


class Somebody(Record, frozen=True):
    """It is true of this person, and a reasoner says so too."""

    person: Person = EMPTY


class NotDecided(Record, frozen=True):
    """Neither was found out.

    ``but_for_rounding``: it is proved that it is true of nobody whose numbers are whole steps; between steps,
    where rounding decides, only people were found of whom a reasoner says that it is not so.
    """

    reason: str
    but_for_rounding: bool = False


Answer: TypeAlias = Nobody | Somebody | NotDecided

_OUT_OF_TIME = NotDecided("the solver did not come to an end in time")
_NOT_CONFIRMED = NotDecided(
    "only people were found of whom the reasoner says otherwise: it rounds, or rules disagree about another "
    "of their facts"
)
_NO_EXAMPLE = NotDecided("the solver says that there is somebody, and found no example in time")

_BUT_FOR_ROUNDING = NotDecided(
    "proved for everyone whose numbers are whole steps; between steps, rounding decides",
    but_for_rounding=True,
)


class People:
    """Everyone who can state facts to one knowledge base, or to each of several.

    ``timeout`` is in seconds, for each time the solver is asked. Someone who ``is_advised`` makes a better
    example than someone who is not, because rules disagree about another of their facts.
    """

    def __init__(
        self, *readings: Reading, timeout: float, is_advised: Callable[[Person], bool] = lambda _: True
    ) -> None:
        self.readings = readings
        self.timeout = timeout
        self.is_advised = is_advised
        self.facts: dict[str, Fact] = {}
        for reading in reversed(readings):
            self.facts |= reading.content.facts
        self.near: dict[str, set[Fraction]] = {}
        for reading in readings:
            for fact, number in _written_numbers(reading.core):
                self.near.setdefault(fact, set()).add(number)

    def somebody(self, question: Question) -> Answer:
        """Anybody of whom it is true: quicker than the smallest."""
        solver = self._solver(question)
        answer = possible(solver)
        if not answer:
            return _OUT_OF_TIME if answer is None else Nobody()
        person = self._in(solver.model(), self._stated_behind(question))
        return Somebody(person) if question.confirm(person) else self.smallest(question)

    def anybody(self, question: Question) -> Answer:
        """Whether there is anybody, as the solver sees it; the person is not worked out."""
        answer = possible(self._solver(question))
        return _OUT_OF_TIME if answer is None else Somebody() if answer else Nobody()

    def smallest(self, question: Question) -> Answer:
        """The smallest person of whom it is true."""
        answer = self._smallest(self._solver(question), question)
        if answer not in (_NOT_CONFIRMED, _NO_EXAMPLE):
            return answer
        solver = self._solver(question)
        solver.add([self._can_be_written(fact) for fact in self._stated_behind(question)])
        answer = self._smallest(solver, question)
        if answer not in (_NOT_CONFIRMED, _NO_EXAMPLE):
            return answer
        solver = self._solver(question)
        solver.add([self._is_on_step(fact) for fact in self._stated_behind(question)])
        return _BUT_FOR_ROUNDING if possible(solver) is False else answer

    def _smallest(self, solver: z3.Solver, question: Question) -> Answer:
        facts = self._stated_behind(question)
        second_best: Answer = _NOT_CONFIRMED
        for tried in range(TRIES):
            solver.push()
            answer = possible(solver)
            if answer is None:
                return second_best if isinstance(second_best, Somebody) else _OUT_OF_TIME
            if not answer:
                return second_best if tried else Nobody()
            self._state_few(solver, facts)
            person = self._with_natural_values(solver, facts)
            solver.pop()
            if person is None:
                return second_best if tried else _NO_EXAMPLE
            if question.confirm(person):
                if self.is_advised(person):
                    return Somebody(person)
                second_best = second_best if isinstance(second_best, Somebody) else Somebody(person)
            solver.add(z3.Not(self._is_person(person, facts)))
        return second_best

    def _solver(self, question: Question) -> z3.Solver:
        solver = z3.Solver()
        solver.set(timeout=max(int(self.timeout * 1000), 1))
        for reading, facts in self._known(question.facts):
            solver.add(list(reading.people(facts)))
        solver.add(question.asks)
        return solver

    def _known(self, facts: Iterable[str]) -> Iterator[tuple[Reading, list[str]]]:
        """Each reading with those of the facts that it knows."""
        for reading in self.readings:
            yield reading, [fact for fact in facts if fact in reading.inputs]

    def _stated_behind(self, question: Question) -> tuple[str, ...]:
        names = (
            name for reading, facts in self._known(question.facts) for name in reading.stated_behind(facts)
        )
        return tuple(dict.fromkeys(names))

    def _is_stated(self, fact: str) -> Yes:
        reading = next(r for r in self.readings if fact in r.inputs)
        return reading.is_stated(fact)

    # Few facts.

    def _state_few(self, solver: z3.Solver, facts: Sequence[str]) -> None:
        """Leave as many facts unstated as can be; after it, who is looked for states the others."""
        if not facts:
            return
        is_stated = {fact: self._is_stated(fact) for fact in facts}
        stated = _stated_in(solver.model(), is_stated)
        for fact in reversed(list(stated)):
            if fact in stated:
                without = [
                    z3.Not(yes) for name, yes in is_stated.items() if name not in stated or name == fact
                ]
                if possible(solver, *without):
                    stated = _stated_in(solver.model(), is_stated)
        while len(stated) > 1:
            fewer = z3.AtMost(*is_stated.values(), len(stated) - 1)
            if not possible(solver, fewer):
                break
            stated = _stated_in(solver.model(), is_stated)
        # Of several that are as few, those the authors name first, whatever was asked before.
        solver.add(z3.AtMost(*is_stated.values(), len(stated)))
        for fact in reversed(is_stated):
            if fact in stated and possible(solver, z3.Not(is_stated[fact])):
                stated = _stated_in(solver.model(), is_stated)
            if fact not in stated:
                solver.add(z3.Not(is_stated[fact]))
        solver.add([yes if fact in stated else z3.Not(yes) for fact, yes in is_stated.items()])
        possible(solver)

    # Natural values.

    def _with_natural_values(self, solver: z3.Solver, facts: Sequence[str]) -> Person | None:
        """A person who states what has to be stated; ``None`` where no number that can be written will do."""
        person: dict[str, Value] = {}
        for fact in facts:
            if not possible(solver):
                return None
            if not z3.is_true(solver.model().eval(self._is_stated(fact), model_completion=True)):
                continue
            value = self._value(solver, self.facts[fact])
            if value is None:
                return None
            person[fact] = value
            solver.add(self._is_value(fact, value))
        return frozen(person)

    def _value(self, solver: z3.Solver, fact: Fact) -> Value | None:
        if fact.type is FactType.NUMBER:
            number = self._number(solver, fact)
            return None if number is None else float(number)
        return next((v for v in fact.values if possible(solver, self._is_value(fact.id, v))), None)

    def _number(self, solver: z3.Solver, fact: Fact) -> Fraction | None:
        """A number that the rules name or that lies a step beside it; else a round one; else any."""
        variable = z3.Real(fact.id)
        for number in self._candidates(fact):
            if possible(solver, variable == real(number)):
                return number
        step = exactly(fact.step or 1)
        for grid in (step * 10, step, step / 2, step / 10, Fraction(1, 10 ** _decimals(fact))):
            found = _on_grid(solver, fact, grid)
            if found is not None:
                return found
        return None

    def _candidates(self, fact: Fact) -> list[Fraction]:
        """First what is a whole number of steps."""
        assert fact.span is not None
        low, high = map(exactly, fact.span)
        step = exactly(fact.step or 1)
        near = sorted(self.near.get(fact.id, ()))
        whole = [number for number in near if number % step == 0]
        beside = [number // step * step + part * step for number in near for part in (0, 1, -1)]
        numbers = dict.fromkeys((*whole, *beside, *near))
        return [number for number in numbers if low <= number <= high]

    def _is_value(self, fact: str, value: Value) -> Yes:
        if self.facts[fact].type is FactType.NUMBER:
            return z3.Real(fact) == real(exactly(float(value)))
        return z3.Bool(f"{fact} is {value}")

    def _is_person(self, person: Person, facts: Iterable[str]) -> Yes:
        parts = [
            z3.And(self._is_stated(fact), self._is_value(fact, person[fact]))
            if fact in person
            else z3.Not(self._is_stated(fact))
            for fact in facts
        ]
        return z3.And(parts)

    def _can_be_written(self, fact: str) -> Yes:
        """Whether a number has no more decimals than what is stated is rounded to."""
        if self.facts[fact].type is not FactType.NUMBER:
            return z3.BoolVal(True)
        scale = 10 ** _decimals(self.facts[fact])
        return z3.Real(fact) * scale == z3.ToReal(z3.Int(f"{fact} in its last decimal"))

    def _is_on_step(self, fact: str) -> Yes:
        """Whether a number is a whole number of the fact's steps."""
        known = self.facts[fact]
        if known.type is not FactType.NUMBER:
            return z3.BoolVal(True)
        return z3.Real(fact) == real(exactly(known.step or 1)) * z3.ToReal(z3.Int(f"{fact} in steps"))

    def _in(self, model: z3.ModelRef, facts: Iterable[str]) -> Person:
        """The person of a model; numbers that cannot be written are rounded."""
        person: dict[str, Value] = {}
        for fact in facts:
            if not z3.is_true(model.eval(self._is_stated(fact), model_completion=True)):
                continue
            known = self.facts[fact]
            if known.type is FactType.NUMBER:
                assert known.span is not None
                number = float(round(_fraction(model, z3.Real(fact)), _decimals(known)))
                person[fact] = min(max(number, known.span[0]), known.span[1])
            else:
                person[fact] = next(
                    v for v in known.values if z3.is_true(model.eval(z3.Bool(f"{fact} is {v}")))
                )
        return frozen(person)


def possible(solver: z3.Solver, *more: Yes) -> bool | None:
    """Whether all that the solver knows, and more, can be true; ``None`` if it does not find out in time."""
    answer = solver.check(*more)
    if answer == z3.unknown and "interrupted" in solver.reason_unknown():
        raise KeyboardInterrupt  # the solver takes Ctrl+C for itself
    return None if answer == z3.unknown else bool(answer == z3.sat)


def _stated_in(model: z3.ModelRef, is_stated: Mapping[str, Yes]) -> list[str]:
    return [f for f, yes in is_stated.items() if z3.is_true(model.eval(yes, model_completion=True))]


def _on_grid(solver: z3.Solver, fact: Fact, grid: Fraction) -> Fraction | None:
    """A multiple of ``grid``, near the middle of the span where that costs little."""
    assert fact.span is not None
    variable = z3.Real(fact.id)
    low, high = map(exactly, fact.span)
    middle, distance = (low + high) / 2, (high - low) / 2
    found = None
    solver.push()
    solver.add(variable == real(grid) * z3.ToReal(z3.Int(f"{fact.id} in steps")))
    while possible(solver, variable >= real(middle - distance), variable <= real(middle + distance)):
        found = _fraction(solver.model(), variable)
        distance /= 2
        if distance < grid:
            break
    solver.pop()
    return found


def _fraction(model: z3.ModelRef, variable: Any) -> Fraction:
    value = model.eval(variable, model_completion=True)
    if z3.is_algebraic_value(value):
        value = value.approx(20)
    return Fraction(value.numerator_as_long(), value.denominator_as_long())


def _decimals(fact: Fact) -> int:
    span = Interval(*fact.span) if fact.span is not None else Interval(0, 0)
    return decimals_for(span.low, span.high)


def _written_numbers(core: Core) -> Iterator[tuple[str, Fraction]]:
    """Each number that a fact is held against somewhere."""
    tests: list[Test] = [rule.test for rule in core.recommending]
    tests += [b.test for d in core.definitions if not isinstance(d, Formula) for b in d.branches]
    while tests:
        test = tests.pop()
        match test:
            case All() | AnyOf():
                tests.extend(test.members)
            case Comparison(bound=bound) if isinstance(bound.term, Constant):
                yield test.fact, exactly(bound.term.value)
    for rule in core.recommending:
        if isinstance(rule.target, NumberTarget):
            constants = (b.term for b in bounds_of(rule) if isinstance(b.term, Constant))
            yield from ((rule.target.fact, exactly(term.value)) for term in constants)
