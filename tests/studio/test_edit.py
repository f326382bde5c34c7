"""Files are changed through the studio as they were meant to be, and nothing that anybody wrote is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.attempts import ATTEMPTS
from tests.conftest import RULES
from tests.http.server import Answered, Server, serving


@pytest.fixture(scope="module")
def shared(_own_cache: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """One studio for all that follows; every test begins with the same files in its folder."""
    place = tmp_path_factory.mktemp("knowledge-base") / "rules"
    shutil.copytree(RULES, place)
    with serving(str(place), "--no-browser", command="studio") as running:
        yield running, place


@pytest.fixture
def folder(shared: tuple[Server, Path]) -> Path:
    place = shared[1]
    shutil.rmtree(place.parent)
    place.parent.mkdir()
    return Path(shutil.copytree(RULES, place))


@pytest.fixture
def workshop(shared: tuple[Server, Path], folder: Path) -> Server:
    return shared[0]


FROM_HERE = {"sec_fetch_site": "same-origin", "content_type": "application/x-www-form-urlencoded"}
FILE = "parameters.yaml"


def field(answered: Answered, name: str) -> str:
    """What stands in a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answered.body.decode())
    assert found is not None
    return unescape(found[1])


def typed(answered: Answered) -> str:
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", answered.body.decode(), re.DOTALL)
    assert found is not None
    return unescape(found[1])


def shown(answered: Answered) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answered.body.decode())).split())


class Page:
    """The page of a file as somebody opened it, without scripts."""

    def __init__(self, workshop: Server, name: str = FILE, language: str = "en") -> None:
        self.workshop, self.address = workshop, f"/{language}/edit/{quote(name)}"
        self.name = name
        got = workshop.get(self.address)
        assert got.status == 200
        self.fields = {name: field(got, name) for name in ("base", "digest", "desk")}
        self.text = typed(got)

    def send(self, do: str, text: str | None = None) -> Answered:
        sent = {**self.fields, "text": self.text if text is None else text, "do": do}
        crlf = {name: value.replace("\n", "\r\n") for name, value in sent.items()}  # as browsers send them
        return self.workshop.post(self.address, urlencode(crlf).encode(), **FROM_HERE)

    def undo(self) -> Answered:
        address = self.address.replace("/edit/", "/edit-undo/")
        now = Page(self.workshop, self.name)
        body = urlencode({**now.fields, "text": now.text}).encode()
        return self.workshop.post(address, body, **FROM_HERE)


def test_a_file_is_saved_as_it_was_written_and_can_be_put_back(workshop: Server, folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    page = Page(workshop)
    assert page.text.encode() == page.fields["base"].encode() == before
    assert page.send("save", page.text.replace("range: [7, 9]", "range: [6, 9]")).status == 303
    assert (folder / FILE).read_bytes() == before.replace(b"range: [7, 9]", b"range: [6, 9]")
    assert "Put back what was there" in workshop.get(page.address).body.decode()
    assert page.undo().status == 303
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "data",
    [
        b"# a\r\nfacts: {}\r\n",
        b"# a\nfacts: {}",
        b"\xef\xbb\xbf# a\n",
        b"# a\r\n# b\n# c\r\n",
        b"\n\n# a\n\n",
        b"",
        "# \U0001f600 é \u2028\u0085\n".encode(),
    ],
)
def test_line_ends_marks_and_the_end_stay_as_they_were(workshop: Server, folder: Path, data: bytes) -> None:
    (folder / "more.yaml").write_bytes(data)
    page = Page(workshop, "more.yaml")
    assert page.send("anyway", page.text + "# more").status == 303
    assert (folder / "more.yaml").read_bytes() == data + b"# more"


def test_nobody_writes_over_what_another_wrote(workshop: Server, folder: Path) -> None:
    one, other = Page(workshop), Page(workshop)
    changed = one.text.replace("range: [7, 9]", "range: [6, 9]")
    assert one.send("save", changed).status == 303
    mine = other.text.replace("range: [60, 90]", "range: [60, 99]")
    met = other.send("save", mine)
    page = unescape(met.body.decode())
    assert met.status == 409 and "range: [6, 9]" in page and "range: [60, 99]" in page
    assert (folder / FILE).read_text() == changed
    both = changed.replace("range: [60, 90]", "range: [60, 99]")
    assert field(met, "text") == both  # the first form has both together
    other.fields["digest"], other.fields["base"] = field(met, "digest"), field(met, "base")
    assert typed(other.send("merged", both)) == both
    assert other.send("save", both).status == 303
    assert (folder / FILE).read_text() == both


