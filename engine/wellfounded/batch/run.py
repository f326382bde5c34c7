"""One run: people in, advice and refused rows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

import polars as pl

from wellfounded.advise.policy import EvidencePolicy
from wellfounded.batch.checking import Checking, Refused, check_units
from wellfounded.batch.chunk import ROW, Chunk, refused
from wellfounded.batch.counts import Counts, Progress
from wellfounded.batch.formats import format_of
from wellfounded.batch.reading import opened
from wellfounded.batch.writing import written
from wellfounded.model.content import Content
from wellfounded.model.values import Value
from wellfounded.table.query import PROBLEMS
from wellfounded.table.tables import Tables


def advise_file(
    tables: Tables,
    people: Path,
    out: Path,
    *,
    rejects: Path | None = None,
    keep: Iterable[str] = (),
    units: Mapping[str, str] | None = None,
    strict: bool = False,
    policy: EvidencePolicy | None = None,
    progress: Progress = lambda read, size: None,
) -> Counts:
    """Advice for every row of a file, in a file; the rows that cannot be used in ``rejects``, with reasons.

    The advice has the columns of ``advise_table``, with the number of the row first and without ``problems``.
    ``rejects`` is a CSV file with the columns ``row``, ``reason`` and ``stated``; by itself it stands beside
    ``out``. Neither file is touched before both are whole. With ``strict`` the first row that cannot be used
    raises ``FactError``. Raises ``FactError`` for files and columns that cannot be used, and ``OSError``.
    """
    refusals = rejects or out.with_suffix(".rejects.csv")
    _check_paths(people, out, refusals)
    checking = Checking(tables.content, tuple(keep), dict(units or {}))
    check_units(tables.content, checking.units)
    counts = Counts(0, 0, str(refusals))
    with ExitStack() as files:
        opened_people = files.enter_context(opened(people, tables.content, checking.keep))
        advice = files.enter_context(written(out))
        reasons = files.enter_context(written(refusals))
        for chunk in opened_people.chunks:
            table, bad = advised(tables, checking, policy, chunk)
            if bad and strict:
                raise refused(f"row {bad[0].row} of {people}: {bad[0].reason}")
            advice.write(table)
            reasons.write(_as_table(bad))
            counts = Counts(counts.advised + table.height, counts.refused + len(bad), str(refusals))
            progress(chunk.read, opened_people.size)
        advice.finish()
        reasons.finish()
    return counts


def person_in_row(
    content: Content, people: Path, row: int, keep: Iterable[str] = (), units: Mapping[str, str] | None = None
) -> Mapping[str, Value]:
    """The checked facts of the person in one row of a file, counted from 1.

    Raises ``FactError`` as for a single person, and where there is no such row.
    """
    checking = Checking(content, tuple(keep), dict(units or {}))
    check_units(content, checking.units)
    last = 0
    with opened(people, content, checking.keep) as file:
        for chunk in file.chunks:
            found = checking.alone(chunk, row)
            if found is not None:
                return found
            last = max([last, *chunk.table[ROW].tail(1), *(apart.row for apart in chunk.apart)])
    raise refused(f"`{people}` has no row {row}", f"its rows are 1 to {last}" if last else "it has no rows")


def _check_paths(people: Path, out: Path, refusals: Path) -> None:
    format_of(out)
    for one, other in ((people, out), (people, refusals), (out, refusals)):
        if one.resolve() == other.resolve():
            raise refused(f"`{other}` would be written over", "write to another file")


def advised(
    tables: Tables, checking: Checking, policy: EvidencePolicy | None, chunk: Chunk
) -> tuple[pl.DataFrame, list[Refused]]:
    """The advice of those rows of a chunk that can be used, and why the others cannot."""
    people, refusals = checking.checked(chunk)
    table = tables.advise(people, (ROW, *checking.keep), policy)
    good = pl.col(PROBLEMS).is_null()
    bad = table.filter(~good)
    if bad.height:
        refusals += checking.why(chunk, dict(bad.select(ROW, PROBLEMS).iter_rows()))
        table = table.filter(good)
    return table.drop(PROBLEMS), sorted(refusals, key=lambda refusal: refusal.row)


def _as_table(refusals: list[Refused]) -> pl.DataFrame:
    rows = [(refusal.row, refusal.reason, refusal.stated) for refusal in refusals]
    return pl.DataFrame(rows, {ROW: pl.Int64, "reason": pl.String, "stated": pl.String}, orient="row")
