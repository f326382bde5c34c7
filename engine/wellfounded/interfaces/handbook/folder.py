"""Pages → a folder of files, which is there whole or as it was, and never in the place of anything else."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from wellfounded.load.whole_file import made_folders

#: Lists the files of a handbook, and so tells a handbook from another folder.
MARK = "handbook.json"
_MADE_BY = "wellfounded handbook"


def write_folder(folder: Path, pages: Mapping[str, str]) -> None:
    """Write pages into a folder of their own; an older handbook there is replaced, anything else is not.

    They are written beside it and renamed into place; folders above it are made, and taken away again if that
    fails. Raises ``OSError`` naming what is in the way.
    """
    folder = Path(os.path.abspath(folder))
    _refuse_others(folder)
    above = made_folders(folder.parent)
    try:
        _write_beside(folder, pages)
    except BaseException:
        for empty in reversed(above):
            with suppress(OSError):
                empty.rmdir()
        raise


def _write_beside(folder: Path, pages: Mapping[str, str]) -> None:
    """Make the whole folder beside where it is to stand, and put it there."""
    try:
        made = folder.parent / f".{folder.name}.{token_hex(8)}"
        made.mkdir()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error
    try:
        _fill(made, pages)
        _put(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _fill(folder: Path, pages: Mapping[str, str]) -> None:
    mark = {"made_by": _MADE_BY, "files": sorted(pages)}
    for name, text in {**pages, MARK: json.dumps(mark, indent=1) + "\n"}.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise OSError(errno.EPERM, "this would be outside the folder", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def _put(made: Path, folder: Path) -> None:
    """Rename what was made into place; what stood there is put back if that fails."""
    if not folder.exists():
        made.rename(folder)
        return
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    old = aside / folder.name
    try:
        folder.rename(old)
        try:
            made.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
    except BaseException:
        with suppress(OSError):
            aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _refuse_others(folder: Path) -> None:
    """Raise unless there is nothing there, an empty folder, or a handbook without anything added to it."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise _refused("this is not a folder, so no handbook is written there", folder)
    found = set(_files_in(folder))
    if not found:
        return
    listed = _listed(folder / MARK)
    if listed is None:
        message = "this folder holds something else than a handbook and is left as it is; name another"
        raise _refused(message, folder)
    added = sorted(found - listed - {MARK})
    if added:
        message = "this is not of the handbook and would be lost; move it, or name another folder"
        raise _refused(message, folder / added[0])


def _refused(message: str, path: Path) -> OSError:
    return OSError(errno.EEXIST, message, str(path))


def _files_in(folder: Path) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(root, name))]
        for name in (*files, *links):
            yield (Path(root) / name).relative_to(folder).as_posix()


def _listed(mark: Path) -> set[str] | None:
    """The files that a mark lists, or nothing if it is no mark of ours."""
    with suppress(OSError, ValueError):
        written = json.loads(mark.read_text(encoding="utf-8"))
        if isinstance(written, dict) and written.get("made_by") == _MADE_BY:
            return {str(name) for name in written.get("files", ())}
    return None
