"""Kinds of tables: each is taken to an engine that computes, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import narwhals as nw

from wellfounded.model.errors import FactError, FactProblem


def on_an_engine(table: Any, kept: Sequence[str]) -> tuple[Any, Callable[[Any], Any]]:
    """The table where it is computed, and the way back.

    Tables of pandas and PyArrow go through Polars: pandas has no null logic of its own, so its NaN becomes
    null, and PyArrow rounds in another way.
    """
    if nw.dependencies.is_pandas_dataframe(table):
        index = table.index
        return (
            _with_untyped(_converted(_polars().from_pandas, table), kept),
            lambda result: result.to_pandas(use_pyarrow_extension_array=True).set_index(index),
        )
    if nw.dependencies.is_pyarrow_table(table):
        return _converted(_polars().from_arrow, table), lambda result: result.to_arrow()
    return table, lambda result: nw.to_native(result, pass_through=True)


def _converted(convert: Callable[[Any], Any], table: Any) -> Any:
    """The table in Polars. Raises ``FactError`` where it cannot be."""
    polars = _polars().exceptions
    try:
        return convert(table)
    except (ValueError, TypeError, NotImplementedError, polars.PolarsError, polars.PanicException) as error:
        message = f"the table cannot be read: {str(error).partition(chr(10))[0]}"
        help = "every column needs a name of its own, and values of one type"
        raise FactError((FactProblem("", message, help),)) from None


def _with_untyped(frame: Any, kept: Sequence[str]) -> Any:
    """Columns in which nothing is known as columns of no type: pandas takes them for numbers or anything."""
    nothing = _polars().lit(None)
    untyped = [c.name for c in frame if c.null_count() == frame.height and c.name not in kept]
    return frame.with_columns(**dict.fromkeys(untyped, nothing))


def _polars() -> Any:
    import polars  # noqa: PLC0415  # an extra, imported where a table needs it

    return polars
