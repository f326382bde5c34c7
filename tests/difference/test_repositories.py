"""Repositories as one meets them: bare, shallow, damaged, with odd names. Nothing is written into them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.command import ran
from tests.difference.editing import BASES, edited
from tests.difference.test_versions import asked, change, git, refusal

EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a branch ``main`` and a branch ``work`` beyond it, with another span."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    edited(folder / "rules", {}, BASES["houseplants"])
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    git(folder, "switch", "-qc", "work")
    change(folder, "span: [1, 40]", "span: [1, 30]")
    git(folder, "commit", "-qam", "two")
    monkeypatch.chdir(folder)
    return folder


def diff(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said of what cannot be compared; the working directory and all below it stay as they were."""
    before = kept(Path.cwd())
    said = refusal(ran(capsys, "diff", *arguments))
    assert kept(Path.cwd()) == before
    return said


def kept(folder: Path) -> dict[bytes, tuple[int, bytes]]:
    """Every file with its age and its bytes."""
    files = [os.path.join(top, name) for top, _, names in os.walk(os.fsencode(folder)) for name in names]
    return {
        file: (os.lstat(file).st_mtime_ns, Path(os.fsdecode(file)).read_bytes())
        for file in files
        if os.path.isfile(file) and not os.path.islink(file)
    }


def test_nothing_is_written(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "rules" / "plants.yaml").touch()  # so that git would like to refresh its index
    before = kept(repository)
    assert asked(capsys, "main...work") == (1, False, True)
    assert asked(capsys, "HEAD") == (0, False, False)
    assert kept(repository) == before


def test_what_is_not_committed_yet(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(repository, "span: [1, 30]", "span: [1, 20]")
    assert asked(capsys, "HEAD") == (1, False, True)
    monkeypatch.chdir("rules")
    assert asked(capsys, "HEAD", ".", "--rules", ".") == (1, False, True)
    said = diff(capsys, "HEAD", ".")
    assert "no rule file in `rules/rules` at `HEAD`" in said and "--rules names the folder" in said


def test_a_detached_head(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "switch", "-q", "--detach", "main")
    assert asked(capsys, "work..HEAD") == (0, False, True)
    assert asked(capsys, "HEAD..work") == (1, False, True)


def test_a_bare_repository(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--bare", "repository", "bare.git")
    monkeypatch.chdir(tmp_path / "bare.git")
    assert asked(capsys, "main..work") == (1, False, True)
    monkeypatch.chdir(tmp_path)
    assert asked(capsys, "main..work", "--rules", "bare.git/rules") == (1, False, True)


@pytest.mark.no_cover
def test_a_folder_that_was_called_something_else(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "mv", "rules", "knowledge")
    git(repository, "commit", "-qm", "moved")
    assert "`main:folder` where it was another one" in diff(capsys, "main..work", "--rules", "knowledge")
    for name in ("main:rules..work", "main:rules...work", "main:rules/..HEAD:knowledge"):
        assert asked(capsys, name, "--rules", "knowledge") == (1, False, True), name
    assert asked(capsys, "main", "work:knowledge") == (1, False, True)
    assert asked(capsys, ":/two", "main") == (0, False, True)  # a commit by its message, as git has it
    assert "there is no rule file in `gone` at `main`" in diff(capsys, "main:gone", "knowledge")
    assert "`nosuch:rules` is neither" in diff(capsys, "nosuch:rules", "knowledge")


def test_a_shallow_clone(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    base = git(repository, "rev-parse", "main")
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=work", f"file://{repository}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    for name in ("origin/main...HEAD", f"{base}..HEAD", "HEAD~..HEAD"):
        said = diff(capsys, name)
        assert "this clone is shallow" in said and "`fetch-depth: 0`" in said, name
    git(Path.cwd(), "fetch", "-q", "--depth=1", "origin", "main:base")
    assert asked(capsys, "base..HEAD") == (1, False, True)
    said = diff(capsys, "base...HEAD")
    assert "have no commit in common; this clone is shallow" in said


def test_what_was_not_fetched_is_not_fetched_now(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    source = f"file://{repository}"
    git(tmp_path, "clone", "-q", "--filter=blob:none", "--branch=work", source, "partial")
    monkeypatch.chdir(tmp_path / "partial")
    assert "is not in this clone: fetch it" in diff(capsys, "origin/main..HEAD")


def test_a_damaged_repository(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blob = git(repository, "rev-parse", "main:rules/plants.yaml")
    tree = git(repository, "rev-parse", "main:rules")
    for object, said in ((blob, "is not in this clone"), (tree, "git cannot list the files of")):
        path = repository / ".git" / "objects" / object[:2] / object[2:]
        path.chmod(0o600)
        path.unlink()
        assert said in diff(capsys, "main..work")


def test_links_and_repositories_inside(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit = git(repository, "rev-parse", "HEAD")
    cases = {
        f"160000,{commit},rules/other": "",  # a repository beside rule files is passed over
        f"160000,{commit},rules/other.yaml": "HEAD:rules/other.yaml is a repository of its own",
        f"120000,{EMPTY_BLOB},rules/other.yaml": "HEAD:rules/other.yaml is a link",
    }
    git(repository, "hash-object", "-w", "--stdin")
    for entry, said in cases.items():
        git(repository, "update-index", "--add", "--cacheinfo", entry)
        git(repository, "commit", "-qm", "odd")
        if said:
            assert said in diff(capsys, "HEAD..main")
        else:
            assert asked(capsys, "HEAD..main") == (0, False, True)
        git(repository, "reset", "-q", "--soft", "HEAD~")
        git(repository, "rm", "-q", "--cached", entry.rpartition(",")[2])
    git(repository, "rm", "-rq", "--cached", "rules")
    for mode, said in (("160000", "HEAD:rules is a repository"), ("120000", "HEAD:rules is a link")):
        object = commit if mode == "160000" else EMPTY_BLOB
        git(repository, "update-index", "--add", "--cacheinfo", f"{mode},{object},rules")
        git(repository, "commit", "-qm", "odd")
        assert said in diff(capsys, "HEAD..main")


def test_names_that_are_no_text(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = b"rules/caf\xe9.yaml"
    with open(odd, "wb") as file:
        file.write(b"facts: {}\n")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "odd")
    said = diff(capsys, "HEAD..main")
    assert r"HEAD:rules/caf\xe9.yaml has a name that is not UTF-8" in said
    git(repository, "mv", os.fsdecode(odd), "rules/: *é\n[x].yaml")
    git(repository, "commit", "-qm", "odd")
    assert asked(capsys, "HEAD..main") == (0, False, True)


def test_an_empty_name(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "one of the two has no name" in diff(capsys, "", "HEAD")
    assert "is neither a folder, a wheel nor a revision" in diff(capsys, "x" * 5000, "HEAD")
