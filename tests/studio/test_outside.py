"""Who is not in keeps nobody out who is, and nobody else who wants to come in."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import RULES
from tests.http.server import Server, running, serving
from wellfounded.interfaces.cli.studio import command
from wellfounded.interfaces.studio.callers import caller_of
from wellfounded.interfaces.studio.limits import Limits
from wellfounded.interfaces.studio.password import Door, Shut, hashed

PASSWORD = "correct horse battery"
KEPT = hashed(PASSWORD)
FORM = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}
UNDERLINED = {name.replace("-", "_"): value for name, value in FORM.items()}
BEGUN = b"POST /sign-in HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncontent-length: 100\r\n\r\npass"
RIGHT = f"password={PASSWORD}".replace(" ", "+")

#: A studio with a password that soon loses its patience with who is not in.
PROGRAM = f"""
import sys
from pathlib import Path
from wellfounded.interfaces.http import running
from wellfounded.interfaces.http.limits import Limits as Patience
from wellfounded.interfaces.studio.app import make_app
from wellfounded.interfaces.studio.limits import Limits
from wellfounded.interfaces.studio.workplace import Workplace

running.log_to_standard_error(quiet=True)
limits = Limits(at_once=4, outside=6, outside_each=3, outside_whole=float(sys.argv[1]))
listener = running.listening("127.0.0.1", 0)
ready = lambda: print(f"at {{running.address_of(listener)}}/", file=sys.stderr, flush=True)
app = make_app(Workplace(Path({str(RULES)!r})), limits, {KEPT!r})
running.run(app, listener, Patience(), ready)
"""


@pytest.fixture
def locked(_own_cache: object) -> Iterator[Server]:
    with running(PROGRAM, "3600") as server:
        yield server


def sign_in(server: Server, password: str, host: str = "127.0.0.1") -> tuple[int, str]:
    """What is answered to a password from an address of this machine, and what a browser then carries."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30, source_address=(host, 0))
    try:
        connection.request("POST", "/sign-in", password, FORM)
        answered = connection.getresponse()
        return answered.status, (answered.getheader("set-cookie") or "").partition(";")[0]
    finally:
        connection.close()


def slowly(server: Server, places: ExitStack, host: str) -> None:
    """Begins to sign in, and does not go on."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30, source_address=(host, 0))
    connection.connect()
    places.callback(connection.close)
    connection.sock.sendall(BEGUN)


def test_guesses_of_one_keep_no_other_out(locked: Server) -> None:
    _, inside = sign_in(locked, RIGHT)
    guesses = [sign_in(locked, "password=guess", "127.0.0.2")[0] for _ in range(6)]
    assert guesses == [403] * 5 + [429]
    assert sign_in(locked, RIGHT, "127.0.0.2")[0] == 429
    assert sign_in(locked, RIGHT, "127.0.0.3")[0] == 303
    assert locked.get("/en/index.html", cookie=inside).status == 200


@pytest.mark.usefixtures("_own_cache")
def test_behind_a_proxy_each_counts_alone() -> None:
    """Where the proxy is one that was named; what others say of who they are is not believed."""
    kept = {"WELLFOUNDED_STUDIO_PASSWORD": KEPT}

    def tried(server: Server, of: str, password: str = "password=guess") -> int:
        return server.post("/sign-in", password.encode(), **UNDERLINED, x_forwarded_for=of).status

    arguments = (str(RULES), "--no-browser", "--proxy")
    with serving(*arguments, "127.0.0.1", command="studio", environment=kept) as server:
        assert [tried(server, "192.0.2.1") for _ in range(6)] == [403] * 5 + [429]
        assert tried(server, "192.0.2.2", RIGHT) == 303
    with serving(*arguments, "192.0.2.9", command="studio", environment=kept) as server:
        assert [tried(server, f"192.0.2.{guess}") for guess in range(6)] == [403] * 5 + [429]


def test_a_proxy_has_an_address() -> None:
    result = CliRunner().invoke(command, [str(RULES), "--proxy", "localhost"])
    assert result.exit_code == 2 and "`localhost` is no address" in result.output


def test_many_who_guess_together_come_no_further() -> None:
    moment = 1000.0
    door = Door(KEPT, Limits(wrong_in_all=8), lambda: moment)
    assert door.try_password(PASSWORD, "192.0.2.1")
    for guess in range(8):
        assert not door.try_password("guess", f"10.0.0.{guess}")
    assert door.try_password(PASSWORD, "192.0.2.1")  # who came in from here before is listened to
    assert [door.try_password("guess", "192.0.2.1") for _ in range(5)] == [False] * 5
    with pytest.raises(Shut):
        door.try_password(PASSWORD, "192.0.2.1")
    with pytest.raises(Shut):
        door.try_password(PASSWORD, "10.0.1.1")
    moment += Limits().pause + 1
    assert door.try_password(PASSWORD, "10.0.1.1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
    ],
)
def test_who_counts_as_one(one: str, other: str, same: bool) -> None:
    """Who has one address of IPv6 has very many, so they are counted by what these share."""
    callers = [caller_of({"type": "http", "client": (host, 1)}) for host in (one, other)]
    assert (callers[0] == callers[1]) is same


def test_who_is_slow_takes_no_place_of_others(locked: Server) -> None:
    _, inside = sign_in(locked, RIGHT)
    with ExitStack() as places:
        for _ in range(20):
            slowly(locked, places, "127.0.0.2")
        assert locked.get("/en/index.html", cookie=inside).status == 200
        assert sign_in(locked, RIGHT, "127.0.0.3")[0] == 303
        for host in range(4, 24):
            slowly(locked, places, f"127.0.0.{host}")
        with ThreadPoolExecutor(4) as pool:
            asked = pool.map(lambda _: locked.get("/en/index.html", cookie=inside).status, range(4))
        assert list(asked) == [200] * 4


@pytest.mark.usefixtures("_own_cache")
def test_who_is_slow_is_not_waited_for() -> None:
    with running(PROGRAM, "0.5") as server, server.connected() as connection:
        connection.sendall(BEGUN)
        answered = b""
        while part := connection.recv(65536):
            answered += part
        assert answered.startswith(b"HTTP/1.1 503")


def test_who_signed_out_is_out(locked: Server) -> None:
    """Also with a copy of what their browser carried, and after a restart; others stay."""
    (_, one), (_, other) = sign_in(locked, RIGHT), sign_in(locked, RIGHT)
    assert one != other
    assert locked.get("/en/index.html", cookie=one).status == 200
    assert locked.post("/sign-out", b"", cookie=one, sec_fetch_site="same-origin").status == 303
    assert locked.get("/en/index.html", cookie=one).status == 303
    assert locked.get("/en/index.html", cookie=other).status == 200
    with running(PROGRAM, "3600") as again:
        assert again.get("/en/index.html", cookie=one).status == 303
        assert again.get("/en/index.html", cookie=other).status == 200


def test_who_signed_out_is_kept_only_so_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WELLFOUNDED_CACHE", str(tmp_path))
    moment = 1000.0
    door = Door(KEPT, Limits(), lambda: moment)
    first = door.sessions.begun()
    door.sessions.end(first)
    moment += Limits().session + 1
    second = door.sessions.begun()
    door.sessions.end(second)
    [kept] = tmp_path.iterdir()
    name = second.split(".")[1]
    assert kept.read_text().count(":") == 1 and name not in kept.read_text()
    assert not door.admits(first) and not door.admits(second)
