"""Options that several subcommands share."""

from __future__ import annotations

from pathlib import Path

import click

rules_option = click.option(
    "--rules",
    type=click.Path(path_type=Path),
    help="The folder or file that holds the knowledge base; without it, the one that comes with the package.",
)
