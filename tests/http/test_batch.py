"""A batch is answered line by line, while it is still being sent."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.awaited import awaited
from tests.conftest import RULES
from tests.http.in_process import answered
from tests.http.server import Server
from wellfounded import KnowledgeBase
from wellfounded.interfaces.http import addresses
from wellfounded.interfaces.http.app import make_app
from wellfounded.interfaces.http.batch import Lines
from wellfounded.interfaces.http.questions import Question
from wellfounded.interfaces.http.served import Served

NDJSON = "application/x-ndjson"
HEAD = (
    b"POST /batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
    b"Accept-Language: en\r\nTransfer-Encoding: chunked\r\n\r\n"
)


def _rows(server: Server, body: bytes) -> list[Any]:
    answer = server.post("/batch", body, content_type=NDJSON, accept_language="en")
    assert (answer.status, answer.headers["content-type"]) == (200, NDJSON)
    return [json.loads(line) for line in answer.body.splitlines()]


def test_each_line_is_advice(server: Server, article: KnowledgeBase) -> None:
    people = [{"goal": "muscle_gain", "age": age, "healthy": True} for age in range(10, 60)]
    body = b"\n".join(json.dumps({"facts": facts}).encode() for facts in people)
    assert _rows(server, body) == [article.advise(facts, "en").to_dict() for facts in people]


def test_a_bad_line_is_a_problem_in_its_place_and_ends_nothing(server: Server) -> None:
    lines = [
        b'{"facts": {"goal": "other"}}',
        b'{"facts": {"age": 300}}',
        b"",
        b"no JSON",
        b'{"facts": {"goal": "' + b"x" * 70_000 + b'"}}',
        b"\xff",
        b'{"facts": {}, "language": "nl"}\r',
    ]
    rows = _rows(server, b"\n".join(lines) + b"\n")
    assert [row.get("status", "advice") for row in rows] == ["advice", 422, 400, 413, 400, "advice"]
    assert [row["line"] for row in rows if "line" in row] == [2, 4, 5, 6]
    assert rows[1]["errors"][0]["fact"] == "age"
    assert [row["language"] for row in rows if "language" in row] == ["en", "nl"]


def test_nobody_at_all_is_an_empty_answer(server: Server) -> None:
    assert _rows(server, b"") == _rows(server, b"\n\n") == []


def test_a_mistake_of_ours_is_a_problem_in_its_place_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def advise(_: object, asked: Question, languages: str) -> object:
        if asked.facts:
            raise ZeroDivisionError("93.17")
        return {"languages": languages}

    monkeypatch.setattr(addresses, "advised", advise)
    body = b'{"facts": {}}\n{"facts": {"body_mass": 93.17}}\n{"facts": {}}\n'
    _, sent = awaited(answered(make_app([Served("", RULES)]), "POST", "/batch", body, NDJSON))
    first, problem, last = map(json.loads, sent.splitlines())
    assert first == last
    assert (problem["status"], problem["line"]) == (500, 2)
    assert re.search(r"`(\w+)`", problem["detail"])[1] in caplog.text  # type: ignore[index]  # a failed match fails the test as well
    assert "93.17" not in caplog.text and b"93.17" not in sent


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def _lines_from(connection: socket.socket) -> Iterator[bytes]:
    with connection.makefile("rb") as reader:
        for line in reader:
            if line.startswith(b"{"):
                yield line


def test_answers_come_while_people_are_still_being_sent(server: Server) -> None:
    with server.connected() as connection:
        connection.sendall(HEAD)
        answers = _lines_from(connection)
        for goal in ("other", "muscle_gain", "nothing"):
            connection.sendall(_chunk(json.dumps({"facts": {"goal": goal}}).encode() + b"\n"))
            answer = json.loads(next(answers))
            assert answer.get("facts", {}).get("goal", {}).get("value") == (
                goal if goal != "nothing" else None
            )


def test_a_batch_that_breaks_off_is_no_matter_to_others(server: Server) -> None:
    with server.connected() as connection:
        connection.sendall(HEAD + _chunk(b'{"facts": {"goal": "other"}}\n{"facts": {"go'))
        next(_lines_from(connection))
    assert server.get("/health").json["status"] == "ok"


def test_memory_stays_what_it_is(server: Server) -> None:
    def memory() -> float:
        text = server.get("/metrics").body.decode()
        return float(text.partition("\nprocess_resident_memory_bytes ")[2].partition("\n")[0])

    row = b'{"facts": {"goal": "other"}}\n'
    _rows(server, row * 100)
    before = memory()
    assert len(_rows(server, row * 5_000)) == 5_000
    assert memory() - before < 10_000_000


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=6), st.integers(1, 20))
def test_lines_are_the_same_however_they_arrive(data: bytes, cuts: list[int], longest: int) -> None:
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    lines = Lines(longest)
    pieces = [data[start:end] for start, end in pairwise(places)]
    found = [line for piece in pieces for line in lines.fed(piece)] + list(lines.last())
    whole = data.split(b"\n")
    wanted = whole if whole[-1] else whole[:-1]
    assert found == [line.strip() if len(line) <= longest else None for line in wanted]
