"""The rule files of a knowledge base as they were at a revision: asked of git, which is run."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from wellfounded.load.files import LARGEST_FILE, File, is_wanted
from wellfounded.model.errors import VersionError
from wellfounded.model.record import Record

_LINK = "120000"
_TIME = 60


class Repository(Record, frozen=True):
    """``folder`` is inside the repository; ``path`` leads from its top to the rules, with forward slashes."""

    folder: Path
    path: str


class _Entry(Record, frozen=True):
    mode: str
    object: str
    size: str
    path: str


def repository_of(rules: Path) -> Repository:
    """The repository that the folder or file with the rules is, or once was, in. Raises ``VersionError``."""
    whole = Path.cwd() / rules
    folder = next(parent for parent in (whole, *whole.parents) if parent.is_dir())
    done = _git(folder, "rev-parse", "--show-prefix")
    if done.returncode:
        raise VersionError(f"{folder} is not in a git repository that can be read: {_said(done)}")
    prefix = done.stdout.decode(errors="replace").rstrip("\n")
    path = PurePosixPath(prefix) / whole.relative_to(folder).as_posix()
    return Repository(folder, "" if str(path) == "." else str(path))


def common_ancestor(repository: Repository, one: str, other: str) -> str:
    """The commit at which two revisions parted. Raises ``VersionError``."""
    commits = (_commit(repository, one), _commit(repository, other))
    done = _git(repository.folder, "merge-base", *commits)
    if done.returncode:
        raise VersionError(f"`{one}` and `{other}` have no commit in common")
    return done.stdout.decode().strip()


def files_at(repository: Repository, revision: str) -> tuple[File, ...]:
    """Every rule file at a revision, by name. Raises ``VersionError``, also where there is none."""
    commit = _commit(repository, revision)
    entries = [entry for entry in _listed(repository, commit) if _holds_rules(entry, repository.path)]
    if not entries:
        raise VersionError(
            f"there is no rule file in `{repository.path or '.'}` at `{revision}`; "
            "--rules names the folder that holds the rules in the repository"
        )
    for entry in entries:
        _check(entry, revision)
    contents = _contents(repository, [entry.object for entry in entries])
    names = (_name(entry.path, repository.path) for entry in entries)
    return tuple(sorted(map(File, names, contents), key=lambda file: file.name))


def _commit(repository: Repository, revision: str) -> str:
    asked = f"{revision}^{{commit}}"
    done = _git(repository.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", asked)
    if done.returncode or not revision:
        raise VersionError(f"`{revision}` is neither a folder, a wheel nor a revision of this repository")
    return done.stdout.decode().split()[-1]


def _listed(repository: Repository, commit: str) -> Iterator[_Entry]:
    paths = [repository.path] if repository.path else []
    done = _git(repository.folder, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *paths)
    for line in done.stdout.decode(errors="surrogateescape").split("\0"):
        about, _, path = line.partition("\t")
        if path:
            mode, _, object, size = about.split()
            yield _Entry(mode, object, size, path)


def _holds_rules(entry: _Entry, rules: str) -> bool:
    """Files and folders whose name starts with a dot are passed over, as in any folder of rules."""
    hidden = any(part.startswith(".") for part in _name(entry.path, rules).split("/"))
    return entry.path == rules or (is_wanted(entry.path) and not hidden)


def _check(entry: _Entry, revision: str) -> None:
    if entry.mode == _LINK:
        raise VersionError(f"{revision}:{entry.path} is a link, and git does not say what is behind it")
    if int(entry.size) > LARGEST_FILE:
        much = f"{int(entry.size):,} bytes, and at most {LARGEST_FILE:,} are read"
        raise VersionError(f"{revision}:{entry.path} has {much}")


def _name(path: str, rules: str) -> str:
    """The name of a file inside the folder of the rules."""
    return PurePosixPath(path).name if path == rules else path.removeprefix(f"{rules}/")


def _contents(repository: Repository, objects: Iterable[str]) -> Iterator[bytes]:
    asked = "".join(f"{object}\n" for object in objects).encode()
    found = memoryview(_git(repository.folder, "cat-file", "--batch", input=asked).stdout)
    start = 0
    while start < len(found):
        end = start + bytes(found[start : start + 200]).index(b"\n")
        size = int(bytes(found[start:end]).split()[-1])
        yield bytes(found[end + 1 : end + 1 + size])
        start = end + 1 + size + 1


def _git(folder: Path, *arguments: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise VersionError("git is not installed, and a revision can only be read with it")
    command = [git, "--no-pager", *arguments]
    try:
        return subprocess.run(
            command, cwd=folder, input=input, capture_output=True, check=False, timeout=_TIME
        )
    except subprocess.TimeoutExpired:
        raise VersionError(f"git did not answer within {_TIME} seconds") from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "git says nothing"
