"""Finding a made-up person of whom a test is true: local search, then as few facts as will do.

How far a person is from a test is a number: nothing where it is true, and more the more of it has to change,
looked at through derived facts. The search walks downhill on it from several starting points, always in the
same way, since its dice have a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random

from wellfounded.advise.reading import truth
from wellfounded.authoring.formulas import solved
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.core import (
    All,
    Any,
    Comparison,
    Conclusion,
    Constant,
    Core,
    Formula,
    OneOf,
    Selection,
    Test,
    facts_in_term,
    facts_in_test,
    negated,
)
from wellfounded.model.errors import ConflictError
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import Value, rounded
from wellfounded.reason.arithmetic import Values, number_of
from wellfounded.reason.to_python import Reasoner

Person = Mapping[str, Value]

STARTS = 12
STEPS = 300

#: So many of the values tried of a number lie about evenly within its span.
ORDINARY = 7


class People:
    """Looks for people in one knowledge base."""

    def __init__(self, content: Content, core: Core, reasoner: Reasoner) -> None:
        self.content = content
        self.reasoner = reasoner
        self.definitions = {definition.fact: definition for definition in core.definitions}
        self.choices = {fact.id: fact.values for fact in content.facts.values()}
        self.bounds = dict(_bounds(core))

    def valued(self, person: Person) -> Valuation | None:
        """The valuation of a person; nothing where two rules give one fact different values."""
        try:
            return self.reasoner(person)
        except ConflictError:
            return None

    def find(self, test: Test, accepts: Callable[[Person], bool], also: Iterable[str] = ()) -> Person | None:
        """A person of whom a test is true and whom ``accepts`` takes, with few facts; or nobody was found.

        ``also`` are facts that have to be known besides those that the test rests on.
        """
        facts = sorted(self.inputs([*facts_in_test(test), *also]))
        values = {fact: self.values(self.content.facts[fact]) for fact in facts}
        dice = Random(0)
        for start in range(STARTS):
            person = {fact: some[0] if not start else dice.choice(some) for fact, some in values.items()}
            distance = self.distance(test, person)
            for _ in range(STEPS if facts else 1):
                if not distance and accepts(person):
                    return self.ordinary(self.smallest(person, accepts), accepts)
                if not facts:
                    break
                fact = dice.choice(facts)
                changed = {**person, fact: dice.choice(values[fact])}
                further = self.distance(test, changed)
                if further <= distance:
                    person, distance = changed, further
        return None

    def smallest(self, person: Person, accepts: Callable[[Person], bool]) -> Person:
        """As few of a person's facts as ``accepts`` still takes."""
        for fact in list(person):
            fewer = {name: value for name, value in person.items() if name != fact}
            if accepts(fewer):
                person = fewer
        return person

    def ordinary(self, person: Person, accepts: Callable[[Person], bool]) -> Person:
        """The person with ordinary numbers where ``accepts`` takes those as well."""
        for fact in person:
            others = self.values(self.content.facts[fact])[:ORDINARY]
            changed = ({**person, fact: value} for value in others)
            person = next(filter(accepts, changed), person)
        return person

    def inputs(self, facts: Iterable[str]) -> set[str]:
        """The facts to be stated that others rest on, through everything derived."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact in seen:
                continue
            seen.add(fact)
            definition = self.definitions.get(fact)
            if definition is None:
                found |= {fact} if self.content.facts[fact].can_be_stated else set()
            elif isinstance(definition, Formula):
                waiting += facts_in_term(definition.result.term)
            else:
                waiting += (one for branch in definition.branches for one in facts_in_test(branch.test))
        return found

    def values(self, fact: Fact) -> list[Value]:
        """Values worth trying, an ordinary one first: numbers about its bounds, and some between."""
        if fact.type is not FactType.NUMBER:
            return list(self.choices[fact.id])
        assert fact.span is not None
        low, high = fact.span
        step = step_of(fact)
        tried = [on_grid(low + (high - low) * part / 8, fact) for part in (4, 2, 6, 1, 3, 5, 7)]
        for bound in sorted(self.bounds.get(fact.id, ())):
            tried += [bound, rounded(bound - step), rounded(bound + step)]
        return list(dict.fromkeys(value for value in (*tried, low, high) if low <= value <= high))

    # Distance.

    def distance(self, test: Test, person: Person) -> float:
        valuation = self.valued(person)
        return float("inf") if valuation is None else self.how_far(test, valuation.values)

    def how_far(self, test: Test, values: Values) -> float:
        if truth(test, values) is True:
            return 0.0
        match test:
            case All():
                return sum(self.how_far(member, values) for member in test.members)
            case Any():
                return min((self.how_far(member, values) for member in test.members), default=1.0)
            case OneOf():
                return self.how_far_behind(test, values)
            case Comparison():
                return self.how_far_apart(test, values)

    def how_far_behind(self, test: OneOf, values: Values) -> float:
        """How far the rules that conclude a derived fact are from what is wanted; a stated one is 1."""
        definition = self.definitions.get(test.fact)
        match definition:
            case Conclusion():
                holds: Test = Any(tuple(branch.test for branch in definition.branches))
                return 0.01 + self.how_far(holds if True in test.values else self.not_(holds), values)
            case Selection():
                ways = [branch.test for branch in definition.branches if branch.value in test.values]
                if definition.otherwise in test.values:
                    others = (
                        branch.test for branch in definition.branches if branch.value not in test.values
                    )
                    ways.append(All(tuple(self.not_(other) for other in others)))
                return 0.01 + min((self.how_far(way, values) for way in ways), default=1.0)
            case _:
                return 1.0

    def not_(self, test: Test) -> Test:
        return negated(test, self.choices)

    def how_far_apart(self, test: Comparison, values: Values) -> float:
        number, bound = values[test.fact], number_of(test.bound, values)
        span = self.content.facts[test.fact].span
        if not isinstance(number, float | int) or bound is None or span is None:
            return 1.0
        return 0.01 + min(abs(number - bound) / ((span[1] - span[0]) or 1.0), 0.98)

    # Persons at a number.

    def at(self, person: Person, fact: Fact, number: float) -> Iterator[Person]:
        """The person with a fact at exactly this number: stated, or through what it is computed from."""
        if fact.span is None or not fact.span[0] <= number <= fact.span[1]:
            return
        if fact.can_be_stated:
            yield {**person, fact.id: number}
            return
        definition = self.definitions[fact.id]
        if not isinstance(definition, Formula):
            return
        values = {name: self.values(self.content.facts[name]) for name in sorted(self.inputs([fact.id]))}
        starts = [{name: some[0] for name, some in values.items()} | dict(person)]
        # A number near an end of its span needs all that it is computed from near an end.
        starts += [dict(person) | {name: some[end] for name, some in values.items()} for end in (-2, -1)]
        for start in starts:
            for one in values:
                yield from solved(start, self.content.facts[one], fact.id, number, self.valued)


def step_of(fact: Fact) -> float:
    """The smallest sensible step of a number."""
    assert fact.span is not None
    return fact.step or (fact.span[1] - fact.span[0]) / 100


def on_grid(number: float, fact: Fact) -> float:
    """The number of whole steps nearest to it, as long as that is within the span."""
    assert fact.span is not None
    step = step_of(fact)
    near = rounded(round(number / step) * step)
    return min(max(near, fact.span[0]), fact.span[1])


def _bounds(core: Core) -> Iterator[tuple[str, set[float]]]:
    """For every number the constants that it is held against anywhere."""
    found: dict[str, set[float]] = {}
    tests = [rule.test for rule in core.recommending]
    for definition in core.definitions:
        if not isinstance(definition, Formula):
            tests += [branch.test for branch in definition.branches]
    for test in tests:
        for comparison in comparisons(test):
            if isinstance(comparison.bound.term, Constant):
                found.setdefault(comparison.fact, set()).add(comparison.bound.term.value)
    yield from found.items()


def comparisons(test: Test) -> Iterator[Comparison]:
    """Every comparison in a test, in the order written."""
    if isinstance(test, Comparison):
        yield test
    elif isinstance(test, All | Any):
        for member in test.members:
            yield from comparisons(member)
