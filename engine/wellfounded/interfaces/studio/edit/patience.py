"""What takes a while, made for as long as somebody waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.requests import Request

from wellfounded.interfaces.studio.edit.effects import LOOK, Superseded

Made = TypeVar("Made")

#: So much that takes a while is done at once. It has threads of its own, so that pages need not wait for it.
AT_ONCE = 2


class Patience:
    """Makes what takes a while in threads that stop when nobody waits for it any more."""

    def __init__(self) -> None:
        self._slow = ThreadPoolExecutor(AT_ONCE, "slow")

    async def made(self, request: Request, make: Callable[[Callable[[], bool]], Made]) -> Made | None:
        """What ``make`` makes, which asks now and then whether the browser is gone; nothing if it was."""
        left = False

        def begun() -> Made:
            if left:
                raise Superseded
            return make(lambda: left)

        work = asyncio.get_running_loop().run_in_executor(self._slow, begun)
        work.add_done_callback(_ended)
        try:
            while not work.done():
                await asyncio.wait([work], timeout=LOOK)
                left = left or await request.is_disconnected()
            return await work
        except Superseded:
            return None
        finally:
            left = True


def _ended(work: asyncio.Future[Any]) -> None:
    """What became of work that nobody waits for any longer need not be told to anybody, nor logged."""
    if not work.cancelled():
        work.exception()
