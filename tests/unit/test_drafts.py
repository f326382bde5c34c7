"""Drafts and retired rules give no advice, are never silently gone, and change nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import polars
import pytest
from msgspec.structs import replace

import wellfounded
from tests.conformance.small import small
from tests.people import random_person
from wellfounded import KnowledgeBase
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.page import page
from wellfounded.lower import to_core
from wellfounded.model.advice import Recommendation
from wellfounded.model.content import Lifecycle
from wellfounded.model.frozen import frozen

RULES = """
facts:
  dry: {type: boolean, label: {en: dry}, question: {en: "Dry?"}}
  dark: {type: boolean, label: {en: dark}, question: {en: "Dark?"}}
  thirsty: {type: boolean, derived: true, label: {en: thirsty}}
  sad: {type: boolean, derived: true, label: {en: sad}}
claims:
  old: {section: all, kind: action, says: {en: "Old."}}
  new:
    section: all
    kind: action
    status: draft
    says: {en: "New."}
    cites: [{reference: 1, support: supports, locator: {page: 12}}]
references:
  1: {as_cited: {title: Water}, on_record: {status: confirmed}}
rules:
  - {id: dry-thirsty, title: {en: T}, when: {dry: true}, conclude: {thirsty: true}, because: [old]}
  - {id: dark-thirsty, status: draft, title: {en: T}, when: {dark: true}, conclude: {thirsty: true},
     because: [old]}
  - {id: dark-sad, status: draft, title: {en: S}, when: {dark: true}, conclude: {sad: true}, because: [new]}
  - {id: water, title: {en: W}, when: {thirsty: true}, advise: do, says: {en: W}, because: [old]}
  - {id: lamp, status: draft, title: {en: L}, when: {sad: true}, advise: do, says: {en: L}, because: [new]}
  - {id: mist, status: draft, title: {en: M}, when: {dry: true}, advise: do, says: {en: M}, because: [new]}
  - {id: dim, topic: mist, title: {en: M}, when: {dark: true}, advise: avoid, says: {en: N}, because: [old]}
  - {id: sing, status: retired, title: {en: S}, when: {dry: true}, advise: do, says: {en: S}, because: [old]}
