"""All questions about a knowledge base, asked one after another or by several processes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import chain
from multiprocessing import get_context

from wellfounded.model.content import Content
from wellfounded.model.core import Core
from wellfounded.verify.answers import check_answers
from wellfounded.verify.borders import check_borders
from wellfounded.verify.findings import Finding, Open, Proof, Result, Verification
from wellfounded.verify.guarantees import check_guarantees
from wellfounded.verify.rules import check_rules
from wellfounded.verify.subject import Check, Subject
from wellfounded.verify.targets import check_targets
from wellfounded.verify.values import check_values

#: Called with how many questions are answered, and how many there are.
Progress = Callable[[int, int], None]

#: The solver may take so many seconds each time it is asked.
TIMEOUT = 10.0

#: Fewer questions than this are answered before another process has started.
WORTH_A_PROCESS = 400


def verify(
    content: Content,
    core: Core,
    *,
    matching: str = "",
    timeout: float = TIMEOUT,
    processes: int = 1,
    progress: Progress = lambda done, of: None,
) -> Verification:
    """Everything that is proved, found, or not decided in time; ``matching`` is part of what it is about."""
    subject = Subject(content, core, timeout)
    checks = _checks(subject, matching)
    processes = min(processes, len(checks) // WORTH_A_PROCESS + 1)
    answered = (
        _here(checks) if processes == 1 else _there(len(checks), processes, (content, core, timeout, matching))
    )
    results: dict[int, Result] = {}
    progress(0, len(checks))
    for place, result in answered:
        results[place] = result
        progress(len(results), len(checks))
    return _verification([results[place] for place in sorted(results)])


def _checks(subject: Subject, matching: str) -> list[Check]:
    kinds = (check_rules, check_values, check_answers, check_borders, check_targets, check_guarantees)
    every = chain.from_iterable(checks(subject) for checks in kinds)
    return [check for check in every if matching.lower() in f"{check.kind} {check.about}".lower()]


def _here(checks: list[Check]) -> Iterator[tuple[int, Result]]:
    for place, check in enumerate(checks):
        yield place, check.decide()


def _verification(results: list[Result]) -> Verification:
    return Verification(
        tuple(result for result in results if isinstance(result, Finding)),
        tuple(result for result in results if isinstance(result, Proof)),
        tuple(result for result in results if isinstance(result, Open)),
    )


# Other processes: each reads the knowledge base once, and takes the questions it is given.

_BATCH = 20
_checks_there: list[Check] = []


def _there(
    count: int, processes: int, asked: tuple[Content, Core, float, str]
) -> Iterator[tuple[int, Result]]:
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, asked) as pool:
        batches = (range(start, min(start + _BATCH, count)) for start in range(0, count, _BATCH))
        waiting = [pool.submit(_answer, batch) for batch in batches]
        try:
            for done in as_completed(waiting):
                yield from done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _start(content: Content, core: Core, timeout: float, matching: str) -> None:
    _checks_there.extend(_checks(Subject(content, core, timeout), matching))


def _answer(places: range) -> list[tuple[int, Result]]:
    return [(place, _checks_there[place].decide()) for place in places]
