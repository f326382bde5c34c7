"""Why and what if, for random people.

The facts of an explanation fix the outcome, all of them are needed, and no smaller set is enough. What is
suggested does what it says, and nothing smaller does.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.people import Population, Stated
from tests.properties.explained import Outcomes, smaller_set, wrong_with, wrong_with_suggestions
from tests.properties.test_generated import some
from wellfounded import ConflictError, KnowledgeBase, RecommendationError

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


def suggested(knowledge_base: KnowledgeBase, people: list[Stated], seed: str) -> int:
    """Have changes suggested to everyone for one recommendation; how many get any."""
    chance, outcomes, some = Random(seed), Outcomes(knowledge_base), 0
    topics = list(outcomes.topics.rules)
    for person in people:
        facts, topic = knowledge_base.checked(person), chance.choice(topics)
        want, at_most = chance.choice(("given", "keep", "gone")), chance.choice((1, 2, 3))
        try:
            found = knowledge_base.suggest(facts, topic, want, at_most=at_most)
        except (ConflictError, RecommendationError):  # rules disagree, or there is no target to keep
            continue
        assert not list(wrong_with_suggestions(found, facts, outcomes, chance)), person
        some += bool(found.suggestions)
    return some


def test_suggestions_of_the_article(article: KnowledgeBase) -> None:
    assert suggested(article, Population(article, USUAL).people("what if", 400), "what if") > 50


@pytest.mark.parametrize("part", range(2))
def test_suggestions_of_generated_knowledge_bases(part: int, tmp_path: Path) -> None:
    some_found = 0
    for seed, _, _, knowledge_base in some(f"what if {part}", 20, tmp_path):
        some_found += suggested(knowledge_base, Population(knowledge_base).people(seed, 15), seed)
    assert some_found > 50
