"""What a run says of itself: how far it is, and how many rows there were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from wellfounded.model.record import Record

#: Told how far the file is read, and how far that is at the end.
Progress: TypeAlias = Callable[[int, int], None]


class Counts(Record, frozen=True):
    """How many rows got advice, how many were refused, and the file that says which and why."""

    advised: int
    refused: int
    rejects: str
