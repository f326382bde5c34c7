"""Where a record is kept: what cannot be used is said in a sentence, and no password ever shows."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sql

from tests.command import ran
from wellfounded import KnowledgeBase
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.model.errors import RecordError
from wellfounded.record import AdviceRecord, tables
from wellfounded.record.database import Database

BO = {"goal": "muscle_gain", "age": 16, "healthy": True}


@pytest.mark.parametrize("command", [("list",), ("show", "1"), ("forget", "p-17"), ("replay",), ("rotate",)])
def test_a_record_that_is_not_there_is_not_made_by_reading(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLFOUNDED_RECORD_KEY", "A" * 43 + "=")
    for _ in range(2):
        found = ran(capsys, "record", *command, "--record", where)
        assert (found.code, found.out) == (ExitCode.BAD_RECORD, "")
        assert found.err.startswith("error: there is no record of advice ")


def test_a_folder_that_is_missing_and_files_that_are_something_else(
    article: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "text").write_text("This is a letter, and not a database at all. " * 30)
    with sqlite3.connect(tmp_path / "other") as connection:
        connection.execute("CREATE TABLE songs (title)")
    connection.close()
    for place, message in {
        "missing/advice.sqlite": f"there is no folder {tmp_path}/missing to keep a record in",
        "": f"{tmp_path} is a folder; a record is kept in a file",
        "text": f"{tmp_path}/text is not a SQLite database",
        "other": f"{tmp_path}/other is a SQLite database of something else",
    }.items():
        with pytest.raises(RecordError) as raised, AdviceRecord(tmp_path / place) as record:
            record.append("p-17", article.advise(BO))
        assert str(raised.value) == message
    assert "songs" in (tmp_path / "other").read_bytes().decode("latin-1")


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who owns nothing: root may write anywhere."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_what_cannot_be_written(article: KnowledgeBase) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        with AdviceRecord(folder / "advice.sqlite") as record:
            record.append("p-17", article.advise(BO))
        (folder / "advice.sqlite").chmod(0o444)
        folder.chmod(0o555)
        with nobody():
            for name in ("advice.sqlite", "new.sqlite"):
                with pytest.raises(RecordError) as raised, AdviceRecord(folder / name) as record:
                    record.append("p-17", article.advise(BO))
                assert " cannot be " in str(raised.value)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("place", ["", ":memory:"])
def test_what_would_be_forgotten_at_once_is_no_place(place: str) -> None:
    with pytest.raises(RecordError, match=f"^a record is not kept in `{place}`; it is kept in "):
        AdviceRecord(place)


def test_a_folder_is_no_record_to_read_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ran(capsys, "record", "list", "--record", str(tmp_path))
    assert found.code == ExitCode.BAD_RECORD
    assert found.err == f"error: {tmp_path} is a folder; a record is kept in a file\n"


def test_a_folder_that_cannot_be_written_is_said_to_whoever_only_reads(article: KnowledgeBase) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        with AdviceRecord(folder / "advice.sqlite") as record:
            record.append("p-17", article.advise(BO))
        (folder / "advice.sqlite").chmod(0o444)
        folder.chmod(0o555)
        with nobody(), pytest.raises(RecordError, match="even to read a record, SQLite writes"):
            AdviceRecord(folder / "advice.sqlite").count()
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "place",
    [
        "mysql://anna:hunter2@localhost/advice",
        "postgresql://anna:hunter2@localhost:x/advice",
        "postgresql://anna:hunter2@127.0.0.1:1/advice",
        "postgresql://127.0.0.1:1/advice?user=anna&password=hunter2",
        "sqlite://anna:hunter2@host/advice",
        "nonsense://anna:hunter2@localhost/advice",
    ],
)
def test_no_password_shows(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = ran(capsys, "record", "list", "--record", place)
    assert (found.code, found.out) == (ExitCode.BAD_RECORD, "")
    assert "hunter2" not in found.err
    assert found.err.startswith("error: ")
    assert found.err.count("\n") == 1


def test_a_record_of_a_newer_engine_is_refused(
    record: AdviceRecord, article: KnowledgeBase, where: str
) -> None:
    record.append("p-17", article.advise(BO))
    database = Database(where)
    with database.writing() as connection:
        connection.execute(tables.RECORD.update().values(schema_version=9))
    database.close()
    for use in (lambda: list(record.entries()), lambda: record.append("p-17", article.advise(BO))):
        with pytest.raises(RecordError, match="has version 9 of its tables, and this engine knows up to 1"):
            use()


def test_a_record_of_an_older_engine_is_brought_up_to_date(
    record: AdviceRecord, article: KnowledgeBase, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = record.append("p-17", article.advise(BO))

    def second(connection: sql.Connection) -> None:
        connection.execute(sql.text("ALTER TABLE advice_entries ADD COLUMN remark TEXT"))

    monkeypatch.setattr(tables, "STEPS", (*tables.STEPS, second))
    with AdviceRecord(where) as newer:
        assert list(newer.entries()) == [entry]
        newer.append("p-17", article.advise(BO))
        assert newer.count() == 2


def test_who_is_forgotten_is_in_no_file(article: KnowledgeBase, tmp_path: Path) -> None:
    def everything() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    marked = article.advise({**BO, "body_mass": 61.2345})
    path = tmp_path / "advice.sqlite"
    with AdviceRecord(path) as record, AdviceRecord(path) as other:
        for number in range(40):
            record.append("p-stays", article.advise(BO))
            other.append("p-goes" if number % 3 else f"p-{number}", marked)
        assert b"p-goes" in everything()
        assert b"61.2345" in everything()
        for who in {entry.who for entry in record.entries()} - {"p-stays"}:
            assert record.forget(who).left == ""
        assert b"p-goes" not in everything()
        assert b"61.2345" not in everything()
        assert {entry.who for entry in other.entries()} == {"p-stays"}


def test_a_reader_that_keeps_bytes_alive_is_said_and_the_next_time_they_go(
    article: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wellfounded.record.database.PATIENCE", 0.1)
    path = tmp_path / "advice.sqlite"
    with AdviceRecord(path) as record:
        record.append("p-goes", article.advise(BO))
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM advice_entries").fetchone() == (1,)
        forgotten = record.forget("p-goes")
        assert forgotten.entries == 1
        assert "another process is reading" in forgotten.left
        reader.close()
        assert record.forget("p-goes").left == ""
        assert b"p-goes" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_a_writer_that_never_ends_is_said(
    article: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wellfounded.record.database.PATIENCE", 0.1)
    path = tmp_path / "advice.sqlite"
    with AdviceRecord(path) as record:
        entry = record.append("p-17", article.advise(BO))
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match=r"another process keeps .* locked for more than 0.1 seconds"):
            record.append("p-17", article.advise(BO))
        assert list(record.entries()) == [entry]  # reading waits for nobody
        writer.close()


def test_a_record_is_made_for_its_owner_alone(article: KnowledgeBase, tmp_path: Path) -> None:
    with AdviceRecord(tmp_path / "advice.sqlite") as record:
        record.append("p-17", article.advise(BO))
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_what_may_be_left_elsewhere_is_said(
    capsys: pytest.CaptureFixture[str], new_record: Callable[[], str], article: KnowledgeBase
) -> None:
    place = new_record()
    with AdviceRecord(place) as record:
        record.append("p-17", article.advise(BO))
    found = ran(capsys, "record", "forget", "p-17", "--record", place)
    assert (found.code, found.out) == (ExitCode.OK, "erased 1 entry of p-17\n")
    on_server = place.startswith("postgresql")
    assert ("replicas and backups" in found.err) is on_server
    assert ran(capsys, "record", "forget", "p-17", "--record", place).code == ExitCode.PROBLEMS_FOUND
