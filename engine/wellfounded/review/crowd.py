"""Many people and their advice at once: read from a table or made up, and advised as tables are.

Made-up people are no sample of anybody: every value that a fact can have is as likely as any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from random import Random
from typing import Any

import polars as pl

from wellfounded.batch.checking import Checking, Refused
from wellfounded.batch.chunk import ROW, Chunk, Chunks
from wellfounded.batch.formats import Format
from wellfounded.batch.from_csv import from_csv, header
from wellfounded.batch.from_ndjson import from_ndjson
from wellfounded.batch.run import advised
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.record import Record
from wellfounded.model.values import plain_number, rounded
from wellfounded.table.tables import Tables

#: The column that a person's name is in, where a table has one: in English, and what it is called in Dutch.
NAME = "name"
_NAMES = (NAME, "naam")

#: Of a number without a step, so many values are as likely as each other.
_STEPS = 100


class Crowd(Record, frozen=True, eq=False):
    """People who were advised: a row for each in ``facts``, as they were stated, and in ``advice``.

    Both have the same rows in the same order, with their numbers and what was kept of them. ``refused`` are
    the rows that cannot be used. ``more`` where there were more rows than were asked for.
    """

    facts: pl.DataFrame
    advice: pl.DataFrame
    refused: tuple[Refused, ...]
    more: bool


def made_up(content: Content, count: int, seed: str) -> Iterator[dict[str, Any]]:
    """So many people, the same for the same seed; of each, from half of the facts to all are known."""
    chance = Random(f"people {seed}")
    facts = [fact for fact in content.facts.values() if fact.can_be_stated and not fact.derived]
    for _ in range(count):
        share = 0.5 + chance.random() / 2
        yield {fact.id: _value(fact, chance) for fact in facts if chance.random() < share}


def _value(fact: Fact, chance: Random) -> Any:
    if fact.type is not FactType.NUMBER:
        choices = fact.values
        return choices[int(chance.random() * len(choices))]
    assert fact.span is not None
    low, high = fact.span
    steps = round((high - low) / fact.step) if fact.step else _STEPS
    number = low + int(chance.random() * (steps + 1)) * (high - low) / (steps or 1)
    return plain_number(rounded(min(number, high)))


def as_lines(people: Iterable[Mapping[str, Any]]) -> bytes:
    """People as NDJSON."""
    return "".join(json.dumps(person, ensure_ascii=False) + "\n" for person in people).encode()


def kept_columns(data: bytes, form: Format, content: Content, asked: Sequence[str]) -> tuple[str, ...]:
    """The columns that are passed on: those that are asked for, and a name where the table has one."""
    columns = _columns(data, form)
    name = name_column(columns, content)
    wanted = (*asked, *([] if name is None else [name]))
    return tuple(dict.fromkeys(name for name in wanted if name not in content.facts))


def name_column(columns: Iterable[str], content: Content) -> str | None:
    """The first column that a person's name is in, whatever its capitals."""
    return next((name for name in columns if name.lower() in _NAMES and name not in content.facts), None)


def _columns(data: bytes, form: Format) -> Sequence[str]:
    """The columns of a table. Raises ``FactError`` where it has none."""
    if form is Format.CSV:
        return header(BytesIO(data))[0]
    first = data.removeprefix(b"\xef\xbb\xbf").strip().split(b"\n", 1)[0]
    try:
        found = json.loads(first or b"{}")
    except (ValueError, RecursionError):
        return ()
    return list(found) if isinstance(found, dict) else ()


def crowd(tables: Tables, data: bytes, form: Format, keep: Sequence[str], most: int) -> Crowd:
    """The people in a table, CSV or NDJSON, with their advice; no more than the first ``most`` rows.

    Raises ``FactError`` for a table or columns that cannot be used.
    """
    checking = Checking(tables.content, tuple(keep))
    facts, advice, refused = [], [], []
    left, more = most, False
    for chunk in _chunks(data, form, tables.content, keep):
        some = _first(chunk, left)
        more = more or _size(some) < _size(chunk)
        left -= _size(some)
        table, bad = advised(tables, checking, None, some)
        stated, _ = checking.checked(some)
        facts.append(stated.filter(pl.col(ROW).is_in(table[ROW].implode())))
        advice.append(table)
        refused += bad
    return Crowd(
        pl.concat(facts, how="vertical_relaxed"),
        pl.concat(advice, how="vertical_relaxed"),
        tuple(refused),
        more,
    )


def _chunks(data: bytes, form: Format, content: Content, keep: Sequence[str]) -> Chunks:
    file = BytesIO(data)
    if form is Format.CSV:
        return from_csv(file, file.tell)
    return from_ndjson(file, file.tell, content, keep)


def _size(chunk: Chunk) -> int:
    return chunk.table.height + len(chunk.apart)


def _first(chunk: Chunk, most: int) -> Chunk:
    """The first rows of a chunk, whether or not they stand apart."""
    if _size(chunk) <= most:
        return chunk
    numbers = sorted([*chunk.table[ROW], *(apart.row for apart in chunk.apart)])[:most]
    last = numbers[-1] if numbers else 0
    apart = tuple(one for one in chunk.apart if one.row <= last)
    return Chunk(chunk.table.filter(pl.col(ROW) <= last), apart, chunk.read, chunk.decimal_mark)
