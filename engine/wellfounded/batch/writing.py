"""Tables → a file, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import polars as pl
from pyarrow.parquet import ParquetWriter

from wellfounded.batch.cells import as_cells
from wellfounded.batch.formats import Format, format_of
from wellfounded.load.whole_file import whole_file


class Writer(Protocol):
    def write(self, table: pl.DataFrame) -> None:
        """Add rows; every table has the same columns."""

    def finish(self) -> None:
        """Put all of it on the disk, so that nothing but a new name is left to do. Raises ``OSError``."""


class _OnDisk:
    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def finish(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())


class _Csv(_OnDisk):
    header = True

    def write(self, table: pl.DataFrame) -> None:
        as_cells(table).write_csv(self.file, include_header=self.header)
        self.header = False


class _Ndjson(_OnDisk):
    def write(self, table: pl.DataFrame) -> None:
        table.write_ndjson(self.file)


class _Parquet(_OnDisk):
    writer: ParquetWriter | None = None

    def write(self, table: pl.DataFrame) -> None:
        rows = table.to_arrow()
        if self.writer is None:
            self.writer = ParquetWriter(self.file, rows.schema)
        self.writer.write_table(rows)

    def finish(self) -> None:
        if self.writer is not None:
            self.writer.close()
        super().finish()


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A writer in the format the file's name says; the file is there if it was finished, or as it was."""
    form = format_of(path)
    with whole_file(path) as file:
        yield _WRITERS[form](file)


_WRITERS: dict[Format, type[_Csv | _Ndjson | _Parquet]] = {
    Format.CSV: _Csv,
    Format.NDJSON: _Ndjson,
    Format.PARQUET: _Parquet,
}
