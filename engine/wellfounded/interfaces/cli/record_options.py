"""Options that the commands about the record share, and the record that they name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from wellfounded.model.errors import ReasonerError

if TYPE_CHECKING:
    from wellfounded.record import AdviceRecord


record_option = click.option(
    "--record",
    "where",
    required=True,
    metavar="PLACE",
    envvar="WELLFOUNDED_RECORD",
    show_envvar=True,
    help="The file of the record, or the URL of a PostgreSQL database.",
)

who_option = click.option("--who", default="", metavar="PSEUDONYM", help="Only the entries of this person.")


def _in_utc(_: click.Context, __: click.Parameter, moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


since_option = click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    callback=_in_utc,
    metavar="MOMENT",
    help="Only entries from this moment on, in UTC, as 2026-01-31 or 2026-01-31T18:30:00.",
)

digest_option = click.option(
    "--digest", default="", metavar="DIGEST", help="Only entries of rules whose digest begins like this."
)


def opened(where: str) -> AdviceRecord:
    """The record at a place, or a sentence that says what to install."""
    try:
        from wellfounded.record import AdviceRecord  # noqa: PLC0415  # an extra
    except ImportError as error:
        message = "a record of advice needs SQLAlchemy and cryptography: install wellfounded[record]"
        raise ReasonerError(message) from error
    return AdviceRecord(where)
