"""``wellfounded diff``: what differs between two versions of a knowledge base, and for whom."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from wellfounded.interfaces.cli.options import (
    FiniteRange,
    Given,
    drafts_option,
    format_option,
    keep_option,
    unit_option,
)
from wellfounded.interfaces.cli.progress import bar
from wellfounded.interfaces.diagnostics import Style, unstyled
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.model.errors import ReasonerError
from wellfounded.review.difference.versions import RULES, two_versions


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--rules",
    type=click.Path(path_type=Path),
    default=RULES,
    show_default=True,
    help="Where the rules are in a git repository.",
)
@click.option("-k", "--matching", default="", metavar="TOPIC", help="Ask only about topics with this name.")
@click.option("--people", type=Given(), metavar="FILE", help="Compare the people in a file, too.")
@keep_option
@unit_option
@click.option(
    "--sample",
    type=click.IntRange(0, 1000),
    default=10,
    show_default=True,
    metavar="ROWS",
    help="With --people: show so many of those who get different advice.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["meaning", "evidence", "text", "any"]),
    default="meaning",
    show_default=True,
    help="From what difference on the exit code is 1.",
)
@click.option(
    "--timeout",
    type=FiniteRange(min=0, max=86_400, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long the solver may take each time it is asked.",
)
@click.option(
    "--lang",
    "language",
    help="The language of texts and report; without it, the new version's first, and English.",
)
@drafts_option
@format_option
def command(
    old: str,
    new: str | None,
    rules: Path,
    matching: str,
    people: Path | None,
    keep: tuple[str, ...],
    units: dict[str, str],
    sample: int,
    fail_on: str,
    timeout: float,
    language: str | None,
    drafts: bool,
    form: str,
) -> int:
    """Say what differs between OLD and NEW in words, and what it means for every possible person.

    Each is a folder, a wheel or a revision of a git repository. OLD alone may be two revisions, such as
    main..HEAD, or one that is held against the files as they are now. Exit code 0: the same meaning. 1: a
    different one (see --fail-on). 8: neither is known.
    """
    if people is None and (keep or units):
        raise click.UsageError("--keep and --unit go with --people")
    versions = two_versions(old, new, rules)
    compare, level = _compare(), _level(fail_on)
    on_record = None
    with bar("comparing") as progress:
        if people is not None:
            on_record = partial(
                _people(),
                people=people,
                matching=matching,
                keep=keep,
                units=units,
                sample=sample,
                progress=partial(progress, label="comparing people"),
            )
        difference = compare(
            *versions,
            language=language,
            matching=matching,
            timeout=timeout,
            drafts=drafts,
            people=on_record,
            progress=progress,
        )
    if matching and not difference.topics and not difference.facts:
        raise click.BadParameter(f"no topic has `{matching}` in its name", param_hint="-k")
    click.echo(_rendered(difference, form, language or "en"), nl=False)
    if difference.counts(level):
        return ExitCode.PROBLEMS_FOUND
    return ExitCode.NOT_DECIDED if difference.not_decided(level) else ExitCode.OK


def _compare() -> Callable[..., Any]:
    try:
        from wellfounded.review.difference.compare import compare  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ReasonerError(
            "what a difference means is proved with z3: install wellfounded[verify]"
        ) from error
    return compare


def _people() -> Callable[..., Any]:
    try:
        from wellfounded.review.difference.people import compare_people  # noqa: PLC0415  # an extra
    except ImportError as error:
        message = "tables need narwhals, Polars and PyArrow: install wellfounded[tables]"
        raise ReasonerError(message) from error
    return compare_people


def _level(name: str) -> Any:
    from wellfounded.review.difference.compare import Level  # noqa: PLC0415  # comes with the extra

    return Level(name)


def _rendered(difference: Any, form: str, language: str) -> str:
    if form == "json":
        return json.dumps(difference.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if form == "markdown":
        from wellfounded.interfaces.diff_as_markdown import as_markdown  # noqa: PLC0415  # comes with the extra

        return as_markdown(difference)
    from wellfounded.interfaces.diff_as_text import as_text  # noqa: PLC0415  # likewise

    return as_text(difference, _style(), language)


def _style() -> Style:
    if not sys.stdout.isatty():
        return unstyled
    return lambda text, colour: click.style(text, fg=colour)
