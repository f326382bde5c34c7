"""People on record, held against other rules: whose advice would be another today, and why.

What was advised is taken from the record, not worked out anew: the rules that gave it need not be there any
more. A change is one of a verdict, of whether a recommendation is given or undecided, or of the bounds of its
target; other words or sources are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Identity
from wellfounded.model.content import Content, FactType
from wellfounded.model.errors import RecordError, WellfoundedError
from wellfounded.model.record import Record
from wellfounded.model.unit import NO_UNIT
from wellfounded.record.entry import Entry, RecordedAdvice, Unreadable
from wellfounded.record.why import Reasons
from wellfounded.review.difference.records import ABSENT, Outcome, TopicCount


class ReplayedTopic(Record, frozen=True):
    """A topic that comes out otherwise than it is on record, and why, in sentences."""

    topic: str
    old: Outcome
    new: Outcome
    why: tuple[str, ...]


class ReplayedEntry(Record, frozen=True):
    """An entry whose advice would be another."""

    entry: int
    who: str
    at: datetime
    topics: tuple[ReplayedTopic, ...]


class NotReplayed(Record, frozen=True):
    """An entry that could not be advised anew, and the reason."""

    entry: int
    who: str
    reason: str


class Replay(Record, frozen=True):
    """``compared`` entries could be advised anew, ``changed`` of them otherwise than is on record.

    ``unknown_facts`` are facts on record that the rules do not know, with the number of entries compared
    without them. ``other`` entries are of another knowledge base, ``outlines`` were recorded without facts,
    ``refused`` cannot be read, or not be advised by these rules. ``sample`` and ``refusals`` are the first
    of each.
    """

    knowledge_base: Identity
    compared: int
    changed: int
    other: int
    outlines: int
    refused: int
    unknown_facts: Mapping[str, int]
    topics: tuple[TopicCount, ...]
    sample: tuple[ReplayedEntry, ...]
    refusals: tuple[NotReplayed, ...]

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data, as ``schemas/replay.schema.json`` describes it."""
        document: dict[str, Any] = msgspec.to_builtins(self)
        return document


def replay(
    recorded: Iterable[RecordedAdvice | Unreadable],
    knowledge_base: KnowledgeBase,
    *,
    matching: str = "",
    sample: int = 10,
    progress: Callable[[int], None] = lambda done: None,
) -> Replay:
    """Advise everyone on record by these rules, and say what differs from what they were advised.

    Only topics with ``matching`` in their name are looked at, and ``sample`` of those who get different
    advice are shown. ``progress`` is told how many entries were gone through.
    """
    replaying = _Replaying(knowledge_base, matching, sample)
    for done, one in enumerate(recorded, 1):
        replaying.add(one)
        progress(done)
    return replaying.result()


class _Replaying:
    """What is known so far; its size does not depend on how many people are on record."""

    def __init__(self, knowledge_base: KnowledgeBase, matching: str, sample: int) -> None:
        self.knowledge_base = knowledge_base
        self.matching = matching
        self.wanted = sample
        self.compared = self.changed = self.other = self.outlines = self.refused = 0
        self.unknown: Counter[str] = Counter()
        self.moves: Counter[tuple[str, str, str]] = Counter()
        self.sample: list[ReplayedEntry] = []
        self.refusals: list[NotReplayed] = []

    def add(self, recorded: RecordedAdvice | Unreadable) -> None:
        entry = recorded.entry
        if isinstance(recorded, Unreadable):
            self._refuse(entry, recorded.reason)
        elif entry.knowledge_base.id != self.knowledge_base.id:
            self.other += 1
        elif not entry.facts:
            self.outlines += 1
        else:
            try:
                self._compare(recorded)
            except WellfoundedError as error:
                self._refuse(entry, str(error))
            except (KeyError, TypeError):
                self._refuse(entry, f"this engine cannot read what engine {entry.engine} recorded")

    def _refuse(self, entry: Entry, reason: str) -> None:
        self.refused += 1
        if len(self.refusals) < self.wanted:
            self.refusals.append(NotReplayed(entry.id, entry.who, reason))

    def _compare(self, recorded: RecordedAdvice) -> None:
        entry, was = recorded.entry, recorded.document
        rules = self.knowledge_base.with_drafts() if was["policy"]["drafts"] else self.knowledge_base
        facts, unknown = restated(was["facts"], rules.content)
        language = entry.language if entry.language in rules.languages else None
        now = rules.advise(facts, language, min_support=was["policy"]["min_support"]).to_dict()
        self.compared += 1
        self.unknown.update(unknown)
        old, new = outcomes(was), outcomes(now)
        moved = [
            (topic, old.get(topic, _ABSENT), new.get(topic, _ABSENT))
            for topic in dict.fromkeys((*old, *new))
            if self.matching in topic and old.get(topic) != new.get(topic)
        ]
        self.changed += bool(moved)
        self.moves.update((topic, before.outcome, after.outcome) for topic, before, after in moved)
        if moved and len(self.sample) < self.wanted:
            reasons = Reasons(rules, facts, was, now)
            topics = (ReplayedTopic(*move, why=tuple(reasons.why(move[0]))) for move in moved)
            self.sample.append(ReplayedEntry(entry.id, entry.who, entry.at, tuple(topics)))

    def result(self) -> Replay:
        counts = (self.compared, self.changed, self.other, self.outlines, self.refused)
        ordered = sorted(self.moves.items(), key=lambda item: (-item[1], item[0]))
        topics = tuple(TopicCount(*move, number) for move, number in ordered)
        return Replay(
            self.knowledge_base.identity,
            *counts,
            dict(sorted(self.unknown.items())),
            topics,
            tuple(self.sample),
            tuple(self.refusals),
        )


_ABSENT = Outcome(ABSENT)


def outcomes(document: Mapping[str, Any]) -> dict[str, Outcome]:
    """What became of each topic in an advice that is a document; one that is not given is not there."""
    found = {item["id"]: Outcome("undecided") for item in document["undecided"]}
    for item in document["recommendations"]:
        target = item["target"] or {}
        exactly = target.get("is")
        if isinstance(exactly, int | float) and not isinstance(exactly, bool):
            target = {"low": exactly, "high": exactly}
        found[item["id"]] = Outcome(item["verdict"], target.get("low"), target.get("high"))
    return found


def restated(facts: Mapping[str, Mapping[str, Any]], content: Content) -> tuple[dict[str, Any], list[str]]:
    """Facts on record as they are stated to other rules, and those that these rules do not know.

    A number is stated with its unit where that is not the fact's own now. Raises ``RecordError`` where on
    record there is none, since nobody can say what the number was meant in.
    """
    stated: dict[str, Any] = {}
    unknown = []
    for id, quantity in facts.items():
        fact = content.facts.get(id)
        if fact is None or not fact.can_be_stated:
            unknown.append(id)
            continue
        value, unit = quantity["value"], quantity.get("unit", "")
        own = content.units.get(fact.unit, NO_UNIT).shown
        is_number = fact.type is FactType.NUMBER and isinstance(value, int | float)
        if is_number and own and not unit:
            raise RecordError(
                f"`{id}` is {value} on record, without a unit, and these rules want it in {own}"
            )
        stated[id] = f"{value} {unit}" if is_number and unit != own else value
    return stated, unknown
