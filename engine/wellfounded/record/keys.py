"""Encryption of what is on record, with keys from the environment.

A key is one of Fernet: AES with a signature, so that what was changed is noticed. There may be several: the
first encrypts, and all are tried to decrypt, so that a key can be replaced.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from wellfounded.model.errors import RecordError

VARIABLE = "WELLFOUNDED_RECORD_KEY"


class Keys:
    """The keys of a record, newest first. None of them ever shows in a message.

    Raises ``RecordError`` for what is no key.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        ciphers = [_cipher(place, key) for place, key in enumerate(keys, 1)]
        self._cipher = MultiFernet(ciphers) if ciphers else None

    @classmethod
    def from_environment(cls) -> Keys:
        """Those in ``WELLFOUNDED_RECORD_KEY``, parted by commas."""
        written = os.environ.get("WELLFOUNDED_RECORD_KEY", "")
        return cls(key.strip() for key in written.split(",") if key.strip())

    def __bool__(self) -> bool:
        return self._cipher is not None

    def encrypt(self, data: bytes) -> bytes:
        assert self._cipher is not None
        return self._cipher.encrypt(data)

    def decrypt(self, token: bytes, what: str) -> bytes:
        """What was encrypted. Raises ``RecordError`` if ``what`` cannot be read with these keys."""
        if self._cipher is None:
            raise RecordError(f"{what} is encrypted, and {VARIABLE} has no key")
        try:
            return self._cipher.decrypt(token)
        except InvalidToken:
            raise RecordError(
                f"{what} cannot be decrypted with the keys in {VARIABLE}, or it was changed"
            ) from None


def new_key() -> str:
    """A key that was never there before."""
    return Fernet.generate_key().decode()


def _cipher(place: int, key: str) -> Fernet:
    try:
        return Fernet(key)
    except ValueError:
        help = "a key is 32 bytes in URL-safe base64; `wellfounded record key` makes one"
        raise RecordError(f"key {place} in {VARIABLE} is not a key; {help}") from None
