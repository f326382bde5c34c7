"""Where versions come from: folders, wheels and revisions of a real repository."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

import wellfounded
from tests.command import Ran, ran
from tests.conftest import RULES
from tests.difference.editing import BASES, edited
from wellfounded.load.files import LARGEST_FILE

HOUSEPLANTS = BASES["houseplants"]
EDIT = {"plants.yaml": ["span: [1, 40]", "span: [1, 30]"]}
BROKEN = {"plants.yaml": ["span: [1, 40]", "span: [40, 1]"]}


def git(folder: Path, *arguments: str) -> str:
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {f"GIT_{role}_{what}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-c", "commit.gpgsign=false", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **who, **names}, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with three versions: as it is, with a text changed (tag ``text``), with a span changed."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    edited(folder / "rules", {}, HOUSEPLANTS)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    change(folder, "How many plants are there?", "How many are there?")
    git(folder, "commit", "-qam", "two")
    git(folder, "tag", "text")
    git(folder, "switch", "-qc", "work")
    change(folder, "span: [1, 40]", "span: [1, 30]")
    git(folder, "commit", "-qam", "three")
    monkeypatch.chdir(folder)
    return folder


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "rules" / "plants.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, bool, bool]:
    """The exit code, and whether the text and the span are told to be changed."""
    found = ran(capsys, "diff", *arguments)
    assert not found.err, found.err
    return found.code, "question (en)" in found.out, "span: " in found.out


@pytest.mark.no_cover
def test_revisions(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "text~..work") == (1, True, True)
    assert asked(capsys, "text", "HEAD") == (1, False, True)
    assert asked(capsys, "text..") == (1, False, True)
    assert asked(capsys, "HEAD") == (0, False, False)
    assert asked(capsys, "text") == (1, False, True)
    assert asked(capsys, "main", str(HOUSEPLANTS)) == (0, True, False)


def test_three_dots_start_where_branches_parted(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "switch", "-q", "main")
    change(repository, "Is there a draught?", "Is it draughty?")
    git(repository, "commit", "-qam", "elsewhere")
    assert "draught" in ran(capsys, "diff", "main..work").out
    assert "draught" not in ran(capsys, "diff", "main...work").out


def test_rules_may_be_anywhere(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "mv", "rules", "knowledge")
    git(repository, "commit", "-qm", "moved")
    assert asked(capsys, "HEAD", "--rules", "knowledge") == (0, False, False)
    monkeypatch.chdir(repository / "knowledge")
    assert asked(capsys, "HEAD", "--rules", ".") == (0, False, False)
    assert asked(capsys, "text..work~", "--rules", "../rules") == (1, False, True)
    monkeypatch.chdir(repository.parent)
    assert asked(capsys, "HEAD", "--rules", "repository/knowledge") == (0, False, False)


def refusal(found: Ran) -> str:
    assert (found.code, found.out) == (2, "")
    return found.err


def test_what_cannot_be_found(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def diff(*arguments: str) -> str:
        return refusal(ran(capsys, "diff", *arguments))

    assert "`nosuch` is neither a folder, a wheel nor a revision" in diff("nosuch..main")
    assert "`--output=x` is neither" in diff("--", "--output=x", "main")
    assert "there is no rule file in `else` at `main`" in diff("main..work", "--rules", "else")
    assert "there is no folder else to hold `main` against" in diff("main", "--rules", "else")
    assert "name what it is held against" in diff("rules")
    assert "there is no wheel gone.whl" in diff("gone.whl", "rules")
    assert "--keep and --unit go with --people" in diff("main..work", "--keep", "name")
    assert "no topic has `zzz` in its name" in diff("main..work", "-k", "zzz")
    assert "`nl` is not a language of this knowledge base" in diff("main..work", "--lang", "nl")
    monkeypatch.chdir(tmp_path)
    assert "is not in a git repository that can be read" in diff("main..work")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in diff("main..work")


def test_a_link_and_a_large_file_are_refused(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "rules" / "more.yaml").symlink_to("plants.yaml")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "a link")
    assert "HEAD:rules/more.yaml is a link" in refusal(ran(capsys, "diff", "HEAD", "rules"))
    (repository / "rules" / "more.yaml").unlink()
    (repository / "rules" / "more.yaml").write_text("#" * (LARGEST_FILE + 1))
    git(repository, "commit", "-qam", "much")
    assert "at most 8,388,608 are read" in refusal(ran(capsys, "diff", "HEAD", "rules"))


def test_broken_rules_are_told_of_both(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, "type: boolean", "type: boolan")
    git(repository, "commit", "-qam", "broken")
    change(repository, "type: choice", "type: choise")
    found = ran(capsys, "diff", "HEAD")
    assert (found.code, found.out) == (4, "")
    assert "HEAD:rules/plants.yaml:" in found.err and "--> rules/plants.yaml:" in found.err
    assert "boolan" in found.err and "choise" in found.err


def wheel(path: Path, rules: Path, folder: str = "wellfounded/_data/rules") -> str:
    """A zip laid out as the wheel is, which ``tests/packaging`` builds."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in rules.rglob("*.yaml"):
            archive.write(file, f"{folder}/{file.relative_to(rules).as_posix()}")
    return str(path)


def test_wheels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = wheel(tmp_path / "old.whl", HOUSEPLANTS)
    assert asked(capsys, old, str(HOUSEPLANTS)) == (0, False, False)
    new = wheel(tmp_path / "new.whl", edited(tmp_path / "new", EDIT, HOUSEPLANTS))
    assert asked(capsys, old, new) == (1, False, True)
    broken = wheel(tmp_path / "broken.whl", edited(tmp_path / "broken", BROKEN, HOUSEPLANTS))
    found = ran(capsys, "diff", old, broken)
    assert found.code == 4 and "broken.whl/wellfounded/_data/rules/plants.yaml:" in found.err
    none = wheel(tmp_path / "none.whl", HOUSEPLANTS, "elsewhere")
    assert "holds no rules" in refusal(ran(capsys, "diff", old, none))
    (tmp_path / "no.whl").write_text("not a zip")
    assert "no.whl cannot be read" in refusal(ran(capsys, "diff", old, str(tmp_path / "no.whl")))


def test_the_article_against_itself_is_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = ran(capsys, "diff", wheel(tmp_path / "it.whl", RULES), str(RULES))
    assert found.code == 0 and "their digests are equal" in found.out
    assert wellfounded.load(RULES).digest
