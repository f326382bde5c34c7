"""``wellfounded references format``: the references in a citation style, with what is known of each."""

from __future__ import annotations

from pathlib import Path

import click

from wellfounded.bibliography.formatted import STYLES
from wellfounded.bibliography.reference_list import reference_list
from wellfounded.interfaces.cli.options import rules_option
from wellfounded.loading import load


@click.command("format")
@click.option("--style", type=click.Choice(list(STYLES)), default="apa", show_default=True)
@click.option("--lang", "language", help="The language; without it, the knowledge base's first.")
@click.option("--works", is_flag=True, help="Add the further works, which are not numbered.")
@rules_option
def command(style: str, language: str | None, works: bool, rules: Path | None) -> None:
    """Print each reference as it is cited, and below it what is known of it."""
    knowledge_base = load(rules)
    shown = reference_list(knowledge_base.content, knowledge_base.language(language), style, works)
    if shown:
        click.echo(shown, nl=False)
    else:
        click.echo("there are no references to format", err=True)
