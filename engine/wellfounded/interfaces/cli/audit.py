"""``wellfounded audit``: what stands behind the recommendations, and what falls with a reference."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from wellfounded.interfaces.as_html import as_html
from wellfounded.interfaces.as_markdown import as_markdown
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.audit_csv import matrix_csv, withdrawal_csv
from wellfounded.interfaces.audit_page import GAPS, audit_page, found
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.cli.audit_person import absent, person_chain, rendered
from wellfounded.interfaces.cli.opening import opened
from wellfounded.interfaces.cli.options import (
    Given,
    audit_day_option,
    drafts_option,
    language_option,
    rules_option,
)
from wellfounded.interfaces.diagnostics import as_report
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.page import Page
from wellfounded.interfaces.withdrawal_page import withdrawal_page
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.package_data import data_folder
from wellfounded.load.whole_file import write_whole
from wellfounded.model.due import today
from wellfounded.model.suggest import suggestion
from wellfounded.review.audit import Audit, audit
from wellfounded.review.scenarios import read_scenarios
from wellfounded.review.withdrawal import POLICY, Withdrawal, withdraw


def _gaps(_: click.Context, __: click.Parameter, written: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (written or "").split(",") if name.strip())
    for name in names:
        if name not in GAPS:
            raise click.BadParameter(f"`{name}` is nothing to fail on; {suggestion(name, GAPS)}")
    return names


@click.command("audit")
@click.argument("person", type=Given(allow_dash=True), required=False)
@rules_option
@click.option(
    "--recommendation",
    "recommendations",
    multiple=True,
    metavar="ID",
    help="With PERSON: only this recommendation; may be given more than once.",
)
@click.option(
    "--withdraw", "withdrawn", type=int, metavar="NUMBER", help="What falls if this reference does."
)
@click.option(
    "--min-support",
    metavar="SUPPORT",
    help="With PERSON: only what has at least this support. With --withdraw: the support that people's "
    f"advice is held to, {POLICY} without it.",
)
@click.option("--hide-uncited", is_flag=True, help="With PERSON: only what cites a reference.")
@click.option(
    "--fail-on", callback=_gaps, metavar="GAPS", help=f"Fail if there are any, by commas: {', '.join(GAPS)}."
)
@audit_day_option
@drafts_option
@language_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "csv", "json", "mermaid", "svg"]),
    default="text",
    show_default=True,
    help="csv has the matrix alone, or with PERSON the edges; mermaid and svg are pictures for PERSON.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of printing.")
def command(
    person: Path | None,
    rules: Path | None,
    recommendations: tuple[str, ...],
    withdrawn: int | None,
    min_support: str | None,
    hide_uncited: bool,
    fail_on: tuple[str, ...],
    day: datetime | None,
    drafts: bool,
    language: str | None,
    form: str,
    out: Path | None,
) -> int:
    """Show which references, claims and numbers stand behind each recommendation, and what has none.

    With PERSON, a YAML or JSON file with a mapping of facts or - for standard input: the whole chain behind
    that person's advice.
    """
    _refuse_overlooked(person, form)
    knowledge_base = opened(rules, drafts)
    if person is not None:
        chain = person_chain(
            knowledge_base, person, language, recommendations, min_support, hide_uncited, day
        )
        _write(rendered(chain, form), out)
        for line in absent(chain, form):
            click.echo(line, err=True)
        return ExitCode.OK
    made = _audit(knowledge_base, language, day)
    falls = None
    if withdrawn is not None:
        if withdrawn not in [item.number for item in made.references]:
            numbers = [str(item.number) for item in made.references]
            known = suggestion(str(withdrawn), numbers) if numbers else "this knowledge base has none"
            raise click.BadParameter(f"there is no reference {withdrawn}; {known}")
        scenarios, wrong = read_scenarios(rules or data_folder("rules"), knowledge_base)
        if wrong:
            click.echo("These scenarios are left out, since something is wrong with them:\n", err=True)
            click.echo(as_report(wrong), err=True)
        people = [scenario.given for scenario in scenarios]
        falls = withdraw(knowledge_base, made.matrix, withdrawn, people, min_support or POLICY)
    _write(_rendered(made, falls, form), out)
    failing = [f"{found(made.gaps, name)} {name}" for name in fail_on if found(made.gaps, name)]
    if failing:
        click.echo(f"failed on: {', '.join(failing)}", err=True)
    return ExitCode.PROBLEMS_FOUND if failing else ExitCode.OK


#: Options that say nothing beside a PERSON, and those that say nothing without one.
_OF_THE_WHOLE = {"withdrawn": "--withdraw", "fail_on": "--fail-on"}
_OF_A_PERSON = {
    "recommendations": "--recommendation",
    "hide_uncited": "--hide-uncited",
}


def _refuse_overlooked(person: Path | None, form: str) -> None:
    """Refuse what was written on the command line and would say nothing."""
    context = click.get_current_context()
    options = _OF_A_PERSON if person is None else _OF_THE_WHOLE
    written = [
        option
        for name, option in options.items()
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if person is None and context.params["withdrawn"] is None and context.params["min_support"] is not None:
        raise click.UsageError("--min-support goes with a PERSON or with --withdraw")
    if person is None and form in ("mermaid", "svg"):
        written.append(f"--format {form}")
    if written and person is None:
        raise click.UsageError(f"{written[0]} is about one person's advice; name a PERSON file")
    if written:
        raise click.UsageError(f"{written[0]} is about the whole knowledge base and cannot go with PERSON")


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, text.encode())
        click.echo(f"wrote {out}", err=True)


def _audit(knowledge_base: KnowledgeBase, language: str | None, day: datetime | None) -> Audit:
    on = today() if day is None else day.date()
    chosen = knowledge_base.language(language)
    return audit(knowledge_base.content, knowledge_base.core, knowledge_base.digest, chosen, on)


def _rendered(made: Audit, falls: Withdrawal | None, form: str) -> str:
    if form == "csv":
        return matrix_csv(made) if falls is None else withdrawal_csv(falls)
    if form == "json":
        document: dict[str, Any] = made.to_dict()
        if falls is not None:
            about = ("knowledge_base", "engine", "on", "language", "drafts")
            document = {key: document[key] for key in about} | falls.to_dict()
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    page: Page = audit_page(made) if falls is None else withdrawal_page(falls, made)
    if form == "html":
        return as_html(page, spoken(made.language))
    return as_markdown(page) if form == "markdown" else as_text(page)
