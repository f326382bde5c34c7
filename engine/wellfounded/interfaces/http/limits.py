"""How much a request may be, and how long it may take."""

from __future__ import annotations

from wellfounded.model.record import Record


class Limits(Record, frozen=True):
    """``body`` and ``row`` are in bytes, a row being one person in a batch; times are in seconds.

    ``headers`` is how long the head of a request may take, ``pause`` how long its body, or who reads the
    answer of a batch, may be silent, and ``whole`` how long a request may take that is no batch. So many
    ``searches`` for ``/explain`` and ``/what-if`` are made at once; others wait for their turn.
    """

    body: int = 64 * 1024
    row: int = 64 * 1024
    depth: int = 8
    at_once: int = 256
    searches: int = 2
    headers: float = 10.0
    pause: float = 30.0
    whole: float = 60.0
