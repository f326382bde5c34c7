"""``wellfounded version``: which engine, and exactly which rules."""

from __future__ import annotations

from pathlib import Path

import click

from wellfounded.interfaces.cli.options import rules_option
from wellfounded.loading import load
from wellfounded.model.version import VERSION


@click.command("version")
@rules_option
@click.option("--digest", is_flag=True, help="Print only the digest of the knowledge base.")
def command(rules: Path | None, digest: bool) -> None:
    """Print the version of the engine, and of the knowledge base with its digest."""
    knowledge_base = load(rules)
    if digest:
        click.echo(knowledge_base.digest)
        return
    click.echo(f"wellfounded {VERSION}")
    click.echo(f"{knowledge_base.id} {knowledge_base.version} {knowledge_base.digest}")
