"""Opening a file of people, of whichever format its name says it is."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from wellfounded.batch.chunk import Chunks, refused
from wellfounded.batch.formats import Format, format_of
from wellfounded.batch.from_csv import from_csv
from wellfounded.batch.from_ndjson import from_ndjson
from wellfounded.batch.from_parquet import from_parquet
from wellfounded.model.content import Content
from wellfounded.model.record import Record

_ZIPPED = ".gz"


class People(Record, frozen=True, eq=False):
    """``size`` is what a chunk's ``read`` comes to at the end: bytes of text, or rows."""

    size: int
    chunks: Chunks


@contextmanager
def opened(path: Path, content: Content, keep: Sequence[str] = ()) -> Iterator[People]:
    """The people in a file: CSV or NDJSON, perhaps zipped by gzip, or Parquet.

    Raises ``FactError`` if it cannot be read, at once or while it is.
    """
    zipped = path.suffix.lower() == _ZIPPED
    form = format_of(path.with_suffix("") if zipped else path)
    if zipped and form is Format.PARQUET:
        raise refused(f"`{path.name}` is Parquet in gzip, which cannot be read in parts", "unzip it first")
    try:
        raw = path.open("rb")
    except OSError as error:
        raise refused(f"`{path}` cannot be read: {error.strerror}") from None
    with raw:
        size = path.stat().st_size
        file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if zipped else raw
        reached = raw.tell if raw.seekable() else lambda: 0  # of a pipe nobody knows
        if form is Format.CSV:
            people = People(size, from_csv(file, reached))
        elif form is Format.NDJSON:
            people = People(size, from_ndjson(file, reached, content, keep))
        else:
            people = People(*from_parquet(raw))
        yield People(people.size, _read(people.chunks, path))


def _read(chunks: Chunks, path: Path) -> Chunks:
    """The chunks, with errors that say which file cannot be read."""
    try:
        yield from chunks
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise refused(f"`{path}` cannot be unzipped: {error}") from None
    except OSError as error:
        raise refused(f"`{path}` cannot be read: {error.strerror or error}") from None
