"""The database of a record, SQLite or PostgreSQL: transactions that last, and errors as sentences.

Nothing that this module says has a password or a statement's values in it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from wellfounded.model.errors import RecordError
from wellfounded.record import tables
from wellfounded.record.tables import upgrade, version_of

#: For so many seconds a writer waits for its turn.
PATIENCE = 60

#: Two processes that make the tables of one PostgreSQL database take turns by this number.
_LOCK = 0x77656C6C

_KEPT_IN = "SQLite by the path of a file, or PostgreSQL by a URL such as postgresql://user@host/name"


class Database:
    """Where a record is kept: the path of a SQLite file, or the URL of a database.

    ``name`` is what it is called in messages. Raises ``RecordError`` for what is neither.
    """

    def __init__(self, where: str | Path) -> None:
        url = _url(where)
        self.file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.name = (
            str(self.file) if self.file else str(url.set(password=None, query={}, drivername="postgresql"))
        )
        waits = {"timeout": PATIENCE} if self.file else {"connect_timeout": 10}
        try:
            self._engine = sql.create_engine(
                url, hide_parameters=True, pool_pre_ping=self.file is None, connect_args=waits
            )
        except ModuleNotFoundError:
            raise RecordError("PostgreSQL needs psycopg: install wellfounded[record]") from None
        if self.file:
            sql.event.listen(self._engine, "connect", _connect_sqlite)
            sql.event.listen(self._engine, "begin", _begin_sqlite)
        else:
            sql.event.listen(self._engine, "connect", _connect_postgresql)
        self._writer = self._engine.execution_options(writes=True)
        self._ready = False

    @contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """A transaction that sees one state of the record. Raises ``RecordError`` if there is none yet."""
        if self.file and not self.file.exists():
            raise RecordError(f"there is no record of advice at {self.name}")
        if self.file:
            _must_be_file(self.file)
        with self._told(), self._engine.connect() as connection:
            self._must_be_there(connection)
            yield connection

    def _must_be_there(self, connection: sql.Connection) -> None:
        version = version_of(connection)
        if not version:
            raise RecordError(f"there is no record of advice in {self.name}")
        if version < len(tables.STEPS):
            connection.rollback()
            with self.writing():
                pass

    @contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """A transaction that has lasted when this ends; the tables are made, or made newer, if need be."""
        with self._told():
            if self.file and not self._ready:
                _prepare_file(self.file, self.name)
            with self._writer.begin() as connection:
                if self.file is None and not self._ready:
                    connection.execute(sql.select(sql.func.pg_advisory_xact_lock(_LOCK)))
                self._upgrade(connection)
                yield connection
            self._ready = True

    def _upgrade(self, connection: sql.Connection) -> None:
        version = version_of(connection)
        if self.file and not version and sql.inspect(connection).get_table_names():
            raise RecordError(f"{self.name} is a SQLite database of something else")
        upgrade(connection, version)

    def scrub(self) -> bool:
        """Write the file anew without what was deleted; whether nothing of it is left in any file.

        On PostgreSQL nothing is done: when deleted rows are overwritten is the server's business.
        """
        if self.file is None:
            return False
        with self._told():
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM").close()
                busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.close()
        return not busy

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the database as sentences; the first line of what the driver says has no values in it."""
        try:
            yield
        except DBAPIError as error:
            raise RecordError(self._sentence(error.orig)) from None
        except sqlite3.Error as error:
            raise RecordError(self._sentence(error)) from None
        except SQLAlchemyError as error:
            raise RecordError(f"{self.name} cannot be used: {type(error).__name__}") from None

    def _sentence(self, error: BaseException | None) -> str:
        said = (str(error).splitlines() or ["no reason given"])[0]
        if "file is not a database" in said:
            return f"{self.name} is not a SQLite database"
        if "malformed" in said:
            return f"{self.name} is damaged: {said}"
        if "locked" in said:
            return f"another process keeps {self.name} locked for more than {PATIENCE} seconds"
        if "readonly" in said or "unable to open" in said:
            return (
                f"{self.name} or its folder cannot be written: {said}; even to read a record, SQLite writes "
                "beside it"
            )
        password = self._engine.url.password
        return f"{self.name} cannot be used: {said.replace(str(password), '***') if password else said}"


def _url(where: str | Path) -> sql.URL:
    if str(where) in ("", ":memory:"):
        # To SQLite these are no files, and nothing would be left of what was acknowledged.
        raise RecordError(f"a record is not kept in `{where}`; it is kept in {_KEPT_IN}")
    if "://" not in str(where):
        return sql.URL.create("sqlite", database=str(where))
    try:
        url = sql.make_url(str(where))
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise RecordError(f"this is not the URL of a database; a record is kept in {_KEPT_IN}") from None
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    is_file = url.database not in (None, "", ":memory:") and not (url.query or url.host)
    if backend == "sqlite" and is_file:
        return url.set(drivername="sqlite")
    raise RecordError(f"a record is not kept in `{url.drivername}` like this; it is kept in {_KEPT_IN}")


def _must_be_file(file: Path) -> None:
    if file.is_dir():
        raise RecordError(f"{file} is a folder; a record is kept in a file")


def _prepare_file(file: Path, name: str) -> None:
    """See that the file is there, for its owner alone, and lets others read while one writes."""
    if not file.parent.is_dir():
        raise RecordError(f"there is no folder {file.parent} to keep a record in")
    _must_be_file(file)
    if not file.exists():
        try:
            file.touch(mode=0o600)
        except OSError as error:
            raise RecordError(f"{name} cannot be made: {error.strerror}") from None
    until = time.monotonic() + PATIENCE
    while True:
        connection = sqlite3.connect(file, timeout=PATIENCE)
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite does not wait for its turn here.
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        finally:
            connection.close()


def _connect_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin as _begin_sqlite says, not as Python's module does
    cursor = connection.cursor()
    for pragma in ("synchronous=FULL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sql.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _connect_postgresql(connection: Any, _: Any) -> None:
    """A commit that the server has not written yet is no commit, whatever the server's settings."""
    off = "current_setting('synchronous_commit') = 'off'"
    connection.execute(f"SELECT set_config('synchronous_commit', 'on', false) WHERE {off}")
    connection.commit()
