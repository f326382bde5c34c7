"""What comes of asking, for every kind of record: the report, and the proposal when it is applied."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from ruamel.yaml import YAML

import wellfounded
from tests.crossref.cases import CASES, CITED, DOI, MESSAGE, RETRACTION, Case, changed
from tests.crossref.server import NOT_KNOWN, Sent, Server, record
from wellfounded.interfaces.cli import references_verify


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of ``wellfounded references verify``."""
    capsys.readouterr()
    code = references_verify.command.main(list(arguments), standalone_mode=False)
    captured = capsys.readouterr()
    return int(code), captured.out, captured.err


def ledger(references: dict[int, Any]) -> str:
    copied = json.loads(json.dumps({"references": references}))  # PyYAML makes an alias of what stands twice
    shown = yaml.safe_dump(copied, allow_unicode=True, sort_keys=False, width=1000)
    return shown.replace("'2026-01-05'", "2026-01-05")


def applied(diff: str, folder: Path) -> None:
    subprocess.run(["git", "apply", "-"], input=diff.encode(), cwd=folder, check=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_kinds_of_records(
    case: Case,
    server: Server,
    rules: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = rules / "references.yaml"
    reference: dict[str, Any] = {"as_cited": changed(CITED, case.cited)}
    if case.on_record:
        reference["on_record"] = dict(case.on_record)
    path.write_text(ledger({1: reference}), "utf-8")
    reply = NOT_KNOWN if case.message is None else record(changed(MESSAGE, case.message))
    server.answers = {DOI: [reply], DOI.upper(): [reply]}
    monkeypatch.chdir(rules.parent)

    arguments = ("--rules", "rules", "--server", server.address, "--format", "json")
    code, out, _ = asked(capsys, *arguments)
    report = json.loads(out)
    (finding,) = report["findings"]
    assert (finding["verdict"], code) == (case.verdict, case.code)
    assert [difference["field"] for difference in finding["differences"]] == list(case.differs)

    if case.proposed is None:
        assert report["proposal"] == ""
        return
    applied(report["proposal"], rules.parent)
    (after,) = YAML(typ="safe").load(path)["references"].values()
    assert after["as_cited"] == reference["as_cited"]
    checked = after["on_record"].pop("checked")
    assert after["on_record"] == case.proposed
    assert (checked["on"].isoformat(), checked["by"]) == (finding["asked_on"], "wellfounded")
    wellfounded.load(rules)


def _ledger_of(rules: Path, *dois: str) -> None:
    on_record = {"status": "confirmed", "checked": {"on": "2026-01-05", "by": "someone"}}
    references = {
        number: {"as_cited": {**CITED, "DOI": doi}, "on_record": on_record}
        for number, doi in enumerate(dois, 1)
    }
    (rules / "references.yaml").write_text(ledger(references), "utf-8")


def test_report_for_people(
    server: Server, rules: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLFOUNDED_MAILTO", "someone@example.org")
    _ledger_of(rules, "10.1000/a", "10.1000/b", "10.1000/c", "10.1000/d", "none\x1b[2J")
    server.answers = {
        "10.1000/a": [record({**MESSAGE, "DOI": "10.1000/A"})],
        "10.1000/b": [record({**MESSAGE, "DOI": "10.1000/b", "volume": "38", "updated-by": [RETRACTION]})],
        "10.1000/d": [Sent(body=b"<html>")],
    }
    code, out, err = asked(capsys, "--rules", str(rules), "--server", server.address)
    report, _, diff = out.partition("\n\n")
    assert report.splitlines() == [
        "1 10.1000/a: equal to the record",
        "2 10.1000/b: RETRACTED; differs in volume",
        "    volume: ours 37",
        "            Crossref 38",
        "    retraction 10.1000/plants.99 2023-04-05",
        "3 10.1000/c: Crossref does not know this DOI",
        "4 10.1000/d: could not be asked: the answer is not JSON",
        "5 none\\x1b[2J: could not be asked: this does not have the form of a DOI",
    ]
    assert diff.startswith("--- a/references.yaml\n")
    assert (code, err) == (1, "")
    assert all(agent.endswith("(mailto:someone@example.org)") for agent in server.agents)


def test_without_a_network_it_says_so_and_uses_what_is_kept(
    server: Server, rules: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wellfounded.crossref.client.FIRST_WAIT", 0.0)
    _ledger_of(rules, "10.1000/a")
    server.answers = {"10.1000/a": [record({**MESSAGE, "DOI": "10.1000/a"})]}
    arguments = ("--rules", str(rules), "--server", server.address)
    assert asked(capsys, *arguments)[0] == 0
    today = date.today().isoformat()
    server.answers = {"10.1000/a": [Sent(500)]}
    assert asked(capsys, *arguments, "--max-age", "0")[2] == (
        "Not everything could be asked, as the server answers with status 500; "
        f"answers used: 1 from the cache, the oldest of {today}.\n"
    )
    server.shutdown()
    server.server_close()

    code, out, err = asked(capsys, *arguments, "--max-age", "0")
    assert (code, out) == (
        0,
        f"1 10.1000/a: equal to the record (answer of {today}, from the cache)\n",
    )
    assert err == (
        "Crossref could not be asked, as the server cannot be reached; "
        f"answers used: 1 from the cache, the oldest of {today}.\n"
    )
    code, _, err = asked(capsys, *arguments, "--offline")
    assert (code, err) == (
        0,
        f"Crossref was not asked; answers used: 1 from the cache, the oldest of {today}.\n",
    )

    monkeypatch.setenv("WELLFOUNDED_CACHE", "")
    code, out, err = asked(capsys, *arguments)
    assert (code, out) == (7, "1 10.1000/a: could not be asked: the server cannot be reached\n")
    assert err.endswith("answers used: none from the cache.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--server", "http://example.org"),
        ("--mailto", "someone"),
        ("--mailto", "a@b\r\nX: y"),
        ("--mailto", "é@example.org"),
        ("--max-age", "-1"),
    ],
)
def test_options_that_cannot_be_used(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.UsageError):
        asked(capsys, *arguments)
