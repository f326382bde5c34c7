"""``explain``, ``why-not`` and ``what-if``: what they print, in every format, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.command import ran
from tests.conformance.small import small
from tests.conftest import ROOT
from tests.schemas import schema_of
from wellfounded import FactError, KnowledgeBase, KnowledgeBaseError, RecommendationError, load
from wellfounded.explain.explanation import Explanation
from wellfounded.explain.suggested import Suggestions
from wellfounded.explain.what_if import WhatIf
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.what_if_page import suggestions_page
from wellfounded.model.record import Record

PERSON = str(ROOT / "docs/examples/person.yaml")
SCHEMAS: dict[str, tuple[type[Record], str]] = {
    "explanation": (Explanation, "Why a recommendation is given, is not given or is undecided"),
    "what-if": (WhatIf, "What other facts change"),
    "suggestions": (Suggestions, "The smallest changes that make a recommendation what is wanted"),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_those_of_the_records(name: str, request: pytest.FixtureRequest) -> None:
    file = ROOT / "schemas" / f"{name}.schema.json"
    made = json.dumps(schema_of(name, *SCHEMAS[name]), indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--update-goldens"):
        file.write_text(made, encoding="utf-8")
    assert file.read_text("utf-8") == made


def document(name: str, made: dict[str, Any]) -> dict[str, Any]:
    jsonschema.validate(made, json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")))
    return made


@pytest.mark.no_cover
def test_every_recommendation_can_be_explained_in_both_languages(article: KnowledgeBase) -> None:
    person = article.read_person(Path(PERSON))
    advice = article.advise(person, "en")
    given = {item.id: str(item.verdict) for item in advice.recommendations}
    undecided = {item.id: item.waits_for for item in advice.undecided}
    for topic in dict.fromkeys(rule.topic for rule in article.core.recommending):
        for language in article.languages:
            found = document("explanation", article.explain(person, topic, language).to_dict())
            assert found["language"] == language
            assert found.get("verdict") == given.get(topic)
            assert tuple(item["fact"] for item in found.get("waits_for", ())) == undecided.get(topic, ())
            assert all(sentence.endswith(".") for sentence in found["sentences"])


def test_the_documents_are_as_their_schemas_say(article: KnowledgeBase) -> None:
    person = article.read_person(Path(PERSON))
    changed = article.what_if(person, {"sleep_duration": 8, "uses_creatine": None, "age": 17})
    assert document("what-if", changed.to_dict())["recommendations"]
    for topic, want in (("creatine", "given"), ("sleep-duration", "gone"), ("patience", "given")):
        document("suggestions", article.suggest(person, topic, want).to_dict())


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "mermaid", "svg"])
@pytest.mark.parametrize("topic", ["protein-daily", "creatine"])
def test_every_format(form: str, topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "explain", PERSON, topic, "--format", form, "--lang", "en")
    assert result.code == ExitCode.OK, result.err
    title = {"protein-daily": "Protein per day", "creatine": "Creatine"}[topic]
    assert title in result.out
    assert "**" not in result.out.splitlines()  # emphasis of nothing


def test_html_has_the_picture_and_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    drawn = ran(capsys, "explain", PERSON, "protein-daily", "--format", "svg", "--lang", "en").out
    page = ran(capsys, "explain", PERSON, "protein-daily", "--format", "html", "--lang", "en").out
    assert page.count("<figure") == page.count("</figure>") == 1
    assert page.count("<rect") == drawn.count("<rect") > 10
    undecided = ran(capsys, "explain", PERSON, "split", "--format", "html", "--lang", "en").out
    assert "<figure" not in undecided


def test_of_dated_statements_those_of_the_day_count(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "lea.yaml"
    file.write_text(
        "{goal: muscle_gain, age: 30, healthy: true,"
        " sleep_duration: [{on: 2026-09-01, is: 6}, {on: 2026-10-15, is: 8}]}"
    )
    lea, json_ = str(file), ("--format", "json")
    for day, verdict, later in (("2026-09-20", "raise", True), ("2026-10-20", "keep", False)):
        why = ran(capsys, "explain", lea, "sleep-duration", "--on", day, *json_)
        assert json.loads(why.out)["verdict"] == verdict
        assert ("`sleep_duration` of 2026-10-15 does not count yet" in why.err) == later
        audited = ran(capsys, "audit", lea, "--recommendation", "sleep-duration", "--on", day, *json_)
        assert json.loads(audited.out)["nodes"]["recommendation:sleep-duration"]["verdict"] == verdict
        ways = ran(capsys, "what-if", lea, "--want", "sleep-duration=keep", "--on", day, *json_)
        assert json.loads(ways.out).get("already", False) == (verdict == "keep")
    before = ran(capsys, "why-not", lea, "sleep-duration", "--on", "2026-08-01", "--lang", "en")
    assert before.code == ExitCode.PROBLEMS_FOUND  # a target on what is unknown is given


def test_an_undecided_one_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "why-not", PERSON, "split", "--lang", "en")
    assert "Still missing: training split." in result.out
    assert "How do you divide your muscle groups over your sessions?" in result.out
    nothing = ran(capsys, "why-not", PERSON, "split", "--lang", "en", "--format", "svg")
    assert (nothing.code, "there is nothing to draw" in nothing.err) == (ExitCode.USAGE, True)


def test_all_that_stands_in_the_way_is_named(article: KnowledgeBase) -> None:
    person = article.read_person(Path(PERSON))
    found = article.explain(person, "creatine", "en")
    assert [fact.fact for fact in found.facts] == ["sleep_duration"]
    assert [[fact.fact for fact in facts] for facts in found.also] == [
        ["uses_creatine"],
        ["body_mass", "protein_intake"],
    ]


def test_why_not_of_a_given_one_points_to_explain(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "why-not", PERSON, "protein-daily", "--lang", "en")
    assert (result.code, result.out) == (ExitCode.PROBLEMS_FOUND, "")
    assert "wellfounded explain" in result.err


def test_one_that_a_policy_leaves_out_says_so_and_what_it_would_rest_on(article: KnowledgeBase) -> None:
    person = article.read_person(Path(PERSON))
    found = article.explain(person, "protein-meals", "en", hide_uncited=True)
    assert (found.state, found.verdict) == ("left-out", "raise")
    assert found.sentences[0] == found.reason != ""
    assert [fact.fact for fact in found.facts] == ["goal", "age", "healthy", "protein_meals"]


DRAFTS = """
facts:
  dry: {type: boolean, label: {en: dry}, question: {en: "Dry?"}}
