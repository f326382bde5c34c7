"""Any sequence of what can be done with a record leaves in it what it would leave in a dictionary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

import wellfounded
from tests.difference.editing import BASES
from wellfounded.model.errors import RecordError
from wellfounded.record import AdviceRecord, Entry, Keys
from wellfounded.record.entry import without_facts
from wellfounded.record.keys import new_key

ADVICE = [
    wellfounded.load(BASES["article"]).advise({"goal": "muscle_gain", "age": 16, "healthy": True}, "en"),
    wellfounded.load(BASES["houseplants"]).advise({"kind": "fern"}, "de"),
]
PEOPLE = ("a", "A", "b.2")
KEYS = (new_key(), new_key())
DAY = datetime(2026, 1, 1, tzinfo=UTC)

whos = st.sampled_from(PEOPLE)
days = st.integers(0, 3).map(lambda day: DAY + timedelta(days=day, microseconds=1))


class Model(RuleBasedStateMachine):
    """``entries`` and ``documents`` are what has to be on record."""

    place = ""

    def __init__(self) -> None:
        super().__init__()
        self.record = AdviceRecord(self.place, Keys(KEYS))
        self.entries: dict[int, Entry] = {}
        self.documents: dict[int, dict[str, Any]] = {}
        self.appended(0, "a", True, DAY)

    @rule(advice=st.integers(0, 1), who=whos, facts=st.booleans(), at=days)
    def appended(self, advice: int, who: str, facts: bool, at: datetime) -> None:
        entry = self.record.append(who, ADVICE[advice], facts=facts, at=at)
        assert entry.id not in self.entries
        self.entries[entry.id] = entry
        document = ADVICE[advice].to_dict()
        self.documents[entry.id] = document if facts else without_facts(document)

    @rule(who=whos)
    def forgotten(self, who: str) -> None:
        gone = [id for id, entry in self.entries.items() if entry.who == who]
        assert self.record.forget(who).entries == len(gone)
        for id in gone:
            del self.entries[id], self.documents[id]
            with pytest.raises(RecordError, match=f"there is no entry {id} "):
                self.record.get(id)

    @rule()
    def opened_again(self) -> None:
        self.record.close()
        self.record = AdviceRecord(self.place, Keys(KEYS))

    @rule()
    def encrypted_anew(self) -> None:
        assert self.record.rotate().entries == len(self.entries)

    @rule(who=st.sampled_from(("", *PEOPLE)), since=st.none() | days, about=st.none() | st.integers(0, 1))
    def listed(self, who: str, since: datetime | None, about: int | None) -> None:
        digest = "" if about is None else ADVICE[about].knowledge_base.digest
        wanted = [
            entry
            for entry in self.entries.values()
            if (not who or entry.who == who)
            and (since is None or entry.at >= since)
            and (not digest or entry.knowledge_base.digest == digest)
        ]
        assert list(self.record.entries(who=who, since=since, digest=digest)) == wanted
        last: dict[tuple[str, str], Entry] = {}
        for entry in sorted(wanted, key=lambda entry: (entry.at, entry.id)):
            last[entry.who, entry.knowledge_base.id] = entry
        latest = [one.entry for one in self.record.advice(who=who, since=since, digest=digest, latest=True)]
        assert latest == sorted(last.values(), key=lambda entry: entry.id)
        assert self.record.count(who=who, since=since, digest=digest, latest=True) == len(last)

    @invariant()
    def holds_what_was_appended(self) -> None:
        found = {one.entry.id: one.document for one in self.record.advice()}
        assert found == self.documents

    def teardown(self) -> None:
        for who in PEOPLE:
            self.record.forget(who)
        self.record.close()


@pytest.mark.no_cover
def test_a_record_is_what_a_dictionary_would_be(new_record: Callable[[], str]) -> None:
    machine = type("Machine", (Model,), {"place": new_record()})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=25, stateful_step_count=15, deadline=None)
    )
