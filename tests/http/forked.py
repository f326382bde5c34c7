"""What a copied process does first, so that it is like one that was started by hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence


def run(program: str, arguments: Sequence[str], environment: Mapping[str, str], log: str) -> None:
    """Runs a program with arguments and environment; what it writes to either stream goes to the log."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["-c", *arguments]
    written = os.open(log, os.O_WRONLY | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(written, stream.fileno())
    exec(program, {"__name__": "__main__"})  # noqa: S102 - the tests' own programs