claims:
  thirst: {section: all, kind: action, says: {en: "thirst"}}
rules:
  - {id: water, title: {en: Water}, when: {dry: true}, advise: do, says: {en: "s"}, because: [thirst]}
  - {id: shade, title: {en: Shade}, when: {dry: true}, advise: do, says: {en: "s"}, because: [thirst],
     status: draft}
"""


def test_a_draft_is_left_out_and_explained_to_who_asks_for_drafts(tmp_path: Path) -> None:
    plants = small(DRAFTS, tmp_path)
    dry, wet = plants.explain({"dry": True}, "shade"), plants.explain({"dry": False}, "shade")
    assert (dry.state, wet.state) == ("left-out", "not-given")
    assert "still a draft" in dry.reason
    assert wet.sentences == ("No rule that gives “Shade” is in force.",)
    assert plants.with_drafts().explain({"dry": True}, "shade").state == "given"
    found = plants.suggest({"dry": True}, "shade")
    assert (found.suggestions, found.not_in_force, found.title) == ((), True, "Shade")
    assert not plants.suggest({"dry": True}, "water").not_in_force


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("explain", PERSON, "protin-daily"), ExitCode.USAGE, "did you mean `protein-daily`?"),
        (("what-if", PERSON), ExitCode.USAGE, "say what is to change"),
        (("what-if", PERSON, "--with", "sleep_duration"), ExitCode.USAGE, "has to be FACT=VALUE"),
        (
            ("what-if", PERSON, "--with", "slep_duration=8"),
            ExitCode.BAD_FACTS,
            "did you mean `sleep_",
        ),
        (("what-if", PERSON, "--with", "sleep_duration=80"), ExitCode.BAD_FACTS, "outside what is allowed"),
        (("what-if", PERSON, "--with", "healthy=yes"), ExitCode.BAD_FACTS, "true"),
        (
            ("what-if", PERSON, "--with", "in_scope=true"),
            ExitCode.BAD_FACTS,
            "cannot be stated",
        ),
        (("what-if", PERSON, "--with", "age=40", "--with", "age=41"), ExitCode.BAD_FACTS, "age"),
        (("what-if", PERSON, "--with", "age=40", "--without", "age"), ExitCode.USAGE, "cannot be both"),
        (("what-if", PERSON, "--without", "stress"), ExitCode.BAD_FACTS, "`stress` is not stated"),
        (("what-if", PERSON, "--without", "strss"), ExitCode.BAD_FACTS, "not a fact that is known here"),
        (("what-if", PERSON, "--want", "creatin"), ExitCode.USAGE, "did you mean `creatine`?"),
        (("what-if", PERSON, "--want", "creatine=kept"), ExitCode.USAGE, "did you mean `keep`?"),
        (("what-if", PERSON, "--want", "creatine=keep"), ExitCode.USAGE, "has no target"),
    ],
)
def test_what_is_refused(
    arguments: tuple[str, ...], code: ExitCode, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = ran(capsys, *arguments)
    assert (result.code, result.out) == (code, "")
    assert message in result.err


def test_what_if_names_the_changes_that_it_takes(article: KnowledgeBase) -> None:
    person = article.read_person(Path(PERSON))
    found = article.what_if(person, {"sleep_duration": "8 h", "protein_intake": 110, "sex": "male"}, "en")
    because = {item.recommendation: (str(item.became), item.because) for item in found.recommendations}
    assert because["sleep-duration"] == ("verdict", ("sleep_duration",))
    assert because["basics-first"] == ("becomes-undecided", ("protein_intake", "sleep_duration"))
    assert not article.what_if(person, {"sleep_duration": 6.5}).recommendations


def test_a_statement_can_be_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "what-if", PERSON, "--without", "sleep_duration", "--lang", "en")
    assert "sleep per night: unknown instead of 6.5 hours a night" in result.out
    as_null = ran(capsys, "what-if", PERSON, "--with", "sleep_duration=null", "--lang", "en")
    assert as_null.out == result.out


def test_nothing_is_suggested_that_cannot_be_changed(article: KnowledgeBase) -> None:
    young = {"goal": "muscle_gain", "age": 16, "healthy": True, "resistance_training": True}
    found = article.suggest(young, "sleep-duration", "given")
    assert [fact.fact for fact in found.impossible] == ["age"]
    needed = article.suggest({"goal": "muscle_gain", "healthy": True}, "sleep-duration", "given")
    assert (needed.suggestions, needed.impossible, needed.unknown) == ((), (), ("age",))


def test_nothing_is_suggested_that_would_be_left_out(article: KnowledgeBase) -> None:
    person = article.read_person(Path(PERSON))
    assert article.suggest(person, "protein-meals", "keep", "en").suggestions
    asked = article.suggest(person, "protein-meals", "keep", "en", min_support="partly")
    assert not asked.suggestions and str(asked.now.state) == "left-out"
    assert "no reference" in asked.left_out and asked.left_out in " ".join(
        as_text(suggestions_page(asked)).split()
    )
    document("suggestions", asked.to_dict())
    assert article.suggest(person, "protein-meals", "gone", hide_uncited=True).already
    kept = article.suggest(person, "protein-daily", "keep", "en", min_support="partly")
    assert {str(way.then.verdict) for way in kept.suggestions} == {"keep"}


def test_numbers_are_told_as_people_write_them_unless_that_hides_a_difference(article: KnowledgeBase) -> None:
    person = {**article.read_person(Path(PERSON)), "body_mass": "176 lb"}
    told = " ".join(article.explain(person, "protein-daily", "en").sentences)
    assert "79.83 kg" in told and "79.832" not in told
    nearly = {**person, "sleep_duration": 6.9999, "protein_intake": "0.1277316 kg/day"}
    assert "sleep per night: 6.9999 hours a night" in " ".join(
        article.explain(nearly, "sleep-duration", "en").sentences
    )
    found = article.what_if(person, {"body_mass": 79.832}, "en")
    assert [(one.before_worded, one.after_worded) for one in found.changed] == [("79.8323 kg", "79.832 kg")]


def test_what_cannot_be_changed_is_said_of_what_can_be_stated(tmp_path: Path) -> None:
    asked = 'question: {en: "Dry?"}'
    fixed = DRAFTS.replace(asked, f"{asked}, changeable: false")
    plants, other = small(fixed, tmp_path / "fixed"), small(DRAFTS, tmp_path / "other")
    assert plants.digest != other.digest
    assert [fact.fact for fact in plants.suggest({"dry": False}, "water").impossible] == ["dry"]
    assert len(other.suggest({"dry": False}, "water").suggestions) == 1
    derived = fixed.replace(asked, "derived: true")
    with pytest.raises(KnowledgeBaseError, match="key-does-not-apply"):
        small(derived, tmp_path / "derived")


def test_wishes_that_start_from_other_facts(capsys: pytest.CaptureFixture[str]) -> None:
    wish = ("what-if", PERSON, "--want", "sleep-duration=keep", "--lang", "en")
    assert "sleep per night: 7 hours a night instead of 6.5" in ran(capsys, *wish).out
    assert "It is so already." in ran(capsys, *wish, "--with", "sleep_duration=8").out


def test_mistakes_in_python(article: KnowledgeBase) -> None:
    with pytest.raises(RecommendationError):
        article.suggest({}, "sleep-duration", "better")
    with pytest.raises(FactError):
        article.what_if({}, {"sleep_duration": None})


def test_the_second_knowledge_base() -> None:
    plants = load(ROOT / "tests/knowledge_bases/houseplants")
    person = {"kind": "cactus", "plants": 3, "water": 2.5}
    for topic in dict.fromkeys(rule.topic for rule in plants.core.recommending):
        found = plants.explain(person, topic, "de")
        document("explanation", found.to_dict())
        document("suggestions", plants.suggest(person, topic).to_dict())


PAIRS = "\n".join(
    f"  {side}{number}: {{type: boolean, label: {{en: x}}, question: {{en: x}}}}"
    for number in range(30)
    for side in "ab"
)


def test_what_is_no_name_at_all_is_refused_in_words(article: KnowledgeBase) -> None:
    for nothing in (None, 5, ["creatine"]):
        with pytest.raises(RecommendationError, match="there is no recommendation"):
            article.explain({}, nothing)  # type: ignore[arg-type]  # what callers without types may do
        with pytest.raises(RecommendationError, match="given, keep, gone"):
            article.suggest({}, "creatine", nothing)  # type: ignore[arg-type]  # likewise


FAR = """
facts:
  height: {type: number, unit: cm, span: [0, 1000000], step: 1, label: {en: h}, question: {en: "H?"}}
