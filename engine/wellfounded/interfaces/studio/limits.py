"""How much a request of a browser may be, and how long it may take."""

from __future__ import annotations

from wellfounded.model.record import Record


class Limits(Record, frozen=True):
    """``body`` is in bytes, ``sign_in`` that of what signs in, ``address`` the most
    characters of an address; times are in seconds.

    ``at_once`` requests are answered at once, and ``whole`` is how long each may take; ``apart``
    is how long what is searched for or compared is waited for. Who is not in yet has
    places and a time of their own, so that they take none from who is: ``outside`` of them are answered at
    once, ``outside_each`` of one caller, within ``outside_whole``.
    ``wrong`` so many wrong passwords of one caller within ``pause`` seconds are heard, and ``wrong_in_all``
    from wherever they come. ``session`` is how long somebody stays who gave the password.
    """

    body: int = 8 * 1024 * 1024
    sign_in: int = 16 * 1024
    address: int = 16 * 1024
    at_once: int = 64
    whole: float = 120.0
    apart: float = 30.0
    outside: int = 32
    outside_each: int = 8
    outside_whole: float = 15.0
    wrong: int = 5
    wrong_in_all: int = 100
    pause: float = 60.0
    session: float = 12 * 3600.0
