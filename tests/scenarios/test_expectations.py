"""What a scenario can expect, and what is said of one whose expectation does not come true."""

# ruff: noqa: E501  # a case to a line
from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.small import small
from tests.scenarios.garden import RULES, results, scenario
from wellfounded.interfaces.scenario_report import as_text
from wellfounded.review.coverage import coverage
from wellfounded.review.expectations import run_scenario
from wellfounded.review.scenarios import read_scenarios

DRY_SUMMER = "{rain: 3, indoors: false, season: summer, watering: 1}"


@pytest.mark.parametrize(
    "expect",
    [
        "{water: raise}",
        "{water: {verdict: raise, target: {low: 2, high: 4}, current: 1, rule: water}}",
        "{water: {sources: [weak, so], support: not-established}}",
        "{water: {text: 'water more, AT least'}}",
        "{mulch: left_out, enjoy: inform}",
    ],
)
def test_what_comes_true(expect: str, tmp_path: Path) -> None:
    [result], found = results(tmp_path, scenario(DRY_SUMMER, expect))
    assert found == ()
    assert result.passed, result


@pytest.mark.parametrize(
    ("given", "expect", "more"),
    [
        ("{season: winter}", "{water: absent, enjoy: absent, mulch: absent}", ""),
        ("{season: summer, rain: 3}", "{water: {undecided: [indoors]}}", ""),
        ("{season: summer}", "{water: {undecided: [indoors, rain]}, enjoy: inform}", ""),
        ("{}", "{water: undecided, enjoy: {undecided: [season]}}", ""),
        (DRY_SUMMER, "{mulch: do}", "    drafts: true\n"),
        (DRY_SUMMER, "{water: left_out, enjoy: inform}", "    min_support: partly\n"),
        (DRY_SUMMER, "{enjoy: {text: enjoy}}", "    language: en\n"),
    ],
)
def test_what_comes_true_for_others(given: str, expect: str, more: str, tmp_path: Path) -> None:
    [result], found = results(tmp_path, scenario(given, expect, more))
    assert found == ()
    assert result.passed, result


@pytest.mark.parametrize(
    ("given", "expect", "said"),
    [
        (DRY_SUMMER, "{water: keep}", "water: expected verdict keep, got verdict raise"),
        (DRY_SUMMER, "{water: absent}", "water: expected not given, got verdict raise"),
        (DRY_SUMMER, "{mulch: absent}", "mulch: expected not given, got left out"),
        (DRY_SUMMER, "{water: {current: 2}}", "water: expected current 2, got current 1"),
        (
            DRY_SUMMER,
            "{water: {target: {low: 2}}}",
            "water: expected target {low: 2}, got target {low: 2, high: 4}",
        ),
        (DRY_SUMMER, "{enjoy: {sources: [weak]}}", "enjoy: expected the claim weak among the sources, got strong"),
        (DRY_SUMMER, "{enjoy: {text: hurry}}", "enjoy: expected a text with “hurry”, got “Enjoy it.”"),
        (DRY_SUMMER, "{enjoy: {current: true}}", "enjoy: expected current true, got current nothing"),
        ("{}", "{water: {verdict: keep, current: 1}}", "water: expected verdict keep, got undecided, waiting for rain, season, indoors"),
        ("{season: winter}", "{water: {undecided: [rain]}}", "water: expected undecided, waiting for rain, got not given"),
    ],
)  # fmt: skip
def test_what_does_not_come_true(given: str, expect: str, said: str, tmp_path: Path) -> None:
    [result], _ = results(tmp_path, scenario(given, expect))
    assert [str(difference) for difference in result.differences] == [said]


def why(given: str, expect: str, folder: Path) -> list[str]:
    """The reason that is given, with paths as they are inside the folder."""
    [result], _ = results(folder, scenario(given, expect))
    return [line.replace(f"{folder}/", "") for line in result.differences[0].why]


def test_why_something_is_not_given(tmp_path: Path) -> None:
    assert why("{rain: 3, indoors: true, season: summer}", "{water: raise}", tmp_path) == [
        "rule `water` (rules.yaml:23) does not hold",
        "  `dry: true` (line 25) is false: dry is false",
        "    rule `no-rain-dry` (rules.yaml:18) does not hold",
        "      `indoors: true` (line 20, under none) is true: indoors is true",
    ]


def test_why_something_is_given(tmp_path: Path) -> None:
    assert why("{rain: 3, indoors: false, season: summer}", "{water: absent}", tmp_path) == [
        "rule `water` (rules.yaml:23) holds",
        "  `dry: true` (line 25) is true: dry is true",
        "    rule `no-rain-dry` (rules.yaml:18) holds",
        "      `rain: {below: little_rain}` (line 20) is true: rain is 3, held against 10",
        "      `indoors: true` (line 20, under none) is false: indoors is false",
        "  `season: summer` (line 25) is true: season is summer",
        "its target is 2–4, and watering is unknown",
        "sources: weak (rule), so (chain)",
    ]


def test_why_something_is_undecided(tmp_path: Path) -> None:
    assert why("{rain: 3, season: summer}", "{water: absent}", tmp_path) == [
        "rule `water` (rules.yaml:23) is undecided",
        "  `dry: true` (line 25) is unknown: dry is unknown",
        "    rule `no-rain-dry` (rules.yaml:18) is undecided",
        "      `indoors: true` (line 20, under none) is unknown: indoors is unknown",
        "waits for: indoors",
    ]


