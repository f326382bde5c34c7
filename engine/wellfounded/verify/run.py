"""All questions about a knowledge base, asked one after another.

Each is asked of a solver of its own, which is given no more than what the question rests on: so it takes
milliseconds, however many rules there are.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

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


def verify(
    content: Content,
    core: Core,
    *,
    matching: str = "",
    timeout: float = TIMEOUT,
    progress: Progress = lambda done, of: None,
) -> Verification:
    """Everything that is proved, found, or not decided in time; ``matching`` is part of what it is about."""
    subject = Subject(content, core, timeout)
    checks = _checks(subject, matching)
    results: list[Result] = []
    progress(0, len(checks))
    for check in checks:
        results.append(check.decide())
        progress(len(results), len(checks))
    return Verification(
        tuple(result for result in results if isinstance(result, Finding)),
        tuple(result for result in results if isinstance(result, Proof)),
        tuple(result for result in results if isinstance(result, Open)),
    )


def _checks(subject: Subject, matching: str) -> list[Check]:
    kinds = (check_rules, check_values, check_answers, check_borders, check_targets, check_guarantees)
    every = chain.from_iterable(checks(subject) for checks in kinds)
    return [check for check in every if matching.lower() in f"{check.kind} {check.about}".lower()]
