"""``wellfounded explain-row``: the whole advice, with sources, of one row of a table."""

from __future__ import annotations

from pathlib import Path

import click

from wellfounded.interfaces.cli.advise import rendered
from wellfounded.interfaces.cli.opening import opened
from wellfounded.interfaces.cli.options import (
    Given,
    advice_format_option,
    drafts_option,
    hide_uncited_option,
    keep_option,
    language_option,
    min_support_option,
    rules_option,
    unit_option,
)


@click.command("explain-row")
@click.argument("people", type=Given())
@click.argument("row", type=click.IntRange(min=1))
@keep_option
@unit_option
@rules_option
@drafts_option
@language_option
@advice_format_option
@min_support_option
@hide_uncited_option
def command(
    people: Path,
    row: int,
    keep: tuple[str, ...],
    units: dict[str, str],
    rules: Path | None,
    drafts: bool,
    language: str | None,
    form: str,
    min_support: str | None,
    hide_uncited: bool,
) -> None:
    """Give the whole advice, with its sources, for one row of PEOPLE: ROW is what `batch` calls `row`."""
    knowledge_base = opened(rules, drafts)
    facts = knowledge_base.read_row(people, row, keep=keep, units=units)
    advice = knowledge_base.advise(facts, language, min_support=min_support, hide_uncited=hide_uncited)
    click.echo(rendered(advice, form), nl=False)
