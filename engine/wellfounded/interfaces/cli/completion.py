"""``wellfounded completion``: what a shell needs to complete commands, options and their values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from wellfounded.interfaces.cli.main import group


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script by which SHELL completes what is typed after `wellfounded`."""
    made_for = get_completion_class(shell)
    assert made_for is not None
    click.echo(made_for(group, {}, "wellfounded", "_WELLFOUNDED_COMPLETE").source())
