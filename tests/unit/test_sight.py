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


@pytest.mark.no_cover
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


def test_who_stands_on_a_border_is_told_from_those_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    long_used = wellfounded.load(str(RULES))
    borders = [(fact, border) for fact, _, borders in _numbers(long_used) for border in borders]
    assert len(borders) > 5
    facts = long_used.content.facts
    people = [
        USUAL | {fact: border + steps * (facts[fact].step or 1)}
        for fact, border in borders
        for steps in (-1, 0, 1)
        if facts[fact].can_be_stated
    ]
    spoken = [_advice(long_used, person) for person in people]
    monkeypatch.setattr(sight, "MOST_KEPT", 1)
    forgetful = wellfounded.load(str(RULES))
    assert [_advice(forgetful, person) for person in people] == spoken


def _numbers(knowledge_base: wellfounded.KnowledgeBase) -> list[tuple[str, str, list[float]]]:
    content, core = knowledge_base.content, knowledge_base.core
    return sight.Sight(content, core, {}).numbers


def _advice(knowledge_base: wellfounded.KnowledgeBase, person: dict[str, object]) -> object:
    try:
        return knowledge_base.advise(person)
    except wellfounded.WellfoundedError as error:
        return str(error)