"""


@pytest.fixture(scope="module")
def plants(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return small(RULES, tmp_path_factory.mktemp("plants"))


def with_status(knowledge_base: KnowledgeBase, rule: str, status: Lifecycle) -> KnowledgeBase:
    content = knowledge_base.content
    rules = {**content.rules, rule: replace(content.rules[rule], status=status)}
    changed = replace(content, rules=frozen(rules))
    return KnowledgeBase(changed, to_core(changed), knowledge_base.digest)


def recommended(id: str, advice: wellfounded.Advice) -> Recommendation:
    return next(item for item in advice.recommendations if item.id == id)


def given(advice: wellfounded.Advice) -> dict[str, str]:
    return {item.id: str(item.verdict) for item in advice.recommendations}


def test_what_is_not_in_force_gives_no_advice_and_says_why(plants: KnowledgeBase) -> None:
    advice = plants.advise({"dry": True, "dark": False})
    assert given(advice) == {"water": "do"}
    assert {item.id: item.reason for item in advice.left_out} == {
        "mist": "The rule for this is still a draft, so it gives no advice.",
        "sing": "The rule for this is retired and gives no advice any more.",
    }


def test_a_topic_of_which_a_rule_in_force_says_something_is_not_left_out(plants: KnowledgeBase) -> None:
    advice = plants.advise({"dry": True, "dark": True})
    assert given(advice) == {"mist": "avoid", "water": "do"}
    assert [item.id for item in advice.left_out] == ["sing"]
    undecided = plants.advise({"dry": True})
    assert [item.id for item in undecided.undecided] == ["mist"]
    assert [item.id for item in undecided.left_out] == ["sing"]


def test_what_only_a_draft_concludes_is_unknown_and_not_asked_for(plants: KnowledgeBase) -> None:
    advice = plants.advise({})
    assert advice.derived["sad"].value is None
    assert plants.advise({"dark": False}).derived["sad"].value is None
    assert "lamp" not in {topic for question in advice.questions for topic in question.decides}
    with pytest.raises(wellfounded.FactError, match="sad"):
        plants.advise({"sad": True})


def test_drafts_count_for_who_asks_for_them(plants: KnowledgeBase) -> None:
    advice = plants.with_drafts().advise({"dry": False, "dark": True})
    assert given(advice) == {"mist": "avoid", "water": "do", "lamp": "do"}
    assert {item.id: str(item.status) for item in advice.recommendations}["lamp"] == "draft"
    assert advice.policy.drafts
    assert advice.knowledge_base == plants.advise({}).knowledge_base
    with pytest.raises(wellfounded.ConflictError, match="mist"):
        plants.with_drafts().advise({"dry": True, "dark": True})


def test_a_draft_claim_is_listed_with_its_place_and_supports_only_drafts(tmp_path: Path) -> None:
    knowledge_base = small(
        RULES.replace("sing, status: retired", "sing").replace(
            "says: {en: S}, because: [old]", "says: {en: S}, because: [new]"
        ),
        tmp_path,
    )
    assert "inactive-claim" in [warning.code for warning in knowledge_base.warnings]
    sing = recommended("sing", knowledge_base.advise({"dry": True}))
    assert (str(sing.support), str(sing.sources[0].status)) == ("uncited", "draft")
    assert "Source: none named." in as_text(page(knowledge_base.advise({"dry": True})))
    drafted = recommended("sing", knowledge_base.with_drafts().advise({"dry": True}))
    assert str(drafted.support) == "supports"
    assert as_text(page(knowledge_base.with_drafts().advise({}))).rstrip().endswith(", with drafts")
    assert str(drafted.sources[0].cites[0].locator) == "page 12"


@pytest.mark.parametrize("reasoner", ["python", "rete", "columns"])
def test_every_reasoner_values_drafts_alike(plants: KnowledgeBase, reasoner: str) -> None:
    for facts in ({}, {"dry": True}, {"dark": False}, {"dry": False, "dark": True}):
        for asked in (plants, plants.with_drafts()):
            try:
                expected = asked.advise(facts)
            except wellfounded.ConflictError:
                continue
            assert asked.advise(facts, reasoner=reasoner) == expected


def test_tables_sessions_and_single_people_agree(plants: KnowledgeBase) -> None:
    people = [{"dry": dry, "dark": dark} for dry in (None, False, True) for dark in (None, False)]
    columns = polars.DataFrame(people, schema={"dry": polars.Boolean, "dark": polars.Boolean})
    for asked in (plants, plants.with_drafts()):
        table = asked.advise_table(columns)
        for row, facts in zip(table.rows(named=True), people, strict=True):
            stated = {fact: value for fact, value in facts.items() if value is not None}
            advice = asked.advise(stated)
            with asked.session() as session:
                session.state(**stated)
                assert session.advice() == advice
            expected = given(advice) | {item.id: "undecided" for item in advice.undecided}
            shown = {name.removesuffix(".verdict"): row[name] for name in row if name.endswith(".verdict")}
            assert {topic: verdict for topic, verdict in shown.items() if verdict} == expected
            assert row["sad"] == advice.derived["sad"].value


def test_making_any_rule_a_draft_only_takes_its_own_advice_away(article: KnowledgeBase) -> None:
    """On random people, for rules that recommend: all else stays, and what it gave is left out."""
    chance = random.Random(7)
    for rule in chance.sample(article.core.recommending, 12):
        drafted = with_status(article, rule.rule, Lifecycle.DRAFT)
        for _ in range(20):
            person = random_person(article.content, chance, 0.8)
            before, after = article.advise(person), drafted.advise(person)
            of_rule = {item.id for item in before.recommendations if item.rule == rule.rule}
            assert given(after) == {id: v for id, v in given(before).items() if id not in of_rule}
            assert {item.id for item in after.left_out} == of_rule
            assert drafted.with_drafts().reason(person).row == article.reason(person).row
