"""What an HTTP server in front of the advice costs: ``python -m tests.performance.serving``.

Our server and bare endpoints of FastAPI, which answer with what was made beforehand, run as processes of
their own, and the same client process loads one after the other over loopback, in turns. Both give the same
answers for the same people, who come again and again; ours is also asked about people who never came before,
for whom less is at hand. At the end each is loaded for ``LONG`` seconds without a pause.
"""

from __future__ import annotations

import json
import math
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import NamedTuple

import wellfounded
from tests.people import random_person

PEOPLE = 1000
#: People who are asked about once, and how many a turn takes at most.
STRANGERS = 60_000
A_TURN = 8_000
ROUNDS = 7
SHORT = float(os.environ.get("SHORT", "4"))
LONG = float(os.environ.get("LONG", "60"))

#: Someone most of the advice is meant for; half of the people are.
USUAL = {"goal": "muscle_gain", "healthy": True, "resistance_training": True}
OURS = "`POST /advise`"
BARE = "bare: body read, dictionary returned"
BY_HAND = "bare: response made by hand"
_SERVE = "from wellfounded.interfaces.cli.main import main; main()"


class Running(NamedTuple):
    """A server process, and where it listens."""

    process: subprocess.Popen[str]
    url: str

    def megabytes(self) -> float:
        """The memory it holds now, where the system says so."""
        status = Path(f"/proc/{self.process.pid}/status")
        found = re.search(r"VmRSS:\s+([0-9]+)", status.read_text("utf-8")) if status.exists() else None
        return int(found[1]) / 1024 if found else 0.0

    def processor(self) -> float:
        """The seconds of processor time it took so far, where the system says so."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return math.nan
        fields = stat.read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Place(NamedTuple):
    """An address, and what is sent to it."""

    server: Running
    path: str
    bodies: Path


class Measured(NamedTuple):
    """``processor`` is how long a request keeps it busy; this and the other times are in milliseconds."""

    a_second: float
    processor: float
    median: float
    p99: float
    failed: int


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bodies = Path(folder) / "bodies"
        bodies.write_bytes(_bodies(PEOPLE, "people"))
        strangers = Path(folder) / "strangers"
        strangers.write_bytes(_bodies(STRANGERS, "strangers"))
        ours = running("-c", _SERVE, "serve", "--port", "0", "--quiet")
        bare = running("-m", "tests.performance.bare_endpoints", str(bodies))
        with ours as serving, bare as answering:
            places = {
                OURS: Place(serving, "advise", bodies),
                "`POST /advise`, about strangers": Place(serving, "advise", strangers),
                BARE: Place(answering, "returned", bodies),
                BY_HAND: Place(answering, "made", bodies),
            }
            _held_equal(bodies, places)
            _report(places)


def _bodies(count: int, seed: str) -> bytes:
    """Requests about random people, of each of whom most is known, with numbers in the steps people use."""
    content, chance = wellfounded.load().content, Random(seed)
    bodies = []
    for _ in range(count):
        facts = random_person(content, chance, known=chance.choice((0.5, 0.8, 1.0)))
        bodies.append(json.dumps({"facts": facts | (USUAL if chance.random() < 0.5 else {})}).encode())
    return b"\n".join(bodies)


def _held_equal(bodies: Path, places: dict[str, Place]) -> None:
    """What is compared has to do the same."""
    for body in bodies.read_bytes().splitlines()[:50]:
        answers = [_answer(f"{place.server.url}{place.path}", body) for place in places.values()]
        if any(json.loads(answer) != json.loads(answers[0]) for answer in answers):
            sys.exit("the servers do not give the same answers")


def _answer(url: str, body: bytes) -> bytes:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        answer: bytes = response.read()
    return answer


def _report(places: dict[str, Place]) -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors\n")
    turns: dict[str, list[Measured]] = {name: [] for name in places}
    for turn in range(ROUNDS + 1):
        for name, place in places.items():
            measured = loaded(place, SHORT, turn * A_TURN)
            if turn:  # in the first, what is made when it is first needed is made
                turns[name].append(measured)
    print(f"Medians of {ROUNDS} turns of {SHORT:g} s; shares are of the two bare ones\n")
    print("| server | requests/s | of returned | by hand | processor, ms a request | of returned | by hand |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, ours in turns.items():
        rate = statistics.median(one.a_second for one in ours)
        processor = statistics.median(one.processor for one in ours)
        by_rate, by_processor = (
            " | ".join(f"{_share(ours, turns[bare], much):.0%}" for bare in (BARE, BY_HAND))
            for much in (attrgetter("a_second"), lambda one: 1 / one.processor)
        )
        print(f"| {name} | {rate:,.0f} | {by_rate} | {processor:.2f} | {by_processor} |")
    print(f"\nThe same load for {LONG:g} s\n")
    print("| server | requests/s | median, ms | p99, ms | failed | MB before | MB after |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, place in places.items():
        before = place.server.megabytes()
        long = loaded(place, LONG)
        cells = f"{long.a_second:,.0f} | {long.median:.2f} | {long.p99:.2f} | {long.failed}"
        print(f"| {name} | {cells} | {before:.1f} | {place.server.megabytes():.1f} |", flush=True)


def _share(ours: list[Measured], bare: list[Measured], much: Callable[[Measured], float]) -> float:
    """How much it is of a bare endpoint, in the turns that followed one another."""
    return statistics.median(much(one) / much(other) for one, other in zip(ours, bare, strict=True))


def loaded(place: Place, seconds: float, first: int = 0) -> Measured:
    """What a client process measures."""
    asked = [f"{place.server.url}{place.path}", str(place.bodies), str(seconds), str(first)]
    client = [sys.executable, "-m", "tests.performance.load", *asked]
    before = place.server.processor()
    found = json.loads(subprocess.run(client, check=True, capture_output=True, text=True).stdout)
    taken = sorted(found["milliseconds"])
    p99 = taken[int(len(taken) * 0.99)]
    processor = (place.server.processor() - before) / len(taken) * 1e3
    return Measured(len(taken) / found["seconds"], processor, statistics.median(taken), p99, found["failed"])


@contextmanager
def running(*arguments: str) -> Iterator[Running]:
    """A server in a process of its own."""
    process = subprocess.Popen([sys.executable, *arguments], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        found = re.search(r" at (http://\S+)", said)
        if found is None:
            sys.exit(f"a server did not start: {said}{process.stderr.read()}")
        time.sleep(0.2)
        yield Running(process, found[1])
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
