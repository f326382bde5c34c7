"""A knowledge base that was read and checked once, kept so that the next process need not do it again.

An entry is named after the bytes of every file, the engine and Python, so it is never stale. It is read with
an unpickler that makes nothing but this package's own records.
"""

from __future__ import annotations

import gc
import hashlib
import io
import pickle
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from wellfounded.load.cache import read_entry, write_entry
from wellfounded.load.files import File
from wellfounded.load.package_data import data_folder

_PACKAGE = Path(__file__).resolve().parent.parent
_PLAIN = {("fractions", "Fraction")}


def entry_name(files: Iterable[File]) -> str:
    """The name of the entry for these files, read by this engine."""
    digest = hashlib.sha256(_engine())
    for file in files:
        digest.update(f"{file.name} {len(file.data)}\n".encode())
        digest.update(file.data)
    return f"knowledge-base-{digest.hexdigest()[:40]}"


@cache
def _engine() -> bytes:
    """What this engine and Python are; files of theirs that change while they run are not what runs."""
    paths = sorted((*_PACKAGE.rglob("*.py"), *data_folder("schemas").glob("*.json")))
    there = [f"{sys.version_info[:3]} {sys.byteorder}\n"]
    for path in paths:
        status = path.stat()
        there.append(f"{path} {status.st_size} {status.st_mtime_ns}\n")
    return "".join(there).encode()


def read_stored(name: str) -> Any:
    """What was kept under ``name``, or ``None`` if nothing was or it cannot be read."""
    data = read_entry(name)
    if data is None or data[:32] != hashlib.sha256(data[32:]).digest():
        return None
    try:
        with _uncollected():
            return _Records(io.BytesIO(data[32:])).load()
    except Exception:  # whatever is wrong with an entry, it is made anew
        return None


def store(name: str, records: Any) -> None:
    """Keep records under ``name``."""
    with _uncollected():
        data = pickle.dumps(records, protocol=pickle.HIGHEST_PROTOCOL)
    write_entry(name, hashlib.sha256(data).digest() + data)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would look again and again through what is being made."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Records(pickle.Unpickler):
    """Makes records of this package's model and nothing else: an entry cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("wellfounded.model.") and name.isidentifier():
            found = super().find_class(module, name)
            # What a module of ours merely imports is not ours to make.
            if isinstance(found, type) and found.__module__ == module:
                return found
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not a record of this package")
