"""``wellfounded verify``: what holds for every possible person."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wellfounded.interfaces.cli.opening import opened
from wellfounded.interfaces.cli.options import FiniteRange, Given, drafts_option
from wellfounded.interfaces.cli.progress import bar
from wellfounded.interfaces.diagnostics import unstyled
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.verify_report import as_json, as_text
from wellfounded.load.package_data import data_folder


@click.command("verify")
@click.argument("path", type=Given(), required=False)
@click.option("-k", "--matching", default="", metavar="TEXT", help="Ask only what has this text in its name.")
@click.option(
    "--timeout",
    type=FiniteRange(min=0, max=86_400, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long the solver may take each time it is asked.",
)
@drafts_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(path: Path | None, matching: str, timeout: float, drafts: bool, form: str) -> int:
    """Prove what holds for every possible person, or show the smallest person for whom it does not.

    PATH is the folder or file that holds the knowledge base; without it, the one that comes with the package.
    Exit code 0: all is proved. 1: something was found. 8: nothing was found, and something was not decided.
    """
    knowledge_base = opened(path, drafts)
    with bar("verifying") as progress:
        verification = knowledge_base.verify(matching=matching, timeout=timeout, progress=progress)
    if matching and not (verification.found or verification.open or verification.proved):
        raise click.BadParameter(f"nothing that is asked has `{matching}` in its name", param_hint="-k")
    if form == "json":
        click.echo(as_json(verification), nl=False)
    else:
        styled = sys.stdout.isatty()
        style = (lambda text, colour: click.style(text, fg=colour)) if styled else unstyled
        click.echo(as_text(verification, path or data_folder("rules"), style), nl=False)
    if verification.found:
        return ExitCode.PROBLEMS_FOUND
    return ExitCode.NOT_DECIDED if verification.open else ExitCode.OK
