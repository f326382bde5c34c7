"""The studio answers its own pages in a browser on this machine, and nobody else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from tests.conftest import RULES
from tests.http.server import Server, serving
from wellfounded.interfaces.cli.studio import command
from wellfounded.interfaces.studio.limits import Limits
from wellfounded.interfaces.studio.password import Door, Shut, hashed

PASSWORD = "correct horse battery"
HERE = {"sec_fetch_site": "same-origin"}
FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]", ""])
def test_a_name_that_is_not_ours_is_not_answered(studio: Server, host: str) -> None:
    """A site that makes its own name stand for this machine gets nothing to read."""
    assert studio.get("/en/index.html", host=host).status == 421


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "LOCALHOST"])
def test_our_own_names_are(studio: Server, name: str) -> None:
    assert studio.get("/en/index.html", host=f"{name}:{studio.port}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1"},
        {"origin": "SELF.evil.example"},
        {"origin": "SELF/"},
        {"origin": "null", "host": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "cross-site", "origin": "SELF"},
    ],
)
def test_a_page_elsewhere_cannot_send_anything(studio: Server, headers: dict[str, str]) -> None:
    sent = {name: value.replace("SELF", studio.url) for name, value in headers.items()}
    assert studio.post("/sign-out", b"", **sent).status == (421 if "host" in sent else 403)


@pytest.mark.parametrize(
    ("mode", "to", "status"),
    [
        ("navigate", "document", 200),
        ("navigate", "iframe", 403),
        ("navigate", "object", 403),
        ("no-cors", "image", 403),
        ("cors", "empty", 403),
    ],
)
def test_a_page_elsewhere_can_lead_here_and_load_nothing(
    studio: Server, mode: str, to: str, status: int
) -> None:
    sent = {"sec_fetch_site": "cross-site", "sec_fetch_mode": mode, "sec_fetch_dest": to}
    assert studio.get("/en/index.html", **sent).status == status


@pytest.mark.parametrize("headers", [{"origin": "SELF"}, HERE])
def test_a_page_of_ours_can(studio: Server, headers: dict[str, str]) -> None:
    sent = {name: value.replace("SELF", studio.url) for name, value in headers.items()}
    assert studio.post("/sign-out", b"", **sent).status == 303


@pytest.mark.parametrize("path", ["/", "/en/index.html", "/en/nothing", "/static/x/y", "/sign-in"])
def test_every_answer_tells_the_browser_to_run_nothing_else(studio: Server, path: str) -> None:
    headers = studio.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/" + "x" * 20_000, 414),
        ("/en/index.html?" + "q" * 20_000, 414),
        ("/static/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/static/../../../../etc/passwd", 404),
        ("/en/rules/..%2f..%2f..%2fetc%2fpasswd.html", 404),
        *((f"/xx/{rest}", 404) for rest in ("index.html", "advice", "rules", "edit", "people", "evidence")),
        ("/EN/advice", 404),
        ("/xx/edit/parameters.yaml", 404),
        ("/xx/search.html?q=x", 404),
        ("/en/rules/no-such-rule.html", 404),
    ],
)
def test_addresses_that_lead_nowhere(studio: Server, path: str, status: int) -> None:
    answered = studio.get(path)
    assert answered.status == status
    assert b"root:" not in answered.body and b"Traceback" not in answered.body


def test_what_is_too_much_is_told_as_a_page_to_who_reads_pages(studio: Server) -> None:
    long = f"/nl/advice?{'q' * 20_000}"
    page = studio.get(long, accept="text/html,*/*;q=0.8")
    assert page.status == 414 and "<h1>Dit adres is te lang</h1>" in page.body.decode()
    assert b"Spiermassa" not in page.body  # whoever reads it may not be in
    assert page.headers["content-security-policy"] and studio.get(long).body.startswith(b"an address has")
    large = {"content_length": str(Limits().body + 1), "accept": "text/html", **HERE}
    assert "<h1>This is too large</h1>" in studio.ask("POST", "/en/people", b"", **large).body.decode()


def test_a_request_has_a_largest_size(studio: Server) -> None:
    """Whether it says so beforehand or not."""
    large = str(Limits().body + 1)
    assert studio.ask("POST", "/sign-in", b"", content_length=large, **HERE).status == 413
    with studio.connected() as connection:
        head = "POST /sign-in HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\n"
        connection.sendall(f"{head}transfer-encoding: chunked\r\n\r\n".encode())
        chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        for _ in range(Limits().body // 0x100000 + 1):
            connection.sendall(chunk)
        assert b"413" in connection.recv(100)


def test_other_methods_are_refused(studio: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert studio.ask(method, "/en/index.html").status == 405


@pytest.fixture(scope="module")
def locked(_own_cache: object) -> Iterator[Server]:
    with serving(
        str(RULES),
        "--no-browser",
        command="studio",
        environment={"WELLFOUNDED_STUDIO_PASSWORD": hashed(PASSWORD)},
    ) as running:
        yield running


def test_without_the_password_nothing_is_shown(locked: Server) -> None:
    for path in ("/", "/en/index.html", "/en/edit", "/anything"):
        answered = locked.get(path)
        assert answered.status == 303
        assert answered.headers["location"].startswith("/sign-in?to=")
    assert locked.post("/en/edit", b"", **HERE).status == 403
    assert b"muscle" not in locked.get("/sign-in", accept_language="en").body


OPENINGS = ("/sign-in/", "/sign-in", "/sign-in%2f", "/static/", "/static//", "/static/../", "/static/a/b/")


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("rest", ["edit", "edit/parameters.yaml", "people", "evidence", "rules", "x/y/z"])
def test_what_is_open_to_all_leads_to_nothing_else(locked: Server, opening: str, rest: str) -> None:
    """What the addresses begin with that need no password is no language, and tells nothing either."""
    for headers in ({}, HERE):
        method = "POST" if headers else "GET"
        answered = locked.ask(method, f"{opening}{rest}", b"" if headers else None, **headers)
        assert answered.status in (303, 403, 404, 405)
        assert b"<html" not in answered.body


def test_looking_at_the_sign_is_no_guess(locked: Server) -> None:
    assert [locked.ask("HEAD", "/sign-in").status for _ in range(6)] == [200] * 6


def test_with_it_one_comes_where_one_wanted_to_go(locked: Server) -> None:
    there = locked.get("/en/claims.html?a=b").headers["location"]
    sent = f"password={PASSWORD}".replace(" ", "+").encode()
    entered = locked.post(there, sent, **HERE, **FORM)
    assert (entered.status, entered.headers["location"]) == (303, "/en/claims.html?a=b")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Secure" not in cookie
    behind = locked.post(there, sent, host="studio.example", origin="https://studio.example", **FORM)
    assert "Secure" in behind.headers["set-cookie"]
    there = locked.get("/en/edit/a%23b%3f.yaml?line=3").headers["location"]
    assert locked.post(there, sent, **HERE, **FORM).headers["location"] == "/en/edit/a%23b%3f.yaml?line=3"
    carried = cookie.partition(";")[0]
    assert locked.get("/en/claims.html", cookie=carried).status == 200
    for forged in (carried[:-1] + "0", carried.replace("=", "=9"), "wellfounded-studio=9999999999.0"):
        assert forged == carried or locked.get("/en/claims.html", cookie=forged).status == 303


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "/\n/x"])
def test_nobody_is_sent_away_after_signing_in(locked: Server, to: str) -> None:
    answered = locked.get(f"/sign-in?to={to.encode().hex(' ').replace(' ', '%').join(['%', ''])}")
    assert re.search(rb'action="/sign-in\?to=(/|%2F)"', answered.body)


@pytest.mark.parametrize(
    ("referer", "to"),
    [
        ("http://127.0.0.1/nl/edit/a%23b.yaml?line=3", "/nl/edit/a%23b.yaml?line=3"),
        ("https://evil.example", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_who_is_out_by_now_and_sends_a_form_comes_back_to_its_page(
    locked: Server, referer: str, to: str
) -> None:
    sent = {"accept": "text/html,*/*;q=0.8", "referer": referer}
    answered = locked.post("/nl/edit-undo/parameters.yaml", b"do=save", **HERE, **FORM, **sent)
    assert (answered.status, answered.headers["location"]) == (303, f"/sign-in?to={quote(to, safe='')}")


def test_guessing_is_slow_and_ends_soon(locked: Server) -> None:
    statuses = [locked.post("/sign-in", b"password=guess", **HERE, **FORM).status for _ in range(7)]
    assert statuses == [403] * 5 + [429] * 2
    right = f"password={PASSWORD}".replace(" ", "+").encode()
    assert locked.post("/sign-in", right, **HERE, **FORM).status == 429


def test_too_large_a_password_tells_nothing_of_what_is_inside(locked: Server) -> None:
    """Also where it does not say beforehand how large it is."""
    large = b"password=" + b"x" * Limits().sign_in
    assert locked.post("/sign-in", large, **HERE, **FORM).status == 413
    with locked.connected() as connection:
        head = "POST /sign-in HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\n"
        connection.sendall(f"{head}transfer-encoding: chunked\r\n\r\n".encode())
        connection.sendall(b"%x\r\n%b\r\n0\r\n\r\n" % (len(large), large))
        said = connection.recv(100_000)
    assert b" 413 " in said and b"Spiermassa" not in said


def test_guesses_at_once_are_counted_too() -> None:
    door = Door(hashed(PASSWORD), Limits())

    def heard(guess: int) -> bool:
        try:
            return not door.try_password(f"guess {guess}", "192.0.2.1")
        except Shut:
            return False

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(heard, range(16))) == Limits().wrong


def test_a_session_ends_with_its_time_and_with_its_password() -> None:
    moment = time.time()
    kept = hashed(PASSWORD)
    token = Door(kept, Limits(), lambda: moment).sessions.begun()
    assert Door(kept, Limits(), lambda: moment + Limits().session - 1).admits(token)  # after a restart, too
    assert not Door(kept, Limits(), lambda: moment + Limits().session + 1).admits(token)
    assert not Door(hashed(PASSWORD), Limits(), lambda: moment).admits(token)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "a password is needed"),
        (["--host", "::"], "a password is needed"),
        (["--password-file", "FILE"], "write the line that"),
    ],
)
def test_what_it_does_not_start_with(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "FILE").write_text("hunter2 hunter2")
    given = [str(tmp_path / "FILE") if word == "FILE" else word for word in arguments]
    result = CliRunner().invoke(command, [str(RULES), *given])
    assert result.exit_code == 2
    assert said in result.output and "hunter2" not in result.output


def test_a_password_is_long_enough() -> None:
    result = CliRunner().invoke(command, ["--new-password"], input="short\nshort\n")
    assert result.exit_code == 2 and "at least 10 characters" in result.output


@pytest.mark.parametrize(("path", "first"), [("/nl", "/nl/advice"), ("/en/", "/en/advice")])
def test_a_language_alone_leads_to_its_first_page(studio: Server, path: str, first: str) -> None:
    answered = studio.get(path)
    assert (answered.status, answered.headers["location"]) == (303, first)
