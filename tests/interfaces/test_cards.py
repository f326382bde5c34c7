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

#: An address without signs that an address cannot have: RFC 3986, for the web, with a host.
ADDRESS = (
    r"^https?://[A-Za-z0-9.-]+(:[0-9]+)?(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(\?([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(#([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$"
)

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
                                "url": {"type": "string", "pattern": ADDRESS},
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


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        (
            {"DOI": "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"},
            "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
        ),
        ({"DOI": "10.1234/a#b?c%d[é]"}, "https://doi.org/10.1234/a%23b%3Fc%25d%5B%C3%A9%5D"),
        ({"URL": "https://example.org/a b?x=é#y"}, "https://example.org/a%20b?x=%C3%A9#y"),
        ({"URL": "HTTPS://Example.org/{a}%20b%"}, "https://Example.org/%7Ba%7D%20b%25"),
        ({"URL": "https://example.org:8080?a=[1]#b#c"}, "https://example.org:8080?a=%5B1%5D#b%23c"),
        ({"URL": "https://"}, None),
        ({"URL": "https://anna:secret@example.org/"}, None),
        ({"URL": "https://ex ample.org/"}, None),
        ({"URL": "ftp://example.org/"}, None),
        ({"URL": "//example.org/"}, None),
        ({}, None),
    ],
)
def test_links_are_addresses_that_a_client_can_open(
    stated: dict[str, str], address: str | None, tmp_path: Path
) -> None:
    rules = f"""
references:
  1: {{as_cited: {json.dumps({"title": "A", **stated})}}}
claims:
  wet: {{section: all, kind: action, says: {{en: Wet}}, cites: [{{reference: 1, support: partly}}]}}
facts:
  wet: {{type: boolean, label: {{en: wet}}, question: {{en: "Wet?"}}}}
rules:
  - {{id: dry, title: {{en: Dry}}, when: {{wet: true}}, advise: do, says: {{en: Dry}}, because: [wet]}}
"""
    cards = as_cards(small(rules, tmp_path).advise({"wet": True}))
    Draft202012Validator(CARDS).validate(cards)
    assert [link["url"] for link in cards["cards"][0].get("links", ())] == ([address] if address else [])


def test_who_is_advised_nothing_gets_no_cards(article: KnowledgeBase) -> None:
    assert as_cards(article.advise({})) == {"cards": []}
