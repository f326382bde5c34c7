"""The smallest set that is enough is the smallest, and is found where sets cannot be tried one by one."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from wellfounded.explain.smallest import Enough, smallest


def one_of_each(clauses: list[list[str]]) -> Enough:
    return lambda some: all(not some.isdisjoint(clause) for clause in clauses)


def test_it_is_the_first_of_the_smallest() -> None:
    for seed in range(400):
        chance = Random(seed)
        facts = [f"f{number}" for number in range(chance.randint(1, 9))]
        clauses = [
            chance.sample(facts, chance.randint(1, min(3, len(facts)))) for _ in range(chance.randint(0, 9))
        ]
        enough = one_of_each(clauses)
        every = (some for size in range(len(facts) + 1) for some in combinations(facts, size))
        assert smallest(facts, enough) == next(some for some in every if enough(frozenset(some)))


PAIRS = [[2 * pair, 2 * pair + 1] for pair in range(40)]
TRIANGLES = [list(side) for three in range(25) for side in combinations(range(3 * three, 3 * three + 3), 2)]
LADDER = [[number, number + step] for number in range(78) for step in (1, 2)]


@pytest.mark.parametrize(
    ("numbers", "size"),
    [(PAIRS, 40), (TRIANGLES, 50), (LADDER, 52)],
    ids=["pairs", "triangles", "ladder"],
)
def test_alternatives_side_by_side_do_not_multiply(numbers: list[list[int]], size: int) -> None:
    clauses = [[f"f{number:02}" for number in clause] for clause in numbers]
    facts = sorted({fact for clause in clauses for fact in clause})
    tried = 0

    def enough(some: frozenset[str]) -> bool:
        nonlocal tried
        tried += 1
        assert tried < 50_000
        return one_of_each(clauses)(some)

    assert len(smallest(facts, enough)) == size
