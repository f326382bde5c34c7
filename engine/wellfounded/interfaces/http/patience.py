"""A connection that does not wait for ever: for who asks, or for who reads the answer."""

from __future__ import annotations

import asyncio
import socket
from http import HTTPStatus
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.problems import MEDIA_TYPE, Problem, problem


def impatient(limits: Limits) -> type[HttpToolsProtocol]:
    """uvicorn's protocol, which has no bounds of its own for what is neither a body nor an answer.

    A connection is closed on which the head of a request takes too long or is too large, and one whose client
    takes nothing of the answer any more.
    """

    class Impatient(HttpToolsProtocol):
        waiting: asyncio.TimerHandle | None = None
        #: So many bytes came since a head or a piece of a body was whole.
        pending = 0
        answering: RequestResponseCycle | None = None

        def connection_made(  # type: ignore[override]  # uvicorn narrows what asyncio passes, too
            self, transport: asyncio.Transport
        ) -> None:
            super().connection_made(transport)
            _give_up_after(limits.pause, transport.get_extra_info("socket"))
            self._wait()

        def data_received(self, data: bytes) -> None:
            self.pending += len(data)
            super().data_received(data)
            if self.pending > limits.head and not self.transport.is_closing():
                detail = f"the head of the request has more than {limits.head:,} bytes, the most that is read"
                self._refuse(problem("head", HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail))

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._wait()

        def on_headers_complete(self) -> None:
            self.pending = 0
            self._waited()
            super().on_headers_complete()

        def on_body(self, body: bytes) -> None:
            self.pending = 0
            super().on_body(body)

        def on_message_complete(self) -> None:
            self.pending = 0
            super().on_message_complete()

        def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
            self.answering = cycle
            super()._start_asgi_task(cycle, app)

        def connection_lost(self, exc: Exception | None) -> None:
            self._waited()
            if self.answering is not None:  # uvicorn tells only the last of requests sent without waiting
                self.answering.disconnected = not self.answering.response_complete
                self.answering.message_event.set()
            super().connection_lost(exc)

        def send_400_response(self, msg: str) -> None:
            """What uvicorn says of what is no HTTP, as a problem document."""
            self._refuse(
                problem("not-http", HTTPStatus.BAD_REQUEST, "the request cannot be read as HTTP/1.1")
            )

        def _refuse(self, found: Problem) -> None:
            now = self.cycle
            if (
                now is None or now.response_complete or not now.response_started
            ):  # else it stood amidst another
                self.transport.write(_written(found))
            self.transport.close()

        def _wait(self) -> None:
            self._waited()
            self.waiting = self.loop.call_later(limits.headers, self._close)

        def _waited(self) -> None:
            if self.waiting is not None:
                self.waiting.cancel()
                self.waiting = None

        def _close(self) -> Any:
            self.transport.close()

    return Impatient


def _give_up_after(seconds: float, connection: socket.socket) -> None:
    """Have the system end a connection whose other end takes nothing for so long; where it can (Linux)."""
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is not None:
        connection.setsockopt(socket.IPPROTO_TCP, option, int(seconds * 1000))


def _written(found: Problem) -> bytes:
    """A problem as a whole response, for where there is no request that could be answered."""
    body, status = msgspec.json.encode(found), HTTPStatus(found.status)
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
        f"content-length: {len(body)}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body
