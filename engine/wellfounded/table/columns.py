"""The columns of a table that comes in: whether they can be used, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import narwhals as nw

from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.errors import FactError, FactProblem, ReasonerError
from wellfounded.model.suggest import suggestion
from wellfounded.reason.expressions import Engine, Expression

#: A frame of Polars, or of narwhals around that of another engine: both are worked with alike.
Frame: TypeAlias = Any


def check_results(results: Sequence[str], engine: Engine) -> None:
    """Raises ``ReasonerError`` for a knowledge base whose results would have one name on an engine."""
    for name, other in _alike(results, engine.ignores_case):
        raise ReasonerError(
            f"a table cannot have the results `{name}` and `{other}` side by side: their names are one name"
        )


def _alike(names: Iterable[str], ignores_case: bool) -> Iterator[tuple[str, str]]:
    """Pairs of names that an engine takes for one."""
    seen: dict[str, str] = {}
    for name in names:
        read = name.lower() if ignores_case else name
        if read in seen:
            yield seen[read], name
        seen.setdefault(read, name)


def check_columns(
    content: Content, frame: Frame, kept: tuple[str, ...], results: Sequence[str], ignores_case: bool
) -> None:
    """Raises ``FactError`` for columns that cannot be used, and for those that cannot be kept."""
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
    for name, other in _alike(schema, ignores_case):
        message = f"the columns `{name}` and `{other}` are one to this engine, which ignores case"
        problems.append(FactProblem(other, message, "give one of them another name"))
    if not schema:
        problems.append(
            FactProblem("", "the table has no columns", "give it one for each fact that is known")
        )
    there = [name for name in dict.fromkeys(kept) if name in schema]
    for name in kept:
        if name not in schema:
            message = f"there is no column `{name}` to keep"
            problems.append(FactProblem(name, message, suggestion(name, schema.names())))
    for _, name in _alike([*results, *there], ignores_case):
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


def column_of(frame: Frame, name: str, engine: Engine) -> Expression:
    """A column of any name. Spark reads one with a dot as the path to a field; Polars some as patterns."""
    if frame.implementation.is_spark_like():
        return engine.column("`{}`".format(name.replace("`", "``")))
    found: Expression = engine.names.nth(frame.collect_schema().names().index(name))
    return found