@pytest.mark.parametrize("do", ["save", "effects", "check"])
def test_what_was_typed_into_a_file_that_is_gone_is_not(workshop: Server, folder: Path, do: str) -> None:
    page = Page(workshop)
    (folder / FILE).rename(folder / "renamed.yaml")
    told = page.send(do, "# an hour's work\n")
    assert told.status == 404 and "# an hour's work" in unescape(told.body.decode())


def test_what_cannot_be_written_is_told_where_it_was_typed(workshop: Server, folder: Path) -> None:
    name = f"{'x' * 240}.yaml"  # what is written first has a longer name, which no disk takes
    (folder / name).write_text("# before\n")
    page = Page(workshop, name)
    told = page.send("save", "# mine\n")
    assert told.status == 422 and "cannot be written" in shown(told) and typed(told) == "# mine\n"
    assert (folder / name).read_text() == "# before\n"


def test_where_a_save_was_put_back_one_can_change_the_language(workshop: Server) -> None:
    for page, to in ((f"edit-undo/{FILE}", f"edit/{FILE}"), ("edit-commit", "edit")):
        led = workshop.get(f"/nl/{page}")
        assert (led.status, led.headers["location"]) == (303, f"/nl/{to}")


def test_where_both_wrote_the_same_line_one_chooses(workshop: Server, folder: Path) -> None:
    one, other = Page(workshop), Page(workshop)
    one.send("save", one.text.replace("range: [7, 9]", "range: [6, 9]"))
    met = other.send("save", other.text.replace("range: [7, 9]", "range: [7, 8]"))
    assert met.status == 409 and b"Go on with both" not in met.body
    assert "range: [7, 8]" in field(met, "text")
    assert "range: [6, 9]" in typed(other.send("theirs"))


def test_two_who_save_at_once_do_not_both_win(workshop: Server, folder: Path) -> None:
    pages = [Page(workshop) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda p: p[1].send("save", f"{p[1].text}# {p[0]}\n"), enumerate(pages)))
    assert sorted(answered.status for answered in sent) == [303] + [409] * 7
    winner = next(number for number, answered in enumerate(sent) if answered.status == 303)
    assert (folder / FILE).read_text() == f"{pages[0].text}# {winner}\n"


def test_errors_are_told_before_they_are_saved_and_the_former_rules_stay(
    workshop: Server, folder: Path
) -> None:
    page = Page(workshop)
    wrong = page.text.replace("claim: muscle-rest", "claim: muscle-rust")
    warned = page.send("save", wrong)
    assert warned.status == 422 and "did you mean `muscle-rest`?" in warned.body.decode()
    assert (folder / FILE).read_text() == page.text
    assert page.send("anyway", wrong).status == 303
    assert (folder / FILE).read_text() == wrong
    assert workshop.get("/en/index.html").status == 200
    listed = workshop.get("/en/edit").body.decode()
    assert "muscle-rust" in listed and f"/en/edit/{FILE}?line=" in listed
    assert "rules from before" in workshop.get(page.address).body.decode()


def test_what_was_meant_is_written_with_one_button(workshop: Server) -> None:
    page = Page(workshop, "nutrition/protein.yaml")
    wrong = "# \U0001f600\n" + page.text.replace("protein_dose * body", "protein_doze * body", 1)
    button = re.search(r'value="(mend:[^"]*)"', page.send("check", wrong).body.decode())
    assert button is not None
    assert typed(page.send(unescape(button[1]), wrong)) == "# \U0001f600\n" + page.text
    assert typed(page.send("mend:0:3:rm -rf", wrong)) == wrong


def test_what_would_follow_is_told_before_saving(workshop: Server) -> None:
    page = Page(workshop, "parameters.yaml", "nl")
    told = unescape(page.send("effects", page.text.replace("[1.6, 2.2]", "[1.7, 2.2]")).body.decode())
    assert "scenario’s komen niet uit" in told
    assert "protein-daily" in told and "1,7–2,2 g per kg" in told
    kept = unescape(page.send("effects", page.text + "# a remark\n").body.decode())
    assert "scenario’s komen uit" in kept
    assert "De twee zeggen precies hetzelfde" in kept
    assert "onderwerpen betekenen voor iemand iets anders" in told and "parameter protein_dose: " in told
    rule = Page(workshop, "nutrition/protein.yaml")
    assert "small change" in unescape(rule.send("survivors").body.decode())


def ask(workshop: Server, what: str, text: str, at: int = 0, name: str = FILE, desk: str = "a") -> Answered:
    address = f"/en/edit-ask/{what}/{quote(name)}?desk={desk}&at={at}"
    return workshop.post(address, text.encode(), sec_fetch_site="same-origin", content_type="text/plain")


