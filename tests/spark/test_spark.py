"""A table on a Spark cluster: two worker processes give what one process gives alone."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conformance.small import small
from tests.conformance.weighed import PEOPLE, WEIGHED
from tests.people import random_person
from wellfounded import FactError, KnowledgeBase
from wellfounded.model.content import FactType

pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed: install wellfounded[spark]")

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is no `java`"),
]

TYPES = {FactType.BOOLEAN: pl.Boolean, FactType.NUMBER: pl.Float64, FactType.CHOICE: pl.String}
PARTS = 4


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A cluster of two worker processes, each with one core."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  # an extra, and not where the test is skipped

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("wellfounded tests")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.executor.memory": "768m",
        # Work starts when both workers are there, or one would do it all.
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "120s",
        "spark.locality.wait": "0s",
        # Code for a whole stage takes longer to compile than two thousand rows take.
        "spark.sql.codegen.wholeStage": "false",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        # What runs for a minute is not worth compiling well.
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        session = builder.getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return small(FEW, tmp_path_factory.mktemp("few"))


@pytest.fixture(scope="module")
def people(article: KnowledgeBase) -> pl.DataFrame:
    """People of whom much, some or little is known, and a few with values that cannot be used."""
    chance = random.Random(17)
    facts = [fact for fact in article.content.facts.values() if fact.can_be_stated]
    rows = [
        {"name": f"person {place}", **random_person(article.content, chance, chance.choice([1.0, 0.8, 0.4]))}
        for place in range(2000)
    ]
    rows += [
        {"name": "too heavy", "body_mass": 900.0},
        {"name": "no number", "age": float("nan")},
        {"name": "no such choice", "stress": "lots"},
    ]
    return pl.DataFrame(rows, schema={"name": pl.String, **{f.id: TYPES[f.type] for f in facts}})


@pytest.mark.no_cover
def test_two_workers_give_everyone_what_one_process_gives(
    spark: Any, article: KnowledgeBase, people: pl.DataFrame, tmp_path: Path
) -> None:
    for part in range(PARTS):
        people.gather_every(PARTS, part).write_parquet(tmp_path / f"people-{part}.parquet")
    table = spark.read.parquet(str(tmp_path))
    given = article.advise_table(table, keep=["name"])
    assert type(given) is type(table)

    result = pl.from_arrow(given.toArrow())
    assert isinstance(result, pl.DataFrame)
    expected = article.advise_table(people, keep=["name"])
    verdicts = [name for name, dtype in expected.schema.items() if isinstance(dtype, pl.Enum)]
    expected = expected.with_columns(pl.col(verdicts).cast(pl.String))  # Spark has no enumerations
    assert result.schema == expected.schema
    assert result.sort("name").to_dicts() == expected.sort("name").to_dicts()
    assert result.filter(pl.col("problems").is_not_null()).height == 3
    assert min(_tasks_of_workers(spark)) > 0


def _tasks_of_workers(spark: Any) -> list[int]:
    """How many tasks each of the two workers has done."""
    listed = spark.sparkContext._jsc.sc().statusStore().executorList(True)
    executors = [listed.apply(place) for place in range(listed.size())]
    tasks = [executor.completedTasks() for executor in executors if executor.id() != "driver"]
    assert len(tasks) == 2
    return tasks


@pytest.mark.no_cover
def test_a_kept_column_may_have_any_name(spark: Any, article: KnowledgeBase) -> None:
    table = spark.createDataFrame([(1, 31.0), (2, None)], "`person.number` int, age double")
    rows = article.advise_table(table, keep=["person.number"]).collect()
    assert [row["person.number"] for row in rows] == [1, 2]
    assert [row["problems"] for row in rows] == [None, None]


#: Few facts and rules, since Spark takes long to plan many.
FEW = """
facts:
  age: {type: number, span: [0, 120], step: 1, label: {en: a}, question: {en: "How old?"}}
  body_mass: {type: number, span: [25, 350], step: 0.1, label: {en: b}, question: {en: "How heavy?"}}
  healthy: {type: boolean, label: {en: h}, question: {en: "Healthy?"}}
  sex: {type: choice, choices: {female: {en: f}, male: {en: m}}, label: {en: s}, question: {en: "Sex?"}}
  goal:
    type: choice
    choices: {muscle_gain: {en: g}, other: {en: o}}
    label: {en: g}
    question: {en: "What for?"}
  half: {type: number, formula: body_mass / 2, label: {en: half}}
