"""What each tool gives: the library's own document, and a text that says what it is and adds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest

import wellfounded
from tests.conftest import RULES
from tests.http.conftest import HOUSEPLANTS
from tests.mcp_server.client import Where, called, started, tools
from wellfounded import KnowledgeBase
from wellfounded.interfaces.mcp.words import WORDS

ANNA = {"goal": "muscle_gain", "age": 31, "healthy": True, "sleep_duration": "390 min"}


@pytest.mark.no_cover
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_tools_give_what_the_library_gives(article: KnowledgeBase, where: Where, mode: str) -> None:
    changes = {"sleep_duration": 8, "age": None}
    calls: list[tuple[str, Mapping[str, Any]]] = []
    expected = []
    for language in article.languages:
        asked = {"facts": ANNA, "language": language}
        named = asked | {"recommendation": "sleep-duration"}
        calls += [
            ("advise", asked),
            ("advise", asked | {"min_support": "supports"}),
            ("explain", named),
            ("what_if", asked | {"changes": changes}),
            ("suggest", named | {"want": "keep", "at_most": 1}),
            ("suggest", named | {"min_support": "supports"}),
        ]
        expected += [
            article.advise(ANNA, language).to_dict(),
            article.advise(ANNA, language, min_support="supports").to_dict(),
            article.explain(ANNA, "sleep-duration", language).to_dict(),
            article.what_if(ANNA, changes, language).to_dict(),
            article.suggest(ANNA, "sleep-duration", "keep", language, at_most=1).to_dict(),
            article.suggest(ANNA, "sleep-duration", language=language, min_support="supports").to_dict(),
        ]
    for told, document in zip(called(where, *calls, mode=mode), expected, strict=True):
        assert told.document == document
        assert told.text.endswith(f"{WORDS[document['language']]['passing_on']}\n")


@pytest.mark.no_cover
def test_text_of_advice_says_what_each_rests_on(article: KnowledgeBase) -> None:
    (told,) = called(started(RULES), ("advise", {"facts": ANNA, "language": "en"}))
    given = article.advise(ANNA, "en")
    for number, item in enumerate(given.recommendations, 1):
        start = told.text.index(f"\n{number}. {item.title} (`{item.id}`): ")
        rest = told.text[start + 1 :]
        block = rest[: rest.find(f"\n{number + 1}. ")] if number < len(given.recommendations) else rest
        assert item.text in block
        assert ("Source: none named." in block) is (item.support == "uncited")
    assert "medical advice" in told.text and "add nothing to it" in told.text


def test_next_questions_come_with_what_can_be_answered(article: KnowledgeBase) -> None:
    first, more = called(
        started(RULES),
        ("next_questions", {"facts": ANNA, "language": "en", "at_most": 9}),
        ("next_questions", {"facts": {}, "language": "nl", "at_most": 20}),
    )
    advice = article.advise(ANNA, "en").to_dict()
    assert first.document["questions"] == advice["questions"][:9]
    assert first.document["undecided"] == advice["undecided"]
    allowed = {fact["id"]: fact["allowed"] for fact in first.document["facts"]}
    assert list(allowed) == [question["fact"] for question in advice["questions"][:9]]
    assert allowed["body_mass"] == {"low": 25, "high": 350, "unit": "kg"}
    assert "Answer: a number from 25 to 350 kg" in first.text
    assert "Answer: `true` (yes) or `false` (no)" in first.text
    assert "Antwoord: `muscle_gain` (" in more.text and "Raad geen antwoord" in more.text


@pytest.mark.no_cover
def test_what_is_looked_up_says_what_stands_behind_it(where: Where) -> None:
    claim, uncited, reference, rules, own = called(
        where,
        ("look_up_claim", {"claim": "deep-sleep-growth-hormone", "language": "en"}),
        ("look_up_claim", {"claim": "short-sleep-lowers-hormones", "language": "nl"}),
        ("look_up_reference", {"reference": 5, "language": "en"}),
        ("look_up_recommendation", {"recommendation": "sleep-duration", "language": "en"}),
        ("look_up_claim", {"claim": "adults-and-healthy-only", "language": "en"}),
    )
    assert claim.document["cites"] == [{"reference": 5, "support": "partly"}]
    assert "Source: [5] (partly supports this)." in claim.text
    assert uncited.document["cites"] == []
    assert "Bron: geen genoemd." in uncited.text and "Wat ander onderzoek ervan zegt" in uncited.text
    assert reference.document["number"] == 5
    assert "found, with details other than cited" in reference.text
    assert [rule["id"] for rule in rules.document["rules"]] == ["sleep-duration"]
    assert "Because of `short-sleep-lowers-hormones`; source: none named" in rules.text
    assert "Source: our own choice." in own.text


@pytest.mark.no_cover
def test_arguments_are_described_for_this_knowledge_base(article: KnowledgeBase, where: Where) -> None:
    listed = tools(where)
    for tool in listed.values():
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.annotations is not None and tool.annotations.read_only_hint
    advise = jsonschema.Draft202012Validator(listed["advise"].input_schema)
    advise.validate({"facts": ANNA, "language": "nl", "min_support": "partly"})
    for facts in ({"age": 300}, {"goal": "lose_weight"}, {"gaol": "muscle_gain"}, {"in_scope": True}):
        assert not advise.is_valid({"facts": facts})
    claims = listed["look_up_claim"].input_schema["properties"]["claim"]["enum"]
    assert claims == list(article.content.claims)


@pytest.mark.no_cover
def test_any_knowledge_base_has_the_tools() -> None:
    where = started(HOUSEPLANTS)
    listed = tools(where)
    facts = listed["advise"].input_schema["properties"]["facts"]["properties"]
    assert "body_mass" not in facts and "plants" in facts
    plants = wellfounded.load(HOUSEPLANTS)
    advised, asked, reference = called(
        where,
        ("advise", {"facts": {"plants": 4}, "language": "de"}),
        ("next_questions", {"facts": {}, "language": "de"}),
        ("look_up_reference", {"reference": 1, "language": "de"}),
    )
    assert advised.document == plants.advise({"plants": 4}, "de").to_dict()
    assert plants.content.header.notice["de"] in advised.text and "add nothing to it" in advised.text
    assert asked.document["language"] == "de"
    assert "Keine Bibliothek führt es." in reference.text
