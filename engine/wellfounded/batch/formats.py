"""The formats of files of people and of advice."""

from __future__ import annotations

from pathlib import Path

from wellfounded.batch.chunk import refused
from wellfounded.model.word import Word


class Format(Word):
    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"


_ENDINGS = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
}


def format_of(path: Path) -> Format:
    """The format that a file's name says it has. Raises ``FactError`` where it says none."""
    found = _ENDINGS.get(path.suffix.lower())
    if found is None:
        raise refused(
            f"`{path.name}` does not say what kind of table it is", f"allowed: {', '.join(_ENDINGS)}"
        )
    return found
