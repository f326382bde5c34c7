"""How much a request may be, and how long it may take."""

from __future__ import annotations

from wellfounded.model.record import Record


class Limits(Record, frozen=True):
    """``body`` and ``row`` are in bytes, a row being one person in a batch; times are in seconds.

    ``head`` is how many bytes the head of a request may have, and ``keys`` how many keys an object may.
    ``headers`` is how long the head may take, ``pause`` how long its body, or who reads the answer, may be
    silent, and ``whole`` how long a request may take that is no batch. So many ``searches`` for ``/explain``
    and ``/what-if`` are made at once; others wait for their turn.
    """

    body: int = 64 * 1024
    row: int = 64 * 1024
    head: int = 64 * 1024
    depth: int = 8
    keys: int = 500
    at_once: int = 256
    searches: int = 2
    headers: float = 10.0
    pause: float = 30.0
    whole: float = 60.0
