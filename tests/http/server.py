"""The real command, serving in a process of its own, and clients that talk to it over a real socket."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPConnection
from multiprocessing.context import ForkServerProcess
from typing import IO, Any, NamedTuple

from tests.conftest import COVERAGE
from tests.http import forked

#: Servers are copies of one process that has imported what they need, which costs more than all they then do.
_PROCESSES = multiprocessing.get_context("forkserver")
_IMPORTED = ("cli.mcp", "cli.serve", "cli.studio", "http.app", "mcp.server", "studio.app")
_PROCESSES.set_forkserver_preload([f"wellfounded.interfaces.{name}" for name in _IMPORTED])

#: Whether that process is measured, and so all its copies, does not depend on which test starts it.
_MEASURING = {name: value for name, value in os.environ.items() if name == COVERAGE}

#: The command that is installed as ``wellfounded``.
PROGRAM = "from wellfounded.interfaces.cli.main import main; main()"


class Answered(NamedTuple):
    """``headers`` have small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """A running ``wellfounded serve``."""

    def __init__(self, process: ForkServerProcess, log: IO[bytes]) -> None:
        self.process = process
        self._log = log
        self.port = 0

    @property
    def log(self) -> str:
        """What it wrote so far, to either stream."""
        self._log.seek(0)
        return self._log.read().decode()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answered:
        """One request. A body that is no bytes is sent as JSON; ``accept_language`` gives that header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            named = {"content-type": "application/json", **named}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answered(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answered:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> Answered:
        return self.ask("POST", path, body, **headers)

    def connected(self) -> socket.socket:
        """A bare connection, for clients that do not keep to the rules."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def end(self) -> int:
        """Tell it to end, and wait until it has; its exit code."""
        self.process.terminate()
        self.process.join(timeout=30)
        assert self.process.exitcode is not None, self.log
        return self.process.exitcode


def serving(
    *arguments: str, command: str = "serve", environment: Mapping[str, str] | None = None
) -> AbstractContextManager[Server]:
    """The command with these arguments at a free port, until the block ends."""
    return running(PROGRAM, command, "--port", "0", *arguments, environment=environment)


@contextmanager
def running(program: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A program that serves, and says where, in a process of its own until the block ends."""
    with tempfile.NamedTemporaryFile() as log:
        kept = {**os.environ, **(environment or {})}
        process = _PROCESSES.Process(target=forked.run, args=(program, arguments, kept, log.name))
        os.environ.update(_MEASURING)
        process.start()
        server = Server(process, log)
        try:
            eventually(lambda: _ready(server))
            yield server
        finally:
            _ended(process)


def _ended(process: ForkServerProcess) -> None:
    """Told to end, it writes down what of it was tried; who does not listen is ended all the same."""
    process.terminate()
    process.join(timeout=5)
    if process.exitcode is None:
        process.kill()
        process.join()


def _ready(server: Server) -> bool:
    announced = re.search(r"at http://[^:]+:([0-9]+)/", server.log)
    if announced is None:
        assert server.process.exitcode is None, server.log
        return False
    server.port = int(announced[1])
    return True


def eventually(holds: Callable[[], bool]) -> None:
    """Waits until something holds; how long is no matter, but for ever is."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to hold")
