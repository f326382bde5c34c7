"""Why: the facts of an explanation fix the outcome, all of them are needed, and no smaller set is enough."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.people import Population, Stated
from tests.properties.explained import Outcomes, smaller_set, wrong_with
from tests.properties.test_generated import some
from wellfounded import ConflictError, KnowledgeBase

#: Someone most of the article's advice is meant for.
USUAL: Stated = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}


def explained(knowledge_base: KnowledgeBase, people: list[Stated], seed: str) -> int:
    """Have one recommendation explained to everyone; how many explanations have facts."""
    chance, outcomes, fixed = Random(seed), Outcomes(knowledge_base), 0
    topics = list(outcomes.topics.rules)
    for person in people:
        facts, topic = knowledge_base.checked(person), chance.choice(topics)
        try:
            found = knowledge_base.explain(facts, topic)
        except ConflictError:
            continue
        assert not list(wrong_with(found, facts, outcomes, chance)), person
        if found.edges:
            assert smaller_set(found, facts, outcomes) is None, person
            fixed += bool(found.facts)
    return fixed


def test_of_the_article(article: KnowledgeBase) -> None:
    assert explained(article, Population(article, USUAL).people("why", 700), "why") > 300


@pytest.mark.parametrize("part", range(2))
def test_of_generated_knowledge_bases(part: int, tmp_path: Path) -> None:
    fixed = 0
    for seed, _, _, knowledge_base in some(f"why {part}", 20, tmp_path):
        fixed += explained(knowledge_base, Population(knowledge_base).people(seed, 25), seed)
    assert fixed > 100
