"""``wellfounded record replay``: people on record, held against other rules."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import rules_option
from wellfounded.interfaces.cli.progress import bar
from wellfounded.interfaces.cli.record_options import (
    digest_option,
    opened,
    record_option,
    since_option,
    who_option,
)
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.loading import load


@click.command("replay")
@record_option
@rules_option
@who_option
@since_option
@digest_option
@click.option("--all", "every", is_flag=True, help="Every entry, rather than the last of each person.")
@click.option("-k", "--matching", default="", metavar="TOPIC", help="Only topics with this in their name.")
@click.option(
    "--sample",
    type=click.IntRange(0, 100_000),
    default=10,
    show_default=True,
    metavar="ENTRIES",
    help="Show so many of those that get different advice.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    where: str,
    rules: Path | None,
    who: str,
    since: datetime | None,
    digest: str,
    every: bool,
    matching: str,
    sample: int,
    form: str,
) -> int:
    """Advise everyone on record by other rules, and say whose advice changes and why.

    Exit code 0: nobody's. 1: somebody's. 8: nobody's, and not everyone could be compared.
    """
    knowledge_base = load(rules)
    with opened(where) as record, bar("replaying") as progress:
        from wellfounded.interfaces import record_report as report  # noqa: PLC0415  # comes with the extra
        from wellfounded.record.replay import replay  # noqa: PLC0415  # likewise

        count = record.count(who=who, since=since, digest=digest, latest=not every)
        found = replay(
            record.readings(who=who, since=since, digest=digest, latest=not every),
            knowledge_base,
            matching=matching,
            sample=sample,
            progress=lambda done: progress(done, count),
        )
    topics = (rule.topic for rule in knowledge_base.content.rules.values() if rule.recommends)
    if not found.topics and not any(matching in topic for topic in topics):
        raise click.BadParameter(f"no topic has `{matching}` in its name", param_hint="-k")
    if form == "json":
        click.echo(report.replay_as_json(found), nl=False)
    else:
        for line in report.replay_as_text(found):
            click.echo(line)
    if found.changed:
        return ExitCode.PROBLEMS_FOUND
    return ExitCode.NOT_DECIDED if found.refused or found.outlines or found.other else ExitCode.OK