def test_the_files_say_which_scenarios_fail_and_where(workshop: Server, folder: Path) -> None:
    assert re.search(r"All \d+ scenarios come out as expected", shown(workshop.get("/en/edit")))
    numbers = folder / FILE
    numbers.write_text(numbers.read_text("utf-8").replace("[1.6, 2.2]", "[1.7, 2.2]"), "utf-8")
    page = workshop.get("/nl/edit")
    failing, *of_files = map(int, re.findall(r"(\d+) scenario(?:’s)? kom(?:t|en) niet uit", shown(page)))
    assert failing == sum(of_files) > len(of_files) > 1
    assert re.search(r'href="/nl/edit/nutrition/protein\.scenarios\.yaml\?line=\d+"', page.body.decode())
    numbers.write_text("rules: [\n", "utf-8")
    assert "scenario’s komen niet uit" not in shown(workshop.get("/nl/edit"))


def test_an_editor_is_told_places_as_browsers_count_them(workshop: Server, folder: Path) -> None:
    text = "# \U0001f600\n" + (folder / FILE).read_text().replace("claim: muscle-rest", "claim: muscle-rust")
    units = text.encode("utf-16-le")
    [found] = [
        one for one in ask(workshop, "check", text).json["problems"] if "muscle-rust" in one["message"]
    ]
    assert units[found["from"] * 2 : found["to"] * 2].decode("utf-16-le") == "muscle-rust"
    assert found["mend"]["text"] == "muscle-rest"
    at = len(text[: text.index("claim: sleep") + 9].encode("utf-16-le")) // 2
    said = ask(workshop, "hover", text, at).json
    assert said["text"].startswith("sleep-duration") and "recovery.yaml" in said["defined"][0]["name"]
    labels = [option["label"] for option in ask(workshop, "complete", text, at).json["options"]]
    assert "sleep-duration" in labels


def test_nobody_sees_what_another_has_not_saved(workshop: Server, folder: Path) -> None:
    text = (folder / "facts.yaml").read_text()
    secret = text.replace("\n  age:\n", "\n  secret_fact:\n    type: boolean\n  age:\n", 1)
    assert "secret_fact" in secret
    ask(workshop, "check", secret, name="facts.yaml", desk="one")
    rules = (folder / "nutrition/protein.yaml").read_text()
    at = rules.index("goal:")
    for desk in ("one", "other"):
        found = ask(workshop, "complete", rules, at, "nutrition/protein.yaml", desk)
        labels = [option["label"] for option in found.json["options"]]
        assert "age" in labels
        assert desk == "one" or "secret_fact" not in labels


@pytest.mark.parametrize(
    "name",
    [
        "../outside.yaml",
        "..%2foutside.yaml",
        "%2e%2e/outside.yaml",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "claims/../../outside.yaml",
        ".hidden.yaml",
        "link.yaml",
        "linked/outside.yaml",
        "inner.yaml",
        "no-such.yaml",
        "parameters.yaml%00",
        "parameters.yaml/",
        "PARAMETERS.YAML",
        "notes.txt",
        "claims",
    ],
)
def test_only_files_of_the_knowledge_base_are_read_or_written(
    workshop: Server, folder: Path, name: str
) -> None:
    outside = folder.parent / "elsewhere"
    outside.mkdir()
    for path in (folder.parent / "outside.yaml", outside / "outside.yaml", folder / ".hidden.yaml"):
        path.write_text("# secret\n")
    (folder / "notes.txt").write_text("secret")
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
    (folder / "linked").symlink_to(outside)
    (folder / "inner.yaml").symlink_to(folder / ".hidden.yaml")
    for address in (f"/en/edit/{name}", f"/en/edit-history/{name}"):
        got = workshop.get(address)
        assert got.status == 404 and b"secret" not in got.body
    for address in (f"/en/edit/{name}", f"/en/edit-undo/{name}", f"/en/edit-ask/check/{name}"):
        assert workshop.post(address, b"text=x&do=anyway", **FROM_HERE).status == 404
    assert (folder.parent / "outside.yaml").read_text() == "# secret\n"


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_is_written_stays_text(workshop: Server, folder: Path, attempt: str) -> None:
    page = Page(workshop, FILE)
    text = f"{page.text}# {attempt}\n  {attempt!r}: {attempt!r}\n"
    for do in ("check", "save", "effects", "mine"):
        answered = page.send(do, text)
        assert typed(answered) == text
        assert (
            re.search(r"(?<!&lt;)<(script>|img|svg|meta http-eq|a href=java)", answered.body.decode()) is None
        )
    (folder / FILE).write_text(f"{page.text}# theirs {attempt}\n")
    met = page.send("anyway", text)
    assert met.status == 409 and field(met, "text") == text
    assert re.search(r"<(script>|img|svg|meta http-eq|a href=java)", met.body.decode()) is None


