"""What an HTTP server in front of the advice costs: ``python -m tests.performance.serving``.

Our server and bare endpoints of FastAPI, which answer with what was made beforehand, run as processes of
their own, and the same client process loads one after the other over loopback, in turns. Both give the same
bytes for the same people. At the end each is loaded for ``LONG`` seconds without a pause.
"""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import wellfounded
from tests.people import Population

PEOPLE = 1000
ROUNDS = 7
SHORT = float(os.environ.get("SHORT", "4"))
LONG = float(os.environ.get("LONG", "60"))

USUAL = {"goal": "muscle_gain", "age": 31, "healthy": True, "resistance_training": True}
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


class Measured(NamedTuple):
    a_second: float
    median: float
    p99: float
    failed: int


def main() -> None:
    knowledge_base = wellfounded.load()
    people = [person for person in Population(knowledge_base, USUAL).people("serving", 3 * PEOPLE) if person]
    with tempfile.TemporaryDirectory() as folder:
        bodies = Path(folder) / "bodies"
        bodies.write_bytes(b"\n".join(json.dumps({"facts": facts}).encode() for facts in _usable(people)))
        ours = running("-c", _SERVE, "serve", "--port", "0", "--quiet")
        bare = running("-m", "tests.performance.bare_endpoints", str(bodies))
        with ours as serving, bare as answering:
            places = {
                "`POST /advise`": (serving, "advise"),
                "bare, response made by hand": (answering, "made"),
                "bare, dictionary returned": (answering, "returned"),
            }
            _held_equal(bodies, places)
            _report(bodies, places)


def _usable(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    knowledge_base, found = wellfounded.load(), []
    for facts in people:
        try:
            knowledge_base.advise(facts)
        except wellfounded.WellfoundedError:
            continue
        found.append(facts)
    return found[:PEOPLE]


def _held_equal(bodies: Path, places: dict[str, tuple[Running, str]]) -> None:
    """What is compared has to do the same."""
    for body in bodies.read_bytes().splitlines()[:50]:
        answers = [_answer(f"{server.url}{path}", body) for server, path in places.values()]
        if any(json.loads(answer) != json.loads(answers[0]) for answer in answers):
            sys.exit("the servers do not give the same answers")


def _answer(url: str, body: bytes) -> bytes:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        answer: bytes = response.read()
    return answer


def _report(bodies: Path, places: dict[str, tuple[Running, str]]) -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors\n")
    rates: dict[str, list[float]] = {name: [] for name in places}
    for server, path in places.values():
        loaded(server, path, bodies, SHORT)  # what is made when it is first needed is made now
    for _ in range(ROUNDS):
        for name, (server, path) in places.items():
            rates[name].append(loaded(server, path, bodies, SHORT).a_second)
    ours = rates["`POST /advise`"]
    print(f"Requests per second, medians of {ROUNDS} turns of {SHORT:g} s\n")
    print("| server | requests/s | ours as a share of it |\n|---|---:|---:|")
    for name, rate in rates.items():
        share = statistics.median(mine / its for mine, its in zip(ours, rate, strict=True))
        print(f"| {name} | {statistics.median(rate):,.0f} | {share:.0%} |")
    print(f"\nThe same load for {LONG:g} s\n")
    print("| server | requests/s | median, ms | p99, ms | failed | MB before | MB after |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, (server, path) in places.items():
        before = server.megabytes()
        long = loaded(server, path, bodies, LONG)
        cells = f"{long.a_second:,.0f} | {long.median:.2f} | {long.p99:.2f} | {long.failed}"
        print(f"| {name} | {cells} | {before:.1f} | {server.megabytes():.1f} |", flush=True)


def loaded(server: Running, path: str, bodies: Path, seconds: float) -> Measured:
    """What a client process measures."""
    client = [
        sys.executable,
        "-m",
        "tests.performance.load",
        f"{server.url}{path}",
        str(bodies),
        str(seconds),
    ]
    found = json.loads(subprocess.run(client, check=True, capture_output=True, text=True).stdout)
    taken = sorted(found["milliseconds"])
    p99 = taken[int(len(taken) * 0.99)]
    return Measured(len(taken) / found["seconds"], statistics.median(taken), p99, found["failed"])


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
