"""Running the server: a socket, uvicorn on it, a log on standard error, and an end that drops no request."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.patience import impatient

#: Requests that are being answered have so many seconds when the server is told to end.
_GRACE = 30


def listening(host: str, port: int) -> socket.socket:
    """A socket at an address; port 0 is any that is free. Raises ``OSError``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host.strip("[]"), port), family=family, backlog=2048)


def address_of(listener: socket.socket) -> str:
    """Where a socket listens, as an address for a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def run(app: ASGIApp, listener: socket.socket, limits: Limits, ready: Callable[[], None]) -> None:
    """Serve until the process is told to end; then finish what is being answered.

    ``ready`` is called when the first request can come.
    """
    config = uvicorn.Config(
        app,
        http=impatient(limits),
        ws="none",
        log_config=None,
        access_log=False,  # it would hold what stands in addresses
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        proxy_headers=False,
    )
    signal.signal(
        signal.SIGTERM, lambda *_: None
    )  # uvicorn raises it again when all is done: an end in order
    _Server(config, ready).run([listener])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready()


def log_to_standard_error(quiet: bool) -> None:
    """One line for each request, unless it is to be quiet; and whatever goes wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("uvicorn.error").addFilter(_is_no_end)
    logging.getLogger("wellfounded.serve").setLevel(logging.WARNING if quiet else logging.INFO)


def _is_no_end(record: logging.LogRecord) -> bool:
    """Whether a line is about anything but a request that was cut off at the end, which uvicorn has said."""
    return record.exc_info is None or not isinstance(record.exc_info[1], asyncio.CancelledError)
