"""What was worked out once is kept in the user's cache folder; without a writable one everything still works.

Nothing here is needed for a right answer: a missing, foreign or damaged entry is made anew.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from wellfounded.load.whole_file import write_whole


def cache_folder() -> Path | None:
    """``WELLFOUNDED_CACHE``, or the user's cache folder; ``None`` if the variable is set to nothing."""
    chosen = os.environ.get("WELLFOUNDED_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    from platformdirs import user_cache_path  # noqa: PLC0415  # not needed where the variable is set

    return user_cache_path("wellfounded", appauthor=False)


def read_entry(name: str) -> bytes | None:
    """The bytes kept under ``name``, or ``None``. Only files of this user are read."""
    folder = cache_folder()
    if folder is None:
        return None
    with suppress(OSError, ValueError), (folder / name).open("rb") as file:
        if not hasattr(os, "getuid") or os.fstat(file.fileno()).st_uid == os.getuid():
            return file.read()
    return None


def write_entry(name: str, data: bytes) -> None:
    """Keep bytes under ``name``: whole, or not at all."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError, ValueError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(folder / name, data, 0o600)


def cached_json(name: str) -> dict[str, Any]:
    """The mapping kept under ``name``; empty where there is none."""
    data = read_entry(f"{name}.json")
    if data is None:
        return {}
    try:
        stored = json.loads(data)
    except ValueError:
        return {}
    return stored if isinstance(stored, dict) else {}


def remember_json(name: str, entries: dict[str, Any]) -> None:
    """Add entries to the mapping kept under ``name``."""
    together = {**cached_json(name), **entries}
    write_entry(f"{name}.json", json.dumps(together, ensure_ascii=False, sort_keys=True).encode())
