"""What is said of people on record; apart, so that nothing has to be installed to read it."""

from __future__ import annotations

from typing import Literal

from wellfounded.model.record import Record

#: The outcome of a topic that is not given.
ABSENT = "not given"


class Outcome(Record, frozen=True, omit_defaults=True):
    """A verdict, ``undecided`` or ``not given``, with the bounds of a target on a number."""

    outcome: str
    low: float | None = None
    high: float | None = None


class Moved(Record, frozen=True):
    """A topic that comes out otherwise for one person."""

    topic: str
    old: Outcome
    new: Outcome


class ChangedRow(Record, frozen=True):
    """A row, by its number in the file, and what changes in it."""

    row: int
    topics: tuple[Moved, ...]


class AdvisedByOne(Record, frozen=True):
    """A row that only one of the two can advise, and why the other cannot."""

    row: int
    by: Literal["old", "new"]
    reason: str


class TopicCount(Record, frozen=True):
    """For how many a topic goes from one outcome to another; the same one twice means another target."""

    topic: str
    old: str
    new: str
    people: int


class SavedPeople(Record, frozen=True):
    """``compared`` are those whom both could advise, ``changed`` those of them who get different advice.

    The others could be advised by the old one only, by the new one only, or by neither; ``by_one`` are the
    first few of those whom one could.
    """

    file: str
    compared: int
    changed: int
    only_old: int
    only_new: int
    neither: int
    topics: tuple[TopicCount, ...]
    sample: tuple[ChangedRow, ...]
    by_one: tuple[AdvisedByOne, ...] = ()
