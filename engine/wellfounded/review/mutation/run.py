"""All mutants of a knowledge base tried, in several processes, and what came of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

import msgspec

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Identity
from wellfounded.model.content import Content
from wellfounded.model.record import Record
from wellfounded.model.version import VERSION
from wellfounded.review.mutation.merging import merged
from wellfounded.review.mutation.mutant import Mutant
from wellfounded.review.mutation.mutants import mutants
from wellfounded.review.mutation.trial import Fate, Trial, Tried
from wellfounded.review.scenarios import Scenario

#: Called with how many mutants are tried, how many there are, and how many survived so far.
Progress = Callable[[int, int, int], None]

#: So many mutants go to a process at a time.
_AT_A_TIME = 8


class Mutation(Record, frozen=True):
    """What became of every mutant, in the authors' order."""

    knowledge_base: Identity
    scenarios: int
    tried: tuple[Tried, ...]

    def of(self, fate: Fate) -> tuple[Tried, ...]:
        return tuple(item for item in self.tried if item.fate is fate)

    @property
    def score(self) -> float | None:
        """Which percentage of those that make a difference is noticed, rounded down to a tenth.

        There is none if no change makes a difference.
        """
        noticed, survived = len(self.of(Fate.NOTICED)), len(self.of(Fate.SURVIVED))
        return noticed * 1000 // (noticed + survived) / 10 if noticed + survived else None

    @property
    def proposals(self) -> tuple[Mapping[str, Any], ...]:
        """Scenarios that would notice the survivors; those about one person are one."""
        return merged(item.scenario for item in self.tried if item.scenario is not None)

    def to_dict(self) -> dict[str, Any]:
        """The document that ``schemas/mutation.schema.json`` describes."""
        document: dict[str, Any] = {
            "knowledge_base": msgspec.to_builtins(self.knowledge_base),
            "engine": VERSION,
            "scenarios": self.scenarios,
            "score": self.score,
            "counts": {str(fate): len(self.of(fate)) for fate in Fate},
            "mutants": [_as_data(item) for item in self.tried],
            "proposals": list(self.proposals),
        }
        return document


def _as_data(tried: Tried) -> dict[str, Any]:
    mutant = tried.mutant
    return {
        "kind": str(mutant.kind),
        "of": mutant.about,
        "written": mutant.written,
        "instead": mutant.instead,
        "file": mutant.position.file,
        "line": mutant.position.line,
        "fate": str(tried.fate),
        "by": tried.by,
        "reason": tried.reason,
    }


def mutation(
    knowledge_base: KnowledgeBase,
    scenarios: Sequence[Scenario],
    *,
    matching: str = "",
    processes: int | None = None,
    progress: Progress = lambda done, of, survived: None,
) -> Mutation:
    """What scenarios, which have to pass, notice of every mutant.

    Only what has ``matching`` in its name or file is changed. ``processes`` is how many work side by side;
    without it, as many as there are processors. Needs the extra ``verify``.
    """
    content = knowledge_base.content
    wanted = [mutant for mutant in mutants(content) if _matches(mutant, matching)]
    tried: list[Tried] = []
    survived = 0
    progress(0, len(wanted), 0)
    for item in _try_all(content, scenarios, wanted, processes or os.cpu_count() or 1):
        tried.append(item)
        survived += item.fate is Fate.SURVIVED
        progress(len(tried), len(wanted), survived)
    identity = Identity(knowledge_base.id, knowledge_base.version, knowledge_base.digest)
    return Mutation(identity, len(scenarios), tuple(tried))


def _matches(mutant: Mutant, words: str) -> bool:
    return words.lower() in f"{mutant.about} {mutant.position.file}".lower()


def _try_all(
    content: Content, scenarios: Sequence[Scenario], wanted: Sequence[Mutant], processes: int
) -> Iterator[Tried]:
    if processes == 1 or len(wanted) <= _AT_A_TIME:
        trial = Trial(content, scenarios)
        yield from map(trial.of, wanted)
        return
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), _start, (content, tuple(scenarios))
    )
    try:
        with _deaf_to_interrupts():
            tried = pool.map(_try, wanted, chunksize=_AT_A_TIME)
        yield from tried
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl+C, which is for the one that started them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_TRIAL: list[Trial] = []


def _start(content: Content, scenarios: Iterable[Scenario]) -> None:
    """Make a process ready."""
    _TRIAL[:] = [Trial(content, tuple(scenarios))]


def _try(mutant: Mutant) -> Tried:
    return _TRIAL[0].of(mutant)
