"""A Parquet file → chunks."""

from __future__ import annotations

from typing import BinaryIO

import polars as pl
import pyarrow as pa
from pyarrow import types
from pyarrow.parquet import ParquetFile

from wellfounded.batch.chunk import Chunk, Chunks, named_twice, numbered, refused

ROWS = 131072
#: Read at once from each column; without a limit, all that a group of rows holds of it.
_BUFFER = 1024 * 1024


def from_parquet(file: BinaryIO) -> tuple[int, Chunks]:
    """How many rows there are, and the rows. Raises ``FactError`` if the file is no Parquet."""
    try:
        parquet = ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER)
        # What else a file says of its columns has no effect here, and may be no text.
        schema = pa.schema([column.remove_metadata() for column in parquet.schema_arrow])
        _check(schema)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise refused(f"this cannot be read as Parquet: {error}") from None
    return parquet.metadata.num_rows, _chunks(parquet, schema)


def _check(schema: pa.Schema) -> None:
    """Raises ``FactError`` for columns that cannot be told apart, or hold what no cell of a table does."""
    if not schema.names:
        raise refused("it has no columns")
    if twice := named_twice(schema.names):
        raise refused(f"the column `{twice}` is there twice")
    for column in schema:
        if not _is_plain(column.type):
            help = "allowed: true or false, numbers, texts, dates and times"
            raise refused(f"the column `{column.name}` holds {column.type}", help)


def _is_plain(dtype: pa.DataType) -> bool:
    if types.is_dictionary(dtype):
        return _is_plain(dtype.value_type)
    return any(is_one(dtype) for is_one in _PLAIN)


_PLAIN = (
    types.is_boolean,
    types.is_integer,
    types.is_floating,
    types.is_decimal128,
    types.is_string,
    types.is_large_string,
    types.is_string_view,
    types.is_date,
    types.is_time,
    types.is_timestamp,
    types.is_null,
)


def _chunks(parquet: ParquetFile, schema: pa.Schema) -> Chunks:
    read = 0
    try:
        for batch in parquet.iter_batches(ROWS):
            batch.validate(full=True)  # texts that are not UTF-8 would end the process later
            read += batch.num_rows
            yield _chunk(pa.Table.from_arrays(batch.columns, schema=schema), read)
    except (pa.ArrowException, OSError) as error:
        raise refused(f"this cannot be read as Parquet after row {read}: {error}") from None
    if read != parquet.metadata.num_rows:
        raise refused(f"this Parquet file says it has {parquet.metadata.num_rows:,} rows, and has {read:,}")
    if not read:
        yield _chunk(schema.empty_table(), 0)


def _chunk(table: pa.Table, read: int) -> Chunk:
    rows = list(range(read - table.num_rows + 1, read + 1))
    return Chunk(numbered(pl.DataFrame(pl.from_arrow(table)), rows), (), read)
