"""Writing several files, all of them or none."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from wellfounded.load.whole_file import made_folders, write_whole
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.record import Record


class ChangedMeanwhileError(WellfoundedError):
    """A file is no longer as it was read."""


class Change(Record, frozen=True):
    """What a file held, nothing where it is new, and what it is to hold."""

    before: bytes | None
    after: bytes


def write_all(changes: Mapping[Path, Change]) -> None:
    """Write every file, or put back those already written and raise.

    Raises ``OSError`` naming the file that cannot be written, and ``ChangedMeanwhileError`` before anything
    is written if a file was changed since it was read.
    """
    for path, change in changes.items():
        if (path.read_bytes() if path.exists() else None) != change.before:
            raise ChangedMeanwhileError(
                f"{path} was changed by somebody else in the meantime; nothing was written"
            )
    done: list[Path] = []
    folders: list[Path] = []
    try:
        for path, change in changes.items():
            folders += made_folders(path.parent)
            done.append(path)
            _write(path, change.after)
    except BaseException:
        for path in reversed(done):
            with suppress(OSError):
                _put_back(path, changes[path])
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise


def _write(path: Path, data: bytes) -> None:
    """Write a file through links to it, with the rights it had."""
    real = path.resolve()
    rights = stat.S_IMODE(real.stat().st_mode) if real.exists() else None
    write_whole(real, data)
    if rights is not None:
        real.chmod(rights)


def _put_back(path: Path, change: Change) -> None:
    if change.before is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != change.before:
        _write(path, change.before)
