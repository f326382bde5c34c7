"""A connection that does not wait for ever until somebody has said what they ask."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from wellfounded.interfaces.http.limits import Limits


def impatient(limits: Limits) -> type[HttpToolsProtocol]:
    """uvicorn's protocol, which closes a connection on which the head of a request takes too long."""

    class Impatient(HttpToolsProtocol):
        waiting: asyncio.TimerHandle | None = None

        def connection_made(  # type: ignore[override]  # uvicorn narrows what asyncio passes, too
            self, transport: asyncio.Transport
        ) -> None:
            super().connection_made(transport)
            self._wait()

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._wait()

        def on_headers_complete(self) -> None:
            self._waited()
            super().on_headers_complete()

        def connection_lost(self, exc: Exception | None) -> None:
            self._waited()
            super().connection_lost(exc)

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
