"""What git knows of the files, if they are in a checkout, and committing what was saved.

Nothing that is sent becomes an option or a command: messages go through the standard input, revisions are
whole hashes, files are those of the knowledge base, and no hook is run.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from subprocess import CompletedProcess

from wellfounded.load.files import LARGEST_FILE
from wellfounded.load.running_git import run_git
from wellfounded.model.errors import VersionError, WellfoundedError
from wellfounded.model.record import Record

#: So many versions of a file are listed.
MOST = 100

_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_FIELDS = "%H%x00%aI%x00%an%x00%s%x00"
#: No program is run for what we ask, and none writes between what git answers.
_SETTINGS = (
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "commit.gpgSign=false",
    "log.showSignature=false",
)
_ALONE = tuple(word for setting in _SETTINGS for word in ("-c", setting))
#: Somebody waits for a page, so git has only so many seconds each time.
_SECONDS = 10.0


class CommitError(WellfoundedError):
    """Git did not commit; the message is what it says."""


class Commit(Record, frozen=True):
    """``when`` is nothing where what git says is no time."""

    id: str
    when: datetime | None
    author: str
    subject: str


class Author(Record, frozen=True):
    """Who commits; both empty where git does not know."""

    name: str
    mail: str

    @property
    def is_known(self) -> bool:
        return bool(self.name and self.mail)

    @property
    def can_be(self) -> bool:
        """Whether git can write this down."""
        written = f"{self.name}{self.mail}"
        return self.is_known and written.isprintable() and not set(written) & set("<>") and len(written) < 200


class Checkout(Record, frozen=True):
    """The folder of a knowledge base that is in a git checkout.

    All that is asked of it raises ``VersionError`` where git does not answer.
    """

    folder: Path

    def log(self, name: str) -> tuple[Commit, ...]:
        """The commits that changed a file, newest first."""
        done = self._git("log", f"-{MOST}", f"--format={_FIELDS}", "--", name)
        if done.returncode and self._head():
            raise VersionError(_said(done))
        if done.returncode:  # nothing was ever committed
            return ()
        parts = done.stdout.decode(errors="replace").split("\0")
        return tuple(
            Commit(parts[at].strip(), _when(parts[at + 1]), parts[at + 2], parts[at + 3])
            for at in range(0, len(parts) - 4, 4)
        )

    def bytes_at(self, commit: str, name: str) -> bytes | None:
        """What a file held at a commit, if it was there and is not too large."""
        if not _HASH.fullmatch(commit):
            return None
        done = self._git("cat-file", "blob", f"{commit}:./{name}")
        return None if done.returncode or len(done.stdout) > LARGEST_FILE else done.stdout

    def uncommitted(self, names: Sequence[str]) -> tuple[str, ...]:
        """Which of these files are not as they were committed."""
        asked = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", *names)
        changed = self._git(*asked)
        if changed.returncode:
            raise VersionError(_said(changed))
        prefix = os.fsdecode(self._git("rev-parse", "--show-prefix").stdout).rstrip("\n")
        entries = os.fsdecode(changed.stdout).split("\0")
        found = {entry[3:].removeprefix(prefix) for entry in entries if entry and entry[:2] != "!!"}
        return tuple(name for name in names if name in found)

    @property
    def author(self) -> Author:
        """Who commits, as git is told."""
        name, mail = (
            self._git("config", "--get", key).stdout.decode(errors="replace").strip()
            for key in ("user.name", "user.email")
        )
        return Author(name, mail)

    def commit(self, names: Sequence[str], message: str, author: Author) -> str:
        """Commit these files and nothing else; the commit in short.

        Raises ``CommitError``, and ``VersionError`` likewise; then everything is as it was.
        """
        who = ("-c", f"user.name={author.name}", "-c", f"user.email={author.mail}")
        options = ("--only", "--no-verify", "--cleanup=whitespace", "--quiet", "--file=-")
        known = os.fsdecode(self._git("ls-files", "-z", "--cached", "--", *names).stdout).split("\0")
        new = [name for name in names if name not in known]
        is_done = False
        try:
            self._must("add", "--intent-to-add", "--", *names)
            self._must(*who, "commit", *options, "--", *names, input=message.encode())
            is_done = True
        finally:
            if new and not is_done:
                self._git("update-index", "--force-remove", "--", *new)
        return self._git("rev-parse", "--short", "HEAD").stdout.decode(errors="replace").strip()

    def _head(self) -> bool:
        """Whether anything was ever committed."""
        return not self._git("rev-parse", "--verify", "--quiet", "HEAD").returncode

    def _git(self, *arguments: str, input: bytes = b"") -> CompletedProcess[bytes]:
        return run_git(self.folder, *_ALONE, *arguments, input=input, seconds=_SECONDS)

    def _must(self, *arguments: str, input: bytes = b"") -> None:
        """Have git do something. Raises ``CommitError`` where it does not."""
        done = self._git(*arguments, input=input)
        if done.returncode:
            raise CommitError(_said(done))


def checkout_of(root: Path) -> Checkout | None:
    """The checkout that a knowledge base is in, if it is in one and git is there.

    Raises ``VersionError`` where git is there and does not answer, or does not read a checkout that there
    is, such as one that belongs to somebody else.
    """
    folder = root if root.is_dir() else root.parent
    if shutil.which("git") is None:
        return None
    done = run_git(folder, "rev-parse", "--is-inside-work-tree", seconds=_SECONDS)
    whole = folder.absolute()
    if done.returncode and any((parent / ".git").exists() for parent in (whole, *whole.parents)):
        raise VersionError(_said(done))
    return Checkout(folder) if not done.returncode and done.stdout.strip() == b"true" else None


def _said(done: CompletedProcess[bytes]) -> str:
    """The first line of what git says, as what keeps it from going on."""
    lines = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
    return lines[0] if lines else ""


def _when(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
