"""People on record: what is counted is what advising each of them twice says."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest

import wellfounded
from tests.command import ran
from tests.conftest import ROOT, RULES
from tests.difference.editing import ONE_NUMBER, Edit, edited
from tests.properties.people import Crowd, Stated
from tests.properties.test_article import USUAL, book
from wellfounded.model.advice import Advice

SCHEMA = json.loads((ROOT / "schemas" / "difference.schema.json").read_text("utf-8"))
COUNT = 300


def outcomes(advice: Advice) -> dict[str, Any]:
    found: dict[str, Any] = {item.id: ("undecided", None, None) for item in advice.undecided}
    for item in advice.recommendations:
        ends = (item.target.low, item.target.high) if item.target else (None, None)
        found[item.id] = (str(item.verdict), *ends)
    return found


def written(people: list[Stated], path: Path) -> str:
    if path.suffix == ".ndjson":
        path.write_text("".join(f"{json.dumps(person)}\n" for person in people), "utf-8")
        return str(path)
    if path.suffix == ".parquet":
        pl.DataFrame(people, infer_schema_length=None).write_parquet(path)
        return str(path)
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, sorted({fact for person in people for fact in person}))
        table.writeheader()
        table.writerows(people)
    return str(path)


def asked(capsys: pytest.CaptureFixture[str], old: Path, new: Path, *arguments: str) -> dict[str, Any]:
    found = ran(capsys, "diff", str(old), str(new), "--format", "json", *arguments)
    assert not found.err, found.err
    document: dict[str, Any] = json.loads(found.out)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    people: dict[str, Any] = document["people"]
    return people


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["people.csv", "people.ndjson", "people.parquet"])
def test_counts_are_those_of_advising_each(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = edited(tmp_path / "new", ONE_NUMBER)
    crowd = list(Crowd(book(), USUAL).people("on record", COUNT))
    # Targets on a yes/no have no bounds in a table, and undecided ones have none either.
    bases = [wellfounded.load(folder) for folder in (RULES, new)]
    moves: Counter[tuple[str, str, str]] = Counter()
    changed = []
    for row, person in enumerate(crowd, 1):
        one, other = (outcomes(base.advise(person)) for base in bases)
        differ = [topic for topic in {*one, *other} if one.get(topic) != other.get(topic)]
        changed += [row] if differ else []
        moves.update((t, one.get(t, ABSENT)[0], other.get(t, ABSENT)[0]) for t in differ)
    people = asked(capsys, RULES, new, "--people", written(crowd, tmp_path / name), "--sample", "5")
    assert (people["compared"], people["changed"]) == (COUNT, len(changed))
    assert {(c["topic"], c["old"], c["new"]): c["people"] for c in people["topics"]} == moves
    assert [row["row"] for row in people["sample"]] == changed[:5]


ABSENT = ("not given", None, None)


def test_a_topic_that_is_new_and_one_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit: Edit = {"scope.yaml": ["  - id: patience\n", "  - id: patience\n    status: retired\n"]}
    new = edited(tmp_path / "new", edit)
    table = written([{"goal": "muscle_gain"}, {"goal": "other"}, {}], tmp_path / "people.csv")
    for pair, moved in (((RULES, new), ["inform", "not given"]), ((new, RULES), ["not given", "inform"])):
        people = asked(capsys, *pair, "--people", table)
        assert people["changed"] == 2
        assert people["topics"][0] == dict(
            zip(("topic", "old", "new", "people"), ("patience", *moved, 1), strict=True)
        )
        assert asked(capsys, *pair, "--people", table, "-k", "protein-daily")["changed"] == 0


def test_rows_that_one_or_neither_can_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (RULES / "facts.yaml").read_text("utf-8")
    start = text.index("  body_mass:")
    span = text[start : text.index("span:", start) + len("span: [25, 350]")]
    edit: Edit = {"facts.yaml": [span, span.replace("[25, 350]", "[25, 300]")]}
    new = edited(tmp_path / "new", edit)
    table = tmp_path / "people.csv"
    table.write_text("goal,body_mass,name\nother,320,a\nother,999,b\nother,180 lb,c\n,,\n")
    people = asked(capsys, RULES, new, "--people", str(table), "--keep", "name")
    assert [people[k] for k in ("compared", "only_old", "only_new", "neither")] == [2, 1, 0, 1]
    reason = "`body_mass` is 320, which is outside what is allowed; allowed: 25 to 300 kg"
    assert people["by_one"] == [{"row": 1, "by": "old", "reason": reason}]
    told = ran(capsys, "diff", str(RULES), str(new), "--people", str(table), "--keep", "name").out
    assert "row 1: advised by the old version only: `body_mass` is 320" in told
    asked_for = ("diff", str(new), str(RULES), "--people", str(table), "--keep", "name")
    told = ran(capsys, *asked_for, "--format", "markdown").out
    assert "| 1 | advised by the new version only: " in told
    assert not asked(capsys, *(RULES, new), *asked_for[3:], "--sample", "0")["by_one"]
    people = asked(capsys, new, RULES, "--people", str(table), "--keep", "name", "--unit", "body_mass=lb")
    assert [people[k] for k in ("compared", "only_old", "only_new", "neither")] == [3, 0, 0, 1]


def test_a_column_that_is_no_fact_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "people.csv"
    table.write_text("goal,shoe\nother,42\n")
    found = ran(capsys, "diff", str(RULES), str(RULES), "--people", str(table))
    assert found.code == 3 and "`shoe` is neither a fact that can be stated nor kept" in found.err
    missing = ran(capsys, "diff", str(RULES), str(RULES), "--people", str(tmp_path / "none.csv"))
    assert missing.code == 2 and "none.csv" in missing.err
