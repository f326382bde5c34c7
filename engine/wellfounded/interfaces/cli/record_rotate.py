"""``wellfounded record rotate``: everything is encrypted with the newest key."""

from __future__ import annotations

import click

from wellfounded.interfaces.cli.progress import bar
from wellfounded.interfaces.cli.record_options import opened, record_option


@click.command("rotate")
@record_option
def command(where: str) -> None:
    """Encrypt everything with the first key in WELLFOUNDED_RECORD_KEY, so that the others can go."""
    with opened(where) as record, bar("encrypting") as progress:
        rotated = record.rotate(progress)
    number = rotated.entries
    click.echo(f"encrypted {number} {'entry' if number == 1 else 'entries'} with the first key")
    if rotated.left:
        click.echo(f"note: {rotated.left}", err=True)
