"""What is on record, and what a replay finds, as text and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from wellfounded.interfaces.outcome_words import moved_text
from wellfounded.record.entry import Entry, RecordedAdvice
from wellfounded.record.replay import Replay
from wellfounded.review.difference.records import TopicCount

WIDTH = 100


def entries_as_json(entries: Iterable[Entry]) -> str:
    """All of them in a list, as ``schemas/record-entries.schema.json`` describes it."""
    return _json([msgspec.to_builtins(entry) for entry in entries])


def entries_as_text(entries: Iterable[Entry]) -> Iterator[str]:
    """A line for each entry."""
    for entry in entries:
        yield f"{entry.id:>5}  {_when(entry)}  {entry.who}  {_rules(entry)}{_kept(entry)}"


def recorded_as_json(recorded: RecordedAdvice) -> str:
    """The entry as it is in a list, and what it holds under ``advice``."""
    return _json({**msgspec.to_builtins(recorded.entry), "advice": recorded.document})


def heading(entry: Entry) -> str:
    """Which entry it is, in a line."""
    return f"Entry {entry.id}: {entry.who}, {_when(entry)}, {_rules(entry)}{_kept(entry)}"


def outline(recorded: RecordedAdvice) -> Iterator[str]:
    """What is left of an advice that was recorded without facts, a line for each recommendation."""
    document: Mapping[str, Any] = recorded.document
    yield from (f"- {item['id']}: {item['verdict']}" for item in document["recommendations"])
    yield from (f"- {item['id']}: undecided" for item in document["undecided"])
    yield from (f"- {item['id']}: left out" for item in document["left_out"])


def replay_as_json(replay: Replay) -> str:
    return _json(replay.to_dict())


def replay_as_text(replay: Replay) -> Iterator[str]:
    """What a replay found: how many, of which topics, who and why, and who could not be compared."""
    identity = replay.knowledge_base
    yield f"Replayed by {identity.id} {identity.version}, {identity.digest[:19]}"
    share = f" ({replay.changed / replay.compared:.1%})" if replay.compared else ""
    yield f"{replay.changed:,} of {replay.compared:,} entries get different advice{share}."
    yield from _apart(replay)
    yield from (_count(count) for count in replay.topics)
    for entry in replay.sample:
        yield f"entry {entry.entry}, {entry.who}"
        for item in entry.topics:
            yield from _wrapped("  • ", f"{item.topic}: {moved_text(item.old, item.new)}")
            for reason in item.why:
                yield from _wrapped("    - ", reason)
    for refusal in replay.refusals:
        yield from _wrapped(f"entry {refusal.entry}, {refusal.who}: not compared: ", refusal.reason)


def _apart(replay: Replay) -> Iterator[str]:
    """Who was not compared, and what was left aside."""
    for number, why in (
        (replay.refused, "cannot be read, or not be advised by these rules"),
        (replay.outlines, "recorded without facts"),
        (replay.other, "of another knowledge base"),
    ):
        if number:
            yield f"not compared: {number:,} {'entry' if number == 1 else 'entries'} {why}"
    for fact, number in replay.unknown_facts.items():
        without = f"{number:,} {'entry was' if number == 1 else 'entries were'} compared without it"
        yield f"`{fact}` is no fact that these rules let anyone state: {without}"


def _count(count: TopicCount) -> str:
    how = f"another target ({count.old})" if count.old == count.new else f"{count.old} → {count.new}"
    return f"• {count.topic}: {how}: {count.people:,}"


def _when(entry: Entry) -> str:
    return f"{entry.at:%Y-%m-%d %H:%M} UTC"


def _rules(entry: Entry) -> str:
    identity = entry.knowledge_base
    return f"{identity.id} {identity.version} {identity.digest[:19]}"


def _kept(entry: Entry) -> str:
    marks = ["without facts"] * (not entry.facts) + ["encrypted"] * entry.encrypted
    return f"  ({', '.join(marks)})" if marks else ""


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _wrapped(head: str, text: str) -> list[str]:
    blank = " " * (len(head) if len(head) < 20 else 2)
    return textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent=head, subsequent_indent=blank,
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
