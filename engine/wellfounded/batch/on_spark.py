"""The same run on Spark, past one machine: a directory of advice and one of refused rows.

Only expressions go to the cluster; its machines need neither this package nor what it needs. A cell is read
as elsewhere, but a number is a plain number: ``180 lb`` is not converted, the row is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException, PySparkRuntimeError
from pyspark.sql import Column, DataFrame, Observation, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.types import BooleanType, DoubleType, StringType, StructField, StructType

from wellfounded.advise.policy import EvidencePolicy
from wellfounded.batch.checking import GROUPED, NUMBER, WITH_COMMA
from wellfounded.batch.chunk import ROW, refused
from wellfounded.batch.counts import Counts
from wellfounded.batch.formats import Format, format_of
from wellfounded.batch.from_csv import decimal_mark, header
from wellfounded.load.as_written import NO, YES
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.errors import ReasonerError
from wellfounded.table.query import PROBLEMS
from wellfounded.table.tables import Tables

# Names that no column of a file is likely to have; kept columns may have any.
_WRITTEN = "row as written"
_REASON = "reason it is refused"

_SETTINGS = {
    "spark.sql.codegen.hugeMethodLimit": "8000",  # longer methods are never compiled, and run far slower
    "spark.ui.showConsoleProgress": "true",
}
_TYPES = {FactType.BOOLEAN: BooleanType(), FactType.NUMBER: DoubleType(), FactType.CHOICE: StringType()}


def advise_on_spark(
    tables: Tables,
    people: str,
    out: str,
    *,
    master: str | None = None,
    rejects: str | None = None,
    keep: Iterable[str] = (),
    strict: bool = False,
    policy: EvidencePolicy | None = None,
) -> Counts:
    """Advice for every row of a file, or of the files of a directory, as a directory of files.

    Paths may be of any file system that Spark reads. ``rejects`` has the columns ``row``, ``reason`` and
    ``stated``; without it, it stands beside ``out``. Both are moved to their places when they are whole, and
    neither may be there before. Raises as ``run.advise_file`` does, and ``ReasonerError`` where there is no
    Spark.
    """
    refusals = rejects or f"{out.rsplit('.', 1)[0]}.rejects.csv"
    kept = tuple(keep)
    form = format_of(Path(out))
    if out == refusals:
        raise refused("the advice and the rows that are refused would be one directory", "name two")
    with _session(master) as spark, _explained(people):
        for path in (out, refusals):
            if _exists(spark, path):
                raise refused(f"`{path}` is there already", "remove it, or write elsewhere")
        rows = _rows(spark, tables.content, people, kept)
        table = tables.advise(rows, (ROW, _REASON, _WRITTEN, *kept), policy)
        reason = sql.concat_ws("; ", sql.col(_quoted(_REASON)), sql.col(PROBLEMS))
        stated = sql.col(_quoted(_WRITTEN)).alias("stated")
        bad = table.where(reason != "").select(ROW, reason.alias("reason"), stated)
        good = table.where(reason == "").drop(PROBLEMS, _REASON, _WRITTEN)
        if strict:
            _stop_at_first(bad, people)
        with _moved(spark, out) as advice, _moved(spark, refusals) as reasons:
            return Counts(_write(good, advice, form), _write(bad, reasons, Format.CSV), refusals)


def _rows(spark: SparkSession, content: Content, people: str, keep: tuple[str, ...]) -> DataFrame:
    """Every row with its number, its facts as values of their types, what is kept, and why it is refused."""
    facts, mark = [fact for fact in content.facts.values() if fact.can_be_stated], "."
    match format_of(Path(people.removesuffix(".gz"))):
        case Format.CSV:
            cells, mark = _csv(spark, people)
        case Format.NDJSON:
            cells = _ndjson(spark, people, facts, keep)
        case Format.PARQUET:
            cells = spark.read.parquet(people).withColumn(_REASON, sql.lit(None).cast("string"))
    source = [name for name in cells.columns if name not in (_REASON, _WRITTEN)]
    if any(name.lower() == ROW for name in source):
        raise refused(f"there is a column `{ROW}`, and that is what the number of a row is called here")
    if _WRITTEN not in cells.columns:
        cells = cells.withColumn(
            _WRITTEN, sql.to_json(sql.struct(*(sql.col(_quoted(name)) for name in source)))
        )
    numbered = cells.zipWithIndex(ROW)
    read = [_cell(fact, cells, mark) for fact in facts if fact.id in source]
    others = [sql.col(_quoted(name)) for name in source if name not in {fact.id for fact, _, _ in read}]
    reasons = [sql.col(_quoted(_REASON)), *(reason for _, _, reason in read)]
    return numbered.select(
        (sql.col(ROW) + 1).alias(ROW),
        *(value.alias(fact.id) for fact, value, _ in read),
        *others,
        sql.concat_ws("; ", *reasons).alias(_REASON),
        sql.col(_quoted(_WRITTEN)),
    )


def _cell(fact: Fact, cells: DataFrame, mark: str) -> tuple[Fact, Column, Column]:
    """A fact's column as values of its type, and for what has none the reason."""
    column = sql.col(fact.id)
    if not isinstance(cells.schema[fact.id].dataType, StringType) or fact.type is FactType.CHOICE:
        return fact, column, sql.lit(None).cast("string")
    text = sql.trim(column)
    if fact.type is FactType.NUMBER:
        number, wanted = text, "a number"
        if mark == ",":
            number = sql.when(text.rlike(WITH_COMMA), sql.replace(text, sql.lit(","), sql.lit("."))).when(
                ~text.rlike(GROUPED), text
            )
        value = sql.when(number.rlike(f"^{NUMBER.pattern}$"), number.try_cast("double"))
    else:
        word = sql.lower(text)
        value = sql.when(word.isin(*YES), sql.lit(True)).when(word.isin(*NO), sql.lit(False))
        wanted = "true or false"
    before, after = f'`{fact.id}` is "', f'", and has to be {wanted}'
    said = sql.concat(sql.lit(before), sql.substring(column, 1, 60), sql.lit(after))
    return fact, value, sql.when(column.isNotNull() & value.isNull(), said)


