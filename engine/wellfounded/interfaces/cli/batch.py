"""``wellfounded batch``: a table of people in, a table of advice out."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from wellfounded.batch.counts import Counts
from wellfounded.interfaces.cli.opening import opened
from wellfounded.interfaces.cli.options import (
    Given,
    drafts_option,
    hide_uncited_option,
    keep_option,
    min_support_option,
    rules_option,
    unit_option,
)
from wellfounded.interfaces.cli.progress import bar
from wellfounded.knowledge_base import KnowledgeBase


@click.command("batch")
@click.argument("people", type=click.Path())
@click.option("--out", type=click.Path(), required=True, help="The file for the advice.")
@click.option(
    "--rejects",
    type=click.Path(),
    help="The CSV file for rows that cannot be used; without it, it stands beside the advice.",
)
@click.option("--strict", is_flag=True, help="Stop at the first row that cannot be used, and write nothing.")
@keep_option
@unit_option
@rules_option
@min_support_option
@hide_uncited_option
@drafts_option
@click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    show_default=True,
    help="What computes: this machine, or a Spark cluster.",
)
@click.option("--master", metavar="URL", help="With --engine spark: the cluster, such as spark://host:7077.")
def command(
    people: str,
    out: str,
    rejects: str | None,
    strict: bool,
    keep: tuple[str, ...],
    units: dict[str, str],
    rules: Path | None,
    min_support: str | None,
    hide_uncited: bool,
    drafts: bool,
    engine: str,
    master: str | None,
) -> None:
    """Give advice for each row of PEOPLE: a CSV, NDJSON or Parquet file with a column for each fact.

    The name of a file says its format: .csv, .tsv, .ndjson, .jsonl, .parquet or .pq, with .gz after it where
    text is zipped. Files may be larger than memory. On Spark, each is a directory of files.
    """
    if engine == "polars" and master is not None:
        raise click.UsageError("--master needs --engine spark")
    if engine == "spark" and units:
        raise click.UsageError("--engine spark converts no units: leave out --unit, and convert before")
    knowledge_base = opened(rules, drafts)
    policy: dict[str, Any] = {"min_support": min_support, "hide_uncited": hide_uncited}
    asked = {**policy, "keep": keep, "strict": strict}
    with _stopped_as_by_hand():
        if engine == "spark":
            counts = knowledge_base.advise_on_spark(people, out, master=master, rejects=rejects, **asked)
        else:
            files = _given(people), Path(out), None if rejects is None else Path(rejects)
            counts = _on_this_machine(knowledge_base, *files, units=units, **asked)
    refused = f", {counts.refused:,} refused ({counts.rejects})" if counts.refused else ", none refused"
    click.echo(f"{counts.advised:,} rows with advice ({out}){refused}", err=True)


def _given(people: str) -> Path:
    """The file of people, which has to be there; where Spark looks, only Spark knows."""
    argument = next(p for p in click.get_current_context().command.params if p.name == "people")
    return Path(str(Given()(people, argument)))


def _on_this_machine(
    knowledge_base: KnowledgeBase, people: Path, out: Path, rejects: Path | None, **asked: Any
) -> Counts:
    with bar("advising") as progress:
        return knowledge_base.advise_file(people, out, rejects=rejects, progress=progress, **asked)


@contextmanager
def _stopped_as_by_hand() -> Iterator[None]:
    """Whoever ends the process, or closes its terminal, leaves as little behind as Ctrl+C does."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    ends = [end for end in _ENDS if signal.getsignal(end) is signal.SIG_DFL]
    for end in ends:
        signal.signal(end, interrupt)
    try:
        yield
    finally:
        for end in ends:
            signal.signal(end, signal.SIG_DFL)


#: Not every system has all of them.
_ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
