"""Asking politely, and nothing that a server does hurts."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.crossref.cases import DOI, MESSAGE
from tests.crossref.server import NOT_KNOWN, Sent, Server, record
from wellfounded.crossref.client import LARGEST_BODY, Crossref, Reply, ServerError
from wellfounded.model.version import VERSION

TODAY = date(2026, 11, 22)
GOOD = record(MESSAGE)


@pytest.fixture
def waits() -> list[float]:
    """The seconds that were waited, which no test really waits."""
    return []


@pytest.fixture
def ask(server: Server, waits: list[float]) -> Callable[..., Reply]:
    """Asks the server about a DOI in a new conversation."""

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    def asking(doi: str = DOI, **options: Any) -> Reply:
        settings: dict[str, Any] = {"wait": sleep, "today": lambda: TODAY, "deadline": 5.0, **options}
        with Crossref(server.address, **settings) as crossref:
            return crossref.ask(doi)

    return asking


def test_says_who_asks(server: Server, ask: Callable[..., Reply]) -> None:
    ask(mailto="someone@example.org")
    assert server.agents == [f"wellfounded/{VERSION} (mailto:someone@example.org)"]


@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "10.1000/a?b=c#d&e=%2F",
        "10.1000/../../members",
        "10.1000/é ß",
    ],
)
def test_odd_characters_arrive_as_they_are(doi: str, server: Server, ask: Callable[..., Reply]) -> None:
    server.answers[doi] = [GOOD]
    assert ask(doi).known
    assert len(server.paths) == 1 and server.paths[0].count("/") == 2


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_tries_again_later(
    status: int, server: Server, ask: Callable[..., Reply], waits: list[float]
) -> None:
    server.answers[DOI] = [Sent(status), Sent(status), GOOD]
    assert ask().known
    assert [wait for wait in waits if wait >= 1] == [1.0, 2.0]


def test_gives_up_after_four_attempts(server: Server, ask: Callable[..., Reply]) -> None:
    server.answers[DOI] = [Sent(503)]
    assert ask().problem == "the server answers with status 503"
    assert len(server.paths) == 4


def test_waits_as_long_as_the_server_asks(
    server: Server, ask: Callable[..., Reply], waits: list[float]
) -> None:
    server.answers[DOI] = [Sent(429, headers={"Retry-After": "17"}), GOOD]
    assert ask().known
    assert 17.0 in waits


def test_waits_until_the_date_the_server_names(
    server: Server, ask: Callable[..., Reply], waits: list[float]
) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=50), usegmt=True)
    server.answers[DOI] = [Sent(503, headers={"Retry-After": later}), GOOD]
    assert ask().known
    assert any(10 < wait <= 50 for wait in waits)


def test_does_not_wait_for_an_hour(server: Server, ask: Callable[..., Reply]) -> None:
    server.answers[DOI] = [Sent(429, headers={"Retry-After": "3600"}), GOOD]
    assert ask().problem == "the server answers with status 429; it asks to wait 3600 seconds"


@pytest.mark.parametrize("written", ["soon", "", "-1", "٣", "9" * 400, "Thu, 99 Foo 2026 00:00:00 GMT"])
def test_a_senseless_retry_after_is_no_crash(written: str, server: Server, ask: Callable[..., Reply]) -> None:
    header = {"Retry-After": written} if written.isascii() else {}
    server.answers[DOI] = [Sent(503, headers=header), GOOD]
    reply = ask()
    assert reply.known or "asks to wait" in reply.problem


def test_between_requests_there_is_a_pause(server: Server, waits: list[float]) -> None:
    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    with Crossref(server.address, wait=sleep) as crossref:
        crossref.ask("10.1000/a")
        crossref.ask("10.1000/b")
    assert len(waits) == 1 and 0 < waits[0] <= 0.2


DEEP = b'{"message": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (Sent(body=b"<html>Sign in</html>"), "the answer is not JSON"),
        (Sent(body=b'{"message": {"title": ["Wat'), "the answer is not JSON"),
        (Sent(body=b"\xff\xfe\x00\x01\x02"), "the answer is not JSON"),
        (Sent(body=b""), "the answer is not JSON"),
        (Sent(body=DEEP), "the answer is not JSON"),
        (Sent(body=b"[]"), "the answer has not the form of Crossref's"),
        (Sent(body=b'{"message": "hello"}'), "the answer has not the form of Crossref's"),
        (Sent(body=b" " * (LARGEST_BODY + 1)), f"the answer has more than {LARGEST_BODY:,} bytes"),
        (
            Sent(body=gzip.compress(GOOD.body), headers={"Content-Encoding": "gzip"}),
            "the answer is packed, which was not asked for",
        ),
        (
            Sent(404, b"<h1>404</h1>", {"Content-Type": "text/html; charset=utf-8"}),
            "the server answers with a page, and not as Crossref does",
        ),
        (Sent(403), "the server answers with status 403"),
        (Sent(204), "the server answers with status 204"),
        (Sent(body=b"{}", headers={"Content-Length": "100000"}), "the connection broke off"),
        (Sent(drip=True), "the server did not answer within 0.5 seconds"),
    ],
)
def test_bad_answers_are_reported(
    sent: Sent, problem: str, server: Server, ask: Callable[..., Reply], cache: Path
) -> None:
    server.answers[DOI] = [sent]
    assert ask(deadline=0.5).problem == problem
    assert not list(cache.glob("crossref-*")), "nothing of it is kept"


@pytest.mark.parametrize(
    "location",
    [
        "http://example.org/works/1",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "//192.0.2.1/works",
        "",
    ],
)
def test_is_not_sent_just_anywhere(location: str, server: Server, ask: Callable[..., Reply]) -> None:
    server.answers[DOI] = [Sent(302, headers={"Location": location})]
    assert "not safe to ask" in ask().problem


def test_a_redirect_to_no_address_is_no_crash(server: Server, ask: Callable[..., Reply]) -> None:
    server.answers[DOI] = [Sent(302, headers={"Location": "http://[::1/"})]
    assert ask().problem


def test_follows_a_redirect_and_not_a_circle(server: Server, ask: Callable[..., Reply]) -> None:
    server.answers[DOI] = [Sent(301, headers={"Location": "/works/10.1000%2Fnew"})]
    server.answers["10.1000/new"] = [GOOD]
    assert ask().known
    server.answers["10.1000/circle"] = [Sent(301, headers={"Location": "/works/10.1000%2Fcircle"})]
    assert ask("10.1000/circle").problem == "the server sends us on more than 3 times"


@pytest.mark.parametrize(
    "server_address",
    ["http://example.org", "ftp://127.0.0.1", "127.0.0.1:80", "", "https://", "http://[::1", "https://a/?q"],
)
def test_addresses_that_are_not_asked(server_address: str) -> None:
    with pytest.raises(ServerError, match="`"):
        Crossref(server_address)


def test_an_answer_is_kept_for_days(server: Server, ask: Callable[..., Reply]) -> None:
    server.answers[DOI] = [GOOD]
    first = ask(max_age=7)
    assert (first.kept, first.asked_on) == (False, "2026-11-22")
    again = ask(max_age=7, today=lambda: TODAY + timedelta(days=6))
    assert (again.kept, again.asked_on, again.message) == (True, "2026-11-22", first.message)
    assert not ask(max_age=7, today=lambda: TODAY + timedelta(days=7)).kept
    assert not ask(max_age=0).kept


def test_that_a_doi_is_not_known_is_kept_too(server: Server, ask: Callable[..., Reply]) -> None:
    server.answers[DOI] = [NOT_KNOWN]
    assert not ask().known
    kept = ask()
    assert (kept.kept, kept.known, kept.problem) == (True, False, "")


def test_without_a_network_an_old_answer_is_better_than_none(
    server: Server, ask: Callable[..., Reply]
) -> None:
    server.answers[DOI] = [GOOD]
    ask()
    server.answers[DOI] = [Sent(500)]
    later = ask(today=lambda: TODAY + timedelta(days=400))
    assert (later.kept, later.asked_on) == (True, "2026-11-22")
    assert ask("10.1000/new", offline=True).problem == "nothing is kept of an earlier answer"


def test_a_server_that_cannot_be_reached_is_not_asked_again(
    server: Server, ask: Callable[..., Reply], waits: list[float]
) -> None:
    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    server.shutdown()
    server.server_close()
    with Crossref(server.address, wait=sleep) as crossref:
        assert crossref.ask("10.1000/a").problem == "the server cannot be reached"
        waits.clear()
        assert crossref.ask("10.1000/b").problem == "the server cannot be reached"
    assert waits == []


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"asked_on": 3, "message": {}}',
        b'{"asked_on": "2026-11-22", "message": 7}',
        DEEP,
    ],
)
def test_a_damaged_cache_is_asked_anew(
    damage: bytes, server: Server, ask: Callable[..., Reply], cache: Path
) -> None:
    server.answers[DOI] = [GOOD]
    ask()
    (entry,) = cache.glob("crossref-*.json")
    assert json.loads(entry.read_bytes())["doi"] == DOI
    entry.write_bytes(damage)
    reply = ask()
    assert reply.known and not reply.kept
