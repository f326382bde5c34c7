"""Benchmarks beside their peers, in one run: ``make bench`` prints the table.

Machines are noisy, so what counts are the ratios; each pair is measured in turns and the median is shown.
"""

from __future__ import annotations

import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import wellfounded
from tests.people import random_person
from tests.performance.straight_line import straight_line
from wellfounded import KnowledgeBase

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 31


def main() -> None:
    knowledge_base = wellfounded.load(ROOT / "rules")
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}\n")
    print(f"{'what':<66}{'measured':>12}{'beside':>12}{'ratio':>8}{'goal':>8}")
    for what, measured, beside, goal in _rows(knowledge_base):
        ratio = f"{measured / beside:.2f}" if beside else ""
        print(f"{what:<66}{_time(measured):>12}{_time(beside) if beside else '':>12}{ratio:>8}{goal:>8}")


def _rows(knowledge_base: KnowledgeBase) -> Iterator[tuple[str, float, float, str]]:
    chance = random.Random(1)
    known = [knowledge_base.checked(random_person(knowledge_base.content, chance)) for _ in range(200)]
    most = [knowledge_base.checked(random_person(knowledge_base.content, chance, 0.8)) for _ in range(200)]
    reason = knowledge_base.reasoner("python")
    same = all(_same(reason(person).row, straight_line(person)) for person in known)
    print("" if same else "WARNING: the straight-line function and to_python differ\n", end="")
    measured, beside = _in_turns(_over(reason, known), _over(straight_line, known))
    yield "a valuation, all known | straight-line two-valued Python", measured, beside, "1.3"
    measured, beside = _in_turns(_over(reason, most), _over(straight_line, known))
    yield "a valuation, a fifth unknown | the same, all known", measured, beside, "2.5"
    scope = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}
    people = [{**random_person(knowledge_base.content, chance, 0.8), **scope} for _ in range(50)]
    measured, _ = _in_turns(_over(lambda person: knowledge_base.advise(person).to_dict(), people), None)
    yield "a whole advice as a dictionary, texts and sources, warm", measured, 0.001, "1.0"
    command = [
        str(Path(sys.executable).parent / "wellfounded"),
        "advise",
        str(ROOT / "docs/examples/person.yaml"),
    ]
    baseline = [sys.executable, "-c", "import yaml, jsonschema"]
    measured, beside = _in_turns(_process(command), _process(baseline))
    yield "`wellfounded advise` as a process | `import yaml, jsonschema`", measured, beside, "2.0"
    measured, _ = _in_turns(lambda: _timed(lambda: wellfounded.diagnose(ROOT / "rules")), None, 7)
    yield "`check` of the article's knowledge base | one second", measured, 1.0, "1.0"


def _same(row: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return row == other


def _over(function: Callable[[Any], object], people: list[Any]) -> Callable[[], float]:
    """The time per person of a function over all people."""

    def once() -> float:
        start = time.perf_counter()
        for person in people:
            function(person)
        return (time.perf_counter() - start) / len(people)

    return once


def _process(command: list[str]) -> Callable[[], float]:
    return lambda: _timed(lambda: subprocess.run(command, check=True, capture_output=True))


def _timed(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _in_turns(
    one: Callable[[], float], other: Callable[[], float] | None, rounds: int = ROUNDS
) -> tuple[float, float]:
    """The medians of two measurements taken in turns, after one round that does not count."""
    times: list[float] = []
    others: list[float] = []
    for _ in range(rounds + 1):
        times.append(one())
        others.append(other() if other is not None else 0.0)
    return statistics.median(times[1:]), statistics.median(others[1:])


def _time(seconds: float) -> str:
    return f"{seconds * 1e6:.2f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.2f} ms"


if __name__ == "__main__":
    main()
