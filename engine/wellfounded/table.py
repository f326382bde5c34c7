"""Advice for a table of people: one row in, one row out, on whatever engine the table is.

Every row is checked as a single person is: a row with a value that cannot be used gets its reason in the
column ``problems`` and null everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.typing import IntoFrameT

from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.core import Core
from wellfounded.model.errors import ConflictError, FactError, FactProblem
from wellfounded.model.suggest import suggestion
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.values import plain_number
from wellfounded.reason.to_columns import Columns, hold_column, to_columns

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]

PROBLEMS = "problems"


def advise_table(content: Content, core: Core, table: IntoFrameT, keep: Iterable[str] = ()) -> IntoFrameT:
    """A table of the same kind with, per person, what is derived and what is recommended.

    Columns: those of ``keep`` as they are; every derived fact; per topic ``<topic>.verdict`` (a verdict,
    ``undecided``, or null where it is not given) and for a target on a number ``<topic>.low`` and
    ``<topic>.high``; and ``problems``. Raises ``FactError`` for a column that is no fact and not kept, or
    whose type is not the fact's.
    """
    native, restore = _on_an_engine(table)
    frame: Frame = nw.from_native(native)
    kept = tuple(keep)
    columns = to_columns(core)
    results = [fact.id for fact in content.facts.values() if fact.derived]
    results += [name for name, _ in columns.topics]
    _check_columns(content, frame, kept, [*results, PROBLEMS])
    frame = _with_every_fact(content, frame, kept)
    frame = _computed(columns, frame)
    frame = frame.with_columns(_problems(content, columns).alias(PROBLEMS))
    good = nw.col(PROBLEMS).is_null()
    shown = [nw.when(good).then(nw.col(name)).alias(name) for name in results]
    result: IntoFrameT = restore(frame.select(*kept, *shown, PROBLEMS).to_native())
    return result


def _on_an_engine(table: Any) -> tuple[Any, Callable[[Any], Any]]:
    """The table where it is computed, and the way back.

    Tables of pandas and PyArrow go through Polars: pandas has no null logic of its own, so its NaN becomes
    null, and PyArrow rounds in another way.
    """
    if nw.dependencies.is_pandas_dataframe(table):
        polars = _polars()
        index = table.index
        return (
            polars.from_pandas(table),
            lambda result: result.to_pandas(use_pyarrow_extension_array=True).set_index(index),
        )
    if nw.dependencies.is_pyarrow_table(table):
        return _polars().from_arrow(table), lambda result: result.to_arrow()
    return table, lambda result: result


def _polars() -> Any:
    import polars  # noqa: PLC0415  # an extra, imported where a table needs it

    return polars


def _check_columns(content: Content, frame: Frame, kept: tuple[str, ...], results: list[str]) -> None:
    schema = frame.collect_schema()
    statable = {fact.id: fact for fact in content.facts.values() if fact.can_be_stated}
    problems = []
    for name, dtype in schema.items():
        fact = statable.get(name)
        if fact is not None and not _fits(fact, dtype):
            message = f"the column `{name}` holds {dtype}"
            problems.append(FactProblem(name, message, f"it has to hold {_HOLDS[fact.type]}"))
        elif fact is None and name not in kept:
            message = f"the column `{name}` is neither a fact that can be stated nor kept"
            problems.append(FactProblem(name, message, suggestion(name, statable)))
    for name in kept:
        if name not in schema.names():
            message = f"there is no column `{name}` to keep"
            problems.append(FactProblem(name, message, suggestion(name, schema.names())))
        elif name in results:
            message = f"the column `{name}` cannot be kept: a result has that name"
            problems.append(FactProblem(name, message, "give it another name"))
    if problems:
        raise FactError(tuple(problems))


_HOLDS = {FactType.BOOLEAN: "true or false", FactType.NUMBER: "numbers", FactType.CHOICE: "texts"}


def _fits(fact: Fact, dtype: Any) -> bool:
    if dtype == nw.Unknown:  # a column in which nothing is known has no type on some engines
        return True
    match fact.type:
        case FactType.BOOLEAN:
            return bool(dtype == nw.Boolean)
        case FactType.NUMBER:
            return bool(dtype.is_numeric())
        case FactType.CHOICE:
            return dtype in (nw.String, nw.Categorical, nw.Enum)


def _with_every_fact(content: Content, frame: Frame, kept: tuple[str, ...]) -> Frame:
    """Every fact that can be stated as a column of its type; one nobody stated is all null."""
    names = frame.collect_schema().names()
    columns = []
    for fact in content.facts.values():
        if fact.can_be_stated:
            column = nw.col(fact.id) if fact.id in names else nw.lit(None)
            columns.append(_typed(fact, column).alias(fact.id))
    return frame.select(*(name for name in kept if name not in content.facts), *columns)


def _typed(fact: Fact, column: nw.Expr) -> nw.Expr:
    match fact.type:
        case FactType.BOOLEAN:
            return column.cast(nw.Boolean)
        case FactType.NUMBER:
            return column.cast(nw.Float64)
        case FactType.CHOICE:
            return column.cast(nw.String)


def _problems(content: Content, columns: Columns) -> nw.Expr:
    """Per row, every value that cannot be used and every two rules that disagree; null where none."""
    found = [
        (wrong, f"`{fact.id}`: {says}")
        for fact in content.facts.values()
        if fact.can_be_stated
        for wrong, says in _wrong(fact, content)
    ]
    found += [
        (conflict.test, str(ConflictError(conflict.about, conflict.rules))) for conflict in columns.conflicts
    ]
    sentences = [
        nw.when(wrong).then(nw.lit(says)).otherwise(nw.lit(None, nw.String)) for wrong, says in found
    ]
    joined = nw.concat_str(sentences, separator="; ", ignore_nulls=True)
    return nw.when(joined != nw.lit("")).then(joined).otherwise(nw.lit(None, nw.String))


def _wrong(fact: Fact, content: Content) -> Iterable[tuple[nw.Expr, str]]:
    column = nw.col(fact.id)
    if fact.type is FactType.CHOICE:
        yield ~column.is_in(list(fact.choices)), f"allowed: {', '.join(fact.choices)}"
    elif fact.span is not None and fact.type is FactType.NUMBER:
        low, high = fact.span
        unit = content.units.get(fact.unit, NO_UNIT).shown
        says = f"allowed: {plain_number(low)} to {plain_number(high)} {unit}".rstrip()
        yield ~((column >= low) & (column <= high)) | column.is_nan(), says


def _computed(columns: Columns, frame: Frame) -> Frame:
    for stage in columns.facts:
        frame = frame.with_columns(**dict(stage))
    frame = frame.with_columns(**{hold_column(rule): holds for rule, holds in columns.holds})
    return frame.with_columns(**dict(columns.topics))
