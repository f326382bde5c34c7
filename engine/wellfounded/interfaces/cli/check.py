"""``wellfounded check``: the diagnostics of a knowledge base."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import Given, day_option, said_option
from wellfounded.interfaces.diagnostics import as_github, as_json, as_report, unstyled
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.retold import diagnostic_in
from wellfounded.loading import diagnose
from wellfounded.model.diagnostic import is_error


@click.command("check")
@click.argument("path", type=Given(), required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@said_option
@day_option
def command(path: Path | None, form: str, strict: bool, language: str, day: datetime | None) -> int:
    """Check the knowledge base in PATH, a folder or a file; without it, the one that comes with the package.

    Exit code 0: no errors. 1: errors, or with --strict warnings.
    """
    found = diagnose(path, None if day is None else day.date())
    if form == "json":
        click.echo(as_json(found), nl=False)
    elif form == "github":
        click.echo(as_github(tuple(diagnostic_in(language, one) for one in found)), nl=False)
    else:
        coloured = sys.stdout.isatty()
        report = as_report(
            found, (lambda text, colour: click.style(text, fg=colour)) if coloured else unstyled, language
        )
        click.echo(report, nl=False)
    failed = any(strict or is_error(diagnostic) for diagnostic in found)
    return ExitCode.PROBLEMS_FOUND if failed else ExitCode.OK
