"""Searches that may take long: a few at once, and none for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class NotSearched(Exception):
    """Nothing was found out; the argument is the word in ``words.py`` for why not."""


class Searches:
    """Runs searches in threads: so many ``at_once``, each waited for so many ``seconds``.

    A thread cannot be stopped. One that is not waited for any longer counts until it ends by itself.
    """

    def __init__(self, at_once: int = 2, seconds: float = 20.0) -> None:
        self.at_once = at_once
        self.seconds = seconds
        self._running = 0

    async def found(self, search: Callable[[], Found]) -> Found:
        """What a search finds. Raises ``NotSearched``, and what the search raises."""
        if self._running >= self.at_once:
            raise NotSearched("too_busy")
        self._running += 1
        task = asyncio.ensure_future(asyncio.to_thread(search))
        task.add_done_callback(self._ended)
        try:
            return await asyncio.wait_for(asyncio.shield(task), self.seconds)
        except TimeoutError:
            raise NotSearched("too_long") from None

    def _ended(self, task: asyncio.Future[Found]) -> None:
        self._running -= 1
        if not task.cancelled():
            task.exception()  # one that nobody waits for any longer needs no one to be told
