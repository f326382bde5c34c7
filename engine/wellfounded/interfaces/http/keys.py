"""API keys: made at random, kept as hashes, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path

from wellfounded.model.record import Record

#: A key has so many random bytes, so that a plain hash of it cannot be searched.
_RANDOM_BYTES = 32
_LINE = re.compile(r"(?P<name>[A-Za-z0-9._-]{1,60})\s+(?P<hash>sha256:[0-9a-f]{64})")


class KeyProblem(ValueError):
    """What is written as keys that are none."""


class Keys(Record, frozen=True, gc=True):
    """Name → hash of a key. Without any, everyone is answered."""

    hashes: Mapping[str, str]

    def admits(self, authorization: str) -> bool:
        """Whether the value of an ``Authorization`` header is ``Bearer`` and one of the keys.

        Every hash is compared, so the time says nothing of which one fits, nor of how much of it.
        """
        scheme, _, key = authorization.partition(" ")
        given = hashed(key.strip()).encode()
        fits = [hmac.compare_digest(given, known.encode()) for known in self.hashes.values()]
        return scheme.lower() == "bearer" and any(fits)


def made_key() -> str:
    """A new key, which nobody can guess."""
    return f"wf_{secrets.token_urlsafe(_RANDOM_BYTES)}"


def hashed(key: str) -> str:
    """What is kept of a key."""
    return f"sha256:{hashlib.sha256(key.encode(errors='surrogateescape')).hexdigest()}"


def read_keys(path: Path | None, environment: str) -> Keys:
    """The keys in a file, and those in the environment, where commas too may stand between them.

    Raises ``KeyProblem`` with the place of what is no name and hash, or where a file has no keys at all, and
    ``OSError``.
    """
    try:
        in_file = [] if path is None else path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise KeyProblem(f"{path}: byte {error.start} is no UTF-8 text") from None
    lines = [(f"{path}:{number}", line) for number, line in enumerate(in_file, 1)]
    lines += [("WELLFOUNDED_KEYS", line) for line in re.split(r"[,\n]", environment)]
    keys = Keys(dict(_read(lines)))
    if path is not None and not keys.hashes:  # who names a file does not mean that everyone is answered
        raise KeyProblem(f"{path}: there is no key in it; make one with `wellfounded serve --new-key NAME`")
    return keys


def _read(lines: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    for place, line in lines:
        written = line.partition("#")[0].strip()
        if not written:
            continue
        match = _LINE.fullmatch(written)
        if match is None:  # what is written may be a key, so it is not repeated
            raise KeyProblem(
                f"{place}: write a name and a hash, as `wellfounded serve --new-key NAME` prints them"
            )
        if match["name"] in seen:
            raise KeyProblem(f"{place}: the name `{match['name']}` is there twice")
        seen.add(match["name"])
        yield match["name"], match["hash"]


def names_of_this_machine(host: str) -> tuple[str, ...]:
    """The names under which what listens at a loopback address is asked; others are of who pretends."""
    own = f"[{host.strip('[]')}]" if ":" in host else host.lower()
    return tuple(dict.fromkeys(("127.0.0.1", "localhost", "[::1]", own)))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