def _csv(spark: SparkSession, path: str) -> tuple[DataFrame, str]:
    """The cells as texts, and what stands before decimals in them.

    Rows with too few or too many cells come with a reason.
    """
    first = spark.read.text(path).first()
    line = first[0] if first is not None else ""
    names, delimiter = header(io.BytesIO(line.encode()))
    # As they are written: Spark compares them with the first line of every file.
    written_names = next(csv.reader([line.removeprefix("\ufeff")], delimiter=delimiter))
    schema = StructType([StructField(name, StringType()) for name in [*written_names, _WRITTEN]])
    read = spark.read.csv(
        path,
        schema,
        sep=delimiter,
        header=True,
        enforceSchema=False,
        mode="PERMISSIVE",
        columnNameOfCorruptRecord=_WRITTEN,
        quote='"',
        escape='"',
    )
    ragged = sql.when(sql.col(_quoted(_WRITTEN)).isNotNull(), sql.lit(f"it does not have {len(names)} cells"))
    cells = [_or_unknown(there).alias(name) for there, name in zip(written_names, names, strict=True)]
    as_json = sql.to_json(sql.struct(*cells))
    written = sql.coalesce(sql.col(_quoted(_WRITTEN)), as_json)
    return read.select(*cells, written.alias(_WRITTEN), ragged.alias(_REASON)), decimal_mark(delimiter)


def _or_unknown(name: str) -> Column:
    """A cell of a CSV file, unknown where it is empty."""
    column = sql.col(_quoted(name))
    return sql.when(column != "", column)


