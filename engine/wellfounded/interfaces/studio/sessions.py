"""Who gave the password, until they sign out or their time is over.

A browser carries a random name with the time until when it holds, signed with the hash of the password. So a
session outlives a restart of the studio, and ends when the password is another. Who signed out is out, also
with a copy of what the browser carried: a hash of each such name is kept until its time is over.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from threading import Lock

from wellfounded.load.cache import cached_json, write_entry
from wellfounded.model.record import Record

#: So many random bytes make a name that nobody can guess.
_RANDOM_BYTES = 16


class _Carried(Record, frozen=True):
    """What a browser carries: a name, the time until when it holds, and our signature of both."""

    name: str
    until: int
    signature: str


class Sessions:
    """``key`` signs; ``seconds`` is how long a session holds. Threads can share it."""

    def __init__(self, key: str, seconds: float, now: Callable[[], float]) -> None:
        self._key = key.encode()
        self._seconds = seconds
        self._now = now
        self._lock = Lock()
        # The cache may be lost, and then who signed out before a restart could come in again until their time
        # is over; without it, they could after every restart.
        self._kept_in = f"studio-ended-{hashlib.sha256(self._key).hexdigest()[:16]}"
        kept = cached_json(self._kept_in)
        self._ended = {name: until for name, until in kept.items() if isinstance(until, int)}

    def begun(self) -> str:
        """What the browser of a new session carries."""
        name, until = secrets.token_urlsafe(_RANDOM_BYTES), int(self._now() + self._seconds)
        return f"{until}.{name}.{self._signature(until, name)}"

    def holds(self, written: str) -> bool:
        """Whether this is what one of our sessions carries that has not ended."""
        carried = self._read(written)
        return carried is not None and _hashed(carried.name) not in self._ended

    def end(self, written: str) -> None:
        """End a session, if it is one."""
        carried = self._read(written)
        if carried is None:
            return
        with self._lock:
            ended = {**self._ended, _hashed(carried.name): carried.until}
            self._ended = {name: until for name, until in ended.items() if self._now() < until}
            write_entry(f"{self._kept_in}.json", json.dumps(self._ended).encode())

    def _read(self, written: str) -> _Carried | None:
        """What a browser carries, if it is ours and its time is not over."""
        until, _, rest = written.partition(".")
        name, _, signature = rest.partition(".")
        if not (until.isascii() and until.isdecimal() and len(until) < 16):
            return None
        carried = _Carried(name, int(until), signature)
        known = self._signature(carried.until, name).encode()
        is_ours = hmac.compare_digest(signature.encode(errors="replace"), known)
        return carried if is_ours and self._now() < carried.until else None

    def _signature(self, until: int, name: str) -> str:
        said = f"studio session {name} until {until}".encode(errors="replace")
        return hmac.new(self._key, said, "sha256").hexdigest()


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
