"""One peer in a process of its own, so that its memory is its own and a crash is no one else's.

It prepares the peer and says how long that took; then it answers what it is asked on standard input, one line
of JSON each: ``answers`` for so many people, a ``round`` of timed evaluations, or its peak ``memory``.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from typing import Any


def main(module: str, prepare: str, folder: Path, source: str, people: str) -> None:
    peer = importlib.import_module(f"tests.performance.peers.{module}")
    written = json.loads((folder / source).read_text(encoding="utf-8"))
    crowd = json.loads((folder / people).read_text(encoding="utf-8"))
    start = time.perf_counter()
    evaluate = getattr(peer, prepare)(written)
    _say({"load": time.perf_counter() - start, "version": version(peer.PACKAGE) if peer.PACKAGE else ""})
    turn = cycle(crowd)
    for line in sys.stdin:
        asked = json.loads(line)
        match asked["what"]:
            case "answers":
                _say([evaluate(person) for person in crowd[: asked["count"]]])
            case "round":
                _say(_round(evaluate, turn, asked["seconds"], asked["most"]))
            case "memory":
                _say(_peak())


def _round(evaluate: Any, turn: Any, seconds: float, most: int) -> list[float]:
    """The times of single evaluations, one person after the other; at least one."""
    clock = time.perf_counter
    times: list[float] = []
    until = clock() + seconds
    while len(times) < most and (not times or clock() < until):
        person = next(turn)
        before = clock()
        evaluate(person)
        times.append(clock() - before)
    return times


def _peak() -> int:
    """The most memory this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what the system counts for a process otherwise begins with what its parent held
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _say(value: Any) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4], sys.argv[5])
