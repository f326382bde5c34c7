"""What takes a while, made for as long as somebody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request

from wellfounded.interfaces.studio.apart import Apart, TooLong
from wellfounded.interfaces.studio.edit.effects import Superseded

Made = TypeVar("Made")

#: So much is made at once, so much waits for its turn, and nothing for more than so many seconds.
AT_ONCE, WAITING, SECONDS = 2, 16, 120.0


class Patience:
    """Makes what takes a while, and stops when nobody waits for it any more."""

    def __init__(self) -> None:
        self._threads = Apart(AT_ONCE, WAITING, SECONDS)

    async def made(self, request: Request, make: Callable[[Callable[[], bool]], Made]) -> Made | None:
        """What ``make`` makes, which asks now and then whether it was given up; nothing if it was."""
        try:
            return await self._threads.made_while(request, make)
        except (Superseded, TooLong):
            return None
