"""``wellfounded references verify``: what Crossref says of the references, and a proposal for the files."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import rules_option
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.load.package_data import data_folder
from wellfounded.load.whole_file import write_whole
from wellfounded.loading import load
from wellfounded.model.content import Content

try:
    from wellfounded.crossref.client import SERVER, Crossref, ServerError
    from wellfounded.crossref.compare import is_doi
    from wellfounded.crossref.propose import Proposal, propose
    from wellfounded.crossref.verify import Finding, Verdict, to_verify, verify
    from wellfounded.interfaces.crossref_report import as_json, as_text
except ImportError as error:
    raise click.ClickException(
        "asking Crossref needs httpx and ruamel.yaml: install wellfounded[references]"
    ) from error


@click.command("verify")
@rules_option
@click.option("--works", is_flag=True, help="Ask about the works too.")
@click.option(
    "--propose",
    "proposal_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the proposed change to this file instead of printing it.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--mailto", metavar="ADDRESS", help="Where Crossref can write to you; see WELLFOUNDED_MAILTO.")
@click.option(
    "--max-age",
    type=click.IntRange(min=0),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="Ask anew when a kept answer is this old.",
)
@click.option("--offline", is_flag=True, help="Ask nothing; use the answers that were kept.")
@click.option("--server", default=SERVER, show_default=True, metavar="URL", help="A mirror of Crossref.")
def command(
    rules: Path | None,
    works: bool,
    proposal_file: Path | None,
    form: str,
    mailto: str | None,
    max_age: int,
    offline: bool,
    server: str,
) -> int:
    """Ask Crossref about every reference with a DOI, and propose what to change.

    Nothing is changed: the proposal is a diff of the files, to read and then to apply with `git apply`.

    Exit code 0: all is as recorded. 1: there is something to look at. 7: nothing could be asked.
    """
    content = load(rules).content
    try:
        crossref = Crossref(server, mailto=_contact(mailto), max_age=max_age, offline=offline)
    except ServerError as error:
        raise click.BadParameter(str(error), param_hint="--server") from error
    with crossref:
        findings = _with_bar(content, crossref, works)
    proposal = _proposal(rules or data_folder("rules"), content, findings)
    if form == "json":
        click.echo(as_json(findings, server, proposal), nl=False)
    else:
        click.echo(as_text(findings), nl=False)
    if proposal_file is not None:
        # Also when it is empty: an older proposal must not be taken for this one.
        write_whole(proposal_file, proposal.diff.encode())
        click.echo(f"wrote {proposal_file}" if proposal.diff else "nothing to propose", err=True)
    elif proposal.diff and form == "text":
        click.echo(f"\n{proposal.diff}", nl=False)
    for sentence in _remarks(findings, proposal, crossref, offline):
        click.echo(sentence, err=True)
    return _code(findings)


def _contact(mailto: str | None) -> str:
    address = os.environ.get("WELLFOUNDED_MAILTO", "") if mailto is None else mailto
    if address and not re.fullmatch(r"[!-'*-;=?A-~]+@[!-'*-;=?A-~]+", address):
        raise click.BadParameter(f"{address!r} is not an e-mail address", param_hint="--mailto")
    return address


def _with_bar(content: Content, crossref: Crossref, works: bool) -> list[Finding]:
    """The findings; on a terminal one sees how far it is."""
    found = verify(content, crossref.ask, works)
    if not sys.stderr.isatty():
        return list(found)
    length = len(to_verify(content, works))
    with click.progressbar(found, length=length, file=sys.stderr, label="asking Crossref") as bar:
        return list(bar)


def _proposal(folder: Path, content: Content, findings: Sequence[Finding]) -> Proposal:
    names = {finding.about.position.file for finding in findings}
    paths = {name: folder / name if folder.is_dir() else folder for name in names}
    files = {name: path.read_bytes().decode() for name, path in paths.items()}
    shown = {name: _shown(path, name) for name, path in paths.items()}
    return propose(findings, files, content.header.languages, shown)


def _shown(path: Path, name: str) -> str:
    """The path as `git apply` finds it from here, if the file is below this folder."""
    here, there = Path.cwd(), path.absolute()
    return there.relative_to(here).as_posix() if there.is_relative_to(here) else name


def _remarks(findings: Sequence[Finding], proposal: Proposal, crossref: Crossref, offline: bool) -> list[str]:
    said = []
    kept = [finding.asked_on for finding in findings if finding.kept]
    from_cache = f"{len(kept)} from the cache, the oldest of {min(kept)}" if kept else "none from the cache"
    if crossref.unreachable:
        said.append(f"Crossref could not be asked, as {crossref.unreachable}; answers used: {from_cache}.")
    elif crossref.fell_back:
        said.append(f"Not everything could be asked, as {crossref.fell_back}; answers used: {from_cache}.")
    elif offline:
        said.append(f"Crossref was not asked; answers used: {from_cache}.")
    elif kept:
        said.append(f"Answers used: {from_cache}; --max-age 0 asks for all of them anew.")
    if proposal.by_hand:
        ids = ", ".join(proposal.by_hand)
        said.append(f"To be changed by hand, since it shares its line with something else: {ids}.")
    return said


def _code(findings: Sequence[Finding]) -> ExitCode:
    askable = [finding for finding in findings if is_doi(finding.doi)]
    if askable and all(finding.verdict is Verdict.NOT_ASKED for finding in askable):
        return ExitCode.CANNOT_ASK
    settled = all(finding.settled for finding in findings)
    return ExitCode.OK if settled else ExitCode.PROBLEMS_FOUND
