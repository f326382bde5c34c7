"""What two versions come to for people on record: a file is read once, and never held whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import polars as pl
from msgspec.structs import replace

from wellfounded.batch.checking import Checking, Units, check_units
from wellfounded.batch.chunk import ROW, Chunk, refused
from wellfounded.batch.counts import Progress
from wellfounded.batch.reading import opened
from wellfounded.batch.run import advised
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.content import Content
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.review.difference.records import (
    ABSENT,
    AdvisedByOne,
    ChangedRow,
    Moved,
    Outcome,
    SavedPeople,
    TopicCount,
)
from wellfounded.review.difference.renames import Renames
from wellfounded.table.tables import Tables


def compare_people(
    old: KnowledgeBase,
    new: KnowledgeBase,
    renames: Renames,
    people: Path,
    *,
    matching: str = "",
    keep: Iterable[str] = (),
    units: Units = EMPTY,
    sample: int = 10,
    progress: Progress = lambda read, size: None,
) -> SavedPeople:
    """How many of the people in a file get different advice, which, and the first few of them.

    ``old`` has the new names already. Only topics with ``matching`` in their name are looked at. A column
    that only one of the two knows is read by that one alone; ``keep`` names those that neither does. Raises
    ``FactError`` for a file that cannot be used.
    """
    everything = _content_of_both(old.content, new.content, renames)
    kept = tuple(keep)
    check_units(everything, units)
    sides = [_Side(knowledge_base, units) for knowledge_base in (old, new)]
    topics = dict.fromkeys(topic for side in sides for topic in side.topics if matching in topic)
    counting = _Counting(list(topics), sample)
    called = renames.get("facts", {})
    with opened(people, everything, kept) as file:
        for chunk in file.chunks:
            _check_columns(chunk, everything, kept)
            advised = [side.advised(_renamed(chunk, called)) for side in sides]
            counting.add(chunk.table.height + len(chunk.apart), *advised)
            progress(chunk.read, file.size)
    return counting.result(str(people))


def _content_of_both(old: Content, new: Content, renames: Renames) -> Content:
    """A content with the facts of both, under old and new names: what a column may be."""
    called = {one: new.facts[other] for one, other in renames.get("facts", {}).items()}
    facts = frozen({**called, **old.facts, **new.facts})
    statable = {id: fact for id, fact in facts.items() if fact.can_be_stated}
    before = {id: fact for id, fact in old.facts.items() if fact.can_be_stated and id not in statable}
    return replace(new, facts=frozen({**facts, **before}))


def _check_columns(chunk: Chunk, content: Content, keep: tuple[str, ...]) -> None:
    known = [fact.id for fact in content.facts.values() if fact.can_be_stated]
    for name in chunk.table.columns:
        if name != ROW and name not in known and name not in keep:
            message = f"`{name}` is neither a fact that can be stated nor kept"
            raise refused(message, suggestion(name, known))


def _renamed(chunk: Chunk, called: Mapping[str, str]) -> Chunk:
    """The chunk with the new names of facts, where it has not both."""
    columns = {
        one: other
        for one, other in called.items()
        if one in chunk.table.columns and other not in chunk.table.columns
    }
    apart = tuple(
        apart
        if apart.stated is None
        else replace(apart, stated={columns.get(name, name): cell for name, cell in apart.stated.items()})
        for apart in chunk.apart
    )
    return Chunk(chunk.table.rename(columns), apart, chunk.read)


class _Advised(Record, frozen=True, eq=False):
    """What one version makes of some rows; ``refused`` are those it cannot advise, with the reason."""

    table: pl.DataFrame
    refused: Mapping[int, str]


class _Side:
    """One version: it reads the columns that it knows."""

    def __init__(self, knowledge_base: KnowledgeBase, units: Units) -> None:
        content = knowledge_base.content
        self.tables = Tables(content, knowledge_base.core)
        self.facts = {fact.id for fact in content.facts.values() if fact.can_be_stated}
        self.checking = Checking(content, (), {f: unit for f, unit in units.items() if f in self.facts})
        self.topics = list(dict.fromkeys(rule.topic for rule in knowledge_base.core.giving))

    def advised(self, chunk: Chunk) -> _Advised:
        """The advice of those rows that can be used, and why the others cannot."""
        columns = [name for name in chunk.table.columns if name == ROW or name in self.facts]
        apart = tuple(
            a
            if a.stated is None
            else replace(a, stated={name: cell for name, cell in a.stated.items() if name in self.facts})
            for a in chunk.apart
        )
        known = Chunk(chunk.table.select(columns), apart, chunk.read)
        table, refusals = advised(self.tables, self.checking, None, known)
        return _Advised(table, {refusal.row: refusal.reason for refusal in refusals})


class _Counting:
    """What is known so far; its size does not depend on how many people there are."""

    def __init__(self, topics: list[str], sample: int) -> None:
        self.topics = topics
        self.sample = sample
        self.rows: list[ChangedRow] = []
        self.by_one: dict[Literal["old", "new"], list[AdvisedByOne]] = {"old": [], "new": []}
        self.compared = self.changed = self.only_old = self.only_new = self.neither = 0
        self.moves: dict[str, Counter[tuple[str, str]]] = {topic: Counter() for topic in topics}

    def add(self, count: int, before: _Advised, after: _Advised) -> None:
        old, new = before.table, after.table
        both = _named(old, _OLD).join(_named(new, _NEW), on=ROW, how="inner", maintain_order="left")
        self.compared += both.height
        self.only_old += old.height - both.height
        self.only_new += new.height - both.height
        self.neither += count - old.height - new.height + both.height
        self._sample_by_one("old", old, after.refused)
        self._sample_by_one("new", new, before.refused)
        differ = {topic: self._differs(topic, both) for topic in self.topics}
        flags = both.select(ROW, **{f"differs {place}": d for place, d in enumerate(differ.values())})
        any_differs = pl.any_horizontal(pl.exclude(ROW))
        self.changed += flags.select(any_differs.sum()).item() if self.topics else 0
        for topic, test in differ.items():
            changed = both.filter(test)
            if changed.height:
                pairs = changed.select(old=_verdict(topic, both, _OLD), new=_verdict(topic, both, _NEW))
                for one, other, number in pairs.group_by("old", "new").len().iter_rows():
                    self.moves[topic][one, other] += number
        wanted = self.sample - len(self.rows)
        if wanted > 0 and self.topics:
            rows = flags.filter(any_differs).head(wanted)[ROW]
            self.rows += self._sampled(both.filter(pl.col(ROW).is_in(rows.implode())), differ)

    def _sample_by_one(
        self, by: Literal["old", "new"], advised: pl.DataFrame, refused: Mapping[int, str]
    ) -> None:
        found = self.by_one[by]
        rows = advised.filter(pl.col(ROW).is_in(list(refused)))[ROW].head(self.sample - len(found))
        found += [AdvisedByOne(row, by, refused[row]) for row in rows]

    def _differs(self, topic: str, both: pl.DataFrame) -> pl.Expr:
        """Whether the verdict or a bound differs, where a column that is not there is all null."""
        return pl.any_horizontal(
            _column(f"{topic}.{name}", both, _OLD).ne_missing(_column(f"{topic}.{name}", both, _NEW))
            for name in ("verdict", "low", "high")
        )

    def _sampled(self, both: pl.DataFrame, differ: Mapping[str, pl.Expr]) -> Iterator[ChangedRow]:
        for topic, test in differ.items():
            both = both.with_columns(test.alias(f"{topic} differs"))
        for row in both.to_dicts():
            moved = [
                Moved(topic, _outcome(topic, row, _OLD), _outcome(topic, row, _NEW))
                for topic in self.topics
                if row[f"{topic} differs"]
            ]
            yield ChangedRow(row[ROW], tuple(moved))

    def result(self, file: str) -> SavedPeople:
        topics = (
            TopicCount(topic, before, after, number)
            for topic, moves in self.moves.items()
            for (before, after), number in sorted(moves.items(), key=lambda item: (-item[1], item[0]))
        )
        counted = (self.compared, self.changed, self.only_old, self.only_new, self.neither)
        by_one = (*self.by_one["old"], *self.by_one["new"])
        return SavedPeople(file, *counted, tuple(topics), tuple(self.rows), by_one)


#: Behind the names of the columns of each version; no id has a space in it.
_OLD, _NEW = " old", " new"


def _named(advice: pl.DataFrame, side: str) -> pl.DataFrame:
    return advice.rename({name: f"{name}{side}" for name in advice.columns if name != ROW})


def _column(name: str, both: pl.DataFrame, side: str) -> pl.Expr:
    """A column of one version; all null where it has no such topic, or no such bound."""
    return pl.col(f"{name}{side}") if f"{name}{side}" in both.columns else pl.lit(None)


def _verdict(topic: str, both: pl.DataFrame, side: str) -> pl.Expr:
    return _column(f"{topic}.verdict", both, side).cast(pl.String).fill_null(ABSENT)


def _outcome(topic: str, row: Mapping[str, object], side: str) -> Outcome:
    low, high = (row.get(f"{topic}.{end}{side}") for end in ("low", "high"))
    assert (low is None or isinstance(low, float)) and (high is None or isinstance(high, float))
    return Outcome(str(row.get(f"{topic}.verdict{side}") or ABSENT), low, high)
