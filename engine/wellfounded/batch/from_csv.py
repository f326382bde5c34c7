"""A CSV file → chunks. Every cell is text; an empty one is unknown."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import count as counting
from itertools import islice
from typing import Any, BinaryIO

import polars as pl
import pyarrow as pa
from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, open_csv

from wellfounded.batch.cells import from_cells
from wellfounded.batch.chunk import Apart, Chunk, Chunks, Reached, named_twice, numbered, refused
from wellfounded.batch.marked import Marked
from wellfounded.model.cell import read_cell

#: PyArrow reads 32 blocks ahead, and takes no row that is longer than one.
BLOCK = 1024 * 1024
#: With so many rows a chunk is large enough; valuing a few takes as long as valuing many.
ROWS = 131072

#: With more rows that do not fit between two blocks that have some that do, the file is not what it seems.
_TOO_MANY = 1_000_000


def from_csv(file: BinaryIO, reached: Reached) -> Chunks:
    """The rows below a line with the names of the columns; cells are parted as that line parts them.

    Rows with more or fewer cells than there are columns stand apart, and so do those that are not UTF-8 and
    one in which a quote is not closed. Empty lines are passed over. Raises ``FactError`` where there are no
    columns, or two of one name.
    """
    names, delimiter = header(file)
    text = Marked(file)
    ragged: list[Apart] = []

    def stand_apart(row: Any) -> str:
        if not text.is_end(row.text):
            has = f"it has {_cells(row.actual_columns)}, and there are {row.expected_columns} columns"
            reason = text.damage(row.text) or has
            ragged.append(Apart(row.number, text.unmarked(row.text), reason=reason))
        return "skip" if len(ragged) < _TOO_MANY else "error"

    last = 0
    for batches in _together(_batches(text, names, delimiter, stand_apart)):
        count = sum(batch.num_rows for batch in batches)
        # Rows may stand apart before the chunk that they are in is here: the file is read ahead.
        rows = _numbers(last + 1, count, {row.row for row in ragged})
        last = rows[-1] if rows else last
        apart = [row for row in ragged if row.row < last or not count]
        ragged[:] = ragged[len(apart) :]
        table = numbered(pl.DataFrame(pl.from_arrow(pa.Table.from_batches(batches))), rows)
        table, damaged = _undamaged(table, text) if text.has_marks else (table, [])
        yield Chunk(from_cells(table), (*apart, *damaged), reached(), decimal_mark(delimiter))


def header(file: BinaryIO) -> tuple[list[str], str]:
    """The names of the columns, and what stands between them: a comma, a semicolon or a tab.

    Raises ``FactError`` where there are none, or two of one name.
    """
    line = file.readline(BLOCK)
    if len(line) == BLOCK:
        raise refused(f"the first line is longer than {BLOCK:,} bytes", _NAMES)
    try:
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise refused("the first line is not UTF-8 text", "save the table as CSV in UTF-8") from None
    if "\r" in text:
        raise refused("the lines do not end as lines of text do now", "save the table as CSV again")
    delimiter = max(",;\t", key=text.count)
    try:
        names = [
            read_cell(name.strip()) for name in next(csv.reader([text], delimiter=delimiter, strict=True), [])
        ]
    except csv.Error as error:
        raise refused(f"the first line cannot be read as CSV: {error}", _NAMES) from None
    if not any(names):
        raise refused("the first line is empty", _NAMES)
    if twice := named_twice(names):
        raise refused(f"the column `{twice}` is there twice")
    return names, delimiter


def decimal_mark(delimiter: str) -> str:
    """What stands before decimals: spreadsheets part cells by semicolons where that is a comma."""
    return "," if delimiter == ";" else "."


_NAMES = "it has to hold the names of the columns"


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _batches(
    file: Marked, names: list[str], delimiter: str, apart: Callable[[Any], str]
) -> Iterator[pa.RecordBatch]:
    """The rows that fit, and at the end a batch of none."""
    types = dict.fromkeys(names, pa.string())
    try:
        yield from open_csv(
            file,
            ReadOptions(use_threads=False, block_size=BLOCK, column_names=names),
            ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=apart),
            ConvertOptions(
                column_types=types,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid as error:
        if "straddling object" in str(error):
            message = f"a row is longer than {BLOCK:,} bytes"
            raise refused(message, "perhaps a quote is opened in it and not closed") from None
        raise refused(f"this cannot be read as CSV: {error}") from None
    yield pa.RecordBatch.from_pylist([], pa.schema(list(types.items())))


def _together(batches: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Batches with enough rows together, and at the end one with none."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        last = batch
        if batch.num_rows:
            waiting.append(batch)
        if sum(batch.num_rows for batch in waiting) >= ROWS:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
    yield [last]


def _numbers(first: int, count: int, others: set[int]) -> list[int]:
    """The next numbers of rows, without those of others."""
    if not others:
        return list(range(first, first + count))
    return list(islice((number for number in counting(first) if number not in others), count))


def _undamaged(table: pl.DataFrame, text: Marked) -> tuple[pl.DataFrame, list[Apart]]:
    """The rows without a mark, and those with one."""
    cells = (pl.col(name).str.contains(text.mark, literal=True) for name in table.columns[1:])
    marked = pl.any_horizontal(*cells).fill_null(False)
    apart = []
    for number, *row in table.filter(marked).iter_rows():
        written = ",".join(cell or "" for cell in row)
        if not text.is_end(written):
            damage = next(filter(None, (text.damage(cell) for cell in row if cell)))
            apart.append(Apart(number, text.unmarked(written), reason=damage))
    return table.filter(~marked), apart
