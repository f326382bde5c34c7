"""Whether the memory of ``wellfounded batch`` stays the same while the file grows, and how fast it is.

    python -m tests.performance.batch_memory 100000 1000000 10000000

makes files of so many people of the article's knowledge base, one after the other, and runs the command on
each: Parquet to Parquet, and up to a million people also CSV to CSV and NDJSON to NDJSON. The people are the
same ten thousand over and over, so that making them takes no memory either.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
from pyarrow.parquet import ParquetWriter

import wellfounded
from tests.people import Population
from wellfounded.model.content import FactType

COMMAND = str(Path(sys.executable).with_name("wellfounded"))
SAME = 10_000
MOST_OF_TEXT = 1_000_000
TYPES = {FactType.BOOLEAN: pl.Boolean, FactType.NUMBER: pl.Float64, FactType.CHOICE: pl.String}


def people() -> pl.DataFrame:
    """Ten thousand people, of half of whom enough is known for much advice."""
    knowledge_base = wellfounded.load()
    usual = {"goal": "muscle_gain", "age": 31, "healthy": True, "resistance_training": True, "body_mass": 80}
    facts = [fact for fact in knowledge_base.content.facts.values() if fact.can_be_stated]
    rows = Population(knowledge_base, usual).people("memory", SAME)
    return pl.DataFrame(rows, schema={fact.id: TYPES[fact.type] for fact in facts}, strict=False)


def write(table: pl.DataFrame, file: Path, rows: int) -> None:
    """The people over and over, so many rows in all."""
    if file.suffix == ".parquet":
        with ParquetWriter(file, table.to_arrow().schema) as writer:
            for _ in range(rows // (10 * SAME) or 1):
                writer.write_table(pl.concat([table] * min(10, rows // SAME)).to_arrow())
        return
    with file.open("wb") as text:
        for part in range(rows // SAME):
            if file.suffix == ".csv":
                table.write_csv(text, include_header=part == 0)
            else:
                table.write_ndjson(text)


def measured(file: Path, out: Path) -> tuple[float, float]:
    """How many seconds a run takes, and how many MiB it has at most."""
    start = time.perf_counter()
    process = subprocess.Popen([COMMAND, "batch", str(file), "--out", str(out)], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main(counts: list[int]) -> None:
    table = people()
    print(f"{'format':8} {'rows':>12} {'file, MB':>10} {'seconds':>9} {'rows/s':>10} {'most, MiB':>10}")
    for written in ("parquet", "csv", "ndjson"):
        for rows in counts:
            if written != "parquet" and rows > MOST_OF_TEXT:
                continue
            with tempfile.TemporaryDirectory() as folder:
                file, out = Path(folder) / f"people.{written}", Path(folder) / f"advice.{written}"
                write(table, file, rows)
                seconds, most = measured(file, out)
                size, speed = file.stat().st_size / 1e6, rows / seconds
                print(f"{written:8} {rows:12,} {size:10,.0f} {seconds:9.1f} {speed:10,.0f} {most:10,.0f}")


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]])
