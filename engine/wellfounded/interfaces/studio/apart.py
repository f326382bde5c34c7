"""Work that may take long, in threads of its own, so that pages need not wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TypeVar

from starlette.requests import Request

from wellfounded.interfaces.studio.refused import Refused

Made = TypeVar("Made")

#: So often, in seconds, it is looked whether somebody still waits for an answer.
LOOK = 0.2


class Busy(Refused):
    """So much is being done, and waits to be done, that no more is taken."""

    def __init__(self) -> None:
        super().__init__(429, headers={"retry-after": "5"})


class TooLong(Refused):
    """This has taken as long as anybody waits for it."""

    def __init__(self) -> None:
        super().__init__(504)


class Left(Refused):
    """Nobody waits for this any more, so nobody reads what is answered."""

    def __init__(self) -> None:
        super().__init__(503)


class Apart:
    """Threads for what may take long: so many ``at_once``, and so many ``waiting`` for their turn.

    A thread cannot be stopped from outside. Its place is taken until it ends, also when nobody waits for what
    it makes; what has not begun by then is never begun.
    """

    def __init__(self, at_once: int, waiting: int, seconds: float) -> None:
        self._threads = ThreadPoolExecutor(at_once, "apart")
        self._most = at_once + waiting
        self._seconds = seconds
        self._taken = 0

    async def made(self, request: Request, make: Callable[[], Made]) -> Made:
        """What is made for a request. Raises ``Busy``, ``TooLong``, ``Left``, and what making it raises."""
        return await self.made_while(request, lambda _: make())

    async def made_while(self, request: Request, make: Callable[[Callable[[], bool]], Made]) -> Made:
        """The same, of what asks now and then whether it was given up, and then stops."""
        if self._taken >= self._most:
            raise Busy
        self._taken += 1
        given_up = False

        def begun() -> Made:
            if given_up:
                raise Left
            return make(lambda: given_up)

        work = asyncio.get_running_loop().run_in_executor(self._threads, begun)
        work.add_done_callback(self._ended)
        until = monotonic() + self._seconds
        try:
            while not work.done():
                await asyncio.wait([work], timeout=LOOK)
                if not work.done() and await request.is_disconnected():
                    raise Left
                if not work.done() and monotonic() > until:
                    raise TooLong
            return await work
        finally:
            given_up = True

    def _ended(self, work: asyncio.Future[Made]) -> None:
        self._taken -= 1
        if not work.cancelled():
            work.exception()  # one that nobody waits for any longer needs no one to be told
