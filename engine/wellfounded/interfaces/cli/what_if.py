"""``wellfounded what-if``: what other facts change, or what to change for a recommendation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from wellfounded.explain.suggested import AT_MOST, MOST_CHANGED, Want
from wellfounded.interfaces.cli.explaining import PAGES, out_option, page_as, write
from wellfounded.interfaces.cli.opening import opened, person_on
from wellfounded.interfaces.cli.options import (
    Given,
    drafts_option,
    hide_uncited_option,
    language_option,
    min_support_option,
    rules_option,
    statements_day_option,
)
from wellfounded.interfaces.what_if_page import suggestions_page, what_if_page
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.person import person_in
from wellfounded.model.values import Value


@click.command("what-if")
@click.argument("person", type=Given(allow_dash=True))
@click.option(
    "--with",
    "stating",
    multiple=True,
    metavar="FACT=VALUE",
    help="State this, written as in a person's file; may be given more than once.",
)
@click.option(
    "--without", multiple=True, metavar="FACT", help="Leave this unstated; may be given more than once."
)
@click.option(
    "--want",
    metavar="ID[=WANT]",
    help="Look for the smallest changes that make this recommendation what is wanted: given (the default), "
    "keep or gone.",
)
@click.option(
    "--at-most",
    type=click.IntRange(1, MOST_CHANGED),
    default=AT_MOST,
    show_default=True,
    metavar="NUMBER",
    help="With --want: change no more facts than this.",
)
@rules_option
@drafts_option
@language_option
@click.option("--format", "form", type=click.Choice(PAGES), default="text", show_default=True)
@min_support_option
@hide_uncited_option
@statements_day_option
@out_option
def command(
    person: Path,
    stating: tuple[str, ...],
    without: tuple[str, ...],
    want: str | None,
    at_most: int,
    rules: Path | None,
    drafts: bool,
    language: str | None,
    form: str,
    min_support: str | None,
    hide_uncited: bool,
    day: datetime | None,
    out: Path | None,
) -> None:
    """Say what changes for PERSON if other facts are stated, or what to change for a recommendation.

    PERSON is a YAML or JSON file with a mapping of facts, or - for standard input.
    """
    if want is None and not stating and not without:
        raise click.UsageError("say what is to change, by --with or --without, or what is wanted, by --want")
    knowledge_base = opened(rules, drafts)
    facts = person_on(knowledge_base, person, day)
    changes = _changes(knowledge_base, stating, without)
    if want is None:
        found = knowledge_base.what_if(
            facts, changes, language, min_support=min_support, hide_uncited=hide_uncited
        )
        write(page_as(what_if_page(found), found.to_dict(), found.language, form), out)
        return
    recommendation, _, wanted = want.partition("=")
    changed = {fact: value for fact, value in {**facts, **changes}.items() if value is not None}
    ways = knowledge_base.suggest(
        changed,
        recommendation,
        wanted or Want.GIVEN,
        language,
        at_most=at_most,
        min_support=min_support,
        hide_uncited=hide_uncited,
    )
    write(page_as(suggestions_page(ways), ways.to_dict(), ways.language, form), out)


def _changes(
    knowledge_base: KnowledgeBase, stating: tuple[str, ...], without: tuple[str, ...]
) -> Mapping[str, Value | None]:
    """The facts to be stated, read as a person's file is, and those to be left unstated."""
    lines = []
    for one in stating:
        fact, equals, value = one.partition("=")
        if not equals or not fact.strip() or not value.strip() or len(one.splitlines()) > 1:
            raise click.UsageError(f"`--with {one}` has to be FACT=VALUE, such as 'length=20 cm'")
        if fact.strip() in without:
            raise click.UsageError(f"`{fact.strip()}` cannot be both stated and left unstated")
        lines.append(f"{fact.strip()}: {value.strip()}")
    stated = person_in(knowledge_base.content, "\n".join(lines).encode(), "--with") if lines else {}
    names = [line.partition(":")[0] for line in lines]
    return {fact: stated.get(fact) for fact in (*names, *without)}
