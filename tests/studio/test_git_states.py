"""Whatever state git is in, every page about it says something sensible, and its index stays as it was."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import RULES
from tests.http.server import Server, eventually, running
from wellfounded.interfaces.studio.edit.history import checkout_of
from wellfounded.load.running_git import run_git
from wellfounded.model.errors import GitSilentError, VersionError

HERE = {"sec_fetch_site": "same-origin", "content_type": "application/x-www-form-urlencoded"}

#: A studio that waits for git only a moment; the program of git may be another.
PROGRAM = """
import os, sys
from pathlib import Path
os.environ["PATH"] = sys.argv[2] + os.environ["PATH"]
os.environ["WELLFOUNDED_STUDIO_PASSWORD"] = "what nobody else may know"
from wellfounded.interfaces.http import running
from wellfounded.interfaces.http.limits import Limits as Patience
from wellfounded.interfaces.studio.app import make_app
from wellfounded.interfaces.studio.edit import history
from wellfounded.interfaces.studio.workplace import Workplace
from wellfounded.load import running_git

history._SECONDS = float(sys.argv[3])
running.log_to_standard_error(quiet=True)
listener = running.listening("127.0.0.1", 0)
ready = lambda: print(f"at {running.address_of(listener)}/", file=sys.stderr, flush=True)
running.run(make_app(Workplace(Path(sys.argv[1]))), listener, Patience(), ready)
"""


def opened(folder: Path, before: str = "", seconds: float = 30) -> AbstractContextManager[Server]:
    """The studio, with others ``before`` the programs there are."""
    return running(PROGRAM, str(folder), before, str(seconds))


@pytest.fixture(scope="module")
def shared(_own_cache: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    place = tmp_path_factory.mktemp("git") / "rules"
    shutil.copytree(RULES, place)
    with opened(place) as server:
        yield server, place


@pytest.fixture
def checkout(shared: tuple[Server, Path]) -> Path:
    """A checkout in which one file was changed, and one is new, since the first commit."""
    place = shared[1]
    shutil.rmtree(place)
    shutil.copytree(RULES, place)
    git(place, "init", "--quiet", "-b", "main")
    git(place, "config", "user.name", "Ann")
    git(place, "config", "user.email", "ann@example.org")
    git(place, "add", "--", "parameters.yaml")
    git(place, "commit", "--quiet", "-m", "first")
    with (place / "parameters.yaml").open("a") as file:
        file.write("# more\n")
    return place


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def program(place: Path, text: str) -> str:
    place.write_text(text)
    place.chmod(0o755)
    return str(place)


def _gone(folder: Path) -> None:
    shutil.rmtree(folder / ".git")


def _elsewhere(folder: Path) -> None:
    _gone(folder)
    (folder / ".git").write_text("gitdir: /nowhere\n")


def _headless(folder: Path) -> None:
    (folder / ".git" / "HEAD").write_text("\xff nothing")


def _lost(folder: Path) -> None:
    shutil.rmtree(folder / ".git" / "objects")
    (folder / ".git" / "objects").mkdir()


def _damaged(folder: Path) -> None:
    (folder / ".git" / "index").write_bytes(b"DIRC damaged")


def _locked(folder: Path) -> None:
    (folder / ".git" / "index.lock").write_text("")


def _unborn(folder: Path) -> None:
    git(folder, "checkout", "--quiet", "--orphan", "other")
    git(folder, "rm", "-r", "-f", "--quiet", "--cached", ".")


def _nobody(folder: Path) -> None:
    git(folder, "config", "user.name", "")
    git(folder, "config", "user.email", "")


def _hooked(folder: Path) -> None:
    for hook in ("pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change"):
        program(folder / ".git" / "hooks" / hook, "#!/bin/sh\nexit 1\n")


def _signing(folder: Path) -> None:
    git(folder, "config", "commit.gpgsign", "true")
    git(folder, "config", "gpg.program", program(folder.parent / "gpg", "#!/bin/sh\nexit 1\n"))


def _merging(folder: Path) -> None:
    (folder / ".git" / "MERGE_HEAD").write_text(git(folder, "rev-parse", "HEAD"))


def _filtering(folder: Path) -> None:
    (folder / ".gitattributes").write_text("*.yaml filter=broken\n")
    git(folder, "config", "filter.broken.clean", "false")
    git(folder, "config", "filter.broken.required", "true")


def _timeless(folder: Path) -> None:
    """A commit that says it was made at no time that there is."""
    said = git(folder, "cat-file", "commit", "HEAD")
    made = re.sub(r"(author .*>) \d+ \+\d+", r"\1 99999999999999999 +9999", said)
    (folder.parent / "made").write_text(made)
    id = git(folder, "hash-object", "--literally", "-t", "commit", "-w", str(folder.parent / "made")).strip()
    git(folder, "update-ref", "HEAD", id)


STATES = {
    "as it should be": lambda _: None,
    "not a checkout": _gone,
    "a checkout of nothing": _elsewhere,
    "no head": _headless,
    "no objects": _lost,
    "a damaged index": _damaged,
    "a locked index": _locked,
    "a detached head": lambda folder: git(folder, "checkout", "--quiet", "--detach"),
    "an unborn branch": _unborn,
    "nobody": _nobody,
    "hooks that fail": _hooked,
    "signing": _signing,
    "a merge": _merging,
    "a filter that fails": _filtering,
    "no time": _timeless,
}
#: Those in which git reads its index, and in which it commits.
READ = set(STATES) - {"not a checkout", "a checkout of nothing", "no head", "a damaged index"}
COMMITTED = {
    *("as it should be", "a detached head", "an unborn branch", "hooks that fail", "signing", "no time"),
}


def asked(server: Server, message: str = "why") -> list[int]:
    """The statuses of all that asks git; committing comes last."""
    paths = (
        "/en/edit",
        "/en/edit-history/parameters.yaml",
        f"/en/edit-history/parameters.yaml?version={'a' * 40}",
        "/en/compare/versions?git-revision=HEAD",
        "/nl/compare/versions",
    )
    pages = [server.get(path) for path in paths]
    assert all(b"<html" in page.body and b"Traceback" not in page.body for page in pages)
    sent = urlencode({"message": message}).encode()
    return [*(page.status for page in pages), server.post("/en/edit-commit", sent, **HERE).status]


@pytest.mark.parametrize("state", STATES)
def test_whatever_state_git_is_in(shared: tuple[Server, Path], checkout: Path, state: str) -> None:
    STATES[state](checkout)
    index = checkout / ".git" / "index"
    before = index.read_bytes() if index.exists() else b""
    listed = git(checkout, "ls-files", "--stage") if state in READ else ""
    statuses = asked(shared[0])
    assert set(statuses) <= {200, 303, 404, 409, 422, 502}, statuses
    assert (statuses[-1] == 303) is (state in COMMITTED)
    if state == "a checkout of nothing":
        page = shared[0].get("/nl/compare/versions").body.decode()
        assert "Git geeft geen bruikbaar antwoord: fatal: not a git repository: /nowhere" in page
    if state in READ - COMMITTED:
        assert git(checkout, "ls-files", "--stage") == listed
    elif state not in READ:
        assert (index.read_bytes() if index.exists() else b"") == before


def test_a_checkout_that_git_does_not_read_is_one_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is where the studio runs as somebody else than who owns the files."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "rules").mkdir()
    assert checkout_of(tmp_path / "rules") is not None
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(VersionError):
        checkout_of(tmp_path / "rules")


@pytest.mark.usefixtures("_own_cache")
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("#!/bin/sh\nsleep 1000 & sleep 1000\n", "did not answer within 0.3 seconds"),
        ("no program", "cannot be run"),
        ("#!/bin/sh\nexit 0\n", "not in git"),
        ("#!/bin/sh\nprintf '\\377\\376' >&2; exit 1\n", "not in git"),
        ("#!/bin/sh\necho true; exit 0\n", ""),
    ],
)
def test_whatever_git_is(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin" / "git", written)
    folder = Path(shutil.copytree(RULES, tmp_path / "rules"))
    with opened(folder, f"{tmp_path / 'bin'}:", 0.3) as server:
        if "sleep" not in written:  # to compare versions git has longer
            assert set(asked(server)) <= {200, 303, 404, 409, 422, 502}
        assert said in server.get("/en/edit").body.decode()
        assert server.get("/en/edit-history/parameters.yaml").status in (200, 502)
        assert server.post("/en/edit-commit", b"message=why", **HERE).status in (303, 404, 409, 502)
        assert "incident" not in server.log


@pytest.mark.usefixtures("_own_cache")
def test_git_is_told_nothing_that_is_not_for_it(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin" / "git", f"#!/bin/sh\nenv >> {tmp_path}/told\n")
    folder = Path(shutil.copytree(RULES, tmp_path / "rules"))
    with opened(folder, f"{tmp_path / 'bin'}:") as server:
        asked(server)
    told = (tmp_path / "told").read_text()
    assert "GIT_TERMINAL_PROMPT=0" in told and "PATH=" in told
    assert "what nobody else may know" not in told and "WELLFOUNDED" not in told


def test_what_git_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And whoever holds what git writes to is not waited for."""
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin" / "git", f"#!/bin/sh\nsleep 1000 &\necho $! > {tmp_path}/started\nwait\n")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(GitSilentError):
        run_git(tmp_path, "status", seconds=0.5)
    started = Path("/proc") / (tmp_path / "started").read_text().strip()
    eventually(lambda: not started.exists() or (started / "stat").read_text().split()[2] == "Z")
