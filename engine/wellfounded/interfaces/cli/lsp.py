"""``wellfounded lsp``: the language server, which an editor starts and talks to."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import day_option
from wellfounded.knowledge_base import today

try:
    from wellfounded.interfaces.lsp.server import make_server
except ImportError as error:
    raise click.ClickException("the language server needs pygls: install wellfounded[editor]") from error


@click.command("lsp")
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True),
    help="The folder that holds the knowledge base; without it, the one each open file is in.",
)
@day_option
def command(rules: Path | None, day: datetime | None) -> None:
    """Help an editor with the files of a knowledge base, over standard input and output (LSP)."""
    if sys.stdin.isatty():
        click.echo("This waits for an editor, which starts it by itself: see docs/editors.md.", err=True)
    make_server(rules, today if day is None else day.date).start_io()
