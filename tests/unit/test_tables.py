"""A table of people gets what each of them would get alone, on every engine, and no row is lost."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.conformance.small import small
from tests.people import random_person
from wellfounded import ConflictError, FactError, KnowledgeBase, ReasonerError
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


@pytest.mark.no_cover
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


@pytest.mark.no_cover
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
    names = ["kept 0", "rule 0 holds", "body_mass stated", "test 0", "énergie", "age", "*", "^a.*$", "Age"]
    table = pl.DataFrame({name: [30 + place] for place, name in enumerate(names)})
    kept = article.advise_table(table, keep=names)
    assert kept[:, : len(names)].equals(table)


def test_what_is_kept_is_there_and_is_no_result(article: KnowledgeBase) -> None:
    table = pl.DataFrame({"age": [30], "problems": ["x"]})
    for keep, says in ((["nmae"], "no column `nmae` to keep"), (["problems"], "a result has that name")):
        with pytest.raises(FactError) as caught:
            article.advise_table(table, keep=keep)
        assert says in str(caught.value)


def test_where_case_is_ignored_no_two_columns_differ_only_in_case(article: KnowledgeBase) -> None:
    for columns, says in (
        ("30 as age, 5 as q, 7 as Age", "the columns `age` and `Age` are one to this engine"),
        ("30 as age, 5 as In_Scope", "the column `In_Scope` cannot be kept: a result has that name"),
    ):
        with pytest.raises(FactError) as caught:
            article.advise_table(duckdb.sql(f"select {columns}"), keep=["q", "Age", "In_Scope"])
        assert says in str(caught.value)
    kept = article.advise_table(duckdb.from_arrow(pa.table({"Age": [7]})), keep=["Age"])
    assert kept.fetchall()[0][0] == 7


def test_rules_whose_ids_differ_only_in_case_are_two_rules(tmp_path: Path) -> None:
    knowledge_base = small(CASES, tmp_path)
    people = pl.DataFrame({"hours": [4.0, 6.0, 8.0, None]})
    verdicts = ["do", "undecided", None, "undecided"]
    assert knowledge_base.advise_table(people)["bed.verdict"].to_list() == verdicts
    assert knowledge_base.advise_table(duckdb.from_arrow(people.to_arrow())).fetchall() == [
        (verdict, None) for verdict in verdicts
    ]


CASES = """
facts:
  hours: {type: number, span: [0, 24], step: 1, label: {en: h}, question: {en: "How many?"}}
  ill: {type: boolean, label: {en: i}, question: {en: "Ill?"}}
rules:
  - id: rest
    topic: bed
    title: {en: t}
    when: {hours: {below: 5}}
    advise: do
    says: {en: s}
    because: [so]
  - id: Rest
    topic: bed
    title: {en: t}
    when: {hours: {below: 7}, ill: true}
    advise: do
    says: {en: s}
    because: [so]
"""


def test_results_of_one_name_cannot_be_a_table(tmp_path: Path) -> None:
    one_name = CASES.replace("    topic: bed\n", "")
    knowledge_base = small(one_name, tmp_path / "case")
    people = pl.DataFrame({"hours": [4.0]})
    assert knowledge_base.advise_table(people).row(0) == ("do", "undecided", None)
    with pytest.raises(ReasonerError, match=r"the results `rest.verdict` and `Rest.verdict`"):
        knowledge_base.advise_table(duckdb.from_arrow(people.to_arrow()))
    taken = (
        CASES + "  - {id: p, title: {en: t}, when: {ill: true}, conclude: {problems: true}, because: [so]}\n"
    )
    taken = taken.replace("rules:", "  problems: {type: boolean, derived: true, label: {en: p}}\nrules:")
    with pytest.raises(ReasonerError, match="the results `problems` and `problems`"):
        small(taken, tmp_path / "taken").advise_table(people)


def test_where_nothing_is_advised_there_is_still_a_row_for_each(tmp_path: Path) -> None:
    knowledge_base = small(CASES.partition("rules:")[0], tmp_path)
    people = pl.DataFrame({"ill": [True, None]})
    nothing = [{"problems": None}] * 2
    assert knowledge_base.advise_table(people).to_dicts() == nothing
    assert knowledge_base.advise_table(duckdb.from_arrow(people.to_arrow())).pl().to_dicts() == nothing


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", [pl.DataFrame, pl.LazyFrame, lambda data: duckdb.from_arrow(pa.table(data))])
def test_hundreds_of_rules_may_have_one_topic(kind: Callable[[Any], Any], tmp_path: Path) -> None:
    rule = (
        "{{id: r{0}, topic: t, title: {{en: t}}, when: {{hours: {{at_least: {0}}}, ill: true}}, "
        "advise: {1}, says: {{en: s}}, because: [so]}}"
    )
    rules = [rule.format(place / 10, "avoid" if place == 220 else "do") for place in range(230)]
    rules = [text.replace(f"id: r{place / 10}", f"id: r{place}") for place, text in enumerate(rules)]
    text = CASES.partition("rules:")[0] + "rules:\n" + "".join(f"  - {rule}\n" for rule in rules)
    knowledge_base = small(text, tmp_path)
    people = {"hours": [21.9, 22.0], "ill": [True, True]}
    table = nw.from_native(knowledge_base.advise_table(kind(people))).lazy().collect("polars").to_native()
    with pytest.raises(ConflictError) as alone:
        knowledge_base.advise({"hours": 22.0, "ill": True})
    assert table.sort("problems", nulls_last=False).rows() == [("do", None), (None, str(alone.value))]


def test_a_decimal_is_the_nearest_double_alone_as_in_a_table(article: KnowledgeBase) -> None:
    chance = random.Random(8)
    masses = [Decimal(chance.randrange(25 * 10**15, 350 * 10**15)).scaleb(-15) for _ in range(20000)]
    masses.append(Decimal("350.000000000000001"))
    people = pl.DataFrame({"body_mass": masses, "protein_intake": masses}, strict=False)
    table = article.advise_table(people.cast(pl.Decimal(38, 15)))
    alone = [article.reason({"body_mass": m, "protein_intake": m})["protein_per_kg"] for m in masses]
    assert table["protein_per_kg"].to_list() == alone


def test_pandas_where_nothing_is_known_or_nothing_can_be_read(article: KnowledgeBase) -> None:
    unknown = pd.DataFrame({"age": [None, None], "stress": [float("nan")] * 2, "healthy": [None, None]})
    assert article.advise_table(unknown)["problems"].isna().all()
    for table, says in (
        (pd.DataFrame({"age": pd.Series([30, "x"], dtype=object)}), "'x'"),
        (pd.DataFrame([[30, 31]], columns=["age", "age"]), "a name of its own"),
        (pa.table([[30], [31]], names=["age", "age"]), "a name of its own"),
        (pa.table({"age": pa.array([30], pa.decimal256(50, 2))}), "the table cannot be read"),
        (pd.DataFrame(index=range(3)), "the table has no columns"),
    ):
        with pytest.raises(FactError) as caught:
            article.advise_table(table)
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
