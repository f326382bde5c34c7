"""Running again when a file changes: noticed by watchfiles where it is installed, else by looking."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Event
from typing import TypeAlias

#: How long to wait before looking again.
SECONDS = 0.5

_ENDINGS = (".yaml", ".yml")

_NOTHING = Event()  # which never comes: waiting for it is a pause
Pause: TypeAlias = Callable[[float], object]


def changes(paths: Iterable[Path], pause: Pause = _NOTHING.wait) -> Iterator[None]:
    """Yields at once, and then whenever a YAML file in a folder, or one of the files, has changed."""
    watched = [path for path in dict.fromkeys(paths) if path.exists()]
    try:
        from watchfiles import watch  # noqa: PLC0415  # an extra, imported when it is asked for
    except ImportError:
        yield from _looking(watched, pause)
        return
    yield
    for _ in watch(*watched, watch_filter=lambda _, name: name.endswith(_ENDINGS)):
        yield


def _looking(watched: list[Path], pause: Pause) -> Iterator[None]:
    before = state_of(watched)
    yield
    while True:
        pause(SECONDS)
        now = state_of(watched)
        if now != before:
            before = now
            yield


def state_of(watched: list[Path]) -> Mapping[str, tuple[int, int, int]]:
    """Every YAML file with its times and its size; of those that a knowledge base is not read from, none.

    Who may read a file shows in the time of its last change of any kind alone.
    """
    state = {}
    for path in watched:
        for file in _files(path) if path.is_dir() else (str(path),):
            if file.endswith(_ENDINGS):
                try:
                    status = os.stat(file)
                except OSError:
                    continue  # it went while we were looking
                state[file] = (status.st_mtime_ns, status.st_ctime_ns, status.st_size)
    return state


def _files(folder: Path) -> Iterator[str]:
    """The files in a folder, and behind links to others; of what is hidden, such as git's own, none."""
    seen: set[str] = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(root)
        folders[:] = [] if real in seen else [name for name in folders if not name.startswith(".")]
        seen.add(real)
        yield from (os.path.join(root, name) for name in files if not name.startswith("."))
