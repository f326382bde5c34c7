"""A knowledge base about houseplants goes the whole way: nothing in the engine is made for the first one."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import wellfounded
from tests.command import ran
from tests.conftest import DAY, ROOT
from tests.properties.agreement import advice_agrees, values_agree
from tests.properties.people import Crowd
from tests.reference.written import read
from wellfounded import FactError, KnowledgeBase, LanguageError
from wellfounded.load.structure import schema
from wellfounded.review.expectations import Result, run_scenario
from wellfounded.review.scenarios import Scenario, read_scenarios

HOUSEPLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"
SCENARIOS, UNREAD = read_scenarios(HOUSEPLANTS, wellfounded.load(HOUSEPLANTS))

#: The sizes of its units, in hours, millilitres and plants.
FACTORS = {"min/day": Fraction(1, 60), "l/week": Fraction(1000), "l/plant/week": Fraction(1000)}

DARK_AND_DRY = {
    "kind": "fern",
    "plants": 7,
    "water": 1.3,
    "sunlight": 0.5,
    "lamp": 55,
    "draughty": True,
}

#: Words of the first knowledge base's subject, in both its languages.
WORDS = re.compile(
    "protein|creatine|muscle|testosteron|hormon|cortisol|hypertroph|supplement|nutri|kcal|calor|carbohydrate"
    "|sleep|stress|workout|training|exercise|repetition|squat|deadlift|bench_press|body_mass|1rm|athlete|overload"
    "|eiwit|spier|creatin|koolhydra|slaap|oefening|voeding|herhaling",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def houseplants() -> KnowledgeBase:
    return wellfounded.load(HOUSEPLANTS)


def test_nothing_is_wrong_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert wellfounded.diagnose(HOUSEPLANTS, DAY) == ()
    assert ran(capsys, "check", str(HOUSEPLANTS), "--strict").code == 0
    assert UNREAD == ()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_scenario(scenario: Scenario, houseplants: KnowledgeBase) -> None:
    assert run_scenario(scenario, houseplants) == Result(scenario)


def test_minutes_and_hours_millilitres_and_litres_meet(houseplants: KnowledgeBase) -> None:
    values = houseplants.reason({**DARK_AND_DRY, "water": "2100 ml/week"}).values
    assert values["light"] == 1.416666667  # half an hour of sun, and 55 minutes of lamp
    assert values["water_each"] == 300
    assert values["ailing"] is True


def test_degrees_of_another_scale_are_refused_rather_than_converted_wrongly(
    houseplants: KnowledgeBase,
) -> None:
    assert houseplants.checked({"temperature": "20 °C"})["temperature"] == 20
    with pytest.raises(FactError, match="temperature"):
        houseplants.checked({"temperature": "68 °F"})


def test_it_speaks_its_own_languages(houseplants: KnowledgeBase) -> None:
    english, german = (houseplants.advise(DARK_AND_DRY, language) for language in ("en", "de"))
    assert [item.id for item in english.recommendations] == [item.id for item in german.recommendations]
    texts = {item.id: item.text for item in german.recommendations}
    assert texts["light"] == "Gib mehr Licht: wenigstens 6,5 Stunden am Tag, jetzt 1,42 Stunden am Tag."
    assert texts["draught"] == "Stelle die Zugluft ab."
    with pytest.raises(LanguageError, match="nl"):
        houseplants.advise(DARK_AND_DRY, "nl")


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_command_gives_it_in_every_form(
    language: str, houseplants: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = tmp_path / "windowsill.json"
    person.write_text(json.dumps(DARK_AND_DRY), encoding="utf-8")
    forms = {
        form: ran(
            capsys, "advise", str(person), "--rules", str(HOUSEPLANTS), "--lang", language, "--format", form
        )
        for form in ("text", "markdown", "json")
    }
    assert {form: (done.code, done.err) for form, done in forms.items()} == dict.fromkeys(forms, (0, ""))
    document = json.loads(forms["json"].out)
    Draft202012Validator(schema("advice")).validate(document)
    assert document == json.loads(json.dumps(houseplants.advise(DARK_AND_DRY, language).to_dict()))
    for item in document["recommendations"]:
        for form in ("text", "markdown"):
            assert "".join(item["text"].split()) in "".join(forms[form].out.replace("\\", "").split())


@pytest.mark.no_cover
def test_engine_and_reference_agree_on_many_windowsills(houseplants: KnowledgeBase) -> None:
    book = read(HOUSEPLANTS, FACTORS)
    people = list(Crowd(book).people("windowsills", 1000))
    for stated in people:
        advice_agrees(houseplants, book, stated, "de")
    assert sum(values_agree(houseplants, book, stated) for stated in people) > 0.8 * len(people)


def test_no_word_of_the_article_stands_in_the_engine() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{place}: {line.strip()}"
        for path in sorted((ROOT / "engine").rglob("*"))
        if path.suffix in (".py", ".json", ".yaml", ".html", ".js", ".css", ".md")
        and path.parent.name != "built"  # scripts of others, made small
        for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if WORDS.search(re.sub(r"\b(asyncio|time)\.sleep\b", "", line))  # Python's word, not the article's
    ]
    assert found == []
