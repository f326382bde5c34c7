"""``wellfounded record list``: a line for each advice on record."""

from __future__ import annotations

from datetime import datetime

import click

from wellfounded.interfaces.cli.record_options import (
    digest_option,
    opened,
    record_option,
    since_option,
    who_option,
)


@click.command("list")
@record_option
@who_option
@since_option
@digest_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(where: str, who: str, since: datetime | None, digest: str, form: str) -> None:
    """List what is on record: the number of the entry, when, who, and which rules gave the advice."""
    with opened(where) as record:
        from wellfounded.interfaces import record_report as report  # noqa: PLC0415  # comes with the extra

        entries = record.entries(who=who, since=since, digest=digest)
        if form == "json":
            click.echo(report.entries_as_json(entries), nl=False)
            return
        for line in report.entries_as_text(entries):
            click.echo(line)
