"""The chain behind advice reaches exactly what the advice names, for random people and generated rules."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.people import Population
from tests.properties.test_generated import some
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.explain.chain import Chain, Meaning, Trail, kind_of, name_of
from wellfounded.model.advice import Recommendation

#: Someone most of the article's advice is meant for.
USUAL = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}


def sources_agree(trail: Trail, given: Recommendation) -> None:
    """The same claims by the same ways, the same citations with the same verdicts, and nothing besides."""
    backs = {(name_of(e.start), e.via) for e in trail.edges if e.meaning is Meaning.BACKS}
    assert backs == {(source.claim, source.via) for source in given.sources}
    cited = {
        (int(name_of(e.start)), name_of(e.end), e.support, e.via)
        for e in trail.edges
        if e.meaning is Meaning.CITED_BY
    }
    assert cited == {
        (cite.reference, source.claim, cite.support, source.via)
        for source in given.sources
        for cite in source.cites
    }


def holds_together(chain: Chain, trail: Trail) -> None:
    """Every node is there; each leads, step by step, to the recommendation, and nothing goes in circles."""
    assert set(trail.nodes) <= chain.nodes.keys()
    leads = {node: {e.end for e in trail.edges if e.start == node} for node in trail.nodes}
    ended = [node for node, ends in leads.items() if not ends]
    assert ended == [f"recommendation:{trail.recommendation}"]
    while leads:
        done = [node for node, ends in leads.items() if not ends & leads.keys()]
        assert done, "in circles"
        for node in done:
            del leads[node]


def agrees(knowledge_base: KnowledgeBase, stated: dict[str, Any], **policy: Any) -> int:
    try:
        advice = knowledge_base.advise(stated, "en", **policy)
    except ConflictError:
        return 0
    chain = knowledge_base.chain(stated, "en", **policy)
    assert [trail.recommendation for trail in chain.trails] == [item.id for item in advice.recommendations]
    assert chain.left_out == advice.left_out
    for trail, given in zip(chain.trails, advice.recommendations, strict=True):
        sources_agree(trail, given)
        holds_together(chain, trail)
        stated_facts = {name_of(n) for n in trail.nodes if kind_of(n) == "fact"} & stated.keys()
        into_stated = {name_of(edge.end) for edge in trail.edges if kind_of(edge.end) == "fact"}
        assert not stated_facts & into_stated, "a stated fact ends the way"
    return len(chain.trails)


def test_of_the_article(article: KnowledgeBase) -> None:
    people = Population(article, USUAL).people("chains", 500)
    assert sum(agrees(article, person) for person in people) > 500


def test_what_the_policy_leaves_out_has_no_trail(article: KnowledgeBase) -> None:
    chance = random.Random(7)
    for person in Population(article, USUAL).people("policies", 200):
        agrees(article, person, min_support=chance.choice(["supports", "partly", "unchecked"]))
        agrees(article, person, hide_uncited=True)


@pytest.mark.parametrize("part", range(4))
def test_of_generated_knowledge_bases(part: int, tmp_path: Path) -> None:
    compared = 0
    for seed, _, _, knowledge_base in some(f"chain {part}", 25, tmp_path):
        for person in Population(knowledge_base).people(seed, 25):
            compared += agrees(knowledge_base, person)
            compared += agrees(knowledge_base.with_drafts(), person)
    assert compared > 200
