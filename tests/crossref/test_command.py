"""The command as a whole, on the article's knowledge base."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wellfounded
from tests.command import ran
from tests.conftest import DAY, RULES
from tests.crossref.server import Server, record
from tests.crossref.test_verify import applied
from wellfounded.crossref.compare import doi_of
from wellfounded.crossref.verify import recorded, to_verify
from wellfounded.model.content import Status

VERIFY = ("references", "verify")


def _message(item: dict[str, object]) -> dict[str, object]:
    """Crossref's record of a CSL-JSON item: it lists titles."""
    return {**item, "title": [item["title"]], "container-title": [item.get("container-title", "")]}


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that has a copy of the article's rules, from where the command is run."""
    monkeypatch.setattr("wellfounded.crossref.client.BETWEEN_REQUESTS", 0.0)
    shutil.copytree(RULES, tmp_path / "here" / "rules")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def test_a_ledger_that_is_as_crossref_has_it(
    copied: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    content = wellfounded.load("rules").content
    not_found = [one for one in content.references.values() if one.on_record.status is Status.NOT_FOUND]
    for about in to_verify(content, works=True):
        if about not in not_found:
            server.answers[doi_of(recorded(about))] = [record(_message(dict(recorded(about))))]
    result = ran(capsys, *VERIFY, "--rules", "rules", "--works", "--server", server.address)
    assert (result.code, result.err) == (0, "")
    assert "differs" not in result.out and "+++" not in result.out


@pytest.mark.no_cover
def test_a_proposal_for_every_reference_and_work(
    copied: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    before = wellfounded.load("rules").content
    for about in to_verify(before, works=True):
        item = {**recorded(about), "volume": "999", "issued": {"date-parts": [[1999]]}}
        server.answers[doi_of(item)] = [record(_message(item))]
    arguments = ("--rules", "rules", "--works", "--server", server.address, "--propose", "proposal.diff")
    assert ran(capsys, *VERIFY, *arguments).code == 1
    applied((copied / "proposal.diff").read_text("utf-8"), copied)

    assert not wellfounded.diagnose("rules", DAY)
    after = wellfounded.load("rules").content
    for number, reference in after.references.items():
        assert reference.as_cited == before.references[number].as_cited
        assert reference.on_record.csl["issued"] == {"date-parts": ((1999,),)}
        assert "year" in reference.on_record.differences
    assert all(work.csl["issued"] == {"date-parts": ((1999,),)} for work in after.works.values())
    again = ran(capsys, *VERIFY, "--rules", "rules", "--works", "--server", server.address)
    assert again.code == 0, "what was applied is not proposed again"


def test_a_bar_shows_on_a_terminal(
    copied: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = (*VERIFY, "--rules", "rules", "--server", server.address, "--max-age", "0")
    assert "asking Crossref" not in ran(capsys, *arguments).err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "asking Crossref" in ran(capsys, *arguments).err


def test_without_the_extra_a_sentence_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['httpx'] = None; from wellfounded.interfaces.cli.main import main; main()"
    )
    result = subprocess.run([sys.executable, "-c", program, *VERIFY], capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr == (
        "Error: asking Crossref needs httpx and ruamel.yaml: install wellfounded[references]\n"
    )
