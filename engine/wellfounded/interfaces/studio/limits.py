"""How much a request of a browser may be, and how long it may take."""

from __future__ import annotations

from wellfounded.model.record import Record


class Limits(Record, frozen=True):
    """``body`` is in bytes, ``sign_in`` that of what signs in, ``address`` the most
    characters of an address; times are in seconds.

    ``wrong`` so many wrong passwords within ``pause`` seconds are listened to, from wherever they come.
    ``session`` is how long somebody stays who gave the password.
    """

    body: int = 8 * 1024 * 1024
    sign_in: int = 16 * 1024
    address: int = 16 * 1024
    at_once: int = 64
    whole: float = 120.0
    wrong: int = 5
    pause: float = 60.0
    session: float = 12 * 3600.0
