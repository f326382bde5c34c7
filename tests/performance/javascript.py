"""How many people a second are advised: Python beside the module under Node, on the same people, in one run.

``python -m tests.performance.javascript``. Rounds alternate, and the median of each is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import wellfounded
from tests.conformance.compare import USUAL
from tests.conftest import RULES
from tests.javascript.node import node
from tests.people import Population
from wellfounded.interfaces.javascript.module import module

PEOPLE, ROUNDS = 500, 9


def main() -> None:
    knowledge_base = wellfounded.load(RULES)
    people, source = Population(knowledge_base, USUAL).people("speed", PEOPLE), module(knowledge_base)
    compared: dict[str, Callable[[], float]] = {
        "advise, Python": lambda: per_second(knowledge_base.advise, people),
        "advise, Node": lambda: node().per_second(source, people, 1, "advise"),
        "reason, Python": lambda: per_second(knowledge_base.reason, people),
        "reason, Node": lambda: node().per_second(source, people, 1, "reason"),
    }
    rounds = [{name: measure() for name, measure in compared.items()} for _ in range(ROUNDS + 1)]
    for name in compared:
        print(f"{name:16}{median(found[name] for found in rounds[1:]):>10,.0f} people/s")


def per_second(call: Callable[[dict[str, Any]], object], people: list[dict[str, Any]]) -> float:
    start = perf_counter()
    for person in people:
        call(person)
    return len(people) / (perf_counter() - start)


if __name__ == "__main__":
    main()
