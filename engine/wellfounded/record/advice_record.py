"""The record: advice is appended, listed, shown, and erased with the person it was given to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sql

from wellfounded.model.advice import Advice, Identity
from wellfounded.model.errors import RecordError
from wellfounded.model.record import Record
from wellfounded.record.database import Database
from wellfounded.record.entry import Entry, RecordedAdvice, Unreadable, pseudonym, without_facts
from wellfounded.record.keys import VARIABLE, Keys
from wellfounded.record.tables import ENTRIES, RECORD

#: So many entries are read at a time.
_PAGE = 200

#: What a record that encrypts keeps of its key.
_CHECK = b"wellfounded"


class Scrubbed(Record, frozen=True):
    """How many entries were erased or written anew, and where bytes of what was there may be left."""

    entries: int
    left: str


class AdviceRecord:
    """The record of advice in a SQLite file or a PostgreSQL database; made when it is first written to.

    What is appended is on disk when ``append`` returns. Several processes and threads may use one record.
    ``keys`` are those in the environment, unless given. Everything raises ``RecordError`` for a record that
    cannot be used.
    """

    def __init__(self, where: str | Path, keys: Keys | None = None) -> None:
        self._database = Database(where)
        self._keys = Keys.from_environment() if keys is None else keys

    def __enter__(self) -> AdviceRecord:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """What it is called in messages: no password is in it."""
        return self._database.name

    def close(self) -> None:
        """Let go of the database; the record can be used again all the same."""
        self._database.close()

    def append(self, who: str, advice: Advice, *, facts: bool = True, at: datetime | None = None) -> Entry:
        """Put an advice on record for a pseudonym. Without ``facts`` only an outline of it is kept.

        ``at`` is when it was given, with a time zone; without it, now.
        """
        moment = _moment(at)
        identity = advice.knowledge_base
        document = advice.to_dict() if facts else without_facts(advice.to_dict())
        entry = Entry(
            0, pseudonym(who), moment, identity, advice.engine, advice.language, facts, bool(self._keys)
        )
        row = {
            **{
                name: getattr(entry, name)
                for name in ("who", "at", "engine", "language", "facts", "encrypted")
            },
            "knowledge_base": identity.id,
            "version": identity.version,
            "digest": identity.digest,
            "document": self._sealed(entry, msgspec.json.encode(document)),
        }
        with self._database.writing() as connection:
            self._check_keys(connection)
            [id] = connection.execute(ENTRIES.insert().values(row)).inserted_primary_key or (0,)
        return msgspec.structs.replace(entry, id=id)

    def entries(self, *, who: str = "", since: datetime | None = None, digest: str = "") -> Iterator[Entry]:
        """What is on record, oldest entry first: of one person, from a moment on, of rules with this digest.

        The beginning of a digest will do, with or without ``sha256:``.
        """
        for row in self._rows(_about(), _matching(who, since, digest)):
            yield _entry(row)

    def get(self, id: int) -> RecordedAdvice:
        """One advice as it was. Raises ``RecordError`` if there is none, or without the key for it."""
        with self._database.reading() as connection:
            row = connection.execute(sql.select(ENTRIES).where(ENTRIES.c.id == id)).mappings().one_or_none()
        if row is None:
            raise RecordError(f"there is no entry {id} in {self.name}")
        return self._opened(row)

    def advice(
        self, *, who: str = "", since: datetime | None = None, digest: str = "", latest: bool = False
    ) -> Iterator[RecordedAdvice]:
        """Advice on record, chosen as in ``entries``; with ``latest``, of each person only the last given.

        A person's last is of each knowledge base. Raises ``RecordError`` at the first that cannot be read.
        """
        for one in self.readings(who=who, since=since, digest=digest, latest=latest):
            if isinstance(one, Unreadable):
                raise RecordError(one.reason)
            yield one

    def readings(
        self, *, who: str = "", since: datetime | None = None, digest: str = "", latest: bool = False
    ) -> Iterator[RecordedAdvice | Unreadable]:
        """The same, where one that cannot be read does not keep anybody from the others.

        Raises ``RecordError`` if none can be, for want of the record's key.
        """
        for row in self._rows(sql.select(ENTRIES), _matching(who, since, digest, latest)):
            try:
                one: RecordedAdvice | Unreadable = self._opened(row)
            except RecordError as error:
                self._must_have_key()
                one = Unreadable(_entry(row), str(error))
            yield one

    def count(
        self, *, who: str = "", since: datetime | None = None, digest: str = "", latest: bool = False
    ) -> int:
        """How many there are of what ``advice`` gives."""
        wanted = sql.select(sql.func.count(ENTRIES.c.id)).where(*_matching(who, since, digest, latest))
        with self._database.reading() as connection:
            found: int = connection.execute(wanted).scalar_one()
        return found

    def forget(self, who: str) -> Scrubbed:
        """Erase all entries of a person, from the bytes of the database too where that can be done."""
        pseudonym(who)
        with self._database.reading():
            pass  # a record that is not there is not made only to erase from it
        with self._database.writing() as connection:
            erased = connection.execute(ENTRIES.delete().where(ENTRIES.c.who == who)).rowcount
        return Scrubbed(erased, self._left())

    def rotate(self, progress: Callable[[int, int], None] = lambda done, of: None) -> Scrubbed:
        """Encrypt every entry with the first key, also those that were not encrypted.

        When this has returned, none of the other keys is needed any more. If it was interrupted, do it again.
        """
        if not self._keys:
            raise RecordError(f"{VARIABLE} has no key to encrypt with")
        of, done, last = self.count(), 0, 0
        while True:
            with self._database.writing() as connection:
                self._check_keys(connection, alone=True)
                page = sql.select(ENTRIES).where(ENTRIES.c.id > last).order_by(ENTRIES.c.id).limit(_PAGE)
                rows = connection.execute(page).mappings().all()
                for row in rows:
                    self._encrypt_anew(connection, row)
                if len(rows) < _PAGE:
                    # From here on, nobody writes with a key that is going.
                    connection.execute(RECORD.update().values(encrypted_check=self._keys.encrypt(_CHECK)))
            done += len(rows)
            progress(done, of)
            if len(rows) < _PAGE:
                return Scrubbed(done, self._left())
            last = rows[-1]["id"]

    def _encrypt_anew(self, connection: sql.Connection, row: sql.RowMapping) -> None:
        entry = msgspec.structs.replace(_entry(row), encrypted=True)
        values = {"encrypted": True, "document": self._sealed(entry, self._unsealed(row))}
        connection.execute(ENTRIES.update().where(ENTRIES.c.id == entry.id).values(values))

    def _left(self) -> str:
        try:
            if self._database.scrub():
                return ""
        except RecordError as error:
            return f"the file could not be written anew, so bytes of what was there may be left: {error}"
        if self._database.file:
            return (
                "another process is reading, so bytes of what was there may still be in the file's -wal; "
                "run this again later"
            )
        return (
            "the server keeps bytes of what was there until it vacuums the table (VACUUM FULL "
            "advice_entries writes it anew), and in its write-ahead log, replicas and backups as long as "
            "those are kept"
        )

    def _rows(
        self, wanted: sql.Select[Any], matching: list[sql.ColumnElement[bool]]
    ) -> Iterator[sql.RowMapping]:
        """Rows in the order of their ids, a page at a time, so that no transaction is open in between."""
        last = 0
        while True:
            page = wanted.where(*matching, ENTRIES.c.id > last).order_by(ENTRIES.c.id).limit(_PAGE)
            with self._database.reading() as connection:
                rows = connection.execute(page).mappings().all()
            yield from rows
            if len(rows) < _PAGE:
                return
            last = rows[-1]["id"]

    def _check_keys(self, connection: sql.Connection, alone: bool = False) -> None:
        """See that these are the keys of this record: one that was ever encrypted is not written without.

        Who is ``alone`` waits for all who write, and lets nobody write until the transaction ends.
        """
        wanted = sql.select(RECORD.c.encrypted_check).with_for_update(read=not alone)
        check = connection.execute(wanted).scalar_one()
        if check is not None:
            self._keys.decrypt(check, self.name)
        elif self._keys:
            connection.execute(RECORD.update().values(encrypted_check=self._keys.encrypt(_CHECK)))

    def _must_have_key(self) -> None:
        with self._database.reading() as connection:
            check = connection.execute(sql.select(RECORD.c.encrypted_check)).scalar_one()
        if check is not None:
            self._keys.decrypt(check, self.name)

    def _sealed(self, entry: Entry, document: bytes) -> bytes:
        return self._keys.encrypt(_heading(entry) + document) if entry.encrypted else document

    def _unsealed(self, row: sql.RowMapping) -> bytes:
        document: bytes = row["document"]
        if not row["encrypted"]:
            return document
        entry = _entry(row)
        found = self._keys.decrypt(document, f"entry {entry.id} of {self.name}")
        if not found.startswith(_heading(entry)):
            raise RecordError(
                f"entry {entry.id} of {self.name} was changed: what it holds is of another entry"
            )
        return found.removeprefix(_heading(entry))

    def _opened(self, row: sql.RowMapping) -> RecordedAdvice:
        try:
            document = msgspec.json.decode(self._unsealed(row), type=dict[str, Any])
        except msgspec.DecodeError:
            raise RecordError(f"entry {row['id']} of {self.name} is damaged: it holds no JSON") from None
        return RecordedAdvice(_entry(row), document)


def _moment(at: datetime | None) -> datetime:
    if at is not None and at.tzinfo is None:
        raise RecordError(f"{at} has no time zone")
    return (at or datetime.now(UTC)).astimezone(UTC)


def _heading(entry: Entry) -> bytes:
    """What ties an encrypted document to its row."""
    return f"{entry.who} {entry.at.isoformat()}\n".encode()


def _about() -> sql.Select[Any]:
    return sql.select(*(column for column in ENTRIES.c if column.name != "document"))


def _matching(
    who: str, since: datetime | None, digest: str, latest: bool = False
) -> list[sql.ColumnElement[bool]]:
    """What is asked of an entry; with ``latest``, that none of the same person and rules comes after it."""
    matching = []
    if who:
        matching.append(ENTRIES.c.who == pseudonym(who))
    if since is not None:
        matching.append(ENTRIES.c.at >= _moment(since))
    if digest:
        matching.append(_begins(ENTRIES.c.digest, digest))
    if latest:
        later = ENTRIES.alias()
        same = [later.c[name] == ENTRIES.c[name] for name in ("who", "knowledge_base")]
        after = sql.tuple_(later.c.at, later.c.id) > sql.tuple_(ENTRIES.c.at, ENTRIES.c.id)
        counts = [_begins(later.c.digest, digest)] if digest else []
        matching.append(~sql.exists().where(*same, after, *counts))
    return matching


def _begins(column: sql.ColumnElement[str], digest: str) -> sql.ColumnElement[bool]:
    return column.startswith(f"sha256:{digest.removeprefix('sha256:')}", autoescape=True)


def _entry(row: sql.RowMapping) -> Entry:
    identity = Identity(row["knowledge_base"], row["version"], row["digest"])
    columns = ("engine", "language", "facts", "encrypted")
    return Entry(row["id"], row["who"], row["at"], identity, *(row[name] for name in columns))
