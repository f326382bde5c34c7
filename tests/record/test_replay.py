"""People on record, held against other rules: what differs, why, and who cannot be compared any more."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import wellfounded
from tests.command import Ran, ran
from tests.conftest import ROOT
from tests.difference.editing import BASES, ONE_NUMBER, Edit, edited
from tests.properties.people import Crowd
from tests.properties.test_article import USUAL, book
from tests.schemas import schema_of
from wellfounded import KnowledgeBase
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.model.errors import RecordError
from wellfounded.record import AdviceRecord, Keys
from wellfounded.record.keys import new_key
from wellfounded.record.replay import Replay, outcomes, replay, restated

SCHEMA = ROOT / "schemas" / "replay.schema.json"

ANNA = {"goal": "muscle_gain", "age": 19, "healthy": True, "resistance_training": True, "body_mass": 64}

#: From a later age on.
LATER: Edit = {"parameters.yaml": ["adult_age:\n    value: 18", "adult_age:\n    value: 21"]}


def test_the_schema_is_that_of_the_record(request: pytest.FixtureRequest) -> None:
    made = json.dumps(
        schema_of("replay", Replay, "Whose advice other rules would change"), indent=2, ensure_ascii=False
    )
    if request.config.getoption("--update-goldens"):
        SCHEMA.write_text(f"{made}\n", encoding="utf-8")
    assert SCHEMA.read_text("utf-8") == f"{made}\n"


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "advice.sqlite")


def replayed(capsys: pytest.CaptureFixture[str], place: str, rules: Path, *arguments: str) -> Ran:
    return ran(capsys, "record", "replay", "--record", place, "--rules", str(rules), *arguments)


def test_the_rules_that_gave_it_change_nothing(article: KnowledgeBase, place: str) -> None:
    with AdviceRecord(place) as record:
        for number, person in enumerate(Crowd(book(), USUAL).people("on record", 100)):
            asked: dict[str, Any] = {"min_support": "partly"} if number % 3 == 0 else {}
            record.append(f"p{number}", article.advise(person, "nl" if number % 2 else "en", **asked))
        found = replay(record.advice(), article)
    assert (found.compared, found.changed) == (100, 0)


def test_what_is_counted_is_what_advising_again_says(
    article: KnowledgeBase, place: str, tmp_path: Path
) -> None:
    new = wellfounded.load(edited(tmp_path / "new", ONE_NUMBER))
    people = list(Crowd(book(), USUAL).people("on record", 60))
    changed = []
    with AdviceRecord(place) as record:
        for number, person in enumerate(people):
            record.append(f"p{number}", article.advise(person))
            one, other = (outcomes(base.advise(person).to_dict()) for base in (article, new))
            changed += [f"p{number}"] if one != other else []
        found = replay(record.advice(), new, sample=60)
    assert changed
    assert [entry.who for entry in found.sample] == changed
    assert all(topic.why for entry in found.sample for topic in entry.topics)


def test_why_goes_back_to_what_was_asked(
    capsys: pytest.CaptureFixture[str], article: KnowledgeBase, place: str, tmp_path: Path
) -> None:
    with AdviceRecord(place) as record:
        record.append("p-17", article.advise(ANNA))
    later = replayed(capsys, place, edited(tmp_path / "later", LATER), "-k", "protein-daily")
    assert later.code == ExitCode.PROBLEMS_FOUND
    assert later.out.splitlines()[1:] == [
        "1 of 1 entries get different advice (100.0%).",
        "• protein-daily: meet → not given: 1",
        "entry 1, p-17",
        "  • protein-daily: meet (102.4–140.8) → not given",
        "    - `in_population` was yes and is no",
        "    - `in_scope` was yes and is no",
        "    - rule `in-scope` asks of `age`: ≥ 21 years; it is 19 years",
        "    - `adult_age` is 21 years",
    ]
    number = replayed(capsys, place, edited(tmp_path / "number", ONE_NUMBER))
    assert number.out.splitlines()[-2:] == [
        "  • protein-daily: meet (102.4–140.8) → meet (89.6–128)",
        "    - `protein_dose` is 1.4–2 g per kg of body weight a day",
    ]


def test_a_fact_that_is_gone_is_said_and_a_unit_that_is_another_is_converted(
    capsys: pytest.CaptureFixture[str], place: str, tmp_path: Path
) -> None:
    houseplants = BASES["houseplants"]
    with AdviceRecord(place) as record:
        stated = {"kind": "fern", "sunlight": 8, "lamp": 90, "turned": True}
        record.append("p-17", wellfounded.load(houseplants).advise(stated))
    hours: Edit = {
        "plants.yaml": ["unit: min/day\n    span: [0, 480]", "unit: h of window/day\n    span: [0, 8]"]
    }
    new = edited(tmp_path / "new", hours, houseplants)
    for file in new.iterdir():
        file.write_text(file.read_text("utf-8").replace("turned", "moved_about"), "utf-8")
    found = json.loads(replayed(capsys, place, new, "--format", "json").out)
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))
    assert found["unknown_facts"] == {"turned": 1}
    assert (found["compared"], found["refused"]) == (1, 0)
    assert [item["topic"] for item in found["sample"][0]["topics"]] == ["turning"]
    with AdviceRecord(place) as record:
        [recorded] = record.advice()
    facts, unknown = restated(recorded.document["facts"], wellfounded.load(new).content)
    assert (facts["lamp"], unknown) == ("90 min/day", ["turned"])


def test_who_cannot_be_compared_is_counted(
    capsys: pytest.CaptureFixture[str], article: KnowledgeBase, place: str, tmp_path: Path
) -> None:
    plants = wellfounded.load(BASES["houseplants"])
    with AdviceRecord(place) as record:
        record.append("a", article.advise({**ANNA, "age": 110}))
        record.append("b", article.advise(ANNA), facts=False)
        record.append("c", plants.advise({}))
        record.append("d", article.advise({**ANNA, "diet": "vegan"}))
        spoiled = record.append("e", article.advise(ANNA))
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("UPDATE advice_entries SET document = '{}' WHERE id = ?", (spoiled.id,))
    narrower: Edit = {"facts.yaml": ["span: [0, 120]\n    step: 1\n", "span: [0, 100]\n    step: 1\n"]}
    found = replayed(capsys, place, edited(tmp_path / "new", narrower), "--format", "json")
    document = json.loads(found.out)
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
    assert found.code == ExitCode.NOT_DECIDED
    assert {key: document[key] for key in ("compared", "changed", "refused", "outlines", "other")} == {
        "compared": 1, "changed": 0, "refused": 2, "outlines": 1, "other": 1,
    }  # fmt: skip
    age, damage = document["refusals"]
    assert (age["who"], damage["who"]) == ("a", "e")
    assert "`age` is 110, which is outside what is allowed" in age["reason"]
    assert damage["reason"] == f"this engine cannot read what engine {spoiled.engine} recorded"


def test_the_last_entry_of_each_person_unless_all_are_asked_for(article: KnowledgeBase, place: str) -> None:
    with AdviceRecord(place) as record:
        ids = [record.append(who, article.advise(ANNA)).id for who in ("a", "b", "a")]
        assert [one.entry.id for one in record.advice(latest=True)] == ids[1:]
        assert [one.entry.id for one in record.advice()] == ids
        assert (record.count(latest=True), record.count()) == (2, 3)


def test_one_that_cannot_be_read_keeps_nobody_from_the_others(article: KnowledgeBase, place: str) -> None:
    with AdviceRecord(place, Keys([new_key()])) as record:
        ids = [record.append(who, article.advise(ANNA)).id for who in ("a", "b", "c")]
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute("UPDATE advice_entries SET document = 'changed' WHERE id = ?", (ids[1],))
        found = replay(record.readings(), article)
        assert (found.compared, found.changed, found.refused) == (2, 0, 1)
        [refusal] = found.refusals
        assert (refusal.entry, refusal.who) == (ids[1], "b")
        assert refusal.reason.startswith(f"entry {ids[1]} of {place} cannot be decrypted")
        with pytest.raises(RecordError, match=f"entry {ids[1]} of"):
            list(record.advice())
    without_its_key = AdviceRecord(place, Keys([new_key()]))
    with without_its_key, pytest.raises(RecordError, match=f"^{place} cannot be decrypted"):
        replay(without_its_key.readings(), article)


def test_a_topic_that_there_is_not_is_no_reassurance(
    capsys: pytest.CaptureFixture[str], article: KnowledgeBase, place: str
) -> None:
    with AdviceRecord(place) as record:
        record.append("p-17", article.advise(ANNA))
    found = ran(capsys, "record", "replay", "--record", place, "-k", "protien")
    assert (found.code, found.out) == (ExitCode.USAGE, "")
    assert "no topic has `protien` in its name" in found.err
