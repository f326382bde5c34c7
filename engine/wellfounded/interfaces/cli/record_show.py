"""``wellfounded record show``: an advice as it was given."""

from __future__ import annotations

import click

from wellfounded.interfaces.cli.advise import rendered
from wellfounded.interfaces.cli.options import format_option
from wellfounded.interfaces.cli.record_options import opened, record_option


@click.command("show")
@click.argument("entry", type=click.IntRange(1, 2**63 - 1))
@record_option
@format_option
def command(entry: int, where: str, form: str) -> None:
    """Show the advice of an ENTRY as it was given, whatever the rules say today."""
    with opened(where) as record:
        from wellfounded.interfaces import record_report as report  # noqa: PLC0415  # comes with the extra

        recorded = record.get(entry)
        if form == "json":
            click.echo(report.recorded_as_json(recorded), nl=False)
            return
        click.echo(f"{report.heading(recorded.entry)}\n")
        if recorded.entry.facts:
            click.echo(rendered(recorded.advice(), form), nl=False)
            return
        for line in report.outline(recorded):
            click.echo(line)
