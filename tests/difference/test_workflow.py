"""The workflow for pull requests in the documentation: its steps are run on what actions/checkout leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.conftest import ROOT
from tests.difference.editing import BASES, edited
from tests.difference.test_versions import change, git

PAGE = (ROOT / "docs" / "differences.md").read_text("utf-8")
WORKFLOW = yaml.safe_load(PAGE.split("```yaml\n")[1].split("```")[0])
STEPS: list[dict[str, Any]] = WORKFLOW["jobs"]["difference"]["steps"]
RUN = "import sys; from wellfounded.interfaces.cli.main import run; sys.exit(run(sys.argv[1:]))"


class Job(NamedTuple):
    code: int
    summary: str
    error: str


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """``main``, which went on after ``work`` left it."""
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    edited(folder / "rules", {}, BASES["houseplants"])
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    git(folder, "branch", "work")
    change(folder, "Is there a draught?", "Is it draughty?")
    git(folder, "commit", "-qam", "two")
    return folder


def checked_out(origin: Path, old: str, new: str, *depth: str) -> Path:
    """A change on ``work``, and its merge with ``main`` as a pull request has it, on no branch."""
    git(origin, "switch", "-q", "work")
    change(origin, old, new)
    git(origin, "commit", "-qam", "a change")
    git(origin, "switch", "-q", "--detach", "main")
    git(origin, "merge", "-q", "--no-ff", "-m", "merge", "work")
    git(origin, "update-ref", "refs/pull/1/merge", "HEAD")
    git(origin, "switch", "-q", "main")
    clone = origin.parent / "clone"
    clone.mkdir()
    git(clone, "init", "-q")
    git(clone, "remote", "add", "origin", f"file://{origin}")
    everything = () if depth else ("+refs/heads/*:refs/remotes/origin/*",)
    merge = "+refs/pull/1/merge:refs/remotes/pull/1/merge"
    git(clone, "fetch", "-q", *depth, "origin", *everything, merge)
    git(clone, "checkout", "-q", "--force", "refs/remotes/pull/1/merge")
    return clone


def job(clone: Path) -> Job:
    """The step that compares, as the shell of a runner runs it, and the step that fails the job."""
    [compare] = [step for step in STEPS if step.get("id") == "difference"]
    tools = clone.parent / "tools"
    tools.mkdir()
    command = tools / "wellfounded"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{RUN}" "$@"\n')
    command.chmod(0o755)
    files = {name: clone.parent / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    environment = {name: str(path) for name, path in files.items()} | {"BASE": "main"}
    path = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", compare["run"]],
        cwd=clone,
        env={**os.environ, **path, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    code = files["GITHUB_OUTPUT"].read_text("utf-8").strip().removeprefix("code=")
    last = STEPS[-1]["run"].replace("${{ steps.difference.outputs.code }}", code)
    done = subprocess.run(["bash", "-e", "-c", last], check=False)
    return Job(done.returncode, files["GITHUB_STEP_SUMMARY"].read_text("utf-8"), ran.stderr)


def test_a_pull_request_that_means_something_else(origin: Path) -> None:
    done = job(checked_out(origin, "span: [1, 40]", "span: [1, 30]"))
    assert (done.code, done.error) == (1, "")
    assert "| <code>plants</code> | who is compared |" in done.summary
    assert "draught" not in done.summary, "what main changed since is not of this pull request"


def test_a_pull_request_of_words(origin: Path) -> None:
    done = job(checked_out(origin, "How many plants are there?", "How many are there?"))
    assert (done.code, done.error) == (0, "")
    assert "the question about plants" in done.summary


def test_a_pull_request_without_its_history(origin: Path) -> None:
    done = job(checked_out(origin, "span: [1, 40]", "span: [1, 30]", "--depth=1"))
    assert (done.code, done.summary) == (2, "")
    assert "`origin/main` is neither" in done.error and "`fetch-depth: 0`" in done.error


def test_a_pull_request_that_breaks_the_rules(origin: Path) -> None:
    done = job(checked_out(origin, "type: boolean", "type: boolan"))
    assert (done.code, done.summary) == (4, "")
    assert "HEAD:rules/plants.yaml" in done.error
