"""Encryption at rest: nothing can be read off the bytes, and a key that is wrong or missing is said."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tests.command import ran
from wellfounded import KnowledgeBase
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.model.errors import RecordError
from wellfounded.record import AdviceRecord, Keys

ANNA = {"goal": "muscle_gain", "age": 31, "healthy": True, "resistance_training": True, "body_mass": 64}
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def everything_in(folder: Path) -> bytes:
    """The bytes of all files: that of the record, and those that SQLite keeps beside it."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_nothing_can_be_read_off_the_bytes(article: KnowledgeBase, tmp_path: Path) -> None:
    advice = article.advise(ANNA, "en")
    for keys, readable in ((Keys([]), True), (Keys([NEW]), False)):
        folder = tmp_path / str(readable)
        folder.mkdir()
        with AdviceRecord(folder / "advice.sqlite", keys) as record:
            entry = record.append("p-17", advice)
            assert record.get(entry.id).document == advice.to_dict()
            found = everything_in(folder)
        found += everything_in(folder)
        for words in (b"body_mass", b"in_population", b"protein-daily", b"Building muscle", b"muscle_gain"):
            assert (words in found) is readable
        assert b"p-17" in found  # that and the digest are what entries are found by


def test_a_key_is_replaced_in_three_steps(where: str, article: KnowledgeBase) -> None:
    advice = article.advise(ANNA)
    with AdviceRecord(where, Keys([OLD])) as record:
        first = record.append("p-17", advice)
    with AdviceRecord(where, Keys([NEW, OLD])) as record:
        second = record.append("p-17", advice)
        assert [one.document for one in record.advice()] == [advice.to_dict()] * 2
        assert record.rotate().entries == 2
    with AdviceRecord(where, Keys([NEW])) as record:
        assert list(record.entries()) == [first, second]
        assert [one.document for one in record.advice()] == [advice.to_dict()] * 2
    with AdviceRecord(where, Keys([OLD])) as record:
        with pytest.raises(RecordError, match="cannot be decrypted with the keys in WELLFOUNDED_RECORD_KEY"):
            record.get(first.id)
        with pytest.raises(RecordError, match="cannot be decrypted"):
            record.append("p-17", advice)


def test_who_still_writes_with_the_old_key_is_stopped_and_leaves_nothing_behind(
    where: str, article: KnowledgeBase
) -> None:
    advice = article.advise(ANNA)
    with AdviceRecord(where, Keys([OLD])) as old, AdviceRecord(where, Keys([NEW, OLD])) as both:
        old.append("p-17", advice)

        def write() -> int:
            for number in range(1, 10_000):
                try:
                    old.append("p-17", advice)
                except RecordError:
                    return number
            raise AssertionError("it was never stopped")

        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write)
            while both.count() < 5:
                pass
            both.rotate()
            written = writing.result()
    with AdviceRecord(where, Keys([NEW])) as record:
        assert len([one for one in record.advice() if one.document == advice.to_dict()]) == written


def test_what_was_not_encrypted_is_when_keys_are_rotated(article: KnowledgeBase, tmp_path: Path) -> None:
    with AdviceRecord(tmp_path / "advice.sqlite", Keys([])) as record:
        record.append("p-17", article.advise(ANNA))
    assert b"body_mass" in everything_in(tmp_path)
    with AdviceRecord(tmp_path / "advice.sqlite", Keys([NEW])) as record:
        assert record.rotate().entries == 1
        assert b"body_mass" not in everything_in(tmp_path)
        [entry] = record.entries()
        assert entry.encrypted
        assert record.get(entry.id).document == article.advise(ANNA).to_dict()


def test_a_record_that_is_encrypted_is_not_written_without_a_key(where: str, article: KnowledgeBase) -> None:
    with AdviceRecord(where, Keys([NEW])) as record:
        entry = record.append("p-17", article.advise(ANNA))
    with AdviceRecord(where, Keys([])) as record:
        with pytest.raises(RecordError, match="is encrypted, and WELLFOUNDED_RECORD_KEY has no key"):
            record.append("p-18", article.advise(ANNA))
        with pytest.raises(RecordError, match="is encrypted, and WELLFOUNDED_RECORD_KEY has no key"):
            record.get(entry.id)
        assert list(record.entries()) == [entry]  # who, when and by which rules needs no key
        assert record.forget("p-17").entries == 1  # nor does erasing


def test_an_advice_that_was_moved_to_another_person_is_noticed(
    article: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "advice.sqlite"
    with AdviceRecord(path, Keys([NEW])) as record:
        one, other = (record.append(who, article.advise(ANNA)).id for who in ("a", "b"))
        with sqlite3.connect(path) as connection:
            moved = "(SELECT document FROM advice_entries WHERE id = ?)"
            connection.execute(f"UPDATE advice_entries SET document = {moved} WHERE id = ?", (one, other))
        connection.close()
        assert record.get(one)
        with pytest.raises(RecordError, match=f"entry {other} of .* was changed"):
            record.get(other)


def test_keys_come_from_the_environment_and_never_show(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = str(tmp_path / "advice.sqlite")
    (tmp_path / "person.yaml").write_text("goal: other\n")
    advise = ("advise", str(tmp_path / "person.yaml"), "--record", place, "--who", "p-17")
    [key] = ran(capsys, "record", "key").out.split()
    monkeypatch.setenv("WELLFOUNDED_RECORD_KEY", f"{key}, {OLD}")
    assert ran(capsys, *advise).code == ExitCode.OK
    assert "(encrypted)" in ran(capsys, "record", "list", "--record", place).out
    assert ran(capsys, "record", "show", "1", "--record", place).code == ExitCode.OK
    monkeypatch.setenv("WELLFOUNDED_RECORD_KEY", f"{key},secret-and-too-short")
    found = ran(capsys, "record", "show", "1", "--record", place)
    assert (found.code, found.out) == (ExitCode.BAD_RECORD, "")
    assert found.err == (
        "error: key 2 in WELLFOUNDED_RECORD_KEY is not a key; a key is 32 bytes in URL-safe base64; "
        "`wellfounded record key` makes one\n"
    )
