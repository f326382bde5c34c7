"""``wellfounded record forget``: a person is erased."""

from __future__ import annotations

import click

from wellfounded.interfaces.cli.record_options import opened, record_option
from wellfounded.interfaces.exit_codes import ExitCode


@click.command("forget")
@click.argument("who")
@record_option
def command(who: str, where: str) -> int:
    """Erase all that is on record of WHO, for good. Exit code 1: there was nothing."""
    with opened(where) as record:
        forgotten = record.forget(who)
    number = forgotten.entries
    click.echo(f"erased {number} {'entry' if number == 1 else 'entries'} of {who}")
    if forgotten.left:
        click.echo(f"note: {forgotten.left}", err=True)
    return ExitCode.OK if number else ExitCode.PROBLEMS_FOUND
