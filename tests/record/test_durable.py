"""What was acknowledged is on record, whenever the process that said so is killed and whoever else writes."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from tests.record.appending import ADVICE, append_for_ever
from tests.record.conftest import Server
from wellfounded.record import AdviceRecord

KILLS = 200

#: Processes that write to one record at the same time; all are killed in a round, each at its own moment.
WRITERS = 2

# A server that has imported everything makes the processes, so that one is there in milliseconds.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.record.appending"])


class Writer:
    """A process that appends in a loop."""

    def __init__(self, place: str, who: str) -> None:
        self.who = who
        self.said, says = _PROCESSES.Pipe(duplex=False)
        self.process = _PROCESSES.Process(target=append_for_ever, args=(place, who, says))
        self.process.start()
        says.close()

    def killed_after(self, entries: int, seconds: float) -> list[int]:
        """Kill it so long after it said that so many entries are on record; all those that it said."""
        assert self.said.recv() == "ready"
        ids = [self.said.recv() for _ in range(entries)]
        time.sleep(seconds)
        self.process.kill()
        self.process.join()
        try:
            while True:
                ids.append(self.said.recv())
        except (EOFError, OSError):  # the last one may be cut off
            self.said.close()
        return ids


def _killed_in_rounds(place: str, kills: int) -> None:
    """Kill so many writers, and look after each round that nothing is lost and nothing is damaged."""
    chance = random.Random("kills")
    acknowledged: dict[int, str] = {}
    with ThreadPoolExecutor(WRITERS) as pool:
        for turn in range(kills // WRITERS):
            writers = [Writer(place, f"w{turn}-{number}") for number in range(WRITERS)]
            # In the first turns they are killed while the record is being made.
            entries = [0 if turn < 10 else chance.randint(0, 5) for _ in writers]
            seconds = [chance.uniform(0, 0.03) for _ in writers]
            said = list(pool.map(Writer.killed_after, writers, entries, seconds))
            for writer, ids in zip(writers, said, strict=True):
                acknowledged.update((id, writer.who) for id in ids)
            if acknowledged:
                with AdviceRecord(place) as record:
                    found = {entry.id: entry.who for entry in record.entries()}
                assert acknowledged.items() <= found.items()
    with AdviceRecord(place) as record:
        assert all(one.document == ADVICE.to_dict() for one in record.advice())
        # Of each writer at most the one entry that it was about to acknowledge is there besides.
        assert len(acknowledged) <= record.count() <= len(acknowledged) + kills
    assert len(acknowledged) > kills


def test_two_writers_lose_nothing_that_was_acknowledged(new_record: Callable[[], str]) -> None:
    place = new_record()
    on_server = place.startswith("postgresql")
    _killed_in_rounds(place, KILLS // 5 if on_server else KILLS)
    if not on_server:
        with closing(sqlite3.connect(place)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_no_writer_fails_when_many_begin_at_once(new_record: Callable[[], str]) -> None:
    for _ in range(3):
        place = new_record()
        writers = [Writer(place, f"w{number}") for number in range(6)]
        with ThreadPoolExecutor(len(writers)) as pool:
            said = list(pool.map(lambda writer: writer.killed_after(5, 0), writers))
        assert all(len(ids) >= 5 for ids in said)


def test_a_server_that_crashes_has_what_was_acknowledged(postgresql: Server) -> None:
    with AdviceRecord(postgresql.new_database()) as record:
        for turn in range(1, 4):
            acknowledged = [record.append(f"w{turn}", ADVICE) for _ in range(5)]
            postgresql.crash_and_start()
            assert list(record.entries(who=f"w{turn}")) == acknowledged  # on a new connection, unasked
