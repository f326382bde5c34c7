"""Random people: each fact stated or not, numbers on, beside and away from the bounds that rules use."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from tests.reference.evaluator import Person
from tests.reference.written import Book, Fact

Stated = dict[str, bool | float | str]


class Crowd:
    """Random people of one book. The same seed always gives the same people.

    ``usual`` are facts without which little advice is given; more than half of the people share them.
    """

    def __init__(self, book: Book, usual: Stated | None = None) -> None:
        self.book = book
        self.usual = usual or {}
        self.statable = [fact for fact in book.facts.values() if fact.can_be_stated]
        self.bounds = {fact.id: list(_bounds_near(book, fact)) for fact in self.statable}

    def people(self, seed: int | str, count: int) -> Iterator[Stated]:
        random = Random(seed)
        for _ in range(count):
            yield self.person(random)

    def person(self, random: Random) -> Stated:
        """Someone of whom much, little or nothing is known, often exactly at a bound of their own."""
        share = random.choice((0.0, 0.3, 0.6, 0.9, 0.97, 1.0))
        stated = {
            fact.id: self.value(random, fact)
            for fact in self.statable
            if random.random() < (share / 4 if fact.derived else share)
        }
        if random.random() < 0.6:
            stated |= self.usual
        if random.random() < 0.4:
            self.move_to_own_bound(random, stated)
        return stated

    def value(self, random: Random, fact: Fact) -> bool | float | str:
        match fact.type:
            case "boolean":
                return random.random() < 0.7
            case "choice":
                return random.choice((fact.choices[0], random.choice(fact.choices)))
        assert fact.span is not None
        low, high = map(float, fact.span)
        if self.bounds[fact.id] and random.random() < 0.5:
            number = random.choice(self.bounds[fact.id]) + random.choice((0, 0, 0.001, -0.001, 1, -1))
        else:
            number = random.uniform(low, high)
        return as_written(min(max(number, low), high), random.choice((0, 0, 1, 3)), low, high)

    def move_to_own_bound(self, random: Random, stated: Stated) -> None:
        """Put one number on, or just beside, a bound that is worked out from this person's other facts."""
        person = Person(self.book, stated)
        rule = random.choice([rule for rule in self.book.recommending() if rule.target] or [None])
        if rule is None or rule.target is None or not self.book.facts[rule.target.fact].can_be_stated:
            return
        span = self.book.facts[rule.target.fact].span
        bound = random.choice(person.bounds(rule))
        if span is None or bound is None or not span[0] <= bound <= span[1]:
            return
        number = float(bound) + random.choice((0, 0.001, -0.001))
        stated[rule.target.fact] = as_written(number, 3, *map(float, span))


def as_written(number: float, decimals: int, low: float, high: float) -> float:
    """A number with no more digits than people write; whole ones sometimes come as ``int``."""
    number = round(number, decimals)
    if not low <= number <= high:
        return low
    return int(number) if decimals == 0 else number


def _bounds_near(book: Book, fact: Fact) -> Iterator[float]:
    """The parameters' numbers, as they are and converted, that lie within the span of a fact."""
    if fact.span is None:
        return
    yield from map(float, fact.span)
    for parameter in book.parameters.values():
        for end in (parameter.low, parameter.high):
            converted = book.from_base_units(book.in_base_units(end, parameter.unit), fact.unit)
            for number in (end, converted):
                if fact.span[0] <= number <= fact.span[1]:
                    yield float(round(Fraction(number), 3))
