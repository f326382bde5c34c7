"""Everything wrong with a scenario is found before it runs, at its place; what is right beside it runs."""

# ruff: noqa: E501  # a case to a line
from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

import wellfounded
from tests.conftest import RULES
from tests.fuzz.mutations import in_bytes, in_data, in_text
from tests.fuzz.test_mutations import at_most
from tests.plain_yaml import from_yaml
from tests.properties.laid_out import as_yaml
from tests.scenarios.garden import garden, results, scenario
from wellfounded import KnowledgeBase
from wellfounded.interfaces.diagnostics import as_report
from wellfounded.interfaces.scenario_report import as_json, as_junit, as_text
from wellfounded.model.codes import ERRORS
from wellfounded.review.expectations import Runner
from wellfounded.review.scenario_files import rules_of
from wellfounded.review.scenarios import read_scenarios

EXPECT = "{enjoy: inform}"


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        (scenario("{rian: 3}", EXPECT), 3, "unknown-fact: `rian` is not a fact that is known here; did you mean `rain`?"),
        (scenario("{dry: true}", EXPECT), 3, "not-allowed-value: `dry` is worked out and cannot be stated; state `rain`, `indoors` instead"),
        (scenario("{rain: 101}", EXPECT), 3, "outside-span: `rain` is 101, which is outside what is allowed; allowed: 0 to 100"),
        (scenario("{rain: 3 kg}", EXPECT), 3, "not-allowed-value: `rain` is \"3 kg\", and `kg` measures something else; it has no unit; allowed: 0 to 100"),
        (scenario("{rain: true}", EXPECT), 3, "wrong-type: `rain` is true, and has to be a number; allowed: 0 to 100"),
        (scenario("{season: sumer}", EXPECT), 3, "unknown-choice: `season` is \"sumer\", which is not one of its choices; did you mean `summer`?"),
        (scenario("{indoors: 1}", EXPECT), 3, "wrong-type: `indoors` is 1, and has to be true or false; write true without quotes"),
        (scenario("{}", "{enjoi: inform}"), 4, "unknown-topic: there is no topic `enjoi`; did you mean `enjoy`?"),
        (scenario("{}", "{enjoy: infrom}"), 4, "not-allowed-value: `infrom` is not allowed here; did you mean `inform`?"),
        (scenario("{}", "{enjoy: {undecided: [saeson]}}"), 4, "unknown-fact: there is no fact that can be waited for `saeson`; did you mean `season`?"),
        (scenario("{}", "{enjoy: {sources: [stong]}}"), 4, "unknown-claim: there is no claim `stong`; did you mean `strong`?"),
        (scenario("{}", "{enjoy: {rule: no-rain-dry}}"), 4, "unknown-name: there is no rule that gives advice `no-rain-dry`; allowed: water, enjoy, mulch"),
        (scenario("{}", EXPECT, "    language: fr\n"), 5, "unknown-language: the knowledge base does not speak `fr`; allowed: en"),
        (scenario("{}", EXPECT, "    min_support: a lot\n"), 5, "not-allowed-value: `a lot` is not allowed here"),
        (scenario("{rain: 1_0}", EXPECT), 3, "number-notation: `1_0` is not written as a plain number"),
        (scenario("{rian: null}", EXPECT), 3, "unknown-fact: `rian` is not a fact that is known here"),
        (scenario("{}", "{enjoy: null}"), 4, "wrong-type: `null` is empty, and this has to be a text or a mapping; write a verdict, `absent`"),
        (scenario("{}", "{enjoy: {sources: [null]}}"), 4, "wrong-type: `null` is empty"),
        ("", 1, "missing-key: this file is empty, and has to hold `scenarios`"),
        ("scenarios: []\n", 1, "not-allowed-value: this list is empty"),
        ("- name: x\n", 1, "wrong-type: this is a list"),
    ],
)  # fmt: skip
def test_mistakes_are_found_at_their_place(written: str, line: int, said: str, tmp_path: Path) -> None:
    ran, found = results(tmp_path, written)
    assert ran == []
    [only] = found
    assert only.position.file == str(tmp_path / "one.scenarios.yaml")
    assert only.position.line == line
    assert f"{only.code}: {only.message}; {only.help}".startswith(said)


