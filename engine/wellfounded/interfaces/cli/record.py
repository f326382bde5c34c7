"""``wellfounded record``: what can be done with the advice that is on record."""

from __future__ import annotations

from collections.abc import Mapping

import click

from wellfounded.interfaces.cli.subcommands import Subcommands

#: Subcommand → one line of help. Each is a module, such as ``record_list``, imported when it runs.
COMMANDS: Mapping[str, str] = {
    "forget": "Erase a person and all advice given to them.",
    "key": "Print a new key to encrypt with.",
    "list": "List what is on record.",
    "replay": "Hold people on record against other rules, and say whose advice changes.",
    "rotate": "Encrypt everything with the newest key.",
    "show": "Show an advice as it was given.",
}


@click.group("record", cls=Subcommands, listed=COMMANDS, prefix="record_")
def command() -> None:
    """Show, replay and erase the advice that `advise --record` put on record."""
