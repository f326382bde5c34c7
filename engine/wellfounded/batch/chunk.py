"""Some rows of a file of people, as they were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import polars as pl

from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.record import Record

#: The column with the number of a row in its file, from 1.
ROW = "row"


class Apart(Record, frozen=True):
    """A row that does not fit into the table of its chunk.

    ``stated`` is what it says, if that can be made out, else ``reason`` says why not; ``written`` is the row
    as it stands in the file.
    """

    row: int
    written: str
    stated: Mapping[str, Any] | None = None
    reason: str = ""


class Chunk(Record, frozen=True, eq=False):
    """``table`` has the column ``row`` and those of the file; ``read`` says how far the file is read.

    ``decimal_mark`` is what stands before the decimals of a number that is written as text.
    """

    table: pl.DataFrame
    apart: tuple[Apart, ...]
    read: int
    decimal_mark: str = "."


Chunks: TypeAlias = Iterator[Chunk]

#: How far a file is read: in bytes, or in rows.
Reached: TypeAlias = Callable[[], int]


def numbered(table: pl.DataFrame, rows: list[int]) -> pl.DataFrame:
    """The table with the numbers of its rows. Raises ``FactError`` if it has such a column already."""
    if ROW in table.columns:
        raise refused(f"there is a column `{ROW}`, and that is what the number of a row is called here")
    return table.insert_column(0, pl.Series(ROW, rows, pl.Int64))


def named_twice(names: Iterable[str]) -> str | None:
    """The first name that is there twice."""
    return next((name for name, times in Counter(names).items() if times > 1), None)


def refused(message: str, help: str = "") -> FactError:
    """The error for a file that cannot be read as a table at all."""
    return FactError((FactProblem("", message, help),))
