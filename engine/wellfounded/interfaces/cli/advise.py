"""``wellfounded advise``: a person file in, advice out."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wellfounded.interfaces.cli.opening import history_until, opened
from wellfounded.interfaces.cli.options import (
    Given,
    advice_format_option,
    drafts_option,
    hide_uncited_option,
    language_option,
    min_support_option,
    rules_option,
    statements_day_option,
)
from wellfounded.load.history import History
from wellfounded.model.advice import Advice
from wellfounded.model.values import Value

if TYPE_CHECKING:
    from wellfounded.explain.what_if import WhatIf


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
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Say what has changed in facts and advice since a day, and why, for a file with dated statements.",
)
@statements_day_option
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
    since: datetime | None,
    day: datetime | None,
) -> None:
    """Give advice for PERSON: a YAML or JSON file with a mapping of facts, or - for standard input."""
    where = _recorded_at(where, who, without_facts)
    knowledge_base = opened(rules, drafts)
    history, on = history_until(knowledge_base, person, day)
    if since is not None:
        if where is not None:
            raise click.UsageError("what has changed since a day does not go on record; leave out --who")
        if reasoner != "python":
            raise click.UsageError("--since works with the reasoner `python` alone")
        changed = _changed(history, since.date(), on)
        before = history.on(since.date())
        found = knowledge_base.what_if(
            before, changed, language, min_support=min_support, hide_uncited=hide_uncited
        )
        click.echo(_since(found, since.date(), on, form), nl=False)
        return
    advice = knowledge_base.advise(
        history.on(on), language, reasoner, min_support=min_support, hide_uncited=hide_uncited
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


def _changed(history: History, since: date, on: date) -> Mapping[str, Value | None]:
    """The facts that are stated otherwise than they were; ``None`` where one is no longer known."""
    if since > on:
        raise click.UsageError(f"--since {since} is later than {on}, the day the advice is for")
    before, after = history.on(since), history.on(on)
    return {fact: after.get(fact) for fact in {**before, **after} if before.get(fact) != after.get(fact)}


def _since(found: WhatIf, since: date, on: date, form: str) -> str:
    if form == "cds-hooks":
        raise click.UsageError("--since has no cards; its formats are text, markdown and json")
    from wellfounded.interfaces.cli.explaining import page_as  # noqa: PLC0415  # needed for this alone
    from wellfounded.interfaces.what_if_page import since_page  # noqa: PLC0415  # likewise

    return page_as(since_page(found, since, on), found.to_dict(), found.language, form)


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
