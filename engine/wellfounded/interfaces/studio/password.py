"""The password of a studio that others can reach: kept as a slow hash, and tried only so often.

Wrong ones are counted by who sends them, so that nobody keeps others out by guessing; and in all, so that
many who guess together come no further. Who is in already is not asked.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from wellfounded.interfaces.studio.limits import Limits
from wellfounded.interfaces.studio.sessions import Sessions

#: Cost, block size and parallel lanes of scrypt (RFC 7914); some 50 ms and 16 MiB each time.
_N, _R, _P = 2**14, 8, 1
_LINE = re.compile(r"scrypt:(?P<salt>[0-9a-f]{32}):(?P<hash>[0-9a-f]{64})")
SHORTEST = 10
_MOST_KNOWN = 1000


class PasswordProblem(ValueError):
    """What is written as a password's hash, or as a password, that is none."""


class Shut(Exception):
    """So many wrong passwords came of late that none is heard."""


def hashed(password: str) -> str:
    """What is kept of a password. Raises ``PasswordProblem`` for one that is too short to keep others out."""
    if len(password) < SHORTEST:
        raise PasswordProblem(f"a password has at least {SHORTEST} characters")
    salt = secrets.token_bytes(16)
    return f"scrypt:{salt.hex()}:{_scrypt(password, salt).hex()}"


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one that this was kept of. Takes long, on purpose."""
    match = _LINE.fullmatch(kept)
    if match is None:
        return False
    given = _scrypt(password, bytes.fromhex(match["salt"]))
    return hmac.compare_digest(given, bytes.fromhex(match["hash"]))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(errors="surrogateescape"), salt=salt, n=_N, r=_R, p=_P, dklen=32)


def read_password(path: Path | None, environment: str) -> str:
    """The hash in a file, or else in the environment; empty where there is none.

    Raises ``PasswordProblem`` for what is no hash, which it does not repeat, and ``OSError``.
    """
    place = "WELLFOUNDED_STUDIO_PASSWORD" if path is None else str(path)
    written = environment if path is None else path.read_text(encoding="utf-8", errors="replace")
    kept = written.strip()
    if kept and not _LINE.fullmatch(kept):
        raise PasswordProblem(f"{place}: write the line that `wellfounded studio --new-password` prints")
    if path is not None and not kept:
        raise PasswordProblem(f"{place}: this file is empty")
    return kept


class Door:
    """Who may come in. ``kept`` is the hash of the password; without any, everybody may."""

    def __init__(self, kept: str, limits: Limits, now: Callable[[], float] = time.time) -> None:
        self.kept = kept
        self.limits = limits
        self.now = now
        self.sessions = Sessions(kept, limits.session, now)
        self._wrong: deque[tuple[float, str]] = deque(maxlen=limits.wrong_in_all)
        #: From where the right password came lately: however many others guess, these are listened to.
        self._known: deque[str] = deque(maxlen=_MOST_KNOWN)
        self._one_at_a_time = Lock()

    def is_shut(self, caller: str) -> bool:
        """Whether so many wrong passwords came of late, from a caller or from all, that none is heard."""
        since = self.now() - self.limits.pause
        late = [who for when, who in self._wrong if when > since]
        too_many_in_all = len(late) >= self.limits.wrong_in_all and caller not in self._known
        return too_many_in_all or late.count(caller) >= self.limits.wrong

    def try_password(self, password: str, caller: str) -> bool:
        """Whether this is the password. Counts those that are not, also of many that come at once.

        Raises ``Shut``.
        """
        with self._one_at_a_time:
            if self.is_shut(caller):
                raise Shut
            if fits(password, self.kept):
                if caller not in self._known:
                    self._known.append(caller)
                return True
            self._wrong.append((self.now(), caller))
            return False

    def admits(self, carried: str) -> bool:
        """Whether a browser that carries this may come in."""
        return not self.kept or self.sessions.holds(carried)
