"""A proposal changes only what it is about, whatever a file looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crossref.cases import DOI, MESSAGE
from tests.crossref.server import Server, record
from tests.crossref.test_verify import applied, asked

COMMENTED = f"""\
# The references of a source.
references:
    1:   # the first
        as_cited:
            title:   'Another review'   # in single quotes
            DOI: "10.1000/other"

    # Between the first and the second.
    2:
        as_cited:
            title: Watering plants – a revue
            volume: 37  # a number
            DOI: "{DOI}"
        # What we found.
        on_record:
            status: confirmed  # at first sight
            checked: {{on: 2026-01-05, by: someone}}
        review_by: 2030-01-01

    # Before the third.
    3:
        as_cited: {{title: "Without a DOI"}}
# The end."""


def _proposed(text: str, rules: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The diff, and the file when it is applied."""
    path = rules / "references.yaml"
    path.write_bytes(text.encode())
    server.answers[DOI] = [record(MESSAGE)]
    proposal = rules.parent / "proposal.diff"
    asked(capsys, "--rules", "rules", "--server", server.address, "--propose", str(proposal))
    assert path.read_bytes() == text.encode(), "the file itself is left alone"
    diff = proposal.read_bytes().decode()
    applied(diff, rules.parent)
    return diff, path.read_bytes().decode()


@pytest.fixture(autouse=True)
def _here(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(rules.parent)


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
def test_comments_quotes_and_layout_stay(
    ending: str, mark: str, rules: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    text = mark + COMMENTED.replace("\n", ending)
    diff, after = _proposed(text, rules, server, capsys)
    gone = [line[1:].strip() for line in diff.splitlines() if line.startswith("-") and line[:3] != "---"]
    assert gone == [
        "status: confirmed  # at first sight",
        "checked: {on: 2026-01-05, by: someone}",
    ]
    assert "            status: confirmed-with-different-details # at first sight" in after.split(ending)
    assert '                title: "Watering plants: a review"' in after.split(ending)
    assert after.count(ending) == after.count("\n"), "the ends of lines are those of the file"


def test_the_last_line_may_have_no_end(
    rules: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'references:\n  1:\n    as_cited:\n      title: "Watering plants: a revue"\n      DOI: "{DOI}"'
    diff, after = _proposed(text, rules, server, capsys)
    assert "\\ No newline at end of file" in diff
    assert after.startswith(text)


def test_an_entry_that_shares_its_line_is_left_to_people(
    rules: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    written = f'references: {{1: {{as_cited: {{title: "A revue", DOI: "{DOI}"}}}}}}\n'
    (rules / "references.yaml").write_text(written, "utf-8")
    server.answers[DOI] = [record(MESSAGE)]
    code, out, err = asked(capsys, "--rules", "rules", "--server", server.address)
    assert code == 1
    assert "+++" not in out
    assert "To be changed by hand, since it shares its line with something else: 1." in err


def test_works_are_asked_about_and_corrected_too(
    rules: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    work = f"""\
works:
  green-2019:
    csl:
      title: "Watering plants: a review"  # found
      volume: "3"
      DOI: "{DOI}"
"""
    path = rules / "works.yaml"
    path.write_text(work, "utf-8")
    server.answers[DOI] = [record(MESSAGE)]
    code, out, _ = asked(capsys, "--rules", "rules", "--server", server.address)
    assert (code, out, server.paths) == (0, "", [])

    code, out, _ = asked(capsys, "--rules", "rules", "--server", server.address, "--works")
    assert code == 1
    assert out.startswith(
        f"green-2019 {DOI}: differs in volume\n    volume: ours 3\n            Crossref 37\n"
    )
    applied(out, rules.parent)
    assert path.read_text("utf-8") == work.replace('"3"', '"37"')


def test_an_older_proposal_is_not_left_behind(
    rules: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    proposal = rules.parent / "proposal.diff"
    proposal.write_text("an older one", "utf-8")
    arguments = ("--rules", "rules", "--server", server.address, "--propose", str(proposal))
    code, _, err = asked(capsys, *arguments)
    assert (code, err) == (0, "nothing to propose\n")
    assert proposal.read_text("utf-8") == ""
