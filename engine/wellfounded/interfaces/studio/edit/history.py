"""What git knows of the files, if they are in a checkout, and committing what was saved.

Nothing that is sent becomes an option or a command: messages go through the standard input, revisions are
whole hashes, files are those of the knowledge base, and no hook is run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from wellfounded.load.files import LARGEST_FILE
from wellfounded.load.from_git import run_git
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


class CommitError(WellfoundedError):
    """Git did not commit; the message is what it says."""


class Commit(Record, frozen=True):
    id: str
    when: datetime
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
    """The folder of a knowledge base that is in a git checkout."""

    folder: Path

    def log(self, name: str) -> tuple[Commit, ...]:
        """The commits that changed a file, newest first."""
        done = run_git(self.folder, *_ALONE, "log", f"-{MOST}", f"--format={_FIELDS}", "--", name)
        if done.returncode:  # as where nothing was ever committed
            return ()
        parts = done.stdout.decode(errors="replace").split("\0")
        return tuple(
            Commit(parts[at].strip(), datetime.fromisoformat(parts[at + 1]), parts[at + 2], parts[at + 3])
            for at in range(0, len(parts) - 4, 4)
        )

    def bytes_at(self, commit: str, name: str) -> bytes | None:
        """What a file held at a commit, if it was there and is not too large."""
        if not _HASH.fullmatch(commit):
            return None
        done = run_git(self.folder, *_ALONE, "cat-file", "blob", f"{commit}:./{name}")
        return None if done.returncode or len(done.stdout) > LARGEST_FILE else done.stdout

    def uncommitted(self, names: Sequence[str]) -> tuple[str, ...]:
        """Which of these files are not as they were committed."""
        asked = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", *names)
        changed = run_git(self.folder, *_ALONE, *asked)
        prefix = run_git(self.folder, "rev-parse", "--show-prefix").stdout.decode().rstrip("\n")
        entries = changed.stdout.decode(errors="replace").split("\0")
        found = {entry[3:].removeprefix(prefix) for entry in entries if entry and entry[:2] != "!!"}
        return tuple(name for name in names if name in found)

    @property
    def author(self) -> Author:
        """Who commits, as git is told."""
        name, mail = (
            run_git(self.folder, "config", "--get", key).stdout.decode(errors="replace").strip()
            for key in ("user.name", "user.email")
        )
        return Author(name, mail)

    def commit(self, names: Sequence[str], message: str, author: Author) -> str:
        """Commit these files and nothing else; the commit in short. Raises ``CommitError``."""
        who = ("-c", f"user.name={author.name}", "-c", f"user.email={author.mail}")
        added = run_git(self.folder, *_ALONE, "add", "--intent-to-add", "--", *names)
        options = ("--only", "--no-verify", "--cleanup=whitespace", "--quiet", "--file=-")
        done = added
        if not added.returncode:
            sent = message.encode()
            done = run_git(self.folder, *_ALONE, *who, "commit", *options, "--", *names, input=sent)
        if done.returncode:
            lines = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
            raise CommitError(lines[0] if lines else "")
        return run_git(self.folder, "rev-parse", "--short", "HEAD").stdout.decode().strip()


def checkout_of(root: Path) -> Checkout | None:
    """The checkout that a knowledge base is in, if it is in one and git is there."""
    folder = root if root.is_dir() else root.parent
    try:
        done = run_git(folder, "rev-parse", "--is-inside-work-tree")
    except VersionError:
        return None
    return Checkout(folder) if not done.returncode and done.stdout.strip() == b"true" else None