def test_why_a_draft_is_left_out(tmp_path: Path) -> None:
    [line] = why("{rain: 3, indoors: false}", "{mulch: do}", tmp_path)
    assert line.startswith("it is left out: ")


def test_a_draft_that_says_nothing_is_called_one(tmp_path: Path) -> None:
    assert why("{indoors: true}", "{mulch: do}", tmp_path) == ["rule `mulch` (rules.yaml:39) is a draft"]


def test_a_person_whom_two_rules_answer_differently_fails_with_both_named(tmp_path: Path) -> None:
    rule = "  - {{id: {}, topic: drink, title: {{en: D}}, when: {{rain: 1}}, advise: {}, says: {{en: D}}, because: [so]}}\n"
    made = small(RULES + rule.format("one", "do") + rule.format("other", "avoid"), tmp_path)
    (tmp_path / "x.scenarios.yaml").write_text(scenario("{rain: 1}", "{drink: do}"), encoding="utf-8")
    [written], _ = read_scenarios(tmp_path, made)
    result = run_scenario(written, made)
    assert not result.passed
    assert "the rules `one` and `other` give `drink` different values for this person" in result.error
    assert "no advice  the rules `one` and `other`" in as_text([result])


def test_a_report_is_coloured_if_asked_for(tmp_path: Path) -> None:
    ran, _ = results(tmp_path, scenario("{season: winter}", "{enjoy: inform}"))
    coloured = as_text(ran, lambda text, colour: f"<{colour}>{text}</{colour}>")
    assert coloured.startswith("<red>FAILED</red> one\n")
    assert coloured.endswith("\n<red>1 of 1 scenario failed</red>\n")


TABLE = """\
tables:
  flowers:
    title: {en: Flowers}
    claim: so
    columns: {name: {en: Name}}
    rows:
      - {id: rose, name: {en: Rose}, when: {season: summer, rain: {at_least: little_rain}}}
      - id: fern
        name: {en: Fern}
        remarks: [{when: {indoors: true}, says: {en: "Not in the sun."}}]
rules:
"""
FLOWERS = RULES.replace("rules:\n", TABLE).replace(
    'says: {en: "Enjoy it."}', 'says: {en: "Enjoy it."}\n    table: flowers'
)


@pytest.mark.parametrize(
    ("given", "table", "said"),
    [
        ("{season: summer, rain: 10}", "[fern, rose]", ""),
        ("{season: summer}", "[rose, {fern: ''}]", ""),
        ("{season: summer, rain: 9, indoors: true}", "[{fern: in the sun}]", ""),
        ("{season: summer, rain: 9}", "[rose, fern]", "expected a table with rose, fern, got fern"),
        (
            "{season: summer, rain: 9}",
            "[{fern: sun}]",
            "expected the row fern with “sun”, got the row fern without a remark",
        ),
        (
            "{season: summer, rain: 9, indoors: true}",
            "[{fern: ''}]",
            "expected the row fern without a remark, got the row fern with “Not in the sun.”",
        ),
    ],
)
def test_the_rows_of_a_table(given: str, table: str, said: str, tmp_path: Path) -> None:
    made = small(FLOWERS, tmp_path)
    (tmp_path / "one.scenarios.yaml").write_text(
        scenario(given, f"{{enjoy: {{table: {table}}}}}"), encoding="utf-8"
    )
    [[one], found] = read_scenarios(tmp_path, made)
    assert found == ()
    assert "; ".join(map(str, run_scenario(one, made).differences)) == (f"enjoy: {said}" if said else "")


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("enjoy", "there is no row of a table of `enjoy` called `rows`; did you mean `rose`?"),
        ("water", "there is no row of a table of `water` called `rows`"),
    ],
)
def test_a_row_that_there_is_not(topic: str, said: str, tmp_path: Path) -> None:
    made = small(FLOWERS, tmp_path)
    file = tmp_path / "one.scenarios.yaml"
    file.write_text(scenario("{}", f"{{{topic}: {{table: [{{rows: ''}}]}}}}"), encoding="utf-8")
    [[], [found]] = read_scenarios(tmp_path, made)
    assert (found.code, f"{found.message}; {found.help}"[: len(said)]) == ("unknown-name", said)


def test_conditions_of_rows_are_reached_where_the_table_is_shown(tmp_path: Path) -> None:
    made = small(FLOWERS, tmp_path)
    people = ["{season: summer, rain: 10}", "{season: winter, rain: 9}", "{season: summer, indoors: true}"]
    expecting = (scenario(given, "{enjoy: {verdict: inform}}") for given in people)
    for number, written in enumerate(expecting):
        (tmp_path / f"{number}.scenarios.yaml").write_text(written, encoding="utf-8")
    scenarios, _ = read_scenarios(tmp_path, made)
    items = [item for item in coverage(made, scenarios).items if item.collection == "tables"]
    assert {(str(item.kind), item.text): dict(item.seen) for item in items} == {
        ("conditions", "season: summer"): {"true": 2, "false": 0, "unknown": 0},
        ("conditions", "rain: {at_least: little_rain}"): {"true": 1, "false": 0, "unknown": 1},
        ("conditions", "indoors: true"): {"true": 1, "false": 0, "unknown": 1},
        ("thresholds", "rain against 10 (little_rain)"): {"below": 0, "at": 1, "above": 0},
        ("beside", "rain against 10 (little_rain)"): {"just_below": 0, "just_above": 0},
    }
