"""What ``explain``, ``why-not`` and ``what-if`` share: reading the person, and writing what was found."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from wellfounded.explain.chain import Trail
from wellfounded.explain.explanation import Explanation
from wellfounded.interfaces.as_html import as_html
from wellfounded.interfaces.as_markdown import as_markdown
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.chain.as_mermaid import as_mermaid
from wellfounded.interfaces.chain.as_svg import as_svg
from wellfounded.interfaces.chain.picture import Picture, picture_of
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
from wellfounded.interfaces.explanation_page import explanation_page
from wellfounded.interfaces.page import Page
from wellfounded.load.whole_file import write_whole

#: Formats of pages; an explanation has pictures as well.
PAGES = ["text", "markdown", "html", "json"]
PICTURES = ["mermaid", "svg"]

out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="Write to this file instead of printing."
)


_format_option = click.option(
    "--format", "form", type=click.Choice([*PAGES, *PICTURES]), default="text", show_default=True
)


def asks_about_one(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options of a command about one recommendation."""
    for option in (
        out_option,
        statements_day_option,
        hide_uncited_option,
        min_support_option,
        _format_option,
        language_option,
        drafts_option,
        rules_option,
        click.argument("recommendation", metavar="ID"),
        click.argument("person", type=Given(allow_dash=True)),
    ):
        command = option(command)
    return command


def explained(
    person: Path,
    recommendation: str,
    rules: Path | None,
    drafts: bool,
    language: str | None,
    day: datetime | None,
    **policy: Any,
) -> Explanation:
    """Why the recommendation is as it is for the person."""
    knowledge_base = opened(rules, drafts)
    return knowledge_base.explain(person_on(knowledge_base, person, day), recommendation, language, **policy)


def explanation_as(found: Explanation, form: str) -> str:
    """An explanation in one of the formats."""
    if form not in PICTURES:
        return page_as(explanation_page(found), found.to_dict(), found.language, form)
    if not found.edges:
        raise click.UsageError(f"there is nothing to draw: {' '.join(found.sentences)}")
    picture = picture_of(found.chain, Trail(found.recommendation, found.edges))
    draw: Callable[[Picture], str] = as_svg if form == "svg" else as_mermaid
    return draw(picture)


def page_as(page: Page, document: Mapping[str, Any], language: str, form: str) -> str:
    """A page in one of the formats, or the document behind it."""
    match form:
        case "json":
            return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        case "html":
            return as_html(page, spoken(language))
        case "markdown":
            return as_markdown(page)
    return as_text(page)


def write(text: str, out: Path | None) -> None:
    """Print it, or write it whole to a file."""
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, text.encode())
        click.echo(f"wrote {out}", err=True)
