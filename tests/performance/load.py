"""A client process that keeps some connections busy.

``python -m tests.performance.load URL BODIES SECONDS FIRST`` starts with the body of that number.

Every connection sends one request after the other, each with the next of the bodies, and reads the whole
answer. What it prints is JSON: how many requests were answered, how many failed, and what each took.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 4

_HEAD_ENDS = b"\r\n\r\n"
_LENGTH = b"content-length: "


class Connection(asyncio.Protocol):
    """Sends a request when the answer to the last one is there, until the time is over."""

    def __init__(self, requests: list[bytes], first: int, until: float, done: asyncio.Future[None]) -> None:
        self.requests = requests
        self.next = first
        self.until = until
        self.done = done
        self.milliseconds: list[float] = []
        self.failed = 0
        self.received = bytearray()
        self.expected = 0

    def itself(self) -> Connection:
        """What asyncio calls to get a protocol."""
        return self

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def _send(self) -> None:
        self.received.clear()
        self.expected = 0
        self.sent = time.perf_counter()
        self.transport.write(self.requests[self.next % len(self.requests)])
        self.next += CONNECTIONS

    def data_received(self, data: bytes) -> None:
        self.received += data
        if not self.expected:
            end = self.received.find(_HEAD_ENDS)
            if end < 0:
                return
            head = bytes(self.received[:end]).lower()
            length = head.partition(_LENGTH)[2].partition(b"\r\n")[0]
            self.failed += not head.startswith(b"http/1.1 200")
            self.expected = end + len(_HEAD_ENDS) + int(length)
        if len(self.received) >= self.expected:
            self._answered()

    def _answered(self) -> None:
        now = time.perf_counter()
        self.milliseconds.append((now - self.sent) * 1e3)
        if now < self.until:
            self._send()
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.failed += time.perf_counter() < self.until
        if not self.done.done():
            self.done.set_result(None)


async def load(url: str, bodies: list[bytes], seconds: float, begin: int) -> dict[str, object]:
    """What the server does with this load."""
    at = urlsplit(url)
    assert at.hostname is not None and at.port is not None
    head = (
        f"POST {at.path} HTTP/1.1\r\nHost: {at.netloc}\r\nContent-Type: application/json\r\nContent-Length: "
    )
    requests = [head.encode() + str(len(body)).encode() + _HEAD_ENDS + body for body in bodies]
    loop, start = asyncio.get_running_loop(), time.perf_counter()
    connections = [
        Connection(requests, begin + first, start + seconds, loop.create_future())
        for first in range(CONNECTIONS)
    ]
    for connection in connections:
        await loop.create_connection(connection.itself, at.hostname, at.port)
    await asyncio.gather(*(connection.done for connection in connections))
    return {
        "seconds": time.perf_counter() - start,
        "failed": sum(connection.failed for connection in connections),
        "milliseconds": [taken for connection in connections for taken in connection.milliseconds],
    }


def main() -> None:
    url, bodies, seconds, first = sys.argv[1:]
    lines = Path(bodies).read_bytes().splitlines()
    print(json.dumps(asyncio.run(load(url, lines, float(seconds), int(first)))))


if __name__ == "__main__":
    main()
