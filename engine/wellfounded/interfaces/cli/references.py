"""``wellfounded references``: what can be done with the references of a knowledge base."""

from __future__ import annotations

from collections.abc import Mapping

import click

from wellfounded.interfaces.cli.subcommands import Subcommands

#: Subcommand → one line of help. Each is a module, such as ``references_export``, imported when it runs.
COMMANDS: Mapping[str, str] = {
    "export": "Write them for Zotero and other reference managers.",
    "format": "Print them in a citation style, with what is known of each.",
    "verify": "Ask Crossref about them, and propose what to change.",
}


@click.group("references", cls=Subcommands, listed=COMMANDS, prefix="references_")
def command() -> None:
    """Export, format and verify the references of a knowledge base."""
