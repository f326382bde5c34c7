"""A bar that shows on a terminal how much of something is done; elsewhere nothing is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click


class Progress(Protocol):
    """Told how much is done, and of how much; a label takes the place of the one before."""

    def __call__(self, done: int, of: int, label: str = "") -> None: ...


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """Gives what is to be told of the progress."""
    if not sys.stderr.isatty():
        yield lambda done, of, label="": None
        return
    with click.progressbar(length=1, file=sys.stderr, label=label, show_pos=False) as shown:

        def progress(done: int, of: int, label: str = "") -> None:
            shown.length = max(of, 1)
            shown.label = label or shown.label
            shown.finished = False  # what was done may be a first part, and this the next
            shown.update(done - shown.pos)

        yield progress
