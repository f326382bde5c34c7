"""A table of people gets what each of them would get alone, on every engine, and no row is lost."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from tests.conformance.small import small
from tests.people import random_person
from wellfounded import FactError, KnowledgeBase
from wellfounded.model.content import FactType

TYPES = {FactType.BOOLEAN: pl.Boolean, FactType.NUMBER: pl.Float64, FactType.CHOICE: pl.String}


@pytest.fixture(scope="module")
def people(article: KnowledgeBase) -> pl.DataFrame:
    chance = random.Random(11)
    statable = {f.id: f for f in article.content.facts.values() if f.can_be_stated}
    rows = [
        {"name": f"person {index}", **random_person(article.content, chance, chance.choice([1.0, 0.8, 0.4]))}
        for index in range(3000)
    ]
    schema = {"name": pl.String, **{id: TYPES[fact.type] for id, fact in statable.items()}}
    return pl.DataFrame(rows, schema=schema)


@pytest.fixture(scope="module")
def table(article: KnowledgeBase, people: pl.DataFrame) -> pl.DataFrame:
    return article.advise_table(people, keep=["name"])


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    return {fact: value for fact, value in row.items() if fact != "name"}


def test_every_row_is_what_the_person_gets_alone(
    article: KnowledgeBase, people: pl.DataFrame, table: pl.DataFrame
) -> None:
    for person, row in zip(people.head(1000).to_dicts(), table.head(1000).to_dicts(), strict=True):
        assert row["name"] == person["name"]
        assert row["problems"] is None
        advice = article.advise(_stated(person))
        verdicts = {item.id: str(item.verdict) for item in advice.recommendations}
        verdicts |= {item.id: "undecided" for item in advice.undecided}
        shown = {
            key.removesuffix(".verdict"): value for key, value in row.items() if key.endswith(".verdict")
        }
        assert {topic: verdict for topic, verdict in shown.items() if verdict is not None} == verdicts
        assert {fact: row[fact] for fact in advice.derived} == {f: q.value for f, q in advice.derived.items()}
        for item in advice.recommendations:
            if item.target is not None and item.target.exactly is None:
                assert (row[f"{item.id}.low"], row.get(f"{item.id}.high")) == (
                    item.target.low,
                    item.target.high,
                )


ENGINES: dict[str, Callable[[pl.DataFrame, KnowledgeBase], pl.DataFrame]] = {
    "polars, lazy": lambda people, kb: kb.advise_table(people.lazy(), keep=["name"]).collect(),
    "pyarrow": lambda people, kb: _polars(kb.advise_table(people.to_arrow(), keep=["name"])),
    "pandas": lambda people, kb: pl.from_pandas(kb.advise_table(people.to_pandas(), keep=["name"])),
    "duckdb": lambda people, kb: kb.advise_table(duckdb.from_arrow(people.to_arrow()), keep=["name"]).pl(),
}


def _polars(arrow: Any) -> pl.DataFrame:
    frame = pl.from_arrow(arrow)
    assert isinstance(frame, pl.DataFrame)
    return frame


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same_table(
    engine: str, article: KnowledgeBase, people: pl.DataFrame, table: pl.DataFrame
) -> None:
    given = ENGINES[engine](people, article)
    assert given.columns == table.columns
    assert given.sort("name").to_dicts() == table.sort("name").to_dicts()


def test_the_table_comes_back_as_the_kind_it_was(article: KnowledgeBase, people: pl.DataFrame) -> None:
    few = people.head(3)
    for kind in (few, few.lazy(), few.to_arrow(), few.to_pandas(), duckdb.from_arrow(few.to_arrow())):
        assert type(article.advise_table(kind, keep=["name"])) is type(kind)
    indexed = few.to_pandas().set_index(pd.Index([7, 8, 9]))
    assert list(article.advise_table(indexed, keep=["name"]).index) == [7, 8, 9]


def test_a_bad_row_says_why_and_gets_nothing_else(article: KnowledgeBase) -> None:
    table = pl.DataFrame(
        {
            "goal": ["muscle_gain"] * 4,
            "age": [30, 30, 200, 30],
            "healthy": [True] * 4,
            "body_mass": [80.0, 900.0, float("nan"), None],
            "stress": ["low", "lots", "low", None],
        }
    )
    good, outside, several, unknown = article.advise_table(table).to_dicts()
    assert good["problems"] is None
    assert unknown["problems"] is None
    assert (
        outside["problems"] == "`body_mass`: allowed: 25 to 350 kg; `stress`: allowed: low, moderate, chronic"
    )
    assert several["problems"] == "`age`: allowed: 0 to 120 year; `body_mass`: allowed: 25 to 350 kg"
    assert {value for key, value in outside.items() if key != "problems"} == {None}


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"wieght": [80.0]}, "`wieght` is neither a fact that can be stated nor kept"),
        ({"body_mas": [80.0]}, "did you mean `body_mass`?"),
        ({"in_scope": [True]}, "`in_scope` is neither a fact that can be stated nor kept"),
        ({"age": ["30"]}, "the column `age` holds String; it has to hold numbers"),
        ({"healthy": [1]}, "the column `healthy` holds Int64; it has to hold true or false"),
        ({"diet": [True]}, "it has to hold texts"),
    ],
)
def test_a_column_that_cannot_be_used_is_named(
    columns: dict[str, list[Any]], says: str, article: KnowledgeBase
) -> None:
    with pytest.raises(FactError) as caught:
        article.advise_table(pl.DataFrame(columns))
    assert says in str(caught.value)


def test_a_number_is_checked_as_it_was_stated_and_then_rounded_as_for_one_person(
    article: KnowledgeBase,
) -> None:
    chance = random.Random(5)
    masses = [chance.uniform(25, 350) for _ in range(2000)] + [80.1234567885, 350.0000000001, 24.9999999999]
    table = article.advise_table(pl.DataFrame({"body_mass": masses, "protein_intake": masses}))
    for mass, row in zip(masses, table.to_dicts(), strict=True):
        try:
            alone = article.reason({"body_mass": mass, "protein_intake": mass})
        except FactError:
            assert row["problems"] == "`body_mass`: allowed: 25 to 350 kg"
        else:
            assert (row["problems"], row["protein_per_kg"]) == (None, alone["protein_per_kg"])


def test_dividing_by_a_number_gives_the_same_bits_as_alone(tmp_path: Path) -> None:
    # Polars multiplies by the reciprocal of a single divisor; where nine decimals barely fit, that shows.
    knowledge_base = small(SHARES, tmp_path)
    chance = random.Random(6)
    wholes = [float(chance.randrange(14_000_000)) for _ in range(20000)]
    table = knowledge_base.advise_table(pl.DataFrame({"whole": wholes}))
    reason = knowledge_base.reasoner("python")
    assert table["part"].to_list() == [reason({"whole": whole})["part"] for whole in wholes]


SHARES = """
parameters: {days: {value: 7, claim: so, label: {en: days}}}
facts:
  whole: {type: number, span: [0, 14000000], step: 1, label: {en: w}, question: {en: "How much?"}}
  part: {type: number, formula: whole / days, label: {en: p}}
