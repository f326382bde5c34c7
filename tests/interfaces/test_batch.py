"""A file of people: every row gets what that person gets alone, or is refused with what they are told."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pty
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.command import Ran, ran
from tests.conformance.small import small
from tests.people import Population
from wellfounded import ConflictError, FactError, KnowledgeBase
from wellfounded.batch import from_csv, from_ndjson, from_parquet
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.model.content import FactType

Stated = dict[str, Any]
Capsys = pytest.CaptureFixture[str]

COMMAND = str(Path(sys.executable).with_name("wellfounded"))
FORMATS = ("csv", "ndjson", "parquet")
ANNA: Stated = {
    "goal": "muscle_gain",
    "age": 31,
    "healthy": True,
    "resistance_training": True,
    "body_mass": 64,
}


@pytest.fixture(scope="module")
def people(article: KnowledgeBase) -> list[Stated]:
    usual = {"goal": "muscle_gain", "age": 31, "healthy": True, "resistance_training": True}
    found = [person for person in Population(article, usual).people("batch", 400) if person]
    return [{"id": number, **person} for number, person in enumerate(found)]


@pytest.fixture(scope="module")
def alone(article: KnowledgeBase, people: list[Stated]) -> list[Stated]:
    return [{"id": person["id"], **shown(article, _facts(person))} for person in people]


def _facts(person: Stated) -> Stated:
    return {name: value for name, value in person.items() if name != "id"}


def shown(knowledge_base: KnowledgeBase, person: Stated) -> Stated:
    """What a table shows of a person's advice, as far as there is something to show."""
    advice = knowledge_base.advise(person)
    row: Stated = {fact: quantity.value for fact, quantity in advice.derived.items()}
    row |= {f"{item.id}.verdict": "undecided" for item in advice.undecided}
    for item in advice.recommendations:
        row[f"{item.id}.verdict"] = str(item.verdict)
        if item.target is not None and not isinstance(item.target.exactly, bool):
            exactly = item.target.exactly
            ends = (item.target.low, item.target.high) if exactly is None else (exactly, exactly)
            row |= dict(zip((f"{item.id}.low", f"{item.id}.high"), ends, strict=True))
    return {name: value for name, value in row.items() if value is not None}


def told(knowledge_base: KnowledgeBase, person: Stated) -> str:
    """What a single person is told of what they state."""
    with pytest.raises((FactError, ConflictError)) as caught:
        knowledge_base.advise(person)
    return "; ".join(str(caught.value).splitlines())


def as_csv(people: Iterable[Stated], delimiter: str = ",") -> str:
    people = list(people)
    names = list(dict.fromkeys(name for person in people for name in person))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(names)
    cells = [[person.get(name) for name in names] for person in people]
    writer.writerows([str(c).lower() if isinstance(c, bool) else c for c in row] for row in cells)
    return text.getvalue()


def as_ndjson(people: Iterable[Stated]) -> str:
    return "".join(f"{json.dumps(person)}\n" for person in people)


def write_people(path: Path, people: list[Stated], knowledge_base: KnowledgeBase) -> Path:
    """The people as a file of the format that its name says."""
    if path.suffix == ".csv":
        path.write_text(as_csv(people), encoding="utf-8")
    elif path.suffix == ".ndjson":
        path.write_text(as_ndjson(people), encoding="utf-8")
    else:
        types = {FactType.BOOLEAN: pl.Boolean, FactType.NUMBER: pl.Float64, FactType.CHOICE: pl.String}
        facts = [fact for fact in knowledge_base.content.facts.values() if fact.can_be_stated]
        schema = {"id": pl.Int64, **{fact.id: types[fact.type] for fact in facts}}
        stated = {name: schema[name] for name in schema if any(name in person for person in people)}
        pl.DataFrame(people, schema=stated).write_parquet(path)
    return path


def rows_of(path: Path) -> list[Stated]:
    """The rows of a file of advice, without what is null."""
    if path.suffix == ".csv":
        found = pl.read_csv(path, infer_schema_length=None).to_dicts()
    elif path.suffix == ".ndjson":
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    else:
        found = pl.read_parquet(path).to_dicts()
    return [{name: value for name, value in row.items() if value is not None} for row in found]


