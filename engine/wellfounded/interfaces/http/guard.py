"""What stands around every request: keys, limits, the last line of defence, the log and the counts."""

from __future__ import annotations

import asyncio
import logging
import time
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wellfounded.interfaces.http.keys import Keys
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.metrics import NO_ROUTE, Metrics
from wellfounded.interfaces.http.problems import Refused, answer, mistake_of_ours, refused

#: Who asks whether the server is well needs no key, and does not wait for others.
_OPEN = "/health"
#: A batch takes as long as it takes; it minds its pauses itself.
_UNTIMED = "/batch"

log = logging.getLogger("wellfounded.serve")


class Guard:
    """Lets a request through or refuses it, and never lets an exception out.

    What is logged and counted is the address with its placeholders: a path, a body or the message of an
    exception may hold what somebody stated of a person.
    """

    def __init__(self, app: ASGIApp, limits: Limits, keys: Keys, metrics: Metrics) -> None:
        self.app = app
        self.limits = limits
        self.keys = keys
        self.metrics = metrics
        self.now = 0
        metrics.now.set_function(lambda: self.now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.now += 1
        try:
            self._admit(scope)
            async with asyncio.timeout(None if scope["path"].endswith(_UNTIMED) else self.limits.whole):
                await self.app(scope, receive, noting)
        except Exception as error:  # the last line of defence: a problem document, never a traceback
            if not status:
                await _answer_to(error)(scope, receive, noting)
        finally:
            self.now -= 1
            self._note(scope, status, time.perf_counter() - started)

    def _admit(self, scope: Scope) -> None:
        """Raises ``Refused`` for a request without a key, or beyond what is answered at once."""
        if scope["path"] == _OPEN:
            return
        if self.keys.hashes:
            given = Headers(scope=scope).get("authorization", "")
            if not self.keys.admits(given):
                what = "this key is not known" if given else "there is no key"
                detail = f"{what}; send one as `Authorization: Bearer KEY`"
                raise refused("key", HTTPStatus.UNAUTHORIZED, detail, www_authenticate="Bearer")
        if self.now > self.limits.at_once:
            detail = f"{self.limits.at_once} requests are being answered, the most at once; try again soon"
            raise refused("busy", HTTPStatus.SERVICE_UNAVAILABLE, detail, retry_after="1")

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", NO_ROUTE)
        self.metrics.answered(scope["method"], route, status, seconds)
        if log.isEnabledFor(logging.INFO):
            log.info("%s %s %s %.1f ms", scope["method"], route, status or "broken off", seconds * 1000)


def _answer_to(error: Exception) -> Response:
    if isinstance(error, Refused):
        return answer(error.problem, error.headers)
    if isinstance(error, TimeoutError):
        detail = "the answer was not ready in time"
        return answer(refused("too-slow", HTTPStatus.SERVICE_UNAVAILABLE, detail).problem)
    return answer(mistake_of_ours(error))
