"""One knowledge base shared by threads gives each its own answers."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import wellfounded
from tests.conftest import RULES
from tests.people import random_person


def test_eight_threads_get_what_one_gets() -> None:
    knowledge_base = wellfounded.load(RULES)
    chance = random.Random(8)
    people = [random_person(knowledge_base.content, chance, 0.7) for _ in range(200)]
    expected = [wellfounded.load(RULES).advise(person).to_dict() for person in people]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda person: knowledge_base.advise(person).to_dict(), people)) == expected
