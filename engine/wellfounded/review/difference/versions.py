"""The two versions that are compared: folders, wheels, revisions of a git repository."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import File, is_wanted
from wellfounded.load.from_git import Repository, common_ancestor, files_at, repository_of, with_folder
from wellfounded.load.from_wheel import ENDINGS, FOLDER, files_in
from wellfounded.loading import Diagnostics, load, load_files
from wellfounded.model.errors import KnowledgeBaseError, VersionError
from wellfounded.model.record import Record

_RANGE = re.compile(r"(?P<old>.*?)(?P<dots>\.{2,3})(?P<new>.*)")
#: Where rules are looked for in a repository, if nothing else is said.
RULES = Path("rules")


class Version(Record, frozen=True, eq=False, gc=True):
    """A knowledge base, with the name by which it was asked for."""

    name: str
    knowledge_base: KnowledgeBase


def two_versions(old: str, new: str | None, rules: Path = RULES) -> tuple[Version, Version]:
    """The versions that these words name, each a folder or file, a wheel, or a revision.

    ``old`` alone may be two revisions with dots between them, or one that is held against the folder
    ``rules``, where revisions have their rules, too. Raises ``VersionError`` for what cannot be found, and
    ``KnowledgeBaseError`` with all that is wrong in either.
    """
    if "" in (old, new):
        raise VersionError("one of the two has no name")
    if new is None:
        old, new, rules_of_new = _parted(old, rules)
    else:
        rules_of_new = None
    return _both(
        lambda: _version(old, rules),
        lambda: Version(new, load(rules_of_new)) if rules_of_new else _version(new, rules),
    )


def _parted(old: str, rules: Path) -> tuple[str, str, Path | None]:
    """What is old and what is new, where only one thing is named; and the folder, if that is new."""
    if os.path.exists(old):  # which, unlike Path.exists, takes any text
        raise VersionError(f"`{old}` is a folder or file: name what it is held against, too")
    match = _RANGE.fullmatch(old)
    if match is None:
        if not rules.exists():
            raise VersionError(f"there is no folder {rules} to hold `{old}` against; --rules names it")
        return old, str(rules), rules
    one, other = match["old"] or "HEAD", match["new"] or "HEAD"
    if match["dots"] == "...":
        one = _parting(one, other, rules)
    return one, other, None


def _parting(one: str, other: str, rules: Path) -> str:
    """Where two revisions parted, with the folder that is named with the first, if one is."""
    named = repository_of(rules)
    (repository, revision), (_, another) = (with_folder(named, name) for name in (one, other))
    commit = common_ancestor(repository, revision, another)[:12]
    return commit if repository == named else f"{commit}:{repository.path}"


def _both(old: Callable[[], Version], new: Callable[[], Version]) -> tuple[Version, Version]:
    """Both versions, or all that is wrong with either."""
    versions: list[Version] = []
    found: Diagnostics = ()
    for made in (old, new):
        try:
            versions.append(made())
        except KnowledgeBaseError as error:
            found += error.diagnostics
    if found:
        raise KnowledgeBaseError(found)
    return versions[0], versions[1]


def _version(name: str, rules: Path) -> Version:
    path = Path(name)
    if os.path.isfile(path) and path.suffix.lower() in ENDINGS:
        return Version(name, _loaded(files_in(path), f"{name}/{FOLDER}/"))
    if os.path.exists(path):
        return Version(name, load(path))
    if path.suffix.lower() in ENDINGS:
        raise VersionError(f"there is no wheel {name}")
    try:
        repository = repository_of(rules)
    except VersionError as error:
        raise VersionError(f"there is no file or folder {name}, and {error}") from error
    return Version(name, _at_revision(*with_folder(repository, name)))


def version_at(revision: str, rules: Path) -> Version:
    """The rules in a folder as they were at a revision of its repository, and nothing else by that name.

    Raises ``VersionError``, and ``KnowledgeBaseError`` with all that is wrong in it.
    """
    return Version(revision, _at_revision(repository_of(rules), revision))


def _at_revision(repository: Repository, revision: str) -> KnowledgeBase:
    files = files_at(repository, revision)
    inside = PurePosixPath(repository.path)
    folder = inside.parent if is_wanted(inside.name) else inside
    before = "" if str(folder) == "." else f"{folder}/"
    return _loaded(files, f"{revision}:{before}")


def _loaded(files: tuple[File, ...], before: str) -> KnowledgeBase:
    """The knowledge base in files; ``before`` stands before the name of a file to say where it is."""

    def place(found: Diagnostics) -> Diagnostics:
        return tuple(
            replace(d, position=replace(d.position, file=f"{before}{d.position.file}")) for d in found
        )

    return load_files(files, (), place)