rules:
  - {id: some, title: {en: t}, when: {part: {above: 1}}, advise: do, says: {en: s}, because: [so]}
"""


def test_what_is_kept_may_have_any_name_but_that_of_a_result(article: KnowledgeBase) -> None:
    names = ["kept 0", "patience holds", "body_mass stated", "test 0", "énergie", "age"]
    table = pl.DataFrame({name: [30] for name in names})
    kept = article.advise_table(table, keep=names)
    assert kept.select(names).equals(table)


def test_what_is_kept_is_there_and_is_no_result(article: KnowledgeBase) -> None:
    table = pl.DataFrame({"age": [30], "problems": ["x"]})
    for keep, says in ((["nmae"], "no column `nmae` to keep"), (["problems"], "a result has that name")):
        with pytest.raises(FactError) as caught:
            article.advise_table(table, keep=keep)
        assert says in str(caught.value)


def test_an_empty_table_and_one_without_facts(article: KnowledgeBase) -> None:
    assert article.advise_table(pl.DataFrame({"age": []}, schema={"age": pl.Float64})).height == 0
    table = article.advise_table(pl.DataFrame({"name": ["a", "b"]}), keep=["name"])
    assert table["patience.verdict"].to_list() == ["undecided"] * 2


def test_loading_the_package_loads_no_table_library() -> None:
    libraries = "{'polars', 'pandas', 'narwhals', 'duckdb', 'durable'}"
    code = f"import sys, wellfounded; print(*{libraries} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == ""
