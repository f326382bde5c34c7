"""What was made for one person is given to those who look the same to it, and to nobody else."""

from __future__ import annotations

from random import Random

import pytest

import wellfounded
from tests.conftest import RULES
from tests.http.conftest import HOUSEPLANTS
from tests.people import Population
from wellfounded.advise import sight

USUAL = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}


@pytest.mark.parametrize("folder", [RULES, HOUSEPLANTS], ids=["article", "houseplants"])
def test_advice_does_not_depend_on_who_came_before(folder: object, monkeypatch: pytest.MonkeyPatch) -> None:
    long_used, usual = wellfounded.load(str(folder)), USUAL if folder is RULES else None
    people = Population(long_used, usual).people("sight", 400)
    spoken = [_advice(long_used, person) for person in people]
    again = list(enumerate(people))
    Random(1).shuffle(again)
    monkeypatch.setattr(sight, "MOST_KEPT", 1)  # as good as nothing is remembered
    forgetful = wellfounded.load(str(folder))
    for place, person in again:
        assert _advice(forgetful, person) == spoken[place] == _advice(long_used, person)


def _advice(knowledge_base: wellfounded.KnowledgeBase, person: dict[str, object]) -> object:
    try:
        return knowledge_base.advise(person)
    except wellfounded.WellfoundedError as error:
        return str(error)
