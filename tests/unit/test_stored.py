"""What is kept between runs changes no answer, and nothing goes wrong without it or with a damaged one."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import wellfounded
from tests.conftest import ROOT, RULES
from wellfounded.load.cache import cache_folder, cached_json, read_entry, remember_json, write_entry
from wellfounded.load.files import read_files
from wellfounded.load.stored import entry_name, read_stored, store

PERSON = {"goal": "muscle_gain", "age": 30, "healthy": True, "sleep_duration": "400 min"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WELLFOUNDED_CACHE", str(tmp_path))
    return tmp_path


def _answer() -> object:
    return wellfounded.load(RULES).advise(PERSON).to_dict()


def test_the_second_load_answers_as_the_first(folder: Path) -> None:
    first = _answer()
    assert list(folder.glob("knowledge-base-*"))
    assert _answer() == first


@pytest.mark.parametrize("damage", [b"", b"\x00" * 100, b"not a pickle"])
def test_a_damaged_entry_is_made_anew(folder: Path, damage: bytes) -> None:
    first = _answer()
    for entry in folder.iterdir():
        entry.write_bytes(damage)
    assert _answer() == first


def test_an_entry_cannot_run_code(folder: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (folder / "ran",))

    store("evil", Evil())
    assert read_stored("evil") is None
    assert not (folder / "ran").exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("builtins", "eval"),
        ("wellfounded.model.digest", "json.codecs.builtins.eval"),
        ("wellfounded.model.digest", "digest"),
        ("wellfounded.model.digest", "json"),
        ("wellfounded.load.cache", "write_entry"),
    ],
)
def test_an_entry_makes_nothing_but_records(folder: Path, module: str, name: str) -> None:
    call = (
        pickle.GLOBAL
        + f"{module}\n{name}\n".encode()
        + pickle.MARK
        + b"V6*7\n"
        + pickle.TUPLE
        + pickle.REDUCE
    )
    data = b"\x80\x04" + call + pickle.STOP
    write_entry("evil", hashlib.sha256(data).digest() + data)
    assert read_stored("evil") is None


@pytest.mark.parametrize("value", ["", "/proc/nowhere/at/all"])
def test_without_a_writable_folder_everything_still_works(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLFOUNDED_CACHE", value)
    assert wellfounded.load(RULES).advise(PERSON).recommendations


def test_without_the_variable_the_folder_is_the_users(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WELLFOUNDED_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert "wellfounded" in str(cache_folder())


def test_a_changed_byte_is_another_entry() -> None:
    files, _ = read_files(RULES)
    changed = (*files[:-1], type(files[-1])(files[-1].name, files[-1].data + b"\n"))
    assert entry_name(files) != entry_name(changed)


def test_entries_are_whole_or_not_there(folder: Path) -> None:
    write_entry("one", b"data")
    assert read_entry("one") == b"data"
    assert read_entry("two") is None
    remember_json("units", {"a": 1})
    remember_json("units", {"b": 2})
    assert cached_json("units") == {"a": 1, "b": 2}
    (folder / "units.json").write_text("[1")
    assert cached_json("units") == {}


def test_giving_advice_imports_neither_pint_nor_lark_nor_jsonschema(tmp_path: Path) -> None:
    code = (
        "import sys, wellfounded; kb = wellfounded.load(sys.argv[1]);"
        "kb.advise({'goal': 'muscle_gain', 'body_mass': '176 lb'});"
        "print(*sorted({'pint', 'lark', 'jsonschema', 'rich', 'numpy'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(RULES)]
    outputs = [
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout for _ in range(2)
    ]
    assert outputs[1].strip() == ""