units:
  cm: {says: {en: "{number} cm"}}
parameters:
  high: {value: 600000, unit: cm, claim: c, label: {en: high}}
claims:
  c: {section: all, kind: action, says: {en: c}}
rules:
  - {id: water, title: {en: W}, when: {height: {at_least: high}}, advise: do, says: {en: s}, because: [c]}
"""


def test_a_change_past_values_that_were_not_tried_is_not_said_to_be_the_smallest(tmp_path: Path) -> None:
    far = small(FAR, tmp_path)
    found = far.suggest({"height": 5}, "water")
    assert ([way.changes[0].after for way in found.suggestions], found.every_value) == ([1_000_000], False)
    near = far.suggest({"height": 590_000}, "water")
    assert ([way.changes[0].after for way in near.suggestions], near.every_value) == ([600_000], True)


ELSEWHERE = """
facts:
  dry: {type: boolean, label: {en: dry}, question: {en: "Dry?"}}
  cold: {type: boolean, label: {en: cold}, question: {en: "Cold?"}}
claims:
  c: {section: all, kind: action, says: {en: c}}
rules:
  - {id: water, title: {en: W}, when: {dry: true}, advise: do, says: {en: s}, because: [c]}
  - {id: in, topic: place, title: {en: P}, when: {cold: true}, advise: do, says: {en: s}, because: [c]}
  - {id: out, topic: place, title: {en: P}, when: {dry: true}, advise: avoid, says: {en: s}, because: [c]}
