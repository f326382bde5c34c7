"""Whatever is written into any address or form of the studio: nothing falls over, nothing gets in or out.

The addresses are those the application has, and the names of fields those its templates have, so that what is
added to the studio is tried as well.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from threading import Event
from urllib.parse import quote, urlencode

import pytest
from starlette.routing import Route

from tests.attempts import ATTEMPTS
from tests.awaited import awaited
from tests.conftest import RULES
from tests.http.server import Server
from wellfounded import KnowledgeBase
from wellfounded.interfaces.studio.apart import Apart, Busy, Left, TooLong
from wellfounded.interfaces.studio.app import make_app
from wellfounded.interfaces.studio.workplace import Workplace

TEMPLATES = Path(make_app.__code__.co_filename).parent / "templates"
HERE = {"sec_fetch_site": "same-origin", "content_type": "application/x-www-form-urlencoded"}

PATHS = (
    "..",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "C:\\windows\\win.ini",
    "parameters.yaml/../../../etc/passwd",
    ".git/config",
    "~/.ssh/id_rsa",
    "\x00",
    "parameters.yaml\x00.html",
    "con",
    "-rf",
    "--upload-pack=touch /tmp/ran",
    "HEAD~1;touch /tmp/ran",
    "$(touch /tmp/ran)",
)
TEXTS = (
    "",
    " ",
    "\x00",
    "\ud7ff\uffff",
    "٣",
    "-0",
    "1e999",
    "NaN",
    "9" * 400,
    "{{ 7 * 7 }}{% for x in y %}",
    "{body_mass} ${7*7} #{7*7}",
    "a: &a [*a, *a]\nb: &b [*a, *a]\nc: [*b, *b]",
    "!!python/object/apply:os.system ['touch /tmp/ran']",
    "[" * 5000,
    "\r\nset-cookie: x=y",
    "\u202egnp.exe",
)
EVERYTHING = (*ATTEMPTS, *PATHS, *TEXTS)


def routes() -> list[Route]:
    guarded = make_app(Workplace(RULES))
    application = guarded.app.app.app  # type: ignore[attr-defined]  # within the guard, compression and the look
    return [route for route in application.router.routes if isinstance(route, Route)]


def fields() -> list[str]:
    """The names of all fields, and of what addresses lead to, as the templates have them."""
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]
    return sorted({name for text in texts for name in re.findall(r'\bname="([\w.-]+)"', text)})


def filled(route: Route, value: str) -> str:
    """An address of a route, with a value wherever it takes one."""
    return re.sub(
        r"\{(\w+)(:\w+)?\}",
        lambda match: "en" if match[1] == "language" else quote(value, safe=""),
        route.path,
    )


def asked(route: Route) -> Iterator[tuple[str, str, bytes]]:
    """Every value in the address, and in every field that anything of the studio has."""
    names = [*fields(), "body_mass", "goal", "a.body_mass"]
    methods = [method for method in ("GET", "POST") if method in (route.methods or ())]
    values = cycle(EVERYTHING)
    for method in methods:
        for value in EVERYTHING:
            written = urlencode([(name, next(values)) for name in names], errors="surrogatepass")
            path = filled(route, value if "{" in route.path.replace("{language}", "") else "x")
            yield (method, path, written.encode()) if method == "POST" else (method, f"{path}?{written}", b"")


class Markup(HTMLParser):
    """Collects what a page would run, or load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        ours = (
            tag != "script" or given.get("src", "").startswith("/static/") or "json" in given.get("type", "")
        )
        runs = [name for name in given if name.startswith("on") or name in ("style", "srcdoc", "http-equiv")]
        leads = [given.get(name, "") for name in ("href", "src", "action", "formaction", "xlink:href")]
        outside = [
            to for to in leads if re.match(r"\s*(\w+:|//)", to) and not to.startswith("https://doi.org/10.")
        ]
        if not ours or runs or outside or tag in ("iframe", "object", "embed", "base", "style"):
            self.found.append(self.get_starttag_text() or tag)


def foreign(html: str) -> list[str]:
    """What in a page is not ours."""
    reader = Markup()
    reader.feed(html)
    return reader.found


