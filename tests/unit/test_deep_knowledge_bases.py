"""Knowledge bases deeper than authors write: a long chain of derived facts, and one that forks everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conformance.small import small
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.chain.page import chain_page

DEPTH = 1500


def layers(depth: int, width: int) -> str:
    """Yes/no facts in layers, each true if all of the layer below are; the last gives the advice `top`."""
    first, *further = names = [[f"layer_{level}_{place}" for place in range(width)] for level in range(depth)]
    stated = [f'  {fact}: {{type: boolean, label: {{en: a}}, question: {{en: "A?"}}}}' for fact in first]
    derived = [
        f"  {fact}: {{type: boolean, derived: true, label: {{en: a}}}}" for by in further for fact in by
    ]
    concluding = [
        rule(fact, below, f"conclude: {{{fact}: true}}") for below, above in pairwise(names) for fact in above
    ]
    top = rule("top", names[-1], 'advise: do, says: {en: "A."}')
    return "\n".join(["facts:", *stated, *derived, "rules:", *concluding, top])


def rule(id: str, needs: Sequence[str], gives: str) -> str:
    when = ", ".join(f"{fact}: true" for fact in needs)
    return f"  - {{id: {id}, title: {{en: A}}, when: {{{when}}}, {gives}, because: [so]}}"


@pytest.mark.no_cover
@pytest.mark.parametrize(("depth", "width"), [(DEPTH, 1), (60, 2)])
def test_sources_and_questions_reach_the_first_facts(tmp_path: Path, depth: int, width: int) -> None:
    knowledge_base = small(layers(depth, width), tmp_path)
    first = [f"layer_0_{place}" for place in range(width)]
    given = knowledge_base.advise(dict.fromkeys(first, True)).recommendations
    assert [(item.id, [source.claim for source in item.sources]) for item in given] == [("top", ["so"])]
    undecided = knowledge_base.advise(dict.fromkeys(first[1:], True)).undecided
    assert [(item.id, list(item.waits_for)) for item in undecided] == [("top", first[:1])]


def test_a_tree_that_nobody_could_read_is_cut_and_says_so(tmp_path: Path) -> None:
    chain = small(layers(DEPTH, 1), tmp_path).chain({"layer_0_0": True})
    text = as_text(chain_page(chain))
    assert "… and further back" in text
    assert f"Rule layer_{DEPTH - 1}_0" in text
    assert "Rule layer_1_0" not in text
    assert "rule:layer_1_0" in chain.nodes