"""


def test_where_rules_disagree_about_something_else_nothing_is_said_to_be_sure(tmp_path: Path) -> None:
    """Water would be given if it were dry and not cold, and what it rests on says nothing of the cold."""
    plants = small(ELSEWHERE, tmp_path)
    found = plants.suggest({"dry": False, "cold": True}, "water")
    assert (found.suggestions, found.every_value) == ((), False)
    assert plants.what_if({"dry": False, "cold": True}, {"dry": True, "cold": False}).recommendations


EVERY_PAIR = ", ".join(f"{{any: [{{a{number}: true}}, {{b{number}: true}}]}}" for number in range(30))
ONE_OF_EACH_PAIR = f"""
facts:
{PAIRS}
claims:
  c: {{section: all, kind: action, says: {{en: c}}}}
rules:
  - id: water
    title: {{en: Water}}
    when: {{all: [{EVERY_PAIR}]}}
    advise: do
    says: {{en: s}}
    because: [c]
"""


def test_what_would_take_too_long_ends_and_says_so(tmp_path: Path) -> None:
    """Sixty facts in thirty pairs, of each of which one is asked for."""
    plants = small(ONE_OF_EACH_PAIR, tmp_path)
    nothing = dict.fromkeys(plants.content.facts, False)
    assert len(plants.explain(dict.fromkeys(nothing, True), "water").facts) == 30
    found = plants.suggest(nothing, "water", at_most=8)
    assert (found.suggestions, found.every_value, found.impossible) == ((), False, ())
    gone = plants.suggest(dict.fromkeys(nothing, True), "water", "gone")
    assert (len(gone.suggestions), gone.more, gone.every_value) == (20, 10, True)
    assert [change.fact for change in gone.suggestions[0].changes] == ["a0", "b0"]
    for at_most in (0, 9):
        with pytest.raises(RecommendationError, match="allowed: 1 to 8"):
            plants.suggest(nothing, "water", at_most=at_most)
