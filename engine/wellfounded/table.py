"""Advice for a table of people: one row in, one row out, on whatever engine the table is.

Every row is checked as a single person is: a row with a value that cannot be used gets its reason in the
column ``problems`` and null everywhere else.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.typing import IntoFrameT

from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.core import Core
from wellfounded.model.errors import ConflictError, FactError, FactProblem
from wellfounded.model.suggest import suggestion
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.values import decimals_for, plain_number
from wellfounded.reason.to_columns import POLARS, SQL, Columns, Engine, to_columns

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]
Named: TypeAlias = dict[str, nw.Expr]

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
    _check_columns(content, core, frame, kept)
    result: IntoFrameT = restore(_advised(content, core, frame, kept).to_native())
    return result


def _advised(content: Content, core: Core, frame: Frame, kept: tuple[str, ...]) -> Frame:
    engine = POLARS if frame.implementation.is_polars() else SQL
    columns = to_columns(core, engine)
    # Under a name that no id can have, since a kept column may have any name.
    hidden = {name: f"kept {place}" for place, name in enumerate(kept)}
    frame = _with_every_fact(content, frame, hidden)
    # No engine takes a stage in which nothing is computed.
    for stage in filter(None, (_rounded(content, engine), *map(dict, columns.stages))):
        frame = frame.with_columns(**stage)
    problems = _problems(content, columns)
    results = {fact.id: nw.col(fact.id) for fact in content.facts.values() if fact.derived}
    results |= dict(columns.topics)
    passed = {name: nw.col(under) for name, under in hidden.items()}
    if not problems or _none(frame, problems):
        return frame.select(**passed, **results, **{PROBLEMS: nw.lit(None, nw.String)})
    frame = frame.with_columns(**{PROBLEMS: _sentences(problems)})
    good = nw.col(PROBLEMS).is_null()
    shown = {name: nw.when(good).then(result) for name, result in results.items()}
    return frame.select(**passed, **shown, **{PROBLEMS: nw.col(PROBLEMS)})


def _none(frame: Frame, problems: list[tuple[nw.Expr, str]]) -> bool:
    """Whether a table that is at hand has no problem at all, as most have: then no row needs a sentence."""
    if isinstance(frame, nw.LazyFrame):
        return False
    found = frame.select(*(wrong.any().alias(str(place)) for place, (wrong, _) in enumerate(problems)))
    return not any(found.row(0))


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


def _check_columns(content: Content, core: Core, frame: Frame, kept: tuple[str, ...]) -> None:
    schema = frame.collect_schema()
    statable = {fact.id: fact for fact in content.facts.values() if fact.can_be_stated}
    results = {fact.id for fact in content.facts.values() if fact.derived} | {PROBLEMS}
    results |= {name for name, _ in to_columns(core).topics}
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


def _with_every_fact(content: Content, frame: Frame, hidden: dict[str, str]) -> Frame:
    """Every fact that can be stated as a column of its type; one nobody stated is all null."""
    there = frame.collect_schema().names()
    facts = {
        _stated(fact): (nw.col(fact.id) if fact.id in there else nw.lit(None)).cast(_TYPES[fact.type])
        for fact in content.facts.values()
        if fact.can_be_stated
    }
    return frame.select(**{under: _column(frame, name) for name, under in hidden.items()}, **facts)


def _column(frame: Frame, name: str) -> nw.Expr:
    """A column by its name, which Spark would read as the path to a field if it has a dot in it."""
    quoted = name.replace("`", "``")
    return nw.col(f"`{quoted}`" if frame.implementation.is_spark_like() else name)


_TYPES: dict[FactType, Any] = {
    FactType.BOOLEAN: nw.Boolean,
    FactType.NUMBER: nw.Float64,
    FactType.CHOICE: nw.String,
}


def _stated(fact: Fact) -> str:
    """The column with a fact as it was stated: numbers are checked before they are rounded."""
    return f"{fact.id} stated" if fact.type is FactType.NUMBER else fact.id


def _rounded(content: Content, engine: Engine) -> Named:
    return {
        fact.id: engine.rounded(nw.col(_stated(fact)), decimals_for(*fact.span))
        for fact in content.facts.values()
        if fact.can_be_stated and fact.span is not None
    }


def _problems(content: Content, columns: Columns) -> list[tuple[nw.Expr, str]]:
    """Every way in which a row can have a value that cannot be used, or two rules that disagree."""
    found = [
        (wrong, f"`{fact.id}`: {says}")
        for fact in content.facts.values()
        if fact.can_be_stated
        for wrong, says in _wrong(fact, content)
    ]
    return found + [
        (conflict.test, str(ConflictError(conflict.about, conflict.rules))) for conflict in columns.conflicts
    ]


def _wrong(fact: Fact, content: Content) -> Iterable[tuple[nw.Expr, str]]:
    column = nw.col(_stated(fact))
    if fact.type is FactType.CHOICE:
        one_of_them = reduce(operator.or_, (column == nw.lit(choice) for choice in fact.choices))
        yield ~one_of_them, f"allowed: {', '.join(fact.choices)}"
    elif fact.span is not None and fact.type is FactType.NUMBER:
        low, high = fact.span
        unit = content.units.get(fact.unit, NO_UNIT).shown
        says = f"allowed: {plain_number(low)} to {plain_number(high)} {unit}".rstrip()
        yield ~((column >= low) & (column <= high)), says  # no engine takes NaN for at most anything


def _sentences(problems: list[tuple[nw.Expr, str]]) -> nw.Expr:
    """Per row, what is wrong with it; null where nothing is."""
    nothing = nw.lit(None, nw.String)
    sentences = [nw.when(wrong).then(nw.lit(says)).otherwise(nothing) for wrong, says in problems]
    joined = nw.concat_str(sentences, separator="; ", ignore_nulls=True)
    return nw.when(joined != nw.lit("")).then(joined).otherwise(nothing)
