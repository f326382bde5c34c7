"""An evidence policy: what less stands behind than is asked for is left out, and never silently."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.people import random_person
from wellfounded import Advice, KnowledgeBase, SupportError
from wellfounded.model.content import STRENGTH, Support

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "person.yaml"
WEAKEST_CITED = Support.CONTRADICTS


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
