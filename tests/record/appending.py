"""Appends until it is killed, and says after each time what is on record. Run by a test in a process."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import wellfounded
from wellfounded.record import AdviceRecord

PLANTS = Path(__file__).parents[1] / "knowledge_bases" / "houseplants"
ADVICE = wellfounded.load(PLANTS).advise({"kind": "fern", "plants": 3})


def append_for_ever(place: str, who: str, acknowledge: Connection) -> None:
    record = AdviceRecord(place)
    acknowledge.send("ready")
    while True:
        acknowledge.send(record.append(who, ADVICE).id)
