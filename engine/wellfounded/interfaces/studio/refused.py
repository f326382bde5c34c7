"""A request that is refused, wherever that turns out; ``app.py`` makes a page of it."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A request that cannot be answered as it was meant: a status, and what to say of it."""

    def __init__(self, status: int, text: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = dict(headers or {})
