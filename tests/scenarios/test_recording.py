"""A recorded scenario passes at once, and a file that gets one keeps every line it had."""

# ruff: noqa: E501  # a file to a line
from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import RULES
from tests.people import Population
from tests.properties.generated import FACTORS
from tests.properties.people import Crowd
from tests.properties.test_generated import some
from tests.reference.written import read
from tests.scenarios.garden import garden, scenario
from wellfounded import ConflictError, KnowledgeBase, load
from wellfounded.review.expectations import Result, Runner, run_scenario
from wellfounded.review.recording import RecordingError, appended, as_file, record
from wellfounded.review.scenarios import read_scenarios

WHOLE = (RULES / "scope.scenarios.yaml").read_text(encoding="utf-8")


@pytest.mark.no_cover
def test_recorded_scenarios_of_anyone_pass(article: KnowledgeBase, tmp_path: Path) -> None:
    usual = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}
    file = tmp_path / "recorded.scenarios.yaml"
    written = ""
    people = Population(article, usual).people("recorded", 60)
    for number, person in enumerate(people):
        written = appended(written, record(article, article.checked(person), f"person {number}"), file.name)
    file.write_text(written, encoding="utf-8")
    scenarios, found = read_scenarios(file, article)
    assert found == ()
    runner = Runner(article)
    assert [runner.run(one) for one in scenarios] == [Result(one) for one in scenarios]
    assert [article.checked(one.given) for one in scenarios] == [article.checked(person) for person in people]


def test_and_those_in_generated_knowledge_bases(tmp_path: Path) -> None:
    recorded = 0
    for seed, folder, _, kb in some("recorded", 15, tmp_path):
        for person in Crowd(read(folder, FACTORS)).people(seed, 4):
            with suppress(ConflictError):
                made = as_file(record(kb, kb.checked(person), seed))
                (folder / "x.scenarios.yaml").write_text(made, encoding="utf-8")
                [one], found = read_scenarios(folder / "x.scenarios.yaml", kb)
                assert found == ()
                assert run_scenario(one, kb) == Result(one), (seed, person)
                recorded += 1
    assert recorded > 20


def test_a_file_keeps_every_line_it_had(article: KnowledgeBase) -> None:
    made = record(article, {}, "nobody", ["creatine"])
    after = appended(WHOLE, made, "x")
    assert after == WHOLE + (
        '\n  - name: "nobody"\n    given: {}\n    expect:\n'
        f"      creatine: {{undecided: [{', '.join(made['expect']['creatine']['undecided'])}]}}\n"
    )


@pytest.mark.parametrize(
    "before",
    [
        "",
        "scenarios:\n- {name: a, given: {}, expect: {enjoy: undecided}}\n",
        "scenarios:\n  - name: a\n    given: {}\n    expect: {enjoy: undecided} # why\n    # more\n\n# end\n",
        "scenarios:\r\n  - name: a\r\n    given: {}\r\n    expect: {enjoy: undecided}",
        "\ufeffscenarios:\n    -   name: |\n          a\n          b\n        given: {}\n        expect: {enjoy: undecided}\n",
        "scenarios:\n  - name: a\n    expect:\n      enjoy:\n        text: >-\n          long\n\n          text\n    given:\n      season: summer\n",
    ],
)  # fmt: skip
def test_whatever_its_layout(before: str, tmp_path: Path) -> None:
    kb = garden(tmp_path)
    made = appended(before, record(kb, {}, 'b: “new” \\ "it\'s"\n', ["enjoy"]), "x")
    file = tmp_path / "x.scenarios.yaml"
    file.write_bytes(made.encode())
    scenarios, found = read_scenarios(file, kb)
    assert found == ()
    assert [one.name for one in scenarios][-1] == 'b: “new” \\ "it\'s"\n'
    assert dict(scenarios[-1].expect) == {"enjoy": {"undecided": ["season"]}}
    kept = [line for line in before.splitlines(keepends=True) if line.endswith("\n")]
    lines = iter(made.splitlines(keepends=True))
    assert all(line in lines for line in kept)  # in the same order
    assert ("\r\n" in before) is ("\r\n" in made)


@pytest.mark.parametrize(
    "before",
    [
        "{scenarios: [{name: a, given: {}, expect: {enjoy: undecided}}]}\n",
        "scenarios: [{name: a, given: {}, expect: {enjoy: undecided}}]\n",
        "scenarios: []\n",
        "scenarios:\n  - name: [\n",
        "- a\n",
        "facts: {}\n",
    ],
)
def test_what_cannot_be_added_to_is_left_alone(before: str, tmp_path: Path) -> None:
    kb = garden(tmp_path)
    with pytest.raises(RecordingError, match=r"x\.yaml"):
        appended(before, record(kb, {}, "b", ["enjoy"]), "x.yaml")


def test_ids_that_could_be_something_else_are_quoted(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    garden(folder)
    text = (folder / "rules.yaml").read_text(encoding="utf-8")
    odd = text.replace(
        "winter: {en: winter}", '"no": {en: never}, "null": {en: nothing}, winter: {en: winter}'
    )
    (folder / "rules.yaml").write_text(odd, encoding="utf-8")
    kb = load(folder)
    for choice in ("no", "null", "winter"):
        written = as_file(record(kb, kb.checked({"season": choice}), choice))
        (folder / "x.scenarios.yaml").write_text(written, encoding="utf-8")
        [one], found = read_scenarios(folder / "x.scenarios.yaml", kb)
        assert (found, one.given["season"]) == ((), choice)


def test_topics_that_there_are_not_are_named(tmp_path: Path) -> None:
    kb = garden(tmp_path)
    with pytest.raises(RecordingError, match="there is no topic `enjoi`; did you mean `enjoy`"):
        record(kb, {}, "b", ["enjoi"])


def test_what_stands_behind_the_last_item_stays_behind(tmp_path: Path) -> None:
    written = scenario("{}", "{enjoy: undecided}") + "# the end\n"
    kb = garden(tmp_path)
    assert appended(written, record(kb, {}, "b", ["enjoy"]), "x").endswith("# the end\n")
