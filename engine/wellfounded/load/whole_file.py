"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

#: A file that nobody else made. The system takes the umask from its rights: to read the umask one has to
#: set it, and then files of other threads would be anybody's to write.
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_whole(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write data to a file, which is there whole when this returns, or as it was if it raises ``OSError``."""
    with whole_file(path, mode) as file:
        file.write(data)


def made_folders(folder: Path) -> list[Path]:
    """The folders that had to be made so that ``folder`` is there, outermost first."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


@contextmanager
def whole_file(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A temporary file beside ``path``, renamed at the end, so that an interrupted run leaves what was there.

    ``mode`` is limited by the umask, as for any new file. Raises ``OSError`` naming ``path`` if it cannot be
    written.
    """
    temporary = path.parent / f".{path.name}.{token_hex(8)}"
    try:
        handle = os.open(temporary, _NEW, mode)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and error.filename in (None, str(temporary)):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise
