"""A server on 127.0.0.1 that answers as Crossref does, or as badly as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import unquote


class Sent(NamedTuple):
    """One answer. With ``drip`` the body is a space now and then, and never ends."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    drip: bool = False


def record(message: Mapping[str, Any]) -> Sent:
    """Crossref's answer for a work it knows."""
    whole = {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}
    return Sent(body=json.dumps(whole).encode(), headers={"Content-Type": "application/json"})


NOT_KNOWN = Sent(404, b"Resource not found.", {"Content-Type": "text/plain"})


class Server(ThreadingHTTPServer):
    """``answers`` maps a DOI to what is sent, one after the other; the last is sent again and again."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, list[Sent]] = {}
        self.paths: list[str] = []
        self.agents: list[str] = []
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.server.agents.append(self.headers["User-Agent"])
        doi = unquote(self.path.removeprefix("/works/"))
        waiting = self.server.answers.get(doi, [NOT_KNOWN])
        sent = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        try:
            self._send(sent)
        except ConnectionError:
            self.close_connection = True  # whoever asked did not wait for the end

    def _send(self, sent: Sent) -> None:
        self.send_response(sent.status)
        for name, value in sent.headers.items():
            self.send_header(name, value)
        if sent.drip:
            self.end_headers()
            while not self.server.closing.wait(0.02):
                self.wfile.write(b" ")
            return
        if "Content-Length" not in sent.headers:
            self.send_header("Content-Length", str(len(sent.body)))
        self.end_headers()
        self.wfile.write(sent.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests print nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
