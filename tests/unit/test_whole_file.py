"""Files are written whole, with the rights that any new file has, also by several threads at once."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from wellfounded.interfaces.watching import state_of
from wellfounded.load.whole_file import write_whole


@pytest.mark.parametrize(
    ("mode", "mask", "rights"), [(0o666, 0o027, 0o640), (0o600, 0, 0o600), (0o666, 0, 0o666)]
)
def test_a_file_has_the_rights_of_any_new_file(tmp_path: Path, mode: int, mask: int, rights: int) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "a", b"x", mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == rights
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_nobody_changes_the_rights_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The umask belongs to the whole process: nobody may set it, however shortly."""

    def set_by_somebody(mask: int) -> int:
        raise AssertionError(f"umask {mask:o}")

    monkeypatch.setattr("os.umask", set_by_somebody)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: write_whole(tmp_path / str(name), b"x"), range(20)))
    assert len(list(tmp_path.iterdir())) == 20


def test_what_is_hidden_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git keeps may be very much, and is no rule file whatever it is called."""
    rules, elsewhere = tmp_path / "rules", tmp_path / "elsewhere"
    for file in (
        rules / "a.yaml",
        rules / ".git" / "deep" / "b.yaml",
        rules / ".c.yaml",
        elsewhere / "d.yml",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    (rules / "link").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(rules)
    looked: list[str] = []
    scan = os.scandir

    def scanned(path: str) -> Any:
        looked.append(str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", scanned)
    assert set(state_of([rules])) >= {str(rules / "a.yaml"), str(rules / "link" / "d.yml")}
    assert not any(".git" in path for path in looked) and len(looked) < 6
    assert ".c.yaml" not in " ".join(state_of([rules]))


def test_who_may_read_a_file_now_is_seen(tmp_path: Path) -> None:
    """Else what could not be read would stay unread when it can be."""
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\n")
    before = state_of([tmp_path])
    sleep(0.05)  # longer than the clock of any file system takes for a step
    file.chmod(0o600)
    assert state_of([tmp_path]) != before