def state(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("route", routes(), ids=lambda route: f"{route.path}")
def test_every_address_holds(workshop: Server, folder: Path, route: Route) -> None:
    before, around = state(folder), sorted(folder.parent.iterdir())
    for method, path, body in asked(route):
        answered = workshop.ask(method, path, body if method == "POST" else None, **HERE)
        where = f"{method} {path[:200]} {body[:200]!r}"
        assert answered.status < 500, where
        assert "default-src 'self'" in answered.headers["content-security-policy"], where
        assert not answered.headers.get("set-cookie", "").startswith("x"), where
        text = answered.body.decode()
        assert foreign(text) == [], where
        assert not re.search("Traceback|root:x:0|boot loader", text), where
    assert state(folder) == before
    assert sorted(folder.parent.iterdir()) == around
    assert not Path("/tmp/ran").exists()
    assert "incident" not in workshop.log


WRITING = [route for route in routes() if "/edit" in route.path or "/verdict/" in route.path]


@pytest.mark.parametrize("route", WRITING, ids=lambda route: f"{route.path}")
def test_who_may_only_read_writes_nothing(studio: Server, article: KnowledgeBase, route: Route) -> None:
    claim = next(claim.id for claim in article.content.claims.values() if claim.cites)
    there = {
        "file": "parameters.yaml",
        "kind": "claim",
        "id": claim,
        "what": "check",
        "claim": claim,
        "number": "1",
    }
    path = re.sub(r"\{(\w+)(:\w+)?\}", lambda part: {"language": "en", **there}[part[1]], route.path)
    written = urlencode({"text": "# mine", "base": "", "do": "anyway", "message": "x"}).encode()
    before = state(RULES)
    assert studio.post(path, written, **HERE).status in (403, 405)
    assert state(RULES) == before


NAMES = (
    b"\xff.yaml",
    b"folder\xff/x.yaml",
    b"a\nb.yaml",
    "\u202eb.yaml".encode(),
    b"<img src=x onerror=alert(1)>.yaml",
    b"'\"b.yaml",
    b"?x=1.yaml",
    b"%2e%2e%2fx.yaml",
    b"con.yaml",
    b"{{7*7}}.yaml",
)


def test_files_of_any_name_can_be_listed(workshop: Server, folder: Path) -> None:
    for name in NAMES:
        path = os.path.join(os.fsencode(folder), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        Path(os.fsdecode(path)).write_text("# nothing\n")
    listed = workshop.get("/en/edit")
    assert listed.status == 200 and foreign(listed.body.decode()) == []
    assert "the name of this file is not UTF-8" in listed.body.decode()
    for name in NAMES:
        for part in ("edit", "edit-history"):
            answered = workshop.get(f"/en/{part}/{quote(name)}")
            assert answered.status in (200, 404) and foreign(answered.body.decode()) == []
    assert workshop.get("/en/advice").status == 200
    assert "incident" not in workshop.log


@pytest.mark.no_cover
def test_so_much_is_tried() -> None:
    """Whoever reads the figure in the documentation can count on it."""
    assert sum(1 for route in routes() for _ in asked(route)) >= 200


def asked_of_editors(workshop: Server, what: str, text: str, at: int = 0) -> int:
    address = f"/en/edit-ask/{what}/parameters.yaml?desk=d&at={at}"
    return workshop.post(address, text.encode(), sec_fetch_site="same-origin").status


@pytest.mark.parametrize(
    "text",
    [
        f"a: 1{'_' * 900_000}x",
        "a:\n" + " " * 9 + "a" * 900_000 + " ",
        "parameters:\n" + "  protein_dose: {value: 1}\n" * 30_000,
        "".join(f"key_{number}: 1\n" for number in range(60_000)),
        f"a: [{'yes, ' * 150_000}]",
    ],
    ids=["underscores", "one word", "one key", "keys", "words"],
)
@pytest.mark.parametrize("what", ["check", "complete", "hover"])
def test_an_editor_is_answered_whatever_is_in_it(workshop: Server, what: str, text: str) -> None:
    """What took hours would never end."""
    assert asked_of_editors(workshop, what, text, len(text)) == 200


def test_a_reason_is_read_in_one_go(workshop: Server, article: KnowledgeBase) -> None:
    claim = next(claim.id for claim in article.content.claims.values() if claim.cites)
    address = f"/en/evidence/verdict/{quote(claim)}/1"
    based_on = re.search(rb'name="based-on" value="([0-9a-f]{64})"', workshop.get(address).body)
    assert based_on is not None
    reason = f"a{' b/c/c/c/c/c/c' * 60}!"
    sent = {"reason-nl": reason, "reason-en": reason, "by": "A", "on": "2026-11-01", "support": "supports"}
    written = urlencode({**sent, "based-on": based_on[1].decode(), "do": "check"}).encode()
    assert workshop.post(address, written, **HERE).status == 200


@pytest.mark.parametrize("address", ["edit/parameters.yaml", "evidence/verdict/protein-daily-dose/1"])
def test_a_form_has_so_many_fields(workshop: Server, address: str) -> None:
    """To tell millions of them apart would keep everybody waiting."""
    assert workshop.post(f"/en/{address}", b"&" * 5000, **HERE).status == 400


def test_what_may_only_be_read_is_not_written_by_whoever_forgot_to_ask(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: 1\n")
    with pytest.raises(PermissionError):
        Workplace(tmp_path, read_only=True).write("a.yaml", b"a: 1\n", b"a: 2\n")
    assert (tmp_path / "a.yaml").read_bytes() == b"a: 1\n"


def test_what_takes_long_has_places_and_an_end() -> None:
    class Asked:
        left = False

        async def is_disconnected(self) -> bool:
            return self.left

    async def tried() -> None:
        asked, gone, ends = Asked(), Asked(), Event()
        gone.left = True
        apart = Apart(1, 1, 0.3)
        with pytest.raises(TooLong):
            await apart.made(asked, ends.wait)  # type: ignore[arg-type]  # as much of a request as is needed
        begun = Event()
        with pytest.raises(Left):  # whose turn never comes
            await apart.made(gone, begun.set)  # type: ignore[arg-type]  # likewise
        with pytest.raises(Busy):
            await apart.made(asked, begun.set)  # type: ignore[arg-type]  # likewise
        ends.set()
        while apart._taken:
            await asyncio.sleep(0.01)
        assert not begun.is_set()
        assert await apart.made(asked, lambda: 2) == 2  # type: ignore[arg-type]  # likewise

    awaited(tried())