BOMBS = {
    "anchors": "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "deep": "[" * 50_000,
    "deep maps": "a: " * 5_000,
    "braces": "{" * 200_000,
    "long line": "a: " + "x" * 900_000,
    "tags": "a: !!python/object/apply:os.system [ls]\n",
    "documents": "a: 1\n---\nb: 2\n",
    "control": "a: \x01\x02\x7f\n",
    "keys": "".join(f"k{number}: 1\n" for number in range(5_000)),
    "not characters": "a: \ufffe\uffff\n",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_hostile_texts_are_told_apart_and_never_break_the_studio(workshop: Server, bomb: str) -> None:
    page = Page(workshop)
    answered = page.send("save", BOMBS[bomb])
    assert answered.status == 422 and b"incident" not in answered.body
    assert typed(answered) == BOMBS[bomb]
    assert ask(workshop, "check", BOMBS[bomb]).status == 200
    assert workshop.get("/en/edit").status == 200
    assert "incident" not in workshop.log


def test_what_no_file_can_be_is_refused_and_kept(workshop: Server, folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    page = Page(workshop)
    large = "# " + "x" * (1024 * 1024)
    assert page.send("anyway", large).status == 413
    assert typed(page.send("anyway", large)) == large
    assert page.send("anyway", "a: \0\n").status == 400
    for body in (b"text=%ff%fe", b"text=\xff", b"&" * 1000 + b"a=1" * 400):
        assert workshop.post(page.address, body, **FROM_HERE).status in (200, 400)
    assert (folder / FILE).read_bytes() == before


def test_a_file_may_have_any_name(workshop: Server, folder: Path) -> None:
    name = "a\nb?#%0a é.yaml"
    (folder / FILE).rename(folder / name)
    assert f'href="/en/edit/{quote(name)}"' in workshop.get("/en/edit").body.decode()
    page = Page(workshop, name)
    assert page.send("save", page.text.replace("[1.6, 2.2]", "[1.7, 2.2]")).status == 303
    assert "[1.7, 2.2]" in (folder / name).read_text("utf-8")
    assert workshop.get(f"/en/edit-history/{quote(name)}").status == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\xff\xfe#", "not UTF-8"), (b"a: \0", "NUL byte"), (b"# " + b"x" * 1024 * 1024, "larger than 1 MB")],
)
def test_files_that_no_browser_can_hold_are_left_alone(
    workshop: Server, folder: Path, data: bytes, said: str
) -> None:
    (folder / "odd.yaml").write_bytes(data)
    got = workshop.get("/en/edit/odd.yaml")
    assert got.status == 200 and said in got.body.decode() and b"<textarea" not in got.body
    assert workshop.post("/en/edit/odd.yaml", b"text=x&do=anyway&digest=", **FROM_HERE).status == 409
    assert (folder / "odd.yaml").read_bytes() == data


def test_where_nobody_may_write_there_is_nothing_to_send(studio: Server) -> None:
    for address in ("/en/edit", f"/en/edit/{FILE}"):
        got = studio.get(address)
        assert got.status == 200 and b"<form" not in got.body
    for part in ("edit", "edit-undo", "edit-ask/check"):
        assert studio.post(f"/en/{part}/{FILE}", b"do=anyway&text=", **FROM_HERE).status == 403


def test_the_files_are_where_one_is_sent_when_nothing_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("rules: [\n")
    with serving(str(tmp_path), "--no-browser", command="studio") as broken:
        assert broken.get("/").headers["location"].endswith("/edit")
        listed = broken.get("/en/edit").body.decode()
        assert "this is not YAML" in listed and "/en/edit/broken.yaml?line=" in listed
        assert "rules: [" in broken.get("/en/edit/broken.yaml").body.decode()


@pytest.mark.parametrize(
    ("language", "heading"),
    [("nl", "De regels kunnen niet worden gelezen"), ("en", "The rules cannot be read")],
)
@pytest.mark.usefixtures("_own_cache")
def test_without_rules_every_page_leads_to_the_errors(tmp_path: Path, language: str, heading: str) -> None:
    folder = Path(shutil.copytree(RULES, tmp_path / "rules"))
    (folder / "facts.yaml").write_text("facts: [")
    with serving(str(folder), "--no-browser", command="studio") as running:
        answered = running.get(f"/{language}/advice")
    page = answered.body.decode()
    assert answered.status == 503 and f"<h1>{heading}</h1>" in page
    assert f'<a href="/{language}/edit">' in page
