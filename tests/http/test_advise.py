"""Advice over HTTP is the advice of the library, in the language that was asked for."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import jsonschema
import pytest

import wellfounded
from tests.conftest import ROOT
from tests.http.conftest import HOUSEPLANTS
from tests.http.server import Server
from tests.people import random_person
from wellfounded import KnowledgeBase

PERSON = {"goal": "muscle_gain", "age": 31, "healthy": True, "body_mass": "141 lb", "uses_creatine": True}


@pytest.mark.parametrize("seed", range(20))
def test_advice_is_that_of_the_library(server: Server, article: KnowledgeBase, seed: int) -> None:
    person = random_person(article.content, Random(seed), known=0.7)
    answer = server.post("/advise", {"facts": person, "language": "en", "min_support": "partly"})
    assert answer.status == 200
    assert answer.json == article.advise(person, "en", min_support="partly").to_dict()


def test_advice_keeps_to_its_schema(server: Server) -> None:
    schema = json.loads((ROOT / "schemas" / "advice.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(server.post("/advise", {"facts": PERSON}).json)


def test_nothing_on_the_way_may_keep_what_is_said_of_a_person(server: Server) -> None:
    for path in ("/advise", "/questions"):
        assert server.post(path, {"facts": PERSON}).headers["cache-control"] == "no-store"


def test_questions_are_those_of_the_advice(server: Server, article: KnowledgeBase) -> None:
    advice = article.advise(PERSON, "en").to_dict()
    wanted = ("knowledge_base", "engine", "language", "undecided", "questions")
    answer = server.post("/questions", {"facts": PERSON}, accept_language="en")
    assert answer.json == {key: advice[key] for key in wanted}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nl"),
        ("en", "en"),
        ("en-GB", "en"),
        ("de, fr;q=0.9", "nl"),
        ("nl;q=0.3, en;q=0.4", "en"),
        ("en, nl", "en"),
        ("*", "nl"),
        ("nl;q=0, *;q=0.1", "en"),
        ("de, en;q=0.001", "en"),
        ("nl;q=0.5, nl-BE;q=1, en;q=0.8", "en"),
        ("nl;q=2, en;q=0.1", "en"),
        (";;,q=1,en;q=", "nl"),
        ("en;q=0.8, " * 5000, "en"),
    ],
)
def test_the_language_that_reads_best_is_spoken(server: Server, header: str, language: str) -> None:
    answer = server.post("/questions", {"facts": {}}, accept_language=header)
    assert (answer.json["language"], answer.headers["content-language"]) == (language, language)
    assert answer.headers["vary"] == "Accept-Language"


def test_the_language_in_the_body_comes_first(server: Server) -> None:
    answer = server.post("/advise", {"facts": {}, "language": "nl"}, accept_language="en")
    assert answer.json["language"] == "nl"


def test_two_knowledge_bases_are_kept_apart(server: Server) -> None:
    plants = wellfounded.load(HOUSEPLANTS)
    answer = server.post("/kb/plants/advise", {"facts": {}})
    assert answer.json == plants.advise({}).to_dict()
    assert server.get("/kb/plants/knowledge-base").json["knowledge_base"]["digest"] == plants.digest
    assert server.post("/kb/other/advise", {"facts": {}}).status == 404


def _asked(server: Server, path: str) -> dict[str, Any]:
    document: dict[str, Any] = server.get(path, accept_language="en").json
    return document


def test_everything_the_knowledge_base_lists_can_be_looked_up(server: Server, article: KnowledgeBase) -> None:
    listed = _asked(server, "/knowledge-base")
    assert listed["rules"] == list(article.content.rules)
    for kind, key in (("rules", "id"), ("claims", "id"), ("references", "number")):
        for id in listed[kind]:
            assert _asked(server, f"/{kind}/{id}")[key] == id


def test_a_rule_says_what_it_asks_and_what_it_rests_on(server: Server) -> None:
    rule = _asked(server, "/rules/sleep-duration")
    assert rule["recommendation"] == "sleep-duration"
    assert "short-sleep-lowers-hormones" in rule["because"] and "sleep_range" in rule["uses"]["parameter"]
    assert any("build muscle" in line for line in rule["reads"])


def test_a_claim_says_what_it_cites_and_what_uses_it(server: Server, article: KnowledgeBase) -> None:
    claim = _asked(server, "/claims/protein-daily-dose")
    advice = article.advise({**PERSON, "resistance_training": True}, "en")
    protein = next(item for item in advice.to_dict()["recommendations"] if item["id"] == "protein-daily")
    source = next(source for source in protein["sources"] if source["claim"] == claim["id"])
    assert {key: claim[key] for key in ("says", "cites", "editorial")} == {
        key: source[key] for key in ("says", "cites", "editorial")
    }
    assert claim["used_by"]["parameter"] == ["protein_dose"]


def test_a_reference_says_what_is_on_record(server: Server, article: KnowledgeBase) -> None:
    for number, reference in article.content.references.items():
        assert _asked(server, f"/references/{number}")["status"] == str(reference.on_record.status)


@pytest.mark.parametrize(
    "path", ["/knowledge-base", "/rules/creatine", "/references/3", "/schema", "/schema/rules"]
)
def test_what_did_not_change_is_not_sent_again(server: Server, path: str) -> None:
    first = server.get(path, accept_language="en")
    etag = first.headers["etag"]
    for asked in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = server.get(path, accept_language="en", if_none_match=asked)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    assert server.get(path, accept_language="en", if_none_match='"other"').status == 200
    if "content-language" in first.headers:
        assert server.get(path, accept_language="nl", if_none_match=etag).status == 200


def test_head_is_get_without_the_body(server: Server) -> None:
    head, get = server.ask("HEAD", "/knowledge-base"), server.get("/knowledge-base")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


def test_the_schema_is_that_of_the_knowledge_base(server: Server) -> None:
    schema = server.get("/schema").json
    assert schema == server.get("/schema/person").json
    jsonschema.Draft202012Validator(schema).validate(PERSON)
    assert "creatine_dose" in schema["properties"]