def test_null_states_nothing_in_a_scenario_a_file_of_a_person_and_python(tmp_path: Path) -> None:
    stated = "{season: summer, rain: null, indoors: }"
    [result], found = results(
        tmp_path, scenario(stated, "{water: {undecided: [rain, indoors]}, enjoy: inform}")
    )
    assert (result.passed, found) == (True, ())
    made = garden(tmp_path)
    file = tmp_path / "person"
    for written in (stated, '{"season": "summer", "rain": null}'):
        file.write_text(written, encoding="utf-8")
        assert made.read_person(file) == {"season": "summer"}
    assert made.checked({"season": "summer", "rain": None}) == {"season": "summer"}


def test_what_is_right_beside_a_mistake_runs(tmp_path: Path) -> None:
    written = "scenarios:\n"
    for name, given in (("a", "{rain: 3}"), ("b", "{rain: 3, rain: 4}"), ("c", "{snow: 3}"), ("d", "{}")):
        written += f"  - {{name: {name}, given: {given}, expect: {{enjoy: undecided}}}}\n"
    ran, found = results(tmp_path, written)
    assert [(result.scenario.name, result.passed) for result in ran] == [("a", True), ("d", True)]
    assert [(item.code, item.position.line) for item in found] == [("duplicate-key", 3), ("unknown-fact", 4)]


def test_scenarios_of_a_rule_file_are_those_beside_it(tmp_path: Path) -> None:
    made = garden(tmp_path, rules=scenario("{}", EXPECT), others=scenario("{}", EXPECT))
    assert [one.position.file for one in read_scenarios(tmp_path / "rules.yaml", made)[0]] == [
        str(tmp_path / "rules.scenarios.yaml")
    ]
    assert read_scenarios(tmp_path / "header.yaml", made) == ((), ())


def test_the_knowledge_base_is_the_nearest_with_a_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    garden(tmp_path / "outer")
    garden(tmp_path / "outer" / "inner")
    (tmp_path / "outer" / "rules").mkdir()
    assert rules_of(tmp_path / "outer") == tmp_path / "outer"
    assert rules_of(tmp_path / "outer" / "rules") == tmp_path / "outer"
    assert rules_of(tmp_path / "outer" / "inner" / "rules.yaml") == tmp_path / "outer" / "inner"
    assert rules_of(tmp_path / "outer" / "header.yaml") == tmp_path / "outer" / "header.yaml"
    assert rules_of(tmp_path) == tmp_path
    monkeypatch.chdir(tmp_path)
    assert rules_of(Path("outer/rules")) == Path("outer")


@pytest.mark.no_cover
@pytest.mark.parametrize("part", range(4))
def test_a_damaged_file_gives_diagnostics_or_runs(part: int, article: KnowledgeBase, tmp_path: Path) -> None:
    whole = (RULES / "scope.scenarios.yaml").read_text(encoding="utf-8")
    path = tmp_path / "damaged.scenarios.yaml"
    runner = Runner(article, tmp_path)
    for place in range(60):
        random = Random(f"scenarios {part} {place}")
        match place % 3:
            case 0:
                damaged = in_bytes(whole.encode(), random)
            case 1:
                damaged = as_yaml(in_data(from_yaml(whole), random)).encode("utf-8", "surrogatepass")
            case _:
                damaged = in_text(whole, random).encode("utf-8", "surrogatepass")
        path.write_bytes(damaged)
        with at_most(20):
            scenarios, found = read_scenarios(path, article)
            ran = [runner.run(one) for one in scenarios]
            assert all(item.code in ERRORS and item.message for item in found)
            assert all(result.passed or result.differences for result in ran)
            as_report(found), as_text(ran), as_json(ran, found), as_junit(ran, found)


def test_the_article_has_nothing_to_report(article: KnowledgeBase, tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    assert read_scenarios(tmp_path / "rules", wellfounded.load(tmp_path / "rules"))[1] == ()
