"""``wellfounded why-not``: what stands in the way of a recommendation, or what is missing."""

from __future__ import annotations

from pathlib import Path

import click

from wellfounded.explain.chain import State
from wellfounded.interfaces.cli.explaining import PAGES, PICTURES, explanation_as, out_option, read, write
from wellfounded.interfaces.cli.options import (
    Given,
    drafts_option,
    hide_uncited_option,
    language_option,
    min_support_option,
    rules_option,
)
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.explanation_words import explanation_words
from wellfounded.loading import load


@click.command("why-not")
@click.argument("person", type=Given(allow_dash=True))
@click.argument("recommendation", metavar="ID")
@rules_option
@drafts_option
@language_option
@click.option("--format", "form", type=click.Choice([*PAGES, *PICTURES]), default="text", show_default=True)
@min_support_option
@hide_uncited_option
@out_option
def command(
    person: Path,
    recommendation: str,
    rules: Path | None,
    drafts: bool,
    language: str | None,
    form: str,
    min_support: str | None,
    hide_uncited: bool,
    out: Path | None,
) -> int:
    """Say what stands in the way of the recommendation ID for PERSON, or what is still missing.

    PERSON is a YAML or JSON file with a mapping of facts, or - for standard input. Fails if it is given.
    """
    knowledge_base = load(rules).with_drafts() if drafts else load(rules)
    found = knowledge_base.explain(
        read(knowledge_base, person),
        recommendation,
        language,
        min_support=min_support,
        hide_uncited=hide_uncited,
    )
    if found.state is State.GIVEN:
        click.echo(explanation_words(found.language)["is_given"].format(title=found.title), err=True)
        return ExitCode.PROBLEMS_FOUND
    write(explanation_as(found, form), out)
    return ExitCode.OK