def rejects_of(out: Path) -> dict[int, str]:
    """The rows that were refused, and why."""
    with out.with_suffix(".rejects.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["row"]): row["reason"] for row in csv.DictReader(file)}


@pytest.mark.no_cover
@pytest.mark.parametrize("into", FORMATS)
@pytest.mark.parametrize("written", FORMATS)
def test_every_row_is_what_the_person_gets_alone(
    written: str,
    into: str,
    article: KnowledgeBase,
    people: list[Stated],
    alone: list[Stated],
    tmp_path: Path,
    capsys: Capsys,
) -> None:
    file = write_people(tmp_path / f"people.{written}", people, article)
    out = tmp_path / f"advice.{into}"
    result = ran(capsys, "batch", str(file), "--out", str(out), "--keep", "id")
    assert result == Ran(0, "", f"{len(people)} rows with advice ({out}), none refused\n")
    rows = [{**row, "id": int(row["id"])} for row in rows_of(out)]  # in CSV, all that is kept is text
    assert rows == [{"row": number, **row} for number, row in enumerate(alone, 1)]
    assert rejects_of(out) == {}


BAD: Mapping[str, Stated] = {
    "not a number": {"age": "old"},
    "below the span": {"age": -1},
    "above the span": {"body_mass": 900},
    "not a choice": {"goal": "gain_muscle"},
    "a unit that measures something else": {"body_mass": "3 h"},
    "a unit that is none": {"body_mass": "12 stones and 3"},
    "a decimal comma": {"body_mass": "64,5"},
    "two mistakes": {"age": 300, "goal": "x"},
    "neither true nor false": {"healthy": "perhaps"},
}


@pytest.mark.parametrize("written", ["csv", "ndjson"])
def test_a_row_that_cannot_be_used_is_refused_with_what_one_person_is_told(
    written: str, article: KnowledgeBase, tmp_path: Path
) -> None:
    people = [person for bad in BAD.values() for person in (ANNA, {**ANNA, **bad})]
    file = write_people(tmp_path / f"people.{written}", people, article)
    out = tmp_path / "advice.csv"
    counts = article.advise_file(file, out)
    assert (counts.advised, counts.refused) == (len(BAD), len(BAD))
    assert [row["row"] for row in rows_of(out)] == list(range(1, 2 * len(BAD), 2))
    expected = [told(article, {**ANNA, **bad}) for bad in BAD.values()]
    assert rejects_of(out) == dict(zip(range(2, 2 * len(BAD) + 1, 2), expected, strict=True))


def test_numbers_outside_their_span_in_parquet(article: KnowledgeBase, tmp_path: Path) -> None:
    masses = [64.0, 900.0, float("nan"), float("inf"), None, -0.0]
    pl.DataFrame({"body_mass": masses}).write_parquet(tmp_path / "people.parquet")
    article.advise_file(tmp_path / "people.parquet", tmp_path / "advice.csv")
    assert rejects_of(tmp_path / "advice.csv") == {
        row: told(article, {"body_mass": masses[row - 1]}) for row in (2, 3, 4, 6)
    }


LINES = {
    "null": "it is not a JSON object",
    "[]": "it is not a JSON object",
    '"age"': "it is not a JSON object",
    '{"age": 31': "it is not JSON: Expecting ',' delimiter: line 1 column 11 (char 10)",
    '{"age": 31} {}': "it is not JSON: Extra data: line 1 column 13 (char 12)",
    '{"age": 31, "age": 32}': "`age` is there twice",
    '{"age": NaN}': "it is not JSON: NaN is not a number",
    '{"age": "\\ud800"}': "it holds half of a surrogate pair, which is no character",
    '{"age": [31]}': "`age` is a list, and has to be a number; allowed: 0 to 120 year",
    '{"age": "31"}': '`age` is "31", which is a text and not a number; write 31 without quotes',
    '{"healthy": 1}': "`healthy` is 1, and has to be true or false; write true without quotes",
    '{"in_scope": true}': "`in_scope` is worked out and cannot be stated; state `age`, `healthy` instead",
    '{"wieght": 64}': "`wieght` is not a fact that is known here; did you mean `diet`?",
    "\\xff": "it is not UTF-8 text",
}


def test_lines_that_are_no_people(article: KnowledgeBase, tmp_path: Path) -> None:
    good = as_ndjson([ANNA]).encode()
    lines = [b"\xff" if line == "\\xff" else line.encode() for line in LINES]
    (tmp_path / "people.ndjson").write_bytes(good + b"\n".join(lines) + b"\n" + good)
    counts = article.advise_file(tmp_path / "people.ndjson", tmp_path / "advice.ndjson")
    assert (counts.advised, counts.refused) == (2, len(LINES))
    assert rejects_of(tmp_path / "advice.ndjson") == dict(enumerate(LINES.values(), 2))


def test_rows_that_do_not_fit_the_table_keep_their_numbers(article: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(b"goal,age,note\n" + b"\n".join(RAGGED))
    counts = article.advise_file(file, tmp_path / "advice.csv", keep=["note"])
    assert [row["row"] for row in rows_of(tmp_path / "advice.csv")] == [2, 4, 6, 8]
    assert (counts.advised, counts.refused) == (4, 5)
    assert rejects_of(tmp_path / "advice.csv") == {
        1: "it has 2 cells, and there are 3 columns",
        3: "it has 4 cells, and there are 3 columns",
        5: "it is not UTF-8 text; save the table as CSV in UTF-8",
        7: "it is not UTF-8 text; save the table as CSV in UTF-8",
        9: "a quote is opened in it and not closed",
    }


RAGGED = (
    b"other,31",
    b'other,31,"a ""note"" on\n\ntwo lines\n"',
    b"other,31,64,5",
    b"",
    "other,31,né\n".encode(),
    "other,31,né".encode("latin-1"),
    b"other,31,",
    b"other,\xff",
    b"other,31,last",
    b'other,31,"open',
    b"other,31,and so on",
)


@pytest.mark.parametrize("rows", [["a", "b,c"], ['"a,1'], ["a,1,2"] * 50])
def test_a_table_in_which_no_row_fits_is_refused_row_by_row(
    rows: list[str], article: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("\n".join(["goal,age,sex,stress", *rows]))
    counts = article.advise_file(tmp_path / "people.csv", tmp_path / "advice.csv")
    assert (counts.advised, counts.refused) == (0, len(rows))


def test_a_table_of_one_column(article: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("goal\nother\n\nmuscle_gain\nx\n")
    counts = article.advise_file(tmp_path / "people.csv", tmp_path / "advice.csv")
    assert (counts.advised, list(rejects_of(tmp_path / "advice.csv"))) == (2, [3])


RULES_THAT_CONFLICT = """
facts:
  hot: {type: boolean, label: {en: h}, question: {en: "Hot?"}}
  wet: {type: boolean, label: {en: w}, question: {en: "Wet?"}}
  size: {type: number, span: [0, 9], step: 1, label: {en: s}, question: {en: "Size?"}}
rules:
  - {id: a, topic: coat, title: {en: t}, when: {hot: true}, advise: do, says: {en: s}, because: [so]}
  - {id: b, topic: coat, title: {en: t}, when: {wet: true}, advise: avoid, says: {en: s}, because: [so]}
"""


@pytest.mark.parametrize("written", ["csv", "ndjson"])
def test_people_about_whom_rules_disagree_are_refused(written: str, tmp_path: Path) -> None:
    knowledge_base = small(RULES_THAT_CONFLICT, tmp_path / "rules")
    both: Stated = {"hot": True, "wet": True, "size": 1}
    one: Stated = {"hot": True, "wet": False, "size": 1}
    # The last ones do not fit the columns either, and are read one by one.
    people = [one, both, {**one, "size": "2 "}, {**both, "size": 10}, {**both, "size": 2}]
    lines = as_csv(people) if written == "csv" else as_ndjson(people)
    (tmp_path / f"people.{written}").write_text(lines)
    out = tmp_path / "advice.csv"
    counts = knowledge_base.advise_file(tmp_path / f"people.{written}", out)
    refused = rejects_of(out)
    assert counts.advised + counts.refused == len(people)
    assert refused[2] == refused[5] == told(knowledge_base, both)
    assert "`size` is 10" in refused[4]


def test_a_line_that_is_read_by_itself_and_conflicts_is_not_lost(tmp_path: Path) -> None:
    knowledge_base = small(RULES_THAT_CONFLICT, tmp_path / "rules")
    lines = '{"hot": true, "wet": true, "size": 1}\n{"hot": true, "wet": true, "id": {}}\nnull\n'
    (tmp_path / "people.ndjson").write_text('{"id": null}\n' + lines)
    counts = knowledge_base.advise_file(tmp_path / "people.ndjson", tmp_path / "advice.csv", keep=["id"])
    assert (counts.advised, list(rejects_of(tmp_path / "advice.csv"))) == (1, [2, 3, 4])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.removesuffix("\n"),
        lambda text: text.replace("true", "TRUE").replace("64", " 64.0 "),
        lambda text: text.replace("64", "64 kg"),
        lambda text: text.replace("64", "64000 g"),
        lambda text: text.replace("goal", '"goal"').replace("31", '"31"'),
        lambda text: "\ufeff" + text.replace(",", ";").replace("64", "64,0").replace("true", "WAAR"),
        lambda text: text.replace(",", ";").replace("64", "64.000,0 g").replace("true", "Ja"),
    ],
    ids=[
        "semicolon",
        "tab",
        "BOM",
        "CRLF",
        "blank lines",
        "no end",
        "True",
        "kg",
        "g",
        "quotes",
        "Dutch",
        "Dutch thousands",
    ],
)
def test_csv_as_programs_write_it(
    change: Callable[[str], str], article: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(change(as_csv([ANNA, ANNA])), encoding="utf-8", newline="")
    article.advise_file(tmp_path / "people.csv", tmp_path / "advice.csv")
    expected = shown(article, ANNA)
    assert rows_of(tmp_path / "advice.csv") == [{"row": 1, **expected}, {"row": 2, **expected}]


#: What stands in a file whose cells are parted by semicolons → the number, or why it is none.
WITH_COMMAS = {
    "82,5": 82.5,
    " 82,500 ": 82.5,
    "82.5": 82.5,
    "1,234": 1.234,
    "1.234,5": 1234.5,
    "1.234.567": 1234567.0,
    "1,5 kg": 1500.0,
    "-0,5": -0.5,
    "8e2": 800.0,
    "8e-2": 0.08,
    "1.234": '`n` is "1.234", which can be two numbers; write 1234 or 1,234',
    "1.234 kg": '`n` is "1.234 kg", which can be two numbers; write 1234 or 1,234',
    "1,2,3": '`n` is "1,2,3": `,2,3` is not a unit that is known; allowed: -5000000 to 5000000 g',
    "12.34,5": '`n` is "12.34,5": `,5` is not a unit that is known; allowed: -5000000 to 5000000 g',
}


def test_a_comma_stands_before_decimals_where_semicolons_part_cells(tmp_path: Path) -> None:
    """What a spreadsheet writes in Dutch is read, and nothing in it is taken for what it may not be."""
    rules = """
units: {g: {says: {en: "{number} g"}}}
facts:
  n: {type: number, unit: g, span: [-5000000, 5000000], step: 1, label: {en: n}, question: {en: "n?"}}
rules:
  - {id: a, topic: a, title: {en: t}, when: {n: {at_least: 0}}, advise: do, says: {en: s}, because: [so]}
"""
    known, out = small(rules, tmp_path / "rules"), tmp_path / "advice.csv"
    people = tmp_path / "people.csv"
    people.write_text("n;note\n" + "".join(f"{cell};1,5\n" for cell in WITH_COMMAS), encoding="utf-8")
    known.advise_file(people, out, keep=["n", "note"])
    found = {row["row"]: row["n"] for row in rows_of(out)} | rejects_of(out)
    assert [found[row] for row in sorted(found)] == list(WITH_COMMAS.values())
    assert {row["note"] for row in rows_of(out)} == {"1,5"}
    people.write_text('n,note\n"1,234",1\n1.234,2\n', encoding="utf-8")
    known.advise_file(people, out, keep=["n", "note"])
    assert [row["n"] for row in rows_of(out)] == [1.234]
    assert rejects_of(out) == {1: told(known, {"n": "1,234"})}


def test_ndjson_as_programs_write_it(article: KnowledgeBase, tmp_path: Path) -> None:
    text = "\ufeff" + as_ndjson([ANNA, {"body_mass": "64 kg", **ANNA}]).replace("\n", "\r\n \r\n")
    (tmp_path / "people.jsonl").write_text(text, encoding="utf-8", newline="")
    article.advise_file(tmp_path / "people.jsonl", tmp_path / "advice.csv")
    expected = shown(article, ANNA)
    assert rows_of(tmp_path / "advice.csv") == [{"row": 1, **expected}, {"row": 2, **expected}]


@pytest.mark.parametrize("written", ["csv", "ndjson"])
def test_text_may_be_zipped(written: str, article: KnowledgeBase, tmp_path: Path, capsys: Capsys) -> None:
    plain = write_people(tmp_path / f"people.{written}", [ANNA] * 1000, article).read_bytes()
    file, out = tmp_path / f"people.{written}.gz", tmp_path / "advice.parquet"
    file.write_bytes(gzip.compress(plain))
    assert article.advise_file(file, out).advised == 1000
    out.unlink()
    file.write_bytes(gzip.compress(plain)[:-20])
    result = ran(capsys, "batch", str(file), "--out", str(out))
    assert result.code == ExitCode.BAD_FACTS
    assert f"`{file}` cannot be unzipped" in result.err
    assert not out.exists()


FILES = {
    "people.csv": {
        b"": "the first line is empty; it has to hold the names of the columns",
        b"\ngoal\n": "the first line is empty",
        b"age,age\n": "the column `age` is there twice",
        b"row,age\n": "there is a column `row`, and that is what the number of a row is called here",
        b"age,nmae\n": "the column `nmae` is neither a fact that can be stated nor kept",
        b"in_scope\n": "the column `in_scope` is neither a fact that can be stated nor kept",
        "âge\n".encode("latin-1"): "the first line is not UTF-8 text; save the table as CSV in UTF-8",
        b"age\rgoal\r": "the lines do not end as lines of text do now; save the table as CSV again",
        b'"age\n31\n': "the first line cannot be read as CSV: unexpected end of data",
        b'age,sex\n"' + b"31,male\n" * 500_000: "a row is longer than 1,048,576 bytes; perhaps a quote",
        b"a" * 2_000_000: "the first line is longer than 1,048,576 bytes",
    },
    "people.ndjson": {
        b'[{"age": 31}]': "this is a JSON list; write one JSON object a line, without commas between them",
        b'{"nmae": "Anna"}': "`nmae` is neither a fact that can be stated nor kept",
        b'{"age": 31}\n{"age": ' + b" " * 2_000_000 + b"31}": "a line is longer than 1,048,576 bytes",
    },
    "people.parquet": {
        b"": "this cannot be read as Parquet",
        b"age\n31\n": "this cannot be read as Parquet",
    },
    "people.xlsx": {b"": "`people.xlsx` does not say what kind of table it is; allowed: .csv"},
    "people.parquet.gz": {b"": "is Parquet in gzip, which cannot be read in parts; unzip it first"},
    "people.csv.gz": {b"age\n31\n": "cannot be unzipped: Not a gzipped file"},
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_table_of_people_is_refused_in_one_sentence(
    name: str, tmp_path: Path, capsys: Capsys
) -> None:
    file, out = tmp_path / name, tmp_path / "advice.csv"
    out.write_text("what was there")
    for data, says in FILES[name].items():
        file.write_bytes(data)
        result = ran(capsys, "batch", str(file), "--out", str(out))
        assert (result.code, result.out) == (ExitCode.BAD_FACTS, "")
        assert says in result.err
    assert out.read_text() == "what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "advice.csv"])


def test_a_folder_is_no_table(tmp_path: Path, capsys: Capsys) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    result = ran(capsys, "batch", str(folder), "--out", str(tmp_path / "advice.csv"))
    assert result.code == ExitCode.BAD_FACTS
    assert f"`{folder}` cannot be read" in result.err


@pytest.mark.parametrize("written", FORMATS)
def test_nobody_gets_no_advice(written: str, article: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / f"people.{written}"
    if written == "parquet":
        pl.DataFrame({"age": []}, schema={"age": pl.Float64}).write_parquet(file)
    else:
        file.write_text("age\n" if written == "csv" else "\n\n")
    for into in FORMATS:
        out = tmp_path / f"advice.{into}"
        assert article.advise_file(file, out).advised == 0
        assert rows_of(out) == []
    assert list(pl.read_parquet(tmp_path / "advice.parquet").columns)[:2] == ["row", "in_scope"]


KEPT: Mapping[str, list[Any]] = {
    "name": ["Anna, \"A\"\nde 'Vries'", "Bo", None],
    "number": [1, None, 2**53 + 1],
    "share": [0.1, None, 1e-7],
    "member": [True, False, None],
    "born": [date(1995, 2, 3), None, date(1900, 1, 1)],
    "seen": [datetime(2026, 11, 22, 10, 30, 0, 123456), None, None],
    "nothing": [None, None, None],
    "age": [31, 40, None],
}


def test_what_is_kept_of_parquet_is_passed_on_as_it_is(article: KnowledgeBase, tmp_path: Path) -> None:
    # The second row is read by itself, and keeps what it has all the same.
    table = pl.DataFrame({**KEPT, "body_mass": ["64", "141 lb", "nothing"]})
    table.write_parquet(tmp_path / "people.parquet")
    article.advise_file(tmp_path / "people.parquet", tmp_path / "advice.parquet", keep=list(KEPT))
    passed = pl.read_parquet(tmp_path / "advice.parquet").select(list(KEPT))
    assert passed.equals(table.head(2).select(list(KEPT)).with_columns(pl.col("age").cast(pl.Float64)))


def test_nanoseconds_are_kept(article: KnowledgeBase, tmp_path: Path) -> None:
    seen = pa.array([1, 2, 3], pa.timestamp("ns"))
    pq.write_table(pa.table({"seen": seen, "age": ["31", "31 year", "x"]}), tmp_path / "people.parquet")
    article.advise_file(tmp_path / "people.parquet", tmp_path / "advice.parquet", keep=["seen"])
    assert pl.read_parquet(tmp_path / "advice.parquet")["seen"].cast(pl.Int64).to_list() == [1, 2]


@pytest.mark.parametrize(
    ("kept", "passed", "refused"),
    [
        ([1, 2, None], [1, 2, None], []),
        ([1, "x", True, 2.5], [1], [2, 3, 4]),
        ([0.5, 1, None, True], [0.5, 1.0, None], [4]),
        ([True, 1], [True], [2]),
        (["a", 5, None, {"b": [1]}], ["a", "5", None, '{"b": [1]}'], []),
        ([None, None, 5], [None, None, 5], []),
    ],
)
def test_what_is_kept_of_json_has_the_type_of_the_first_lines(
    kept: list[Any],
    passed: list[Any],
    refused: list[int],
    article: KnowledgeBase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(from_ndjson, "FIRST", 1 if refused else 1000)
    (tmp_path / "people.ndjson").write_text(as_ndjson({"age": 31, "id": value} for value in kept))
    out = tmp_path / "advice.ndjson"
    article.advise_file(tmp_path / "people.ndjson", out, keep=["id"])
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == passed
    assert list(rejects_of(out)) == refused


def test_what_is_not_there_cannot_be_kept(article: KnowledgeBase, tmp_path: Path) -> None:
    for written in FORMATS:
        file = write_people(tmp_path / f"people.{written}", [{"id": 1, "age": 31}], article)
        with pytest.raises(FactError, match="nmae"):
            article.advise_file(file, tmp_path / "advice.csv", keep=["id", "nmae"])


@pytest.mark.parametrize("written", FORMATS)
def test_all_numbers_of_a_fact_may_be_in_another_unit(
    written: str, article: KnowledgeBase, tmp_path: Path, capsys: Capsys
) -> None:
    chance = random.Random(3)
    masses = [180, 54.5, 700, *(round(chance.uniform(60, 760), chance.randrange(6)) for _ in range(200))]
    people = [{**ANNA, "body_mass": mass} for mass in masses]
    file = write_people(tmp_path / f"people.{written}", people, article)
    out = tmp_path / "advice.parquet"
    result = ran(capsys, "batch", str(file), "--out", str(out), "--unit", "body_mass=lb")
    assert result.code == ExitCode.OK
    advised = {row["row"]: row for row in rows_of(out)}
    for number, mass in enumerate(masses, 1):
        alone = {**ANNA, "body_mass": f"{float(mass) if written == 'parquet' else mass} lb"}
        if number in advised:
            assert advised[number] == {"row": number, **shown(article, alone)}
        else:
            assert rejects_of(out)[number] == told(article, alone)
    assert 0 < len(rejects_of(out)) < 50


def test_a_cell_with_its_own_unit_keeps_it(article: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("body_mass\n180\n180 lb\n80 kg\n80000 g\n")
    out = tmp_path / "advice.csv"
    article.advise_file(tmp_path / "people.csv", out, units={"body_mass": "lb"}, keep=["body_mass"])
    assert [row["body_mass"] for row in rows_of(out)] == [81.6466266, 81.6466266, 80, 80]


def test_a_decimal_is_the_nearest_double_as_for_one_person(article: KnowledgeBase, tmp_path: Path) -> None:
    masses = pa.array(["350.00000000000000001", "350.00000000000010000"]).cast(pa.decimal128(30, 17))
    pq.write_table(pa.table({"body_mass": masses}), tmp_path / "people.parquet")
    counts = article.advise_file(tmp_path / "people.parquet", tmp_path / "advice.csv")
    assert article.checked({"body_mass": masses[0].as_py()}) == {"body_mass": 350}
    assert rejects_of(tmp_path / "advice.csv") == {2: told(article, {"body_mass": masses[1].as_py()})}
    assert counts.advised == 1


@pytest.mark.parametrize(
    ("unit", "code", "says"),
    [
        ("body_mass=stone of", ExitCode.BAD_FACTS, "numbers of `body_mass` cannot be in `stone of`"),
        ("body_mass=h", ExitCode.BAD_FACTS, "its unit is kg"),
        ("goal=kg", ExitCode.BAD_FACTS, "`goal` is not a number that can be stated"),
        ("body_mas=lb", ExitCode.BAD_FACTS, "did you mean `body_mass`?"),
        ("body_mass", ExitCode.USAGE, "has to be FACT=UNIT, such as length=cm"),
    ],
)
def test_a_unit_that_does_not_measure_the_fact(
    unit: str, code: ExitCode, says: str, tmp_path: Path, capsys: Capsys
) -> None:
    (tmp_path / "people.csv").write_text("body_mass\n180\n")
    out = tmp_path / "advice.csv"
    result = ran(capsys, "batch", str(tmp_path / "people.csv"), "--out", str(out), "--unit", unit)
    assert result.code == code
    assert says in result.err
    assert not out.exists()


def test_strict_stops_at_the_first_bad_row_and_writes_nothing(tmp_path: Path, capsys: Capsys) -> None:
    file, out = tmp_path / "people.csv", tmp_path / "advice.csv"
    file.write_text("goal,age\nother,31\nother\nother,300\n")
    result = ran(capsys, "batch", str(file), "--out", str(out), "--strict")
    assert result.code == ExitCode.BAD_FACTS
    assert result.err == f"error: row 2 of {file}: it has 1 cell, and there are 2 columns\n"
    assert list(tmp_path.iterdir()) == [file]


def test_no_file_is_written_over_another(tmp_path: Path, capsys: Capsys) -> None:
    file, out = tmp_path / "people.csv", tmp_path / "advice.csv"
    file.write_text("age\n31\n")
    (tmp_path / "link.csv").symlink_to(file)
    for arguments in (
        (str(file), "--out", str(file)),
        (str(file), "--out", str(tmp_path / "link.csv")),
        (str(file), "--out", str(out), "--rejects", str(file)),
        (str(file), "--out", str(out), "--rejects", str(out)),
    ):
        result = ran(capsys, "batch", *arguments)
        assert result.code == ExitCode.BAD_FACTS
        assert "would be written over; write to another file" in result.err
    assert file.read_text() == "age\n31\n"
    assert not out.exists()


def test_an_output_that_cannot_be_written(tmp_path: Path, capsys: Capsys) -> None:
    (tmp_path / "people.csv").write_text("age\n31\n")
    out = tmp_path / "no such folder" / "advice.csv"
    result = ran(capsys, "batch", str(tmp_path / "people.csv"), "--out", str(out))
    assert result == Ran(ExitCode.CANNOT_WRITE, "", f"error: No such file or directory: {out}\n")
    result = ran(capsys, "batch", str(tmp_path / "people.csv"), "--out", str(tmp_path / "advice.txt"))
    assert "`advice.txt` does not say what kind of table it is" in result.err


@pytest.mark.parametrize("written", FORMATS)
def test_where_a_chunk_ends_changes_nothing(
    written: str,
    article: KnowledgeBase,
    people: list[Stated],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = write_people(tmp_path / f"people.{written}", people[:120], article)
    if written != "parquet":
        lines = file.read_bytes().splitlines(keepends=True)
        broken = b"a,b\n" if written == "csv" else b"null\n"
        lines[10:10] = [broken] * 3
        lines[60:60] = [b"\n", broken, b"\xff\n", b"\n"]
        file.write_bytes(b"".join(lines) + (b'"open\n' if written == "csv" else b"{"))
    whole, parts = tmp_path / "whole.csv", tmp_path / "parts.csv"
    counts = article.advise_file(file, whole, keep=["id"])
    assert counts.advised + counts.refused == (120 if written == "parquet" else 126)
    for size in (13, 50):
        monkeypatch.setattr(from_parquet, "ROWS", size)
        monkeypatch.setattr(from_ndjson, "BLOCK", size * 300)
        monkeypatch.setattr(from_csv, "BLOCK", size * 200)
        monkeypatch.setattr(from_csv, "ROWS", size)
        article.advise_file(file, parts, keep=["id"])
        assert rows_of(parts) == rows_of(whole)
        assert rejects_of(parts) == rejects_of(whole)


@contextmanager
def endless(path: Path, first: str, line: str) -> Iterator[None]:
    """A named pipe out of which, after a first line, the same one comes for ever."""
    os.mkfifo(path)

    def write() -> None:
        try:
            with path.open("w") as pipe:
                pipe.write(first)
                while True:
                    pipe.write(line * 1000)
        except BrokenPipeError:
            pass

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    yield
    writer.join(10)
    assert not writer.is_alive()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    ("written", "first", "line"),
    [("csv", "age,note\n", f"31,{'x' * 1000}\n"), ("ndjson", "", json.dumps({"note": "x" * 1000}) + "\n")],
    ids=["csv", "ndjson"],
)
def test_an_interrupted_run_leaves_what_was_there(
    written: str, first: str, line: str, end: signal.Signals, tmp_path: Path
) -> None:
    file, out = tmp_path / f"people.{written}", tmp_path / "advice.csv"
    out.write_text("what was there")
    arguments = [COMMAND, "batch", str(file), "--out", str(out), "--keep", "note"]
    with (
        endless(file, first, line),
        subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process,
    ):
        while not _growing(tmp_path):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(end)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (ExitCode.INTERRUPTED, "\ninterrupted\n")
    assert out.read_text() == "what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["advice.csv", file.name]


def _growing(folder: Path) -> bool:
    """Whether advice is being written to a temporary file."""
    return any(path.stat().st_size > 0 for path in folder.glob(".advice.csv.*"))


def test_a_full_disk_leaves_what_was_there(
    article: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    file = write_people(tmp_path / "people.csv", [ANNA], article)
    out, rejects = tmp_path / "advice.parquet", tmp_path / "advice.rejects.csv"
    for old in (out, rejects):
        old.write_text("what was there")
    calls = iter([None, OSError(28, "No space left on device")])

    def fsync(_: int) -> None:
        if (error := next(calls)) is not None:
            raise error

    monkeypatch.setattr(os, "fsync", fsync)
    result = ran(capsys, "batch", str(file), "--out", str(out))
    assert result.code == ExitCode.CANNOT_WRITE
    assert "No space left on device" in result.err
    assert {old.read_text() for old in (out, rejects)} == {"what was there"}
    assert len(list(tmp_path.iterdir())) == 3


def _on_a_terminal(arguments: list[str]) -> str:
    """What a command shows on a terminal."""
    here, there = pty.openpty()
    with subprocess.Popen(arguments, stdin=there, stdout=there, stderr=there) as process:
        os.close(there)
        shown = b""
        try:
            while data := os.read(here, 4096):
                shown += data
        except OSError:  # what Linux gives at the end
            pass
    os.close(here)
    assert process.returncode == 0
    return shown.decode()


@pytest.mark.no_cover
@pytest.mark.parametrize("written", FORMATS)
def test_a_terminal_shows_how_far_it_is(written: str, article: KnowledgeBase, tmp_path: Path) -> None:
    file = write_people(tmp_path / f"people.{written}", [ANNA] * 100, article)
    command = [COMMAND, "batch", str(file), "--out", str(tmp_path / "advice.csv")]
    on_terminal = _on_a_terminal(command)
    assert "advising" in on_terminal
    assert "100%" in on_terminal
    assert "100 rows with advice" in on_terminal
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "advising" not in piped.stdout + piped.stderr


def test_explaining_a_row_is_advising_that_person(
    article: KnowledgeBase, people: list[Stated], tmp_path: Path, capsys: Capsys
) -> None:
    for written in FORMATS:
        file = write_people(tmp_path / f"people.{written}", people[:30], article)
        for row in (1, 12, 30):
            person = tmp_path / "person.json"
            person.write_text(json.dumps(_facts(people[row - 1])))
            arguments = ("--lang", "en", "--format", "json")
            explained = ran(capsys, "explain-row", str(file), str(row), "--keep", "id", *arguments)
            assert explained == ran(capsys, "advise", str(person), *arguments)


def test_a_row_that_cannot_be_explained(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "people.csv"
    file.write_text("age,goal\n31,other\n300,other\n31\n")
    for row, code, says in (
        ("2", ExitCode.BAD_FACTS, "`age` is 300, which is outside what is allowed; allowed: 0 to 120 year"),
        ("3", ExitCode.BAD_FACTS, "row 3 cannot be read: it has 1 cell, and there are 2 columns"),
        ("4", ExitCode.BAD_FACTS, f"`{file}` has no row 4; its rows are 1 to 3"),
        ("0", ExitCode.USAGE, "0 is not in the range x>=1"),
        ("x", ExitCode.USAGE, "'x' is not a valid integer"),
    ):
        result = ran(capsys, "explain-row", str(file), row)
        assert (result.code, result.out) == (code, "")
        assert says in result.err


def test_a_row_in_other_units_is_explained_in_them(tmp_path: Path, capsys: Capsys) -> None:
    file, person = tmp_path / "people.csv", tmp_path / "person.json"
    file.write_text("body_mass,name\n180,Anna\n")
    person.write_text('{"body_mass": "180 lb"}')
    explained = ran(capsys, "explain-row", str(file), "1", "--keep", "name", "--unit", "body_mass=lb")
    assert explained == ran(capsys, "advise", str(person))


# Only what has enough behind it.


@pytest.mark.parametrize("written", FORMATS)
def test_what_has_too_little_support_is_left_out_and_listed(
    written: str, article: KnowledgeBase, people: list[Stated], tmp_path: Path, capsys: Capsys
) -> None:
    file = write_people(tmp_path / f"people.{written}", people[:60], article)
    out = tmp_path / f"advice.{written}"
    policy = ("--min-support", "partly", "--hide-uncited")
    assert ran(capsys, "batch", str(file), "--out", str(out), "--keep", "id", *policy).code == 0
    rows = rows_of(out)
    assert [row["id"] for row in rows] == [person["id"] for person in people[:60]]
    for person, row in zip(people, rows, strict=False):
        advice = article.advise(_facts(person), min_support="partly")
        left_out = [text.partition(": ")[0] for text in row.get("left_out", "").split("; ") if text]
        assert left_out == [item.id for item in advice.left_out]
        given = {name.removesuffix(".verdict") for name in row if name.endswith(".verdict")}
        undecided = {item.id for item in advice.undecided}
        assert given == undecided | {item.id for item in advice.recommendations}
    assert any("left_out" in row for row in rows)


def test_a_row_is_explained_with_what_was_left_out(
    article: KnowledgeBase, tmp_path: Path, capsys: Capsys
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(as_csv([ANNA]), encoding="utf-8")
    for policy, asked in (
        (("--min-support", "supports"), {"min_support": "supports"}),
        (("--hide-uncited",), {"hide_uncited": True}),
    ):
        explained = ran(capsys, "explain-row", str(file), "1", "--format", "json", *policy)
        advice = article.advise(ANNA, **asked)
        assert advice.left_out
        assert json.loads(explained.out) == advice.to_dict()


def test_a_support_that_there_is_not(tmp_path: Path, capsys: Capsys) -> None:
    file, out = tmp_path / "people.csv", tmp_path / "advice.csv"
    file.write_text(as_csv([ANNA]), encoding="utf-8")
    for command in (
        ("batch", str(file), "--out", str(out)),
        ("batch", str(file), "--out", str(out), "--engine", "spark"),
        ("explain-row", str(file), "1"),
    ):
        result = ran(capsys, *command, "--min-support", "partially")
        assert result.code == ExitCode.USAGE
        assert result.err == "error: `partially` is not a support; did you mean `partly`?\n"
    assert not out.exists()
