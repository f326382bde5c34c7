"""The rule files of a knowledge base as they were at a revision: asked of git, which is run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from wellfounded.load.files import LARGEST_FILE, File, is_wanted, printable
from wellfounded.load.running_git import run_git
from wellfounded.model.errors import VersionError
from wellfounded.model.record import Record

_LINK, _REPOSITORY = "120000", "160000"


class Repository(Record, frozen=True):
    """``folder`` is inside the repository; ``path`` leads from its top to the rules, with forward slashes."""

    folder: Path
    path: str


class _Entry(Record, frozen=True):
    mode: str
    object: str
    path: str


def repository_of(rules: Path) -> Repository:
    """The repository that the folder or file with the rules is, or once was, in. Raises ``VersionError``."""
    whole = Path.cwd() / rules
    folder = next(parent for parent in (whole, *whole.parents) if parent.is_dir())
    done = run_git(folder, "rev-parse", "--show-prefix")
    if done.returncode:
        raise VersionError(f"{folder} is not in a git repository that can be read: {_said(done)}")
    path = PurePosixPath(os.fsdecode(done.stdout.rstrip(b"\n"))) / whole.relative_to(folder).as_posix()
    return Repository(folder, "" if str(path) == "." else str(path))


def with_folder(repository: Repository, name: str) -> tuple[Repository, str]:
    """A revision, and where its rules are: elsewhere, if a folder stands behind it as in ``main:folder``."""
    revision, colon, path = name.partition(":")
    if not colon or not revision or _found(repository, name) or not _found(repository, revision):
        return repository, name
    inside = str(PurePosixPath(path.strip("/")))
    return Repository(repository.folder, "" if inside == "." else inside), revision


def common_ancestor(repository: Repository, one: str, other: str) -> str:
    """The commit at which two revisions parted. Raises ``VersionError``."""
    commits = (_commit(repository, one), _commit(repository, other))
    done = run_git(repository.folder, "merge-base", *commits)
    if done.returncode:
        raise VersionError(f"`{one}` and `{other}` have no commit in common{_if_shallow(repository)}")
    return done.stdout.decode().strip()


def files_at(repository: Repository, revision: str) -> tuple[File, ...]:
    """Every rule file at a revision, by name. Raises ``VersionError``, also where there is none."""
    commit = _commit(repository, revision)
    entries = [entry for entry in _listed(repository, commit) if _holds_rules(entry, repository.path)]
    if not entries:
        raise VersionError(
            f"there is no rule file in `{repository.path or '.'}` at `{revision}`; "
            f"--rules names the folder that holds them, or `{revision}:folder` where it was another one"
        )
    for entry in entries:
        _check(entry, revision)
    contents = _contents(repository, revision, entries)
    names = (_name(entry.path, repository.path) for entry in entries)
    return tuple(sorted(map(File, names, contents), key=lambda file: file.name))


def _commit(repository: Repository, revision: str) -> str:
    commit = _found(repository, revision)
    if not commit:
        what = "neither a folder, a wheel nor a revision of this repository"
        raise VersionError(f"`{revision}` is {what}{_if_shallow(repository)}")
    return commit


def _found(repository: Repository, revision: str) -> str:
    """The commit that a revision is, if it is one."""
    if not revision:
        return ""
    object = _verified(repository, revision)
    return object and _verified(repository, f"{object}^{{commit}}")


def _verified(repository: Repository, asked: str) -> str:
    done = run_git(repository.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", asked)
    found = done.stdout.decode(errors="replace").split()
    return found[-1] if found and not done.returncode else ""


def _if_shallow(repository: Repository) -> str:
    """What to do where a revision may only be missing because not all were fetched."""
    done = run_git(repository.folder, "rev-parse", "--is-shallow-repository")
    if done.stdout.strip() != b"true":
        return ""
    return (
        "; this clone is shallow, so not all revisions are here: `git fetch --unshallow` fetches them, and "
        "for actions/checkout `fetch-depth: 0`"
    )


def _listed(repository: Repository, commit: str) -> Iterator[_Entry]:
    paths = [repository.path] if repository.path else []
    done = run_git(repository.folder, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
    if done.returncode:
        raise VersionError(f"git cannot list the files of {commit[:12]}: {_said(done)}")
    for line in os.fsdecode(done.stdout).split("\0"):
        about, _, path = line.partition("\t")
        if path:
            mode, _, object = about.split()
            yield _Entry(mode, object, path)


def _holds_rules(entry: _Entry, rules: str) -> bool:
    """Files and folders whose name starts with a dot are passed over, as in any folder of rules."""
    hidden = any(part.startswith(".") for part in _name(entry.path, rules).split("/"))
    return entry.path == rules or (is_wanted(entry.path) and not hidden)


def _check(entry: _Entry, revision: str) -> None:
    place = f"{revision}:{printable(entry.path)}"
    if entry.mode == _LINK:
        raise VersionError(f"{place} is a link, and git does not say what is behind it")
    if entry.mode == _REPOSITORY:
        raise VersionError(f"{place} is a repository of its own, whose files git does not have here")
    if printable(entry.path) != entry.path:
        raise VersionError(f"{place} has a name that is not UTF-8; give it another")


def _name(path: str, rules: str) -> str:
    """The name of a file inside the folder of the rules."""
    return PurePosixPath(path).name if path == rules else path.removeprefix(f"{rules}/")


def _contents(repository: Repository, revision: str, entries: list[_Entry]) -> Iterator[bytes]:
    asked = "".join(f"{entry.object}\n" for entry in entries).encode()
    sizes = (
        run_git(repository.folder, "cat-file", "--batch-check", input=asked)
        .stdout.decode(errors="replace")
        .splitlines()
    )
    sizes += [""] * (len(entries) - len(sizes))  # git may stop at the first that is missing
    for entry, line in zip(entries, sizes, strict=True):
        size = line.rpartition(" ")[2]
        if not size.isdigit():
            missing = "is not in this clone: fetch it, as with `git fetch --refetch --no-filter`"
            raise VersionError(f"{revision}:{entry.path} {missing}")
        if int(size) > LARGEST_FILE:
            much = f"{int(size):,} bytes, and at most {LARGEST_FILE:,} are read"
            raise VersionError(f"{revision}:{entry.path} has {much}")
    done = run_git(repository.folder, "cat-file", "--batch", input=asked)
    if done.returncode:
        raise VersionError(f"git cannot read the files of `{revision}`: {_said(done)}")
    found = memoryview(done.stdout)
    start = 0
    while start < len(found):
        end = start + bytes(found[start : start + 200]).index(b"\n")
        length = int(bytes(found[start:end]).split()[-1])
        yield bytes(found[end + 1 : end + 1 + length])
        start = end + 1 + length + 1


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "git says nothing"