def _ndjson(spark: SparkSession, path: str, facts: list[Fact], keep: tuple[str, ...]) -> DataFrame:
    """The values on each line; lines that are no object of such values come with a reason."""
    kept = [name for name in keep if name not in {fact.id for fact in facts}]
    types = [StructField(fact.id, _TYPES[fact.type]) for fact in facts]
    types += [StructField(name, StringType()) for name in [*kept, _WRITTEN]]
    options = {"mode": "PERMISSIVE", "columnNameOfCorruptRecord": _WRITTEN}
    lines = spark.read.text(path).where(sql.trim("value") != "")
    read = lines.select("value", sql.from_json("value", StructType(types), options).alias("read"))
    names = sql.coalesce(sql.json_object_keys("value"), sql.array())
    others = sql.array_except(names, sql.array(*(sql.lit(field.name) for field in types)))
    unlike = sql.col("read").getField(_WRITTEN).isNotNull() | sql.json_object_keys("value").isNull()
    reason = (
        sql.when(
            sql.size(others) > 0,
            sql.concat(sql.lit("`"), others[0], sql.lit("` is not a fact that is known here")),
        )
        .when(sql.size(names) > sql.size(sql.array_distinct(names)), sql.lit("a name is there twice"))
        .when(unlike, sql.lit("it is not a JSON object whose values are of the types of their facts"))
    )
    fields = [sql.col("read").getField(field.name).alias(field.name) for field in types[:-1]]
    return read.select(*fields, sql.col("value").alias(_WRITTEN), reason.alias(_REASON))


def _stop_at_first(bad: DataFrame, people: str) -> None:
    first = bad.orderBy(ROW).first()
    if first is not None:
        raise refused(f"row {first['row']} of {people}: {first['reason']}")


def _write(table: DataFrame, path: str, form: Format) -> int:
    """Writes a directory of files, and says how many rows they have."""
    counting = Observation()
    writer = table.observe(counting, sql.count(sql.lit(1)).alias("rows")).write
    if form is Format.CSV:
        writer.csv(path, header=True, escape='"')
    elif form is Format.NDJSON:
        writer.json(path, ignoreNullFields=False)
    else:
        writer.parquet(path)
    return int(counting.get["rows"])


@contextmanager
def _moved(spark: SparkSession, path: str) -> Iterator[str]:
    """A directory beside ``path`` to write to, which is moved there at the end, or removed."""
    temporary = f"{path}.{uuid4().hex}.part"
    system, source = _path(spark, temporary)
    try:
        yield temporary
        if not system.rename(source, _path(spark, path)[1]):
            raise refused(f"`{path}` cannot be written: {temporary} cannot be moved there")
    finally:
        system.delete(source, True)


def _exists(spark: SparkSession, path: str) -> bool:
    system, found = _path(spark, path)
    return bool(system.exists(found))


def _path(spark: SparkSession, path: str) -> tuple[Any, Any]:
    """A path and its file system, as Hadoop has them."""
    context = spark.sparkContext
    assert context._jvm is not None
    found = context._jvm.org.apache.hadoop.fs.Path(path)
    return found.getFileSystem(context._jsc.hadoopConfiguration()), found


@contextmanager
def _session(master: str | None) -> Iterator[SparkSession]:
    """A session that is there already, which is left as it is, or one of our own, which is ended."""
    there = _session_there()
    if there is not None:
        yield there
        return
    builder = SparkSession.builder.appName("wellfounded batch")
    if master is not None:
        builder = builder.master(master)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkRuntimeError, Py4JJavaError) as error:
        raise ReasonerError(f"Spark cannot start: {_first_line(error)}") from None
    try:
        yield spark
    finally:
        spark.stop()


def _session_there() -> SparkSession | None:
    """The session of this process, whichever thread made it."""
    try:
        return SparkSession.active()
    except PySparkRuntimeError:
        return None


@contextmanager
def _explained(people: str) -> Iterator[None]:
    """Spark's errors as a sentence about the file."""
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        raise refused(f"Spark cannot read `{people}`, or cannot write: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    said = str(error)
    if isinstance(error, Py4JJavaError):  # which itself says only what was called
        cause = error.java_exception
        while cause.getCause() is not None:
            cause = cause.getCause()
        said = str(cause.getMessage())
    return said.strip().partition("\n")[0]


def _quoted(name: str) -> str:
    """A column's name as Spark reads it, which takes a dot for a path."""
    return "`{}`".format(name.replace("`", "``"))
