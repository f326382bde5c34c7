"""Simple edits without YAML, and what git keeps of them: the rest of every file stays as it was."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attempts import ATTEMPTS
from tests.http.server import Answered, Server
from tests.studio.test_edit import FROM_HERE, Page, shared
from tests.studio.test_edit import folder as folder
from tests.studio.test_edit import workshop as workshop
from wellfounded.interfaces.studio.edit.numbers import number_written
from wellfounded.interfaces.studio.edit.simple import Unwritable, replaced

__all__ = ["shared"]


def hidden_in(html: str) -> dict[str, str]:
    found = re.findall(r'name="((?:was\.)?[^"]+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found}


class Form:
    def __init__(self, workshop: Server, kind: str, id: str, language: str = "en") -> None:
        self.workshop, self.address = workshop, f"/{language}/edit-form/{kind}/{quote(id)}"
        got = workshop.get(self.address)
        assert got.status == 200
        html = got.body.decode()
        self.fields = hidden_in(html)

    def save(self, **changed: str) -> Answered:
        """As somebody does it: what is shown before can be saved then."""
        looked = self.send("check", **changed)
        if looked.status != 200:
            return looked
        self.fields["seen"] = hidden_in(looked.body.decode())["seen"]
        return self.send("save", **changed)

    def send(self, do: str, **changed: str) -> Answered:
        now = {name.removeprefix("was."): value for name, value in self.fields.items() if name[:4] == "was."}
        sent = {**self.fields, **now, **{self.key(name): value for name, value in changed.items()}, "do": do}
        return self.workshop.post(self.address, urlencode(sent).encode(), **FROM_HERE)

    def key(self, ending: str) -> str:
        ending = ending.replace("_", ".")
        found, *others = [key[4:] for key in self.fields if key.startswith("was.") and key.endswith(ending)]
        assert not others
        return str(found)


def test_a_number_is_changed_where_it_stands_and_nothing_else(workshop: Server, folder: Path) -> None:
    path = folder / "parameters.yaml"
    before = path.read_bytes().replace(b"\n", b"\r\n").replace(b"[1.6, 2.2]", b"[ 1.6,   2.2 ]  # why")
    path.write_bytes(before)
    form = Form(workshop, "parameter", "protein_dose", "nl")
    assert form.fields[f"was.{form.key('range_0')}"] == "1,6"
    checked = form.send("check", range_0="1,7")
    assert checked.status == 200 and "Als je dit opslaat" in checked.body.decode()
    assert path.read_bytes() == before
    assert form.save(range_0="1,7").status == 303
    assert path.read_bytes() == before.replace(b"1.6,", b"1.7,")


def test_a_save_is_told_where_it_was_done_and_can_be_put_back_there(workshop: Server, folder: Path) -> None:
    path = folder / "parameters.yaml"
    before = path.read_bytes()
    form = Form(workshop, "parameter", "protein_dose", "nl")
    saved = form.save(range_0="1,7")
    page = workshop.get(saved.headers["location"]).body.decode()
    assert "Opgeslagen in parameters.yaml" in page and 'value="1,7"' in page
    (about,) = re.findall(r'href="(/nl/parameters/[^"]*)"', page)
    assert "1,7" in workshop.get(about).body.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest is not None
    body = urlencode({"digest": digest[1]}).encode()
    put_back = workshop.post("/nl/edit-undo/parameters.yaml", body, **FROM_HERE)
    assert put_back.status == 303 and path.read_bytes() == before
    assert "Wat er stond, is teruggezet" in workshop.get(put_back.headers["location"]).body.decode()
    assert "Opgeslagen in" not in workshop.get(form.address).body.decode()


def test_fields_are_called_what_they_are(workshop: Server) -> None:
    number = workshop.get("/nl/edit-form/parameter/protein_dose").body.decode()
    assert re.findall(r"<label[^>]*>(.*?)</label>", number)[:2] == ["Van", "Tot en met"]
    claim = workshop.get("/nl/edit-form/claim/protein-daily-dose").body.decode()
    # The support is recorded with a name and a day, on a page of its own.
    assert "Onderbouwing: ondersteunt dit deels." in claim and 'cites.0.support"' not in claim
    assert 'href="/nl/evidence/verdict/protein-daily-dose/1"' in claim


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("lots", "has to be a number"),
        ("", "not be empty"),
        ("1,600", "“1,600” can mean two things; write 1600 or 1.600"),
        ("9" * 400, "number"),
        ("9", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field(workshop: Server, folder: Path, written: str, said: str) -> None:
    before = (folder / "parameters.yaml").read_bytes()
    answered = Form(workshop, "parameter", "protein_dose").save(range_0=written)
    assert answered.status == 422 and (folder / "parameters.yaml").read_bytes() == before
    html = unescape(answered.body.decode())
    assert said in html and 'role="alert"' in html
    assert f'value="{written}"' in html


@pytest.mark.parametrize(
    ("language", "written", "number"),
    [
        ("nl", "1.234,5", 1234.5),
        ("nl", "1,600", 1.6),
        ("nl", "-0.5", -0.5),
        ("en", "1,234.5", 1234.5),
        ("en", "82,5", 82.5),
        ("en", "2 kg", None),
        ("nl", "1.23.4", None),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(
    language: str, written: str, number: float | None
) -> None:
    assert number_written(written, language) == number


def test_a_text_is_written_as_it_was_typed(workshop: Server, folder: Path) -> None:
    texts = [*ATTEMPTS, "a: b # c", "- [x", "'\"\\", "yes", "12", "é\u2028\x7f", "a\nb"]
    fields = ("0_reason_nl", "0_reason_en", "0_finding_nl", "0_finding_en")
    while texts:  # several at a time
        typed = dict(zip(fields, texts, strict=False))
        texts = texts[len(typed) :]
        assert Form(workshop, "claim", "protein-daily-dose").save(**typed).status == 303
        again = Form(workshop, "claim", "protein-daily-dose")
        assert {name: again.fields[f"was.{again.key(name)}"] for name in typed} == typed
        page = workshop.get(again.address).body.decode()
        assert re.search(r"<(script>|img|svg|meta http-eq|a href=java)", page) is None


def test_what_was_typed_about_a_thing_that_is_gone_is_not(workshop: Server, folder: Path) -> None:
    form = Form(workshop, "parameter", "protein_dose")
    (folder / "parameters.yaml").write_text("parameters: {}\n")
    told = form.send("check", range_1="2.345")
    page = told.body.decode()
    assert told.status == 404 and "2.345</textarea>" in page
    assert re.findall("<label for=.typed[^>]*>([^<]*)", page) == ["parameters.protein_dose.range.1"]


def test_what_another_changed_meanwhile_is_kept(workshop: Server, folder: Path) -> None:
    form = Form(workshop, "parameter", "protein_dose")
    page = Page(workshop)
    page.send("save", page.text.replace("[1.6, 2.2]", "[1.6, 2.4]"))
    met = form.save(range_0="1.7")
    assert met.status == 409 and "changed in the meantime" in met.body.decode()
    assert "[1.6, 2.4]" in (folder / "parameters.yaml").read_text()
    assert "Somebody else changed this too" not in met.body.decode()
    same = form.save(range_1="2.1")
    assert same.status == 409 and "Now it says: 2.4" in same.body.decode()
    again = Form(workshop, "parameter", "protein_dose")
    assert again.save(range_0="1.7").status == 303
    assert "[1.7, 2.4]" in (folder / "parameters.yaml").read_text()


@pytest.mark.parametrize("address", ["claim/no-such", "person/age", "fact/..%2f..", "rule/%00", "fact/"])
def test_what_has_no_form(workshop: Server, address: str) -> None:
    assert workshop.get(f"/en/edit-form/{address}").status == 404


_LAYOUTS = ('"old"', "'old'", "old", "|\n    old", ">-\n    old\n    more", '"old\n    more"')


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(_LAYOUTS), st.text(max_size=40))
def test_any_text_fits_where_any_other_stood(layout: str, text: str) -> None:
    """Or is refused; and never is anything else touched."""
    before, after = "# why\na:\n  x: ", "\n# comment\n  y: [1, 2]   # end\nb: {c: d}"
    try:
        made = replaced(f"{before}{layout}{after}", "f", {("a", "x"): text})
    except Unwritable:
        assert not text.isprintable()
        return
    assert made.startswith(before) and made.endswith(after)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def checkout(workshop: Server, folder: Path) -> Path:
    git(folder, "init", "--quiet")
    git(folder, "config", "user.name", "Ann")
    git(folder, "config", "user.email", "ann@example.org")
    (folder.parent / "rules" / "notes.txt").write_text("not ours")
    git(folder, "add", "parameters.yaml", "notes.txt")
    git(folder, "commit", "--quiet", "-m", "first <b>version</b>")
    hook = folder / ".git" / "hooks" / "post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.mark.parametrize("message", ["--amend", "-m x", "$(touch ran)", "a\n\nb # c", *ATTEMPTS])
def test_what_was_saved_is_committed_and_nothing_else(workshop: Server, checkout: Path, message: str) -> None:
    (checkout / "notes.txt").write_text("changed, too")
    git(checkout, "add", "notes.txt")
    page = Page(workshop)
    page.send("save", page.text.replace("[1.6, 2.2]", "[1.7, 2.2]"))
    assert "parameters.yaml" in workshop.get("/en/edit").body.decode().partition("commit-message")[0]
    sent = workshop.post("/en/edit-commit", urlencode({"message": message}).encode(), **FROM_HERE)
    assert sent.status == 303
    assert git(checkout, "log", "-1", "--format=%B").strip() == message
    assert git(checkout, "log", "--format=%an") == "Ann\nAnn\n"
    assert "notes.txt" not in git(checkout, "show", "--name-only", "--format=", "HEAD")
    assert git(checkout, "status", "--porcelain").strip() == "M  notes.txt"
    assert not (checkout / "ran").exists() and not Path("ran").exists()
    history = workshop.get("/en/edit-history/parameters.yaml").body.decode()
    versions = re.findall(r'href="\?version=([0-9a-f]+)"', history)
    assert len(versions) == 2 and "first <b>" not in history
    assert len(re.findall(r">[A-Z][a-z]{2} \d{1,2}, \d{4}, \d\d:\d\d</a>", history)) == 2
    old = unescape(workshop.get(f"/en/edit-history/parameters.yaml?version={versions[1]}").body.decode())
    assert "range: [1.6, 2.2]" in old and "range: [1.7, 2.2]" in old


@pytest.mark.parametrize("version", ["HEAD", "--help", "a" * 40, "HEAD:notes.txt", "../..", "%00", "main"])
def test_only_versions_of_the_file_itself_are_shown(workshop: Server, checkout: Path, version: str) -> None:
    assert workshop.get(f"/en/edit-history/parameters.yaml?version={version}").status == 404


def test_who_has_git_check_signatures_sees_the_versions_too(workshop: Server, checkout: Path) -> None:
    """Git would run a program, and write what that says between its answers."""
    program = checkout.parent / "program"
    program.write_text(f"#!/bin/sh\necho checked >&2\ntouch {checkout}/ran\n")
    program.chmod(0o755)
    git(checkout, "config", "gpg.program", str(program))
    git(checkout, "config", "log.showSignature", "true")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n"
    signed = checkout.parent / "signed"
    signed.write_text(git(checkout, "cat-file", "commit", "HEAD").replace("\n\n", f"\n{signature}", 1))
    made = git(checkout, "hash-object", "-t", "commit", "-w", str(signed)).strip()
    git(checkout, "update-ref", "HEAD", made)
    assert f"?version={made}" in workshop.get("/en/edit-history/parameters.yaml").body.decode()
    assert not (checkout / "ran").exists()


def test_a_commit_needs_a_message_and_somebody(workshop: Server, checkout: Path) -> None:
    page = Page(workshop)
    page.send("save", page.text + "# more\n")
    assert workshop.post("/en/edit-commit", b"message=+", **FROM_HERE).status == 422
    git(checkout, "config", "user.name", "")
    for name, mail in (("", ""), ("A<b>", "a@b"), ("A\nB", "a@b")):
        form = urlencode({"message": "x", "name": name, "mail": mail}).encode()
        assert workshop.post("/en/edit-commit", form, **FROM_HERE).status == 422
    form = urlencode({"message": "x", "name": "--author=z", "mail": "z@example.org"}).encode()
    assert workshop.post("/en/edit-commit", form, **FROM_HERE).status == 303
    assert git(checkout, "log", "-1", "--format=%an %ae").strip() == "--author=z z@example.org"
    assert workshop.post("/en/edit-commit", form, **FROM_HERE).status == 409


def test_without_git_there_is_no_history_and_that_is_said(workshop: Server, folder: Path) -> None:
    assert not os.path.exists(folder / ".git")
    assert "not in git" in workshop.get("/en/edit").body.decode()
    assert "not in git" in workshop.get("/en/edit-history/parameters.yaml").body.decode()
    assert workshop.post("/en/edit-commit", b"message=x", **FROM_HERE).status == 404
