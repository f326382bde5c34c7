"""``wellfounded lsp``: the language server, which an editor starts and talks to."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import Given, day_option
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.model.due import today

try:
    from wellfounded.interfaces.lsp.server import make_server
except ImportError as error:
    raise click.ClickException("the language server needs pygls: install wellfounded[editor]") from error


@click.command("lsp")
@click.option(
    "--rules",
    type=Given(),
    help="The folder that holds the knowledge base; without it, the one each open file is in.",
)
@day_option
def command(rules: Path | None, day: datetime | None) -> int:
    """Help an editor with the files of a knowledge base, over standard input and output (LSP)."""
    if sys.stdin.isatty():
        click.echo("This waits for an editor, which starts it by itself: see docs/editors.md.", err=True)
    server = make_server(rules, today if day is None else day.date)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as to_editor, redirect_stdout(sys.stderr):
        server.start_io(stdout=to_editor)  # nothing else may write where the editor reads
    return ExitCode.PROBLEMS_FOUND if server.was_left_open else ExitCode.OK
