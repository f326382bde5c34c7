"""Findings about references → text for people, and plain data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wellfounded.crossref.answer import Notice
from wellfounded.crossref.propose import Proposal
from wellfounded.crossref.verify import Finding, Verdict
from wellfounded.model.content import Reference

_SAYS: Mapping[Verdict, str] = {
    Verdict.EQUAL: "equal to the record",
    Verdict.NOT_KNOWN: "Crossref does not know this DOI",
    Verdict.RETRACTED: "RETRACTED",
    Verdict.CONCERN: "there are concerns about it",
    Verdict.CORRECTED: "equal to the record; it was corrected later",
    Verdict.NO_DOI: "it has no DOI to ask about",
}


def as_text(findings: Iterable[Finding]) -> str:
    """A line for each finding, with what differs and what was published about it below."""
    return "".join(f"{printable(line)}\n" for finding in findings for line in _lines(finding))


def _lines(finding: Finding) -> Iterator[str]:
    kept = f" (answer of {finding.asked_on}, from the cache)" if finding.kept else ""
    doi = f" {finding.doi}" if finding.doi else ""
    yield f"{finding.id}{doi}: {_said(finding)}{kept}"
    for difference in finding.differences:
        yield f"    {difference.field}: ours {difference.ours}"
        yield f"    {'':{len(difference.field)}}  Crossref {difference.theirs}"
    if finding.is_another_work:
        yield "    Title and authors both differ, so the DOI may be another work's: nothing is proposed."
    for notice in finding.notices:
        yield f"    {_notice(notice)}"


def _said(finding: Finding) -> str:
    if finding.verdict is Verdict.NOT_ASKED:
        return f"could not be asked: {finding.problem}"
    differs = "differs in " + ", ".join(difference.field for difference in finding.differences)
    if finding.verdict is Verdict.DIFFERS:
        return differs
    return _SAYS[finding.verdict] + (f"; {differs}" if finding.differences else "")


def _notice(notice: Notice) -> str:
    return " ".join(part for part in (notice.kind.replace("_", " "), notice.doi, notice.on) if part)


def printable(text: str) -> str:
    """A text in which whatever could steer a terminal is written as its code."""
    return "".join(
        one if one.isprintable() or one in "\u200c\u200d" else one.encode("unicode_escape").decode()
        for one in text
    )


def as_json(findings: Iterable[Finding], server: str, proposal: Proposal) -> str:
    """``docs/command-line.md`` says what is in it."""
    data = {
        "server": server,
        "findings": [_data(finding) for finding in findings],
        "proposal": proposal.diff,
        "by_hand": list(proposal.by_hand),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(finding: Finding) -> dict[str, Any]:
    return {
        "kind": "reference" if isinstance(finding.about, Reference) else "work",
        "id": finding.id,
        "doi": finding.doi,
        "verdict": finding.verdict.value,
        "differences": [
            {"field": one.field, "ours": one.ours, "theirs": one.theirs} for one in finding.differences
        ],
        "another_work": finding.is_another_work,
        "notices": [
            {"kind": one.kind, "meaning": one.meaning, "doi": one.doi, "on": one.on}
            for one in finding.notices
        ],
        "asked_on": finding.asked_on,
        "from_cache": finding.kept,
        "problem": finding.problem,
        "settled": finding.settled,
    }
