"""``wellfounded test --mutate``: which small changes of the rules scenarios would notice."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.command import ran
from tests.conftest import ROOT, RULES
from tests.dutch import dutch
from wellfounded import KnowledgeBase
from wellfounded.interfaces import mutation_page
from wellfounded.load.package_data import data_folder
from wellfounded.review.mutation.run import mutation
from wellfounded.review.mutation.trial import Fate
from wellfounded.review.scenarios import read_scenarios

PLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"
GOLDEN = ROOT / "tests" / "goldens" / "mutation-houseplants.txt"
#: A part of it, enough to see how it is told.
WATER = ("test", str(PLANTS), "--mutate", "--of", "water")
SCHEMA = json.loads((data_folder("schemas") / "mutation.schema.json").read_text(encoding="utf-8"))


def test_the_articles_scenarios_notice_every_change_that_makes_a_difference(article: KnowledgeBase) -> None:
    scenarios, _ = read_scenarios(RULES, article)
    found = mutation(article, scenarios)
    assert [item.mutant.change for item in found.of(Fate.SURVIVED)] == []
    assert found.score == 100.0
    assert len(found.of(Fate.NOTICED)) > 600


def test_of_the_houseplants_it_says_what_nobody_would_have_noticed(
    capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code, out, err = ran(capsys, "test", str(PLANTS.relative_to(ROOT)), "--mutate")
    assert (code, err) == (0, "")
    if request.config.getoption("--update-goldens"):
        GOLDEN.write_text(out, encoding="utf-8")
    assert out == GOLDEN.read_text(encoding="utf-8")


def test_one_process_and_two_find_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    alone, both = (ran(capsys, *WATER, "--processes", n) for n in "12")
    assert alone == both


def test_json_is_as_its_schema_says_and_html_is_a_page(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    document = json.loads(ran(capsys, *WATER, "--format", "json").out)
    jsonschema.validate(document, SCHEMA)
    assert sum(document["counts"].values()) == len(document["mutants"])
    page = tmp_path / "mutation.html"
    assert ran(capsys, *WATER, "--format", "html", "--out", str(page)).code == 0
    assert "nobody would have noticed if" in page.read_text(encoding="utf-8")


def test_it_is_told_in_dutch(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mutation_page, "say_in", lambda _: dutch)
    page = tmp_path / "mutation.html"
    asked = ("--lang", "nl", "--format", "html", "--out", str(page))
    assert ran(capsys, *WATER, *asked).code == 0
    assert "niemand had het gemerkt als " in page.read_text(encoding="utf-8")
    assert 'lang="nl"' in page.read_text(encoding="utf-8")
    assert " kleine veranderingen van houseplants, naast " in ran(capsys, *WATER, "--lang", "nl").out
    assert "--lang goes with --mutate" in ran(capsys, "test", str(PLANTS), "--lang", "nl").err


def test_what_is_proposed_can_be_pasted_and_then_is_noticed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = WATER
    _, _, proposed = ran(capsys, *words).out.partition("to add:\n\n")
    more = tmp_path / "more.scenarios.yaml"
    more.write_text(
        (PLANTS / "rules.scenarios.yaml").read_text(encoding="utf-8") + "\n" + proposed, encoding="utf-8"
    )
    ran_again = ran(capsys, "test", str(more), "--rules", str(PLANTS), *words[2:], "--fail-under", "100")
    assert (ran_again.code, ran_again.err) == (0, ""), ran_again.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--mutate", "--coverage"], "--coverage does not go with --mutate"),
        (["--mutate", "--watch"], "--watch does not go with --mutate"),
        (["--processes", "2"], "--processes goes with --mutate"),
        (["--of", "water"], "--of goes with --mutate"),
        (["--mutate", "--of", "nothing-at-all"], "nothing that is changed has `nothing-at-all`"),
        (["--mutate", "--processes", "0"], "0 is not in the range"),
    ],
)
def test_what_does_not_go_together(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "test", str(PLANTS), *words)
    assert code == 2
    assert says in err


def test_with_a_scenario_that_fails_nothing_is_changed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    failing = tmp_path / "failing.scenarios.yaml"
    failing.write_text(
        'scenarios:\n  - {name: "it fails", given: {}, expect: {water: keep}}\n', encoding="utf-8"
    )
    page = tmp_path / "mutation.html"
    words = ("--rules", str(PLANTS), "--mutate", "--format", "html", "--out", str(page))
    code, out, err = ran(capsys, "test", str(failing), *words)
    assert code == 1
    assert "FAILED it fails" in out
    assert err == "nothing is changed before all scenarios pass\n"
    assert not page.exists()
