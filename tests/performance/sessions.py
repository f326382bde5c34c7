"""What a statement in a conversation costs, on each kind of memory: ``python -m tests.performance.sessions``.

A person is asked one fact after another, and then changes their mind about some. Every memory hears the same
in turns, and their valuations are held equal before anything is printed.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from unittest.mock import patch

from tests.performance import generated_rules
from tests.performance.generated_rules import Generated, generated
from wellfounded import KnowledgeBase
from wellfounded.model.values import Value
from wellfounded.reason.incremental import Cells, Incremental
from wellfounded.reason.memory import Memory, Recomputed

#: How many rules, over how many times thirty facts, and in how many conversations.
WORKLOADS = ((100, 1, 20), (1000, 1, 10), (1000, 10, 2), (10_000, 1, 4), (10_000, 10, 1))
#: The Rete network of more rules takes minutes to set up, and gigabytes.
MOST_FOR_RETE = 1000
MINDS_CHANGED = 20

#: What is stated, one fact after another.
Talk: TypeAlias = list[tuple[str, Value]]
#: The seconds that each step took the processor, by what was done.
Times: TypeAlias = dict[str, list[float]]


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    print("Medians, in milliseconds of processor time\n")
    print("| rules | facts | memory | made once | opened | a fact is stated | a fact is changed |")
    print("|---:|---:|---|---:|---:|---:|---:|")
    sessions: list[str] = []
    for rules, wider, talks in WORKLOADS:
        written, knowledge_base = _workload(rules, wider)
        facts = len(written.facts)
        for name, times in _memories(written, knowledge_base, talks).items():
            print(f"| {rules} | {facts} | {name} | {_cells(times)} |", flush=True)
        sessions.append(f"| {rules} | {facts} | {_cells(_session(written, knowledge_base))} |")
    print("\n| rules | facts | state | changes | advice |\n|---:|---:|---:|---:|---:|")
    print("\n".join(sessions))


def _workload(rules: int, wider: int) -> tuple[Generated, KnowledgeBase]:
    """Rules over thirty facts, or over so many times thirty."""
    numbers = {name: getattr(generated_rules, name) * wider for name in ("NUMBERS", "ANSWERS", "CHOICES")}
    with patch.multiple(generated_rules, **numbers), tempfile.TemporaryDirectory() as folder:
        written = generated(rules)
        return written, written.load(Path(folder))


def _memories(written: Generated, knowledge_base: KnowledgeBase, talks: int) -> Mapping[str, Times]:
    """What each memory takes."""
    makers: dict[str, Callable[[], Callable[[], Memory]]] = {
        "whole, by `python`": lambda: _recomputed(knowledge_base),
        "incremental": lambda: _incremental(knowledge_base),
    }
    if len(written.rules) <= MOST_FOR_RETE:
        makers["`rete`"] = lambda: _rete(knowledge_base)
    times: dict[str, Times] = {name: {} for name in makers}
    openers = {name: _timed(times[name], "made", make) for name, make in makers.items()}
    for talk in range(talks):
        memories = {name: _timed(times[name], "opened", open) for name, open in openers.items()}
        for step, (fact, value) in enumerate(_talk(written, knowledge_base, talk)):
            what = "stated" if step < len(written.facts) else "changed"
            found = {
                name: _timed(times[name], what, partial(_told, memory, fact, value))
                for name, memory in memories.items()
            }
            if len(set(found.values())) > 1:
                sys.exit(f"memories differ after {fact} = {value}")
        for memory in memories.values():
            memory.close()
    return times


def _recomputed(knowledge_base: KnowledgeBase) -> Callable[[], Memory]:
    reason = knowledge_base.reasoner("python")
    return lambda: Recomputed(reason)


def _incremental(knowledge_base: KnowledgeBase) -> Callable[[], Memory]:
    cells = Cells(knowledge_base.core)
    return lambda: Incremental(cells)


def _rete(knowledge_base: KnowledgeBase) -> Callable[[], Memory]:
    from wellfounded.reason.to_rete import RetePlan  # noqa: PLC0415  # an extra

    return RetePlan(knowledge_base.core).memory


def _told(memory: Memory, fact: str, value: Value) -> object:
    memory.state(fact, value)
    return memory.valuation()


def _talk(written: Generated, knowledge_base: KnowledgeBase, seed: int) -> Talk:
    """All facts of a person in any order, and then some of them anew."""
    random = Random(f"talk {seed}")
    stated = list(knowledge_base.checked(written.people(1, seed)[0]).items())
    changed = [(fact.id, fact.value(random)) for fact in random.choices(written.facts, k=MINDS_CHANGED)]
    random.shuffle(stated)
    return [*stated, *((fact, knowledge_base.checked({fact: value})[fact]) for fact, value in changed)]


def _session(written: Generated, knowledge_base: KnowledgeBase) -> Times:
    """What the default session takes as facts are stated and changed."""
    times: Times = {}
    with knowledge_base.session() as session:
        for step, (fact, value) in enumerate(_talk(written, knowledge_base, 0)):
            _timed(times, "state", partial(session.state, **{fact: value}))
            _timed(times, "changes", session.changes)
            if step % 5 == 0:
                _timed(times, "advice", session.advice)
    return times


def _timed(times: Times, what: str, work: Callable[[], Any]) -> Any:
    start = time.thread_time()
    done = work()
    times.setdefault(what, []).append(time.thread_time() - start)
    return done


def _cells(times: Times) -> str:
    return " | ".join(f"{statistics.median(taken) * 1e3:.3f}" for taken in times.values())


if __name__ == "__main__":
    main()
