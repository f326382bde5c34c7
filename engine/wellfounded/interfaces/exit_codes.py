"""What the command's exit code says; ``docs/command-line.md`` lists the same."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """0 is success; every other value names what went wrong."""

    OK = 0
    PROBLEMS_FOUND = 1
    USAGE = 2
    BAD_FACTS = 3
    BAD_KNOWLEDGE_BASE = 4
    CONFLICTING_RULES = 5
    CANNOT_WRITE = 6
    CANNOT_ASK = 7
    NOT_DECIDED = 8
    BAD_RECORD = 9
    INTERNAL = 70
    INTERRUPTED = 130
