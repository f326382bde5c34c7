"""What a chain follows, construct by construct: only what the outcome rests on for this person."""

from __future__ import annotations

import pytest

from tests.conformance.small import small
from wellfounded import KnowledgeBase
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.chain.page import chain_page

RULES = """
facts:
  dry: {type: boolean, label: {en: dry}, question: {en: "Dry?"}}
  hot: {type: boolean, label: {en: hot}, question: {en: "Hot?"}}
  old: {type: boolean, label: {en: old}, question: {en: "Old?"}}
  height: {type: number, span: [1, 100], step: 1, label: {en: height}, question: {en: "How high?"}}
  width: {type: number, span: [1, 100], step: 1, label: {en: width}, question: {en: "How wide?"}}
  area: {type: number, derived: true, statable: true, formula: height * width, span: [1, 10000], step: 1,
    label: {en: area}, question: {en: "Which area?"}}
  suffers: {type: boolean, derived: true, label: {en: suffers}}
  size: {type: choice, derived: true, label: {en: size}, otherwise: small,
    choices: {big: {en: big}, small: {en: small}}}
parameters:
  big_area: {value: 50, claim: fifty, label: {en: big area}}
  litres: {value: 3, claim: three, label: {en: litres}}
claims:
  fifty: {section: all, kind: action, says: {en: "fifty"}}
  three: {section: all, kind: action, says: {en: "three"}}
  thirst: {section: all, kind: action, says: {en: "thirst"}}
  hearsay: {section: all, kind: action, says: {en: "hearsay"}, status: draft}
rules:
  - {id: thirsty, title: {en: t}, when: {any: [{dry: true}, {hot: true}, {old: true}]},
     conclude: {suffers: true}, because: [thirst]}
  - {id: is-big, title: {en: t}, when: {area: {at_least: big_area}}, conclude: {size: big}, definition: true}
  - {id: water, title: {en: t}, when: {suffers: true}, advise: do, says: {en: "Give {litres}."},
     because: [thirst]}
  - {id: rest, title: {en: t}, when: {suffers: false}, advise: do, says: {en: "s"}, because: [thirst]}
  - {id: shade, title: {en: Shade}, when: {suffers: true}, advise: consider, says: {en: "s"},
     because: [hearsay], status: draft}
  - {id: pot, title: {en: t}, when: {size: small}, advise: do, says: {en: "s"}, because: [thirst]}
"""


@pytest.fixture(scope="module")
def plants(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return small(RULES, tmp_path_factory.mktemp("plants"))


def told(knowledge_base: KnowledgeBase, recommendation: str, **stated: object) -> set[str]:
    """The edges of one trail as sentences, but for claims."""
    (trail,) = knowledge_base.chain(stated, recommendations=[recommendation]).trails
    return {
        f"{edge.start} {edge.meaning} {edge.end}"
        + "".join(f": {test.asks}{'' if test.holds else ' (not so)'}" for test in edge.tests)
        for edge in trail.edges
        if not edge.start.startswith("claim:")
    }


def test_of_several_ways_only_those_that_hold(plants: KnowledgeBase) -> None:
    assert told(plants, "water", dry=True, hot=False) == {
        "rule:water gives recommendation:water",
        "fact:suffers tested-by rule:water: yes",
        "parameter:litres shown-by rule:water",
        "rule:thirsty concludes fact:suffers",
        "fact:dry tested-by rule:thirsty: yes",
    }


def test_what_is_false_rests_on_every_way_that_fails(plants: KnowledgeBase) -> None:
    assert told(plants, "rest", dry=False, hot=False, old=False) == {
        "rule:rest gives recommendation:rest",
        "fact:suffers tested-by rule:rest: no",
        "rule:thirsty does-not-conclude fact:suffers",
        "fact:dry tested-by rule:thirsty: yes (not so)",
        "fact:hot tested-by rule:thirsty: yes (not so)",
        "fact:old tested-by rule:thirsty: yes (not so)",
    }


def test_a_choice_that_no_rule_makes_rests_on_the_rules_that_do_not(plants: KnowledgeBase) -> None:
    assert told(plants, "pot", height=5, width=6) == {
        "rule:pot gives recommendation:pot",
        "fact:size tested-by rule:pot: small",
        "rule:is-big does-not-conclude fact:size",
        "fact:area tested-by rule:is-big: ≥ 50 (not so)",
        "parameter:big_area number-for rule:is-big",
        "fact:height number-for fact:area",
        "fact:width number-for fact:area",
    }


def test_a_stated_number_ends_the_way(plants: KnowledgeBase) -> None:
    told_of = told(plants, "pot", area=40, height=5, width=6)
    assert "fact:area tested-by rule:is-big: ≥ 50 (not so)" in told_of
    assert not [edge for edge in told_of if edge.endswith("fact:area")]


def test_a_claim_comes_the_strongest_way(plants: KnowledgeBase) -> None:
    (trail,) = plants.chain({"dry": True}, recommendations=["water"]).trails
    ways = {(edge.start, edge.end): edge.via for edge in trail.edges if edge.start.startswith("claim:")}
    assert ways == {
        ("claim:thirst", "rule:water"): "rule",
        ("claim:thirst", "rule:thirsty"): "rule",
        ("claim:three", "parameter:litres"): "parameter",
    }


def test_a_draft_says_that_it_is_one(plants: KnowledgeBase) -> None:
    (absent,) = plants.chain({"dry": True}, recommendations=["shade"]).absent
    assert (absent.title, absent.state) == ("Shade", "left-out")
    assert "still a draft" in absent.reason
    chain = plants.with_drafts().chain({"dry": True}, recommendations=["shade"])
    nodes = chain.to_dict()["nodes"]
    drafts = [id for id, node in nodes.items() if node.get("status") == "draft"]
    assert drafts == ["recommendation:shade", "rule:shade", "claim:hearsay"]
    shown = as_text(chain_page(chain))
    assert "Rule shade: Shade (still a draft)" in shown
    assert "named by the rule; no reference named; still a draft" in " ".join(shown.split())
