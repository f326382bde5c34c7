"""``wellfounded advise``: a person file in, advice out."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import (
    Given,
    advice_format_option,
    drafts_option,
    hide_uncited_option,
    language_option,
    min_support_option,
    rules_option,
)
from wellfounded.knowledge_base import load
from wellfounded.model.advice import Advice


@click.command("advise")
@click.argument("person", type=Given(allow_dash=True))
@rules_option
@drafts_option
@language_option
@advice_format_option
@click.option("--reasoner", default="python", show_default=True, help="Which reasoner values the facts.")
@min_support_option
@hide_uncited_option
@click.option("--record", "where", metavar="PLACE", help="Put the advice on record there: a file, or a URL.")
@click.option("--who", metavar="PSEUDONYM", help="With --record: who asks.")
@click.option("--without-facts", is_flag=True, help="With --record: leave out what is stated of the person.")
def command(
    person: Path,
    rules: Path | None,
    drafts: bool,
    language: str | None,
    form: str,
    reasoner: str,
    min_support: str | None,
    hide_uncited: bool,
    where: str | None,
    who: str | None,
    without_facts: bool,
) -> None:
    """Give advice for PERSON: a YAML or JSON file with a mapping of facts, or - for standard input."""
    where = _recorded_at(where, who, without_facts)
    knowledge_base = load(rules).with_drafts() if drafts else load(rules)
    facts = knowledge_base.read_person(sys.stdin.buffer if str(person) == "-" else person)
    advice = knowledge_base.advise(
        facts, language, reasoner, min_support=min_support, hide_uncited=hide_uncited
    )
    if where is not None and who is not None:
        _record(where, who, advice, not without_facts)
    click.echo(rendered(advice, form), nl=False)


def _recorded_at(where: str | None, who: str | None, without_facts: bool) -> str | None:
    """Where the advice goes on record, which whoever says for whom may have said in the environment."""
    if who is None:
        if where is not None or without_facts:
            raise click.UsageError("an advice goes on record for somebody: --who says for whom")
        return None
    where = where or os.environ.get("WELLFOUNDED_RECORD")
    if not where:
        raise click.UsageError("--who goes with --record, which says where the record is")
    return where


def _record(where: str, who: str, advice: Advice, facts: bool) -> None:
    from wellfounded.interfaces.cli.record_options import opened  # noqa: PLC0415  # an extra

    with opened(where) as record:
        entry = record.append(who, advice, facts=facts)
    click.echo(f"on record as entry {entry.id}", err=True)


def rendered(advice: Advice, form: str) -> str:
    """The advice in one of the formats of ``advice_format_option``."""
    if form == "json":
        return json.dumps(advice.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if form == "cds-hooks":
        from wellfounded.interfaces.as_cards import as_cards  # noqa: PLC0415  # needed for this alone

        return json.dumps(as_cards(advice), ensure_ascii=False, indent=2) + "\n"
    from wellfounded.interfaces.page import page  # noqa: PLC0415  # not needed for JSON

    if form == "markdown":
        from wellfounded.interfaces.as_markdown import as_markdown  # noqa: PLC0415  # one of the two

        return as_markdown(page(advice))
    from wellfounded.interfaces.as_text import as_text  # noqa: PLC0415  # one of the two

    return as_text(page(advice))
