"""What is said of everyone is so of random people, and every example person is an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.properties.generated import FACTORS
from tests.properties.people import Crowd
from tests.properties.test_generated import some
from tests.reference.written import read
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.model.values import Value
from wellfounded.verify.findings import Finding, Kind, Open, Verification

PEOPLE = 60


@pytest.mark.parametrize("part", range(4))
def test_findings_and_proofs_are_so(part: int, tmp_path: Path) -> None:
    kinds: set[Kind] = set()
    proved = undecided = 0
    for seed, files, _, knowledge_base in some(f"verify {part}", 12, tmp_path):
        verification = knowledge_base.verify(timeout=2)
        for finding in verification.found:
            assert is_so(knowledge_base, finding), (seed, finding)
        for stated in Crowd(read(files, FACTORS)).people(f"verify {seed}", PEOPLE):
            assert not list(refuted(knowledge_base, verification, knowledge_base.checked(stated))), stated
        kinds |= {finding.kind for finding in verification.found}
        proved, undecided = proved + len(verification.proved), undecided + len(verification.open)
    assert kinds >= {Kind.NEVER_HOLDS, Kind.IDLE_CONDITION, Kind.CONFLICT}
    assert undecided < 0.02 * proved


def is_so(knowledge_base: KnowledgeBase, finding: Finding) -> bool:
    """Whether advice, or the values, of the person of a finding show it."""
    if finding.person is None:
        return finding.kind in PEOPLELESS
    if finding.kind is Kind.CONFLICT:
        return disagreement(knowledge_base, finding.person) != ""
    return finding.kind in {Kind.GAP, Kind.OVERLAP, Kind.IMPOSSIBLE_TARGETS}


#: What is wrong for want of a person.
PEOPLELESS = {Kind.NEVER_HOLDS, Kind.ALWAYS_HOLDS, Kind.IDLE_CONDITION, Kind.VALUE_NEVER_REACHED}


def refuted(
    knowledge_base: KnowledgeBase, verification: Verification, person: Mapping[str, Value]
) -> Iterator[Any]:
    """What was said of everyone and is not so of one person."""
    try:
        valuation = knowledge_base.reasoner()(person)
    except ConflictError as conflict:
        if not found_or_open(verification, Kind.CONFLICT, f"fact {conflict.about}"):
            yield conflict
        return
    for rule, outcome in valuation.outcomes.items():
        if outcome.holds is True and found(verification, Kind.NEVER_HOLDS, f"rule {rule}"):
            yield rule
        if outcome.holds is False and found(verification, Kind.ALWAYS_HOLDS, f"rule {rule}"):
            yield rule
    topic = disagreement(knowledge_base, person)
    if topic and not found_or_open(verification, Kind.CONFLICT, f"topic {topic}"):
        yield topic


def disagreement(knowledge_base: KnowledgeBase, person: Mapping[str, Value]) -> str:
    try:
        knowledge_base.advise(person)
    except ConflictError as conflict:
        return conflict.about
    return ""


def found(verification: Verification, kind: Kind, about: str) -> bool:
    return any(item.kind is kind and item.about == about for item in verification.found)


def found_or_open(verification: Verification, kind: Kind, about: str) -> bool:
    kinds = {kind, Kind.OVERLAP}
    results: tuple[Finding | Open, ...] = (*verification.found, *verification.open)
    return any(item.kind in kinds and item.about.startswith(f"{about}:") for item in results)
