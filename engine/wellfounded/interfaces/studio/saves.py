"""What files held before they were saved here, so that a save can be undone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from threading import Lock

from wellfounded.model.record import Record

#: What the address of a page says that was done, each with the mark of what the file then held.
SAVED, PUT_BACK = "saved", "put-back"


class Replaced(Record, frozen=True):
    """What a file held before it was saved here, and when that was."""

    data: bytes
    at: datetime


class Saves:
    """The last texts that were replaced. They are lost when we end; the decision on the studio says why."""

    MOST = 50

    def __init__(self) -> None:
        self._replaced: OrderedDict[tuple[str, str], Replaced] = OrderedDict()
        self._lock = Lock()

    def note(self, name: str, before: bytes, after: bytes) -> None:
        """A file was saved."""
        with self._lock:
            if after != before:
                self._replaced[name, sha256(after).hexdigest()] = Replaced(before, datetime.now())
                while len(self._replaced) > self.MOST:
                    self._replaced.popitem(last=False)

    def before(self, name: str, digest: str) -> Replaced | None:
        """What a file held before its last save, if ``digest`` is that of what was saved."""
        return self._replaced.get((name, digest))

    def done(self, asked: Mapping[str, str], name: str, digest: str) -> str:
        """What an address says was done to a file; nothing once the file holds something else.

        Somebody else may have saved it since: then what can be put back is not what this was said of.
        """
        is_known = self.before(name, digest) is not None
        return next((word for word in (SAVED, PUT_BACK) if is_known and asked.get(word) == mark(digest)), "")


def mark(digest: str) -> str:
    """A digest of a file, so short that it can stand in an address."""
    return digest[:12]


def mark_of(data: bytes) -> str:
    """The mark of what a file holds."""
    return mark(sha256(data).hexdigest())
