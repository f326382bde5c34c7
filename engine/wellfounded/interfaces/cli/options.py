"""Options that several subcommands share."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wellfounded.interfaces.retold import LANGUAGES


class Given(click.Path):
    """A file or folder that is read, so that it has to be there; with ``allow_dash`` also standard input."""

    def __init__(self, allow_dash: bool = False) -> None:
        super().__init__(allow_dash=allow_dash, path_type=Path)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        path = super().convert(value, param, ctx)
        if not (self.allow_dash and str(value) == "-") and not os.path.lexists(path):
            self.fail(f"there is no file or folder {value}", param, ctx)
        return path


class FiniteRange(click.FloatRange):
    """A range of numbers that somebody can mean: neither infinite nor not a number."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number one can count with", param, ctx)
        return number


rules_option = click.option(
    "--rules",
    type=Given(),
    help="The folder or file that holds the knowledge base; without it, the one that comes with the package.",
)

language_option = click.option(
    "--lang", "language", help="The language of the advice; without it, the knowledge base's first."
)

said_option = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="The language of the report; JSON is in English.",
)

format_option = click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)

advice_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "cds-hooks"]),
    default="text",
    show_default=True,
)

min_support_option = click.option(
    "--min-support",
    metavar="SUPPORT",
    help="Give only what has at least this support: supports, partly, unchecked, not-established, …",
)

hide_uncited_option = click.option("--hide-uncited", is_flag=True, help="Give only what cites a reference.")

drafts_option = click.option("--drafts", is_flag=True, help="Let rules that are drafts give advice, too.")


def _day_option(what: str) -> Callable[[Any], Any]:
    return click.option(
        "--on",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DAY",
        envvar="WELLFOUNDED_TODAY",
        help=f"The day {what}, as 2026-01-31; without it, today.",
    )


day_option = _day_option("that counts for what is overdue")
statements_day_option = _day_option("of which dated statements count")
audit_day_option = _day_option("for what is overdue, or with PERSON of which dated statements count")

keep_option = click.option(
    "--keep",
    multiple=True,
    metavar="COLUMN",
    help="Pass on a column, such as a name or a number; may be given more than once.",
)


def _units(_: click.Context, __: click.Parameter, written: tuple[str, ...]) -> dict[str, str]:
    units = {}
    for one in written:
        fact, equals, unit = one.partition("=")
        if not equals or not fact.strip() or not unit.strip():
            raise click.BadParameter(f"`{one}` has to be FACT=UNIT, such as length=cm")
        units[fact.strip()] = unit.strip()
    return units


unit_option = click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="FACT=UNIT",
    callback=_units,
    help="The unit of all numbers of a fact, where it is not the fact's own; may be given more than once.",
)