rules:
  - id: grown
    title: {en: t}
    when: {age: {at_least: 18}, goal: muscle_gain, sex: female}
    advise: do
    says: {en: s}
    because: [so]
  - id: slim
    title: {en: t}
    when: {healthy: true}
    target: {of: body_mass, at_most: half}
    says: {lower: {en: s}, keep: {en: s}, meet: {en: s}}
    because: [so]
"""

CELLS = """name;age;body_mass;sex;healthy;goal
Ann;30;80;female;true;muscle_gain
Bob;thirty;80;male;TRUE;muscle_gain
Cor;300;80,5;male;1;muscle_gain
Dee;31;70;femal;true;muscle_gain
Eva;31;;female;Nee;muscle_gain
Fay;31
"Gus; the third";31;81,5;male;WAAR;other
Hal;31;1.234;male;true;other
"""

LINES = """{"name": "Ann", "age": 30, "body_mass": 80.5, "healthy": true, "goal": "muscle_gain"}
{"name": "Bob", "age": "30"}
{"name": "Cor", "age": 300}
{"name": "Dee", "agee": 30}
{"name": "Eva", "age": 30, "age": 31}

{"name": "Fay", "healthy": 1}
[{"name": "Gus"}]
{"name": "Hal", "goal": null, "sex": "male"}
"""


@pytest.mark.parametrize(
    ("file", "text", "advised", "refused"),
    [
        ("people.csv", CELLS, {1: "Ann", 5: "Eva", 7: "Gus; the third"}, [2, 3, 4, 6, 8]),
        ("people.ndjson", LINES, {1: "Ann", 8: "Hal"}, [2, 3, 4, 5, 6, 7]),
    ],
)
def test_a_file_gives_what_it_gives_on_one_machine(
    spark: Any,
    few: KnowledgeBase,
    tmp_path: Path,
    file: str,
    text: str,
    advised: dict[int, str],
    refused: list[int],
) -> None:
    people, out, there = tmp_path / file, tmp_path / "out.parquet", tmp_path / "there.parquet"
    people.write_text(text, encoding="utf-8")
    alone = few.advise_file(people, out, keep=["name"])
    counts = few.advise_on_spark(str(people), str(there), keep=["name"])

    assert (counts.advised, counts.refused) == (alone.advised, alone.refused) == (len(advised), len(refused))
    expected, found = pl.read_parquet(out), pl.read_parquet(there / "*.parquet").sort("row")
    assert dict(zip(found["row"], found["name"], strict=True)) == advised
    assert found.to_dicts() == expected.to_dicts()
    reasons = pl.read_csv(Path(counts.rejects) / "*.csv").sort("row")
    assert reasons["row"].to_list() == refused == pl.read_csv(alone.rejects)["row"].to_list()
    assert all(reasons["reason"])


def test_the_files_of_a_directory_have_one_order_of_columns(
    spark: Any, few: KnowledgeBase, tmp_path: Path
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out.csv"
    people.mkdir()
    (people / "1.csv").write_text("\ufeffage, body_mass,name\n30,80,Ann\n", encoding="utf-8")
    (people / "2.csv").write_text("body_mass,age,name\n80,30,Bob\n", encoding="utf-8")
    with pytest.raises(FactError, match="header"):
        few.advise_on_spark(str(people), str(out), keep=["name"])
    assert not out.exists()
    (people / "2.csv").write_text("age, body_mass,name\n", encoding="utf-8")
    counts = few.advise_on_spark(str(people), str(out), keep=["name"])
    assert (counts.advised, counts.refused) == (1, 0)


def test_names_that_cannot_be_told_apart_are_refused(spark: Any, few: KnowledgeBase, tmp_path: Path) -> None:
    table = spark.createDataFrame([(30.0, 31.0)], "age double, Age double")
    with pytest.raises(FactError, match="the columns `age` and `Age` are one"):
        few.advise_table(table, keep=["Age"])
    (tmp_path / "people.csv").write_text("age,row\n30,1\n", encoding="utf-8")
    with pytest.raises(FactError, match="what the number of a row is called"):
        few.advise_on_spark(str(tmp_path / "people.csv"), str(tmp_path / "out.csv"), keep=["row"])
    with pytest.raises(FactError, match="would be one directory"):
        few.advise_on_spark("people.csv", "out.csv", rejects="out.csv")


def test_a_table_of_values_keeps_its_types(spark: Any, few: KnowledgeBase, tmp_path: Path) -> None:
    table = pl.DataFrame(
        {"body_mass": [80.5, None, 500], "sex": ["male", "female", None], "number": [7, 8, 9]}
    )
    table.write_parquet(tmp_path / "people.parquet")
    few.advise_file(tmp_path / "people.parquet", tmp_path / "out.parquet", keep=["number"])
    few.advise_on_spark(str(tmp_path / "people.parquet"), str(tmp_path / "there.parquet"), keep=["number"])
    expected, found = (
        pl.read_parquet(tmp_path / "out.parquet"),
        pl.read_parquet(tmp_path / "there.parquet/*.parquet"),
    )
    assert found.sort("row").to_dicts() == expected.to_dicts()
    assert found.schema["number"] == pl.Int64


def test_what_has_too_little_support_is_left_out(spark: Any, tmp_path: Path) -> None:
    knowledge_base = small(WEIGHED, tmp_path / "rules")
    types = {"hours": pl.Float64, "weary": pl.Boolean, "child": pl.Boolean}
    people = pl.DataFrame([person for person, _ in PEOPLE], schema=types)
    people.write_parquet(tmp_path / "people.parquet")
    source, out, there = (str(tmp_path / name) for name in ("people.parquet", "out.csv", "there.csv"))
    for policy in ({"min_support": "partly"}, {"hide_uncited": True}):
        alone = knowledge_base.advise_table(people, **policy)
        assert alone["left_out"].count()
        table = knowledge_base.advise_table(spark.read.parquet(source), **policy)
        assert [row.asDict() for row in table.collect()] == alone.to_dicts()
    knowledge_base.advise_file(Path(source), Path(out), min_support="partly")
    knowledge_base.advise_on_spark(source, there, min_support="partly")
    found = pl.read_csv(f"{there}/*.csv").sort("row")
    assert found["left_out"].count()
    assert found.equals(pl.read_csv(out))


def test_nothing_is_written_over_and_nothing_half_written(
    spark: Any, few: KnowledgeBase, tmp_path: Path
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out.csv"
    people.write_text(CELLS, encoding="utf-8")
    with pytest.raises(FactError, match=r'row 2 of .*: `age` is "thirty", and has to be a number'):
        few.advise_on_spark(str(people), str(out), keep=["name"], strict=True)
    with pytest.raises(FactError, match="the column `name` is neither"):
        few.advise_on_spark(str(people), str(out))
    with pytest.raises(FactError, match="Spark cannot read"):
        few.advise_on_spark(str(tmp_path / "nobody.csv"), str(out))
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]
    out.mkdir()
    with pytest.raises(FactError, match=r"out.csv` is there already"):
        few.advise_on_spark(str(people), str(out), keep=["name"])
