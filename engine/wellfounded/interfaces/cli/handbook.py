"""``wellfounded handbook``: a folder of pages that say what a knowledge base holds, in plain language."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import day_option, rules_option
from wellfounded.interfaces.cli.progress import bar
from wellfounded.interfaces.diagnostics import as_report
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.handbook.covered import covered
from wellfounded.interfaces.handbook.folder import write_folder
from wellfounded.interfaces.handbook.site import handbook
from wellfounded.load.package_data import data_folder
from wellfounded.loading import load
from wellfounded.model.due import today
from wellfounded.review.coverage import coverage
from wellfounded.review.scenarios import read_scenarios


@click.command("handbook")
@rules_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="The folder to write; a handbook that is there already is replaced, and nothing else.",
)
@day_option
def command(rules: Path | None, out: Path, day: datetime | None) -> int:
    """Write a handbook: a page for each recommendation, rule, claim, reference, fact and number."""
    knowledge_base = load(rules)
    scenarios, found = read_scenarios(rules or data_folder("rules"), knowledge_base)
    if found:
        click.echo(as_report(found), nl=False, err=True)
    on = today() if day is None else day.date()
    with bar("making pages") as progress:
        reached = covered(coverage(knowledge_base, scenarios), knowledge_base.languages)
        pages = handbook(knowledge_base, scenarios, on, reached, progress)
    write_folder(out, pages)
    click.echo(f"wrote {out / 'index.html'}", err=True)
    return ExitCode.PROBLEMS_FOUND if found else ExitCode.OK
