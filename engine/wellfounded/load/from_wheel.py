"""The rule files of a knowledge base in a wheel: one that a package carries as its data."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from wellfounded.load.files import LARGEST_FILE, File, is_wanted
from wellfounded.model.errors import VersionError

#: Where the package's own wheel has its rules.
FOLDER = "wellfounded/_data/rules"
ENDINGS = (".whl", ".zip")


def files_in(wheel: Path) -> tuple[File, ...]:
    """Every rule file in a wheel, by name. Raises ``VersionError``, also where there is none."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            files = tuple(sorted(_read(archive, wheel), key=lambda file: file.name))
    except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
        raise VersionError(f"the wheel {wheel} cannot be read: {_reason(error)}") from None
    if not files:
        raise VersionError(f"the wheel {wheel} holds no rules: there is no rule file in {FOLDER}")
    return files


def _read(archive: zipfile.ZipFile, wheel: Path) -> Iterator[File]:
    for entry in archive.infolist():
        name = entry.filename.removeprefix(f"{FOLDER}/")
        if name == entry.filename or entry.is_dir() or not is_wanted(name):
            continue
        if entry.file_size > LARGEST_FILE:
            much = f"{entry.file_size:,} bytes, and at most {LARGEST_FILE:,} are read"
            raise VersionError(f"{wheel}: {entry.filename} has {much}")
        yield File(name, archive.read(entry))


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
