"""An evidence policy: what less stands behind than is asked for is left out, and never silently."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conformance.agreement import ENGINES, Agreement
from tests.conformance.small import small
from tests.conformance.weighed import PEOPLE, WEIGHED
from tests.people import Population, random_person
from wellfounded import Advice, FactError, KnowledgeBase, ReasonerError, SupportError
from wellfounded.model.content import STRENGTH, Support

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "person.yaml"
WEAKEST_CITED = Support.CONTRADICTS


@pytest.fixture
def weighed(tmp_path: Path) -> KnowledgeBase:
    return small(WEIGHED, tmp_path)


def given(advice: Advice) -> set[str]:
    return {item.id for item in advice.recommendations}


@pytest.mark.parametrize("least", list(Support))
def test_what_is_given_and_what_is_left_out_are_together_what_holds(
    least: Support, article: KnowledgeBase
) -> None:
    chance = random.Random(str(least))
    for _ in range(40):
        person = random_person(article.content, chance, chance.choice([1.0, 0.8, 0.5]))
        everything, some = article.advise(person), article.advise(person, min_support=str(least))
        left_out = {item.id for item in some.left_out}
        assert given(some) | left_out == given(everything)
        assert not given(some) & left_out
        for item in some.recommendations:
            strong_enough = STRENGTH[item.support] >= STRENGTH[least]
            assert strong_enough or article.content.rules[item.rule].first
        cited = {cite.reference for r in some.recommendations for s in r.sources for cite in s.cites}
        assert {item.number for item in some.references.values()} == cited
        assert some.undecided == everything.undecided


def test_without_a_policy_everything_is_given(article: KnowledgeBase) -> None:
    assert article.advise(article.read_person(EXAMPLE)).left_out == ()


def test_hiding_what_is_uncited_gives_what_cites_anything(article: KnowledgeBase) -> None:
    facts = article.read_person(EXAMPLE)
    hidden = article.advise(facts, hide_uncited=True)
    assert hidden == article.advise(facts, min_support=str(WEAKEST_CITED))
    assert Support.UNCITED not in {item.support for item in hidden.recommendations}
    both = article.advise(facts, min_support="partly", hide_uncited=True)
    assert both == article.advise(facts, min_support="partly")


def test_the_reason_says_what_there_is_and_what_was_asked_for(article: KnowledgeBase) -> None:
    facts = article.read_person(EXAMPLE)
    advice = article.advise(facts, "en", min_support="partly")
    reasons = {item.id: item.reason for item in advice.left_out}
    assert reasons["muscle-rest"] == (
        "At best no reference stands behind this; asked for is a reference that partly supports it."
    )
    assert reasons["energy-surplus"] == (
        "At best a reference of which it is not established that this follows stands behind this; "
        "asked for is a reference that partly supports it."
    )


def test_whom_the_advice_is_not_for_is_always_said(article: KnowledgeBase) -> None:
    advice = article.advise({"goal": "muscle_gain", "age": 16, "healthy": True}, min_support="supports")
    assert given(advice) == {"out-of-scope"}


def test_a_support_that_there_is_not_is_named(article: KnowledgeBase) -> None:
    with pytest.raises(SupportError, match="`partially` is not a support; did you mean `partly`"):
        article.advise({}, min_support="partially")


# Tables.


def test_the_support_of_a_row_is_that_of_what_decided(weighed: KnowledgeBase) -> None:
    table = Agreement(weighed).table([person for person, _ in PEOPLE])
    advised = weighed.advise_table(table, min_support="partly")
    assert advised.columns[-2:] == ["left_out", "problems"]
    assert advised["left_out"].to_list() == [
        None,
        None,
        "rest: uncited",
        "sleep: uncited; rest: uncited",
        "sleep: uncited; rest: uncited",
        None,
        None,
        None,
    ]
    verdicts = ["raise", "raise", "lower", None, None, None, "undecided", "undecided"]
    assert advised["sleep.verdict"].to_list() == verdicts
    assert advised["sleep.low"].to_list() == [8, 8, 8, *[None] * 5]
    assert advised["not-for-you.verdict"].to_list().count("inform") == 2
    for person, support in PEOPLE:
        found = {item.id: str(item.support) for item in weighed.advise(person).recommendations}
        assert found == support


@pytest.mark.no_cover
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "policy", [*({"min_support": str(s)} for s in Support), {"hide_uncited": True}], ids=str
)
def test_a_row_is_given_what_that_person_is_given(
    engine: str, policy: dict[str, Any], article: KnowledgeBase, weighed: KnowledgeBase
) -> None:
    usual = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}
    people = Population(article, usual).people(f"policy {policy}", 300)
    assert not list(Agreement(article, ()).tables(people, engine, policy))
    assert not list(Agreement(weighed, ()).tables([person for person, _ in PEOPLE], engine, policy))


def test_only_where_a_policy_is_asked_for_is_there_a_column_for_it(tmp_path: Path) -> None:
    people = pl.DataFrame({"ill": [True, None], "left_out": ["a", "b"]})
    named = """
