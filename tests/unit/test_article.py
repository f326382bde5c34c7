"""The article's knowledge base holds what it has to: every claim, every number once, every verdict."""

from __future__ import annotations

from collections import Counter

import wellfounded
from tests.conftest import DAY, RULES
from wellfounded import KnowledgeBase
from wellfounded.check.walk import conditions, formulas
from wellfounded.model.content import Support, editorial
from wellfounded.model.expression import Is, Number, names_in, parts
from wellfounded.model.expression import tests_in as single_tests

#: What the audit of the references found, per citing claim.
VERDICTS = {
    "progressive-overload-needed": ("1", Support.ABOUT_SOMETHING_ELSE),
    "weekly-volume": ("1", Support.ABOUT_SOMETHING_ELSE),
    "frequency-beats-once": ("1", Support.PARTLY),
    "surplus-size": ("2", Support.NOT_ESTABLISHED),
    "protein-daily-dose": ("3", Support.PARTLY),
    "protein-powder-after-training": ("3", Support.PARTLY),
    "low-fat-lowers-hormones": ("4", Support.NOT_ESTABLISHED),
    "deep-sleep-growth-hormone": ("5", Support.PARTLY),
    "training-raises-hormones": ("6", Support.NOT_ESTABLISHED),
    "creatine-works": ("7", Support.SUPPORTS),
}


def test_it_gives_neither_errors_nor_warnings() -> None:
    assert wellfounded.diagnose(RULES, DAY) == ()


def test_all_claims_are_there_and_ours_stand_apart(article: KnowledgeBase) -> None:
    own = [claim for claim in article.content.claims.values() if editorial(article.content, claim)]
    assert (len(article.content.claims) - len(own), len(own)) == (83, 10)
    assert not [claim.id for claim in own if claim.cites]


def test_citations_are_those_of_the_article_with_the_verdict_on_each(article: KnowledgeBase) -> None:
    cited = {
        claim.id: (cite.reference, cite.support)
        for claim in article.content.claims.values()
        for cite in claim.cites
    }
    assert cited == VERDICTS
    assert list(article.content.references) == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_number_that_a_rule_uses_stands_in_one_parameter_and_nowhere_else(article: KnowledgeBase) -> None:
    written = [
        test for when, _ in conditions(article.content) for test in single_tests(when) if isinstance(test, Is)
    ]
    assert not [test.fact for test in written if any(isinstance(value, float) for value in test.values)]
    for placed in formulas(article.content):
        assert not [part for part in (placed.formula, *parts(placed.formula)) if isinstance(part, Number)]
    used = Counter(name.name for placed in formulas(article.content) for name in names_in(placed.formula))
    assert set(article.content.parameters) <= set(used)
    claims = Counter(parameter.claim for parameter in article.content.parameters.values())
    assert set(claims.values()) == {1}


def test_every_text_differs_between_the_languages_and_is_no_copy_of_the_other(article: KnowledgeBase) -> None:
    for rule in article.content.rules.values():
        for text in rule.says.values():
            assert set(text) == {"nl", "en"}
            assert text["nl"] != text["en"]
