"""The files of a knowledge base: which there are, and their bytes, with limits."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.position import Position
from wellfounded.model.record import Record

LARGEST_FILE = 8 * 1024 * 1024
SCENARIOS = (".scenarios.yaml", ".scenarios.yml")

#: How a zip file begins.
_ZIP = b"PK\x03\x04"
_UNZIP = "unzip it, and name the folder in it that holds the rules"


class File(Record, frozen=True):
    """``name`` is the path inside the folder, with forward slashes."""

    name: str
    data: bytes


def read_files(folder: Path, scenarios: bool = False) -> tuple[tuple[File, ...], tuple[Diagnostic, ...]]:
    """Every YAML file of a knowledge base, by name, and what could not be read.

    ``folder`` may also be one file. Scenario files are left out, or with ``scenarios`` the only ones read.
    """
    if not os.path.lexists(folder):
        return (), (_problem("", "there is no such folder", "name the folder that holds the rules"),)
    found: list[Diagnostic] = []
    files: list[File] = []
    for name, path in sorted(_files_in(folder, found)):
        if path != folder and not is_wanted(name, scenarios):
            continue
        if printable(name) != name:
            found.append(_problem(name, "the name of this file is not UTF-8", "give it another"))
            continue
        try:
            data = _bytes(path)
            if data.startswith(_ZIP):
                found.append(_problem(name, "this is a wheel or another zip file, and no text", _UNZIP))
                continue
            files.append(File(name, data))
        except (OSError, ValueError) as error:
            found.append(_problem(name, f"this file cannot be read: {_reason(error)}"))
    if not files and not found and not scenarios:
        found.append(
            _problem("", "there is no rule file here", "a rule file's name ends in .yaml", "no-rules")
        )
    return tuple(files), tuple(found)


def is_wanted(name: str, scenarios: bool = False) -> bool:
    """Whether a file of this name holds rules; or scenarios, if those are asked for."""
    return name.endswith((".yaml", ".yml")) and name.endswith(SCENARIOS) == scenarios


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def decode(file: File) -> tuple[str, tuple[Diagnostic, ...]]:
    """A file's text; not UTF-8 is a diagnostic at the line where it stops being so."""
    try:
        return file.data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        column = error.start - file.data.rfind(b"\n", 0, error.start)
        return "", (
            Diagnostic(
                "not-utf8",
                f"this is not UTF-8: byte 0x{file.data[error.start]:02x}",
                Position(file.name, line, column),
                "save the file as UTF-8",
            ),
        )


def _problem(name: str, message: str, help: str = "", code: str = "unreadable-file") -> Diagnostic:
    return Diagnostic(code, message, Position(printable(name), 0, 0, 0), help)


def printable(path: str) -> str:
    """A path with its bytes that are no text as escapes."""
    return os.fsencode(path).decode(errors="backslashreplace")


def _files_in(folder: Path, found: list[Diagnostic]) -> Iterator[tuple[str, Path]]:
    if folder.is_dir():
        for path in _walk(folder, folder, (), found):
            yield path.relative_to(folder).as_posix(), path
    else:
        yield folder.name, folder


def _walk(folder: Path, root: Path, above: tuple[str, ...], found: list[Diagnostic]) -> Iterator[Path]:
    name = folder.relative_to(root).as_posix()
    real = os.path.realpath(folder)
    if real in above:
        found.append(_problem(name, "this link leads back to a folder it is in", "remove the link"))
        return
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        found.append(_problem(name, f"this folder cannot be read: {error.strerror}"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if os.path.isdir(entry.path):
            yield from _walk(Path(entry.path), root, (*above, real), found)
        else:
            yield Path(entry.path)


def _bytes(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("it is not an ordinary file")
    if status.st_size > LARGEST_FILE:
        raise ValueError(f"it has {status.st_size:,} bytes, and at most {LARGEST_FILE:,} are read")
    return path.read_bytes()
