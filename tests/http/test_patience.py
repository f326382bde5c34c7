"""Clients that are slow, stop halfway or send anything at all."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RULES
from tests.http.server import Server, eventually, running
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.problems import Refused
from wellfounded.interfaces.http.questions import question_in
from wellfounded.interfaces.http.reading import strict_json

#: A server that loses its patience soon.
PROGRAM = f"""
import sys
from pathlib import Path
from wellfounded.interfaces.http import running
from wellfounded.interfaces.http.app import make_app
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.served import Served

running.log_to_standard_error(quiet=True)
running._GRACE = 1
limits = Limits(headers=0.3, pause=0.3, at_once=3)
listener = running.listening("127.0.0.1", 0)
ready = lambda: print(f"at {{running.address_of(listener)}}/", file=sys.stderr, flush=True)
running.run(make_app([Served("", Path({str(RULES)!r}))], limits), listener, limits, ready)
"""

HEAD = b"POST /advise HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n"


@pytest.fixture(scope="module")
def impatient(_own_cache: object) -> Iterator[Server]:
    with running(PROGRAM) as server:
        yield server


@pytest.mark.usefixtures("_own_cache")
def test_who_never_ends_does_not_keep_the_server_from_ending() -> None:
    with running(PROGRAM) as server, server.connected() as connection:
        head = HEAD.replace(b"/advise", b"/batch").replace(b"/json", b"/x-ndjson")
        connection.sendall(head + b"\r\n")
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
        begun = threading.Thread(target=_dripped, args=(connection,))
        begun.start()
        assert server.end() == 0
        begun.join()
        assert "graceful shutdown exceeded" in server.log and "Traceback" not in server.log


def _dripped(connection: socket.socket) -> None:
    """Sends a body ever so slowly, until nobody takes it any more."""
    with suppress(OSError):
        for _ in range(35):
            connection.sendall(b" ")
            time.sleep(0.1)


def _all(server: Server, data: bytes) -> bytes:
    """What comes back until the server closes the connection."""
    with server.connected() as connection:
        connection.sendall(data)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


@pytest.mark.parametrize("begun", [b"", b"POST /adv", HEAD])
def test_who_does_not_say_what_they_ask_is_not_waited_for(impatient: Server, begun: bytes) -> None:
    assert _all(impatient, begun) == b""


def _flooded(server: Server, begun: bytes, more: bytes) -> Any:
    """What is answered to somebody who sends ever more of the same; nothing where they are cut off."""
    with server.connected() as connection, suppress(ConnectionError):
        connection.sendall(begun)
        with suppress(ConnectionError):
            for _ in range(1000):
                connection.sendall(more)
            raise AssertionError("all of it was read")
        answer = connection.recv(65536)
        assert b"application/problem+json" in answer
        return json.loads(answer.partition(b"\r\n\r\n")[2])["status"]
    return None


CHUNKED = HEAD.replace(b"Content-Length: 40", b"Transfer-Encoding: chunked") + b"\r\n"


@pytest.mark.parametrize(
    ("begun", "more"),
    [
        (b"GET /", b"a" * 65536),
        (b"GET /health HTTP/1.1\r\nX: ", b"a" * 65536),
        (b"GET /health HTTP/1.1\r\n", b"X: a\r\n" * 10_000),
        (CHUNKED + b"1;x=", b"a" * 65536),
        (CHUNKED + b'c\r\n{"facts":{}}\r\n0\r\nX: ', b"a" * 65536),
    ],
    ids=["address", "header", "headers", "chunk", "trailer"],
)
def test_what_is_no_body_is_limited_as_well(impatient: Server, begun: bytes, more: bytes) -> None:
    assert _flooded(impatient, begun, more) in (431, None)
    assert impatient.get("/health").status == 200


@pytest.mark.parametrize(
    "written", [b"nothing\r\n\r\n", b"GET / HTTP/1.1\r\nno header\r\n\r\n", CHUNKED + b"x\r\n"]
)
def test_what_is_no_http_is_a_problem_as_well(impatient: Server, written: bytes) -> None:
    head, _, body = _all(impatient, written).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400") and b"application/problem+json" in head
    assert json.loads(body)["type"] == "urn:wellfounded:problem:not-http"


@pytest.mark.skipif(
    not hasattr(socket, "TCP_USER_TIMEOUT"), reason="this system cannot end such a connection"
)
def test_who_does_not_read_the_answer_is_not_waited_for(impatient: Server) -> None:
    folder = Path(f"/proc/{impatient.process.pid}/fd")
    before = len(list(folder.iterdir()))
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        reader.connect(("127.0.0.1", impatient.port))
        reader.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
        eventually(lambda: len(list(folder.iterdir())) > before)
        eventually(lambda: len(list(folder.iterdir())) <= before)


def test_a_body_that_does_not_come_is_not_waited_for(impatient: Server) -> None:
    answer = _all(impatient, HEAD + b"\r\n{")
    assert answer.startswith(b"HTTP/1.1 408") and b"problem:too-slow" in answer


def test_a_batch_that_falls_silent_ends_with_a_problem(impatient: Server) -> None:
    head = b"POST /batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n"
    answer = _all(impatient, head + b'Content-Length: 1000\r\n\r\n{"facts": {}}\n{"fac')
    *_, advice, problem = re.findall(rb"^\{.*\}$", answer.replace(b"\r", b""), re.MULTILINE)
    assert json.loads(advice)["facts"] == {}
    assert (json.loads(problem)["status"], json.loads(problem)["line"]) == (408, 2)


def test_more_than_can_be_answered_at_once_are_sent_away(impatient: Server) -> None:
    batch = b"POST /batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
    connections = [impatient.connected() for _ in range(3)]
    for connection in connections:
        connection.sendall(batch + b"Content-Length: 1000\r\n\r\n")
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
    answer = impatient.post("/advise", {"facts": {}})
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert impatient.get("/health").status == 200
    for connection in connections:
        connection.close()
    eventually(lambda: impatient.post("/advise", {"facts": {}}).status == 200)


def _refused_or(data: bytes) -> Any:
    try:
        return strict_json(data, Limits())
    except Refused as error:
        return error.problem.status


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="surrogatepass")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(Refused):
        question_in(data, Limits())


_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**300), 10**300)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(_values)
def test_what_json_writes_is_read_as_it_was(value: Any) -> None:
    assert _refused_or(json.dumps(value).encode()) in (value, 400)
    assert _refused_or(json.dumps(value, ensure_ascii=False).encode()) in (value, 400)
