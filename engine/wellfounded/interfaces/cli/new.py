"""``wellfounded new``: what can be added to a knowledge base."""

from __future__ import annotations

from collections.abc import Mapping

import click

from wellfounded.interfaces.cli.subcommands import Subcommands

#: Subcommand → one line of help. Each is a module, such as ``new_rule``, imported when it runs.
COMMANDS: Mapping[str, str] = {"rule": "Add a rule, with its number, texts, claim and scenarios."}


@click.group("new", cls=Subcommands, listed=COMMANDS, prefix="new_")
def command() -> None:
    """Add to a knowledge base, without disturbing what is there."""
