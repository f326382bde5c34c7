"""The tables of a record, and the steps by which a database comes to have them.

``advice_record`` has one row: how many of the steps were taken, and a text that only the right key decrypts,
if anything was ever encrypted. ``advice_entries`` has a row for each advice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sql

from wellfounded.model.errors import RecordError


class Moment(sql.TypeDecorator[datetime]):
    """A moment in UTC; SQLite knows no time zones, so there it is kept without one."""

    impl = sql.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = sql.MetaData()

RECORD = sql.Table(
    "advice_record",
    METADATA,
    sql.Column("schema_version", sql.Integer, nullable=False),
    sql.Column("encrypted_check", sql.LargeBinary),
)

# SQLite gives the id of an erased entry to no other.
ENTRIES = sql.Table(
    "advice_entries",
    METADATA,
    sql.Column("id", sql.BigInteger().with_variant(sql.Integer, "sqlite"), primary_key=True),
    sql.Column("who", sql.String(128), nullable=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("knowledge_base", sql.Text, nullable=False),
    sql.Column("version", sql.Text, nullable=False),
    sql.Column("digest", sql.Text, nullable=False, index=True),
    sql.Column("engine", sql.Text, nullable=False),
    sql.Column("language", sql.Text, nullable=False),
    sql.Column("facts", sql.Boolean, nullable=False),
    sql.Column("encrypted", sql.Boolean, nullable=False),
    sql.Column("document", sql.LargeBinary, nullable=False),
    sql.Index("advice_entries_who", "who", "at"),
    sqlite_autoincrement=True,
)


def _first(connection: sql.Connection) -> None:
    METADATA.create_all(connection)
    connection.execute(RECORD.insert().values(schema_version=0))


#: Each takes a database from the version that is its place in this list to the next.
STEPS: tuple[Callable[[sql.Connection], None], ...] = (_first,)


def version_of(connection: sql.Connection) -> int:
    """How many of the steps were taken. Raises ``RecordError`` for more than this engine knows."""
    if not sql.inspect(connection).has_table(RECORD.name):
        return 0
    found: int = connection.execute(sql.select(RECORD.c.schema_version)).scalar_one()
    if found > len(STEPS):
        message = f"this record has version {found} of its tables, and this engine knows up to {len(STEPS)}"
        raise RecordError(f"{message}; use a newer engine")
    return found


def upgrade(connection: sql.Connection, version: int) -> None:
    """Take the steps that were not taken yet."""
    if version == len(STEPS):
        return
    for step in STEPS[version:]:
        step(connection)
    connection.execute(RECORD.update().values(schema_version=len(STEPS)))