facts:
  ill: {type: boolean, label: {en: i}, question: {en: "Ill?"}}
  left_out: {type: boolean, derived: true, label: {en: l}}
rules:
  - {id: r, title: {en: t}, when: {ill: true}, conclude: {left_out: true}, because: [so]}
"""
    plain = small(named.replace("left_out", "left"), tmp_path / "plain")
    assert plain.advise_table(people, keep=["left_out"]).columns == ["left_out", "left", "problems"]
    with pytest.raises(FactError, match="`left_out` cannot be kept: a result has that name"):
        plain.advise_table(people, keep=["left_out"], hide_uncited=True)
    everything = plain.advise_table(people.select("ill"), min_support="uncited")
    assert everything.rows() == [(True, None, None), (None, None, None)]
    taken = small(named, tmp_path / "taken")
    assert taken.advise_table(people.select("ill"))["left_out"].to_list() == [True, None]
    with pytest.raises(ReasonerError, match="the results `left_out` and `left_out`"):
        taken.advise_table(people.select("ill"), hide_uncited=True)


def test_where_nothing_is_advised_a_policy_still_leaves_a_row_for_each(tmp_path: Path) -> None:
    knowledge_base = small(WEIGHED.partition("rules:")[0], tmp_path)
    people = pl.DataFrame({"weary": [True, None]})
    nothing = [{"left_out": None, "problems": None}] * 2
    for engine in ENGINES.values():
        assert engine(knowledge_base, people, hide_uncited=True).to_dicts() == nothing


def test_what_rules_disagree_about_is_a_problem_and_not_left_out(tmp_path: Path) -> None:
    disagreeing = """
facts: {ill: {type: boolean, label: {en: i}, question: {en: "Ill?"}}}
rules:
  - {id: one, topic: it, title: {en: t}, when: {ill: true}, advise: do, says: {en: s}, because: [so]}
  - {id: two, topic: it, title: {en: t}, when: {ill: true}, advise: avoid, says: {en: s}, because: [so]}
"""
    knowledge_base = small(disagreeing, tmp_path)
    for engine in ENGINES:
        assert not list(Agreement(knowledge_base, ()).tables([{"ill": True}], engine, {"hide_uncited": True}))


# Sessions.


def test_a_session_says_what_its_policy_leaves_out(weighed: KnowledgeBase) -> None:
    with weighed.session(min_support="partly") as session:
        for stated, sleep, rest in (
            ({"weary": True}, ("undecided", "left-out"), ("undecided", "left-out")),
            ({"hours": 6}, ("left-out", "raise"), ("left-out", "do")),
            ({"hours": 10}, ("raise", "lower"), ("do", "left-out")),
            ({"hours": 8}, ("lower", "left-out"), None),
            ({"weary": False}, ("left-out", "absent"), ("left-out", "absent")),
        ):
            session.state(**stated)
            changed = session.changes().recommendations
            assert (changed["sleep"], changed.get("rest")) == (sleep, rest)
            assert session.advice() == weighed.advise(session.facts, min_support="partly")
        session.state(child=True)
        assert dict(session.changes().recommendations) == {"not-for-you": ("undecided", "inform")}
    with pytest.raises(SupportError, match="`some` is not a support"):
        weighed.session(min_support="some")
