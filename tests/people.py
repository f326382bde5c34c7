"""Random people for tests and benchmarks: values on, beside and away from every boundary."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from wellfounded import ConflictError, KnowledgeBase
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.core import All, Comparison, Constant, Core, Formula, NumberTarget, Rounded, Test
from wellfounded.model.core import Any as AnyOf
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.model.values import decimals_for
from wellfounded.reason.arithmetic import number_of

Stated = dict[str, Any]


def random_person(content: Content, chance: random.Random, known: float = 1.0) -> Stated:
    """Each fact a person states with probability ``known``; derived facts are never stated."""
    return {
        fact.id: random_value(fact, chance)
        for fact in content.facts.values()
        if not fact.derived and chance.random() < known
    }


def random_value(fact: Fact, chance: random.Random) -> Any:
    """A value the fact can have; numbers are whole steps within the span."""
    match fact.type:
        case FactType.BOOLEAN:
            return chance.random() < 0.5
        case FactType.CHOICE:
            return chance.choice(list(fact.choices))
        case FactType.NUMBER:
            low, high, step = _numbers_of(fact)
            return round(low + chance.randint(0, round((high - low) / step)) * step, 9)


def _numbers_of(fact: Fact) -> tuple[float, float, float]:
    """The span and the step of a number that can be stated."""
    assert fact.span is not None
    assert fact.step is not None
    return *fact.span, fact.step


#: How much is known of a person: of some everything, of some nothing.
_SHARES = (0.0, 0.3, 0.6, 0.9, 0.97, 1.0)


class Population:
    """Random people of any knowledge base, by the thousand, with numbers as awkward as can be.

    Numbers stand at the bounds rules use, one last decimal or half of one beside them, and at the ends of
    spans; some are whole, some have all the digits of a double. Part of the people stand at, or just beside,
    a bound worked out from their own facts. ``usual`` are facts that half of them share, without which little
    advice is given.
    """

    def __init__(self, knowledge_base: KnowledgeBase, usual: Stated | None = None) -> None:
        self.knowledge_base = knowledge_base
        self.usual = usual or {}
        self.facts = {fact.id: fact for fact in knowledge_base.content.facts.values() if fact.can_be_stated}
        bounds = [(fact, bound) for fact, bound in _bounds(knowledge_base.core) if fact in self.facts]
        self.own_bounds = [pair for pair in bounds if not isinstance(pair[1].term, Constant)]
        fixed = [(fact, bound.term.value) for fact, bound in bounds if isinstance(bound.term, Constant)]
        self.edges = {
            id: list(_edges(fact, (number for at, number in fixed if at == id)))
            for id, fact in self.facts.items()
            if fact.type is FactType.NUMBER
        }

    def people(self, seed: int | str, count: int) -> list[Stated]:
        """So many people; the same seed always gives the same."""
        chance = random.Random(f"people {seed}")
        shares = chance.choices(_SHARES, k=count)
        columns = [self._column(fact, chance, shares) for fact in self.facts.values()]
        people = [
            {fact: value for fact, value in zip(self.facts, row, strict=True) if value is not None}
            for row in zip(*columns, strict=True)
        ]
        for person in people:
            if chance.random() < 0.5:
                person |= self.usual
            if self.own_bounds and chance.random() < 0.3:
                self._move_to_own_bound(person, chance)
        return people

    def spoiled(self, people: Iterable[Stated], seed: int | str) -> list[Stated]:
        """The people, each with one value that cannot be used."""
        chance = random.Random(f"spoiled {seed}")
        return [person | self._unusable(chance) for person in people]

    def _column(self, fact: Fact, chance: random.Random, shares: Sequence[float]) -> Iterable[Any]:
        """What each of the people states of a fact, or nothing."""
        rarely = 0.25 if fact.derived else 1.0
        values = chance.choices(self._pool(fact, chance, len(shares) // 10 + 10), k=len(shares))
        return (
            v if chance.random() < share * rarely else None for v, share in zip(values, shares, strict=True)
        )

    def _pool(self, fact: Fact, chance: random.Random, count: int) -> Sequence[Any]:
        """Values to choose from; about half of the numbers are awkward ones."""
        match fact.type:
            case FactType.BOOLEAN:
                return (True, True, False)
            case FactType.CHOICE:
                first, *others = fact.choices
                return (first, first, *others)
        low, high, _ = _numbers_of(fact)
        numbers: list[float] = chance.choices(self.edges[fact.id], k=count)
        for place in range(count):
            number = chance.uniform(low, high)
            rounded = round(number, (0, 1, 3, 17)[place % 4])
            inside = rounded if low <= rounded <= high else number
            numbers.append(int(inside) if inside == int(inside) and place % 8 else inside)
        return numbers

    def _move_to_own_bound(self, person: Stated, chance: random.Random) -> None:
        """Put one number on, or just beside, a bound that is worked out from this person's other facts."""
        id, bound = chance.choice(self.own_bounds)
        fact = self.facts[id]
        try:
            number = number_of(bound, self.knowledge_base.reason(person).values)
        except ConflictError:
            return
        if number is not None:
            person |= {id: chance.choice(list(_beside(fact, number)) or [_numbers_of(fact)[0]])}

    def _unusable(self, chance: random.Random) -> Stated:
        fact = chance.choice([fact for fact in self.facts.values() if fact.type is not FactType.BOOLEAN])
        if fact.type is FactType.CHOICE:
            return {fact.id: "no_such_choice"}
        low, high, _ = _numbers_of(fact)
        return {fact.id: chance.choice((low - _last_decimal(fact), high + 1, float("nan"), float("inf")))}


def _last_decimal(fact: Fact) -> float:
    low, high, _ = _numbers_of(fact)
    return 10.0 ** -decimals_for(low, high)


def _edges(fact: Fact, bounds: Iterable[float]) -> Iterator[float]:
    low, high, _ = _numbers_of(fact)
    for number in dict.fromkeys([low, high, *bounds]):
        yield from _beside(fact, number)


def _beside(fact: Fact, number: float) -> Iterator[float]:
    """A number, and those one last decimal or half of one beside it, that lie within the span."""
    low, high, _ = _numbers_of(fact)
    step = _last_decimal(fact)
    for beside in (number, number - step, number + step, number - step / 2, number + step / 2):
        if low <= beside <= high:
            yield beside


def _bounds(core: Core) -> Iterator[tuple[str, Rounded]]:
    """Every number fact with what it is held against, in conditions and in targets."""
    waiting: list[Test] = [rule.test for rule in core.recommending]
    for definition in core.definitions:
        if not isinstance(definition, Formula):
            waiting.extend(branch.test for branch in definition.branches)
    while waiting:
        test = waiting.pop()
        if isinstance(test, Comparison):
            yield test.fact, test.bound
        elif isinstance(test, All | AnyOf):
            waiting.extend(test.members)
    for rule in core.recommending:
        if isinstance(rule.target, NumberTarget):
            yield from ((rule.target.fact, bound) for _, bound in bounds_with_ends(rule))
