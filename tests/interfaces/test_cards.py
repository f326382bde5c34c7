"""``advise --format cds-hooks``: one card a recommendation, each fit to be shown on its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.attempts import ATTEMPTS
from tests.command import ran
from tests.conformance.small import small
from tests.conftest import ROOT
from wellfounded import KnowledgeBase
from wellfounded.interfaces.as_cards import as_cards

EXAMPLE = str(ROOT / "docs" / "examples" / "person.yaml")

#: What https://cds-hooks.hl7.org/2.0/#card-attributes says of a card without suggestions.
CARDS = {
    "type": "object",
    "required": ["cards"],
    "additionalProperties": False,
    "properties": {
        "cards": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["summary", "indicator", "source"],
                "additionalProperties": False,
                "properties": {
                    "summary": {"type": "string", "minLength": 1, "maxLength": 139, "pattern": "^[^\n]*$"},
                    "detail": {"type": "string"},
                    "indicator": {"enum": ["info", "warning", "critical"]},
                    "source": {
                        "type": "object",
                        "required": ["label"],
                        "additionalProperties": {"type": "string"},
                    },
                    "links": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["label", "url", "type"],
                            "additionalProperties": False,
                            "properties": {
                                "label": {"type": "string"},
                                "url": {"type": "string", "pattern": "^https?://"},
                                "type": {"const": "absolute"},
                            },
                        },
                    },
                },
            },
        }
    },
}


def test_each_recommendation_is_a_card_with_its_references(capsys: pytest.CaptureFixture[str]) -> None:
    advice = json.loads(ran(capsys, "advise", EXAMPLE, "--lang", "en", "--format", "json").out)
    cards = json.loads(ran(capsys, "advise", EXAMPLE, "--lang", "en", "--format", "cds-hooks").out)
    Draft202012Validator(CARDS).validate(cards)
    for card, recommendation in zip(cards["cards"], advice["recommendations"], strict=True):
        cited = {str(cite["reference"]) for source in recommendation["sources"] for cite in source["cites"]}
        with_doi = {f"https://doi.org/{advice['references'][n]['csl']['DOI']}" for n in cited}
        assert {link["url"] for link in card.get("links", ())} == with_doi
        assert recommendation["text"] in card["detail"]
        assert advice["notice"] in card["detail"]


def test_hostile_texts_and_addresses_stay_text(tmp_path: Path) -> None:
    hostile = json.dumps(" ".join(ATTEMPTS))
    rules = f"""
references:
  1: {{as_cited: {{type: webpage, title: {hostile}, URL: "javascript:alert(1)"}}}}
claims:
  wet:
    {{section: all, kind: action, says: {{en: {hostile}}}, cites: [{{reference: 1, support: partly}}]}}
facts:
  wet: {{type: boolean, label: {{en: wet}}, question: {{en: "Wet?"}}}}
rules:
  - id: dry
    title: {{en: {hostile}}}
    when: {{wet: true}}
    advise: avoid
    says: {{en: {hostile}}}
    because: [wet]
"""
    [card] = as_cards(small(rules, tmp_path).advise({"wet": True}))["cards"]
    Draft202012Validator(CARDS).validate({"cards": [card]})
    assert card["indicator"] == "warning"
    assert "links" not in card
    assert "<script" not in card["detail"]


def test_who_is_advised_nothing_gets_no_cards(article: KnowledgeBase) -> None:
    assert as_cards(article.advise({})) == {"cards": []}
