"""``wellfounded record key``: a new key to encrypt with."""

from __future__ import annotations

import click

from wellfounded.model.errors import ReasonerError


@click.command("key")
def command() -> None:
    """Print a new key. Keep it: what is encrypted with it cannot be read without it."""
    try:
        from wellfounded.record.keys import new_key  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ReasonerError("encryption needs cryptography: install wellfounded[record]") from error
    click.echo(new_key())
