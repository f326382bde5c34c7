"""What is proved or found is so of everyone: on small knowledge bases of which everyone can be listed."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from tests.conformance.small import small
from tests.properties.laid_out import as_yaml
from tests.verify.everyone import PARTS, Values, World
from tests.verify.questions import Everyone
from tests.verify.worlds import changes, worlds
from wellfounded import KnowledgeBase, KnowledgeBaseError
from wellfounded.verify.equivalence import Two
from wellfounded.verify.findings import Finding, Kind, Verification
from wellfounded.verify.people import Nobody, NotDecided, Somebody
from wellfounded.verify.subject import Subject

#: A few worlds: more only take longer.
FEW = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@FEW
@given(world=worlds())
def test_what_is_said_of_everyone_is_so_of_everyone(world: World) -> None:
    [knowledge_base] = loaded(world)
    verification = knowledge_base.verify()
    assert not verification.open
    assert list(wrong(world, verification)) == []


@FEW
@given(pair=changes())
def test_two_that_are_equal_are_so_for_everyone(pair: tuple[World, World]) -> None:
    one, other = (Subject(each.content, each.core, 5) for each in loaded(*pair))
    assert list(wrongly_compared(*pair, Two(one, other, 5))) == []


def loaded(*worlds: World) -> list[KnowledgeBase]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return [small(as_yaml(w.written()), Path(folder, str(n))) for n, w in enumerate(worlds)]
        except KnowledgeBaseError:
            assume(False)
            raise


def wrong(world: World, verification: Verification) -> Iterator[Any]:
    """What ``verify`` says and is not so, or does not say and is so; and examples that are not the smallest.

    Where numbers are multiplied there may be people who are not listed; so that there is nobody is then no
    reason to doubt.
    """
    everyone = Everyone(world)
    expected = Counter((q.kind, q.about) for q in everyone.questions if q.is_wrong)
    people = {(q.kind, q.about): q.people for q in everyone.questions}
    asked = Counter((q.kind, q.about) for q in everyone.questions)
    found = Counter(map(question, verification.found))
    for key in asked:
        if found[key] < expected[key] and (everyone.exact or people[key]):
            yield "not found", key
    for finding in verification.found:
        key = question(finding)
        if found[key] > expected[key] and key in asked and is_listed(finding.person or {}):
            yield "not so", key, finding.person
        if asked[key] == 1 and people[key] and len(finding.person or {}) > min(map(len, people[key])):
            yield "not the smallest", key, finding.person


def question(finding: Finding) -> tuple[Kind, str]:
    """Two rules that disagree only at a border are an overlap, and were asked about as a conflict."""
    disagree = finding.kind is Kind.OVERLAP and finding.about.startswith(("topic ", "fact "))
    return Kind.CONFLICT if disagree else finding.kind, finding.about


def is_listed(person: Values) -> bool:
    numbers = (value for value in person.values() if isinstance(value, float))
    return all(Fraction(str(number)) % 1 in PARTS for number in numbers)


def wrongly_compared(one: World, other: World, both: Two) -> Iterator[Any]:
    sides = Everyone(one), Everyone(other)
    for topic in both.topics:
        answer = both.differ(topic)
        facts = behind(sides, topic)
        different = [person for person in one.people(facts) if differ(sides, topic, facts, person)]
        match answer:
            case Nobody() if different:
                yield "not equal", topic, different[0]
            case NotDecided(reason=reason):
                yield "not decided", topic, reason
            case Somebody(person=person):
                exact = {f: Fraction(str(v)) if isinstance(v, float) else v for f, v in person.items()}
                if not differ(sides, topic, facts, exact) or not both.is_different(topic, person):
                    yield "not different", topic, person


def behind(sides: tuple[Everyone, Everyone], topic: str) -> set[str]:
    rules = [(side, rule) for side in sides for rule in side.topics.get(topic, ())]
    return set[str]().union(*(side.world.behind(rule.facts()) for side, rule in rules))


def differ(sides: tuple[Everyone, Everyone], topic: str, facts: set[str], person: Values) -> bool:
    """Whether something else comes of a topic, and rules do not disagree about the facts that it rests on."""
    values = [side.world.values(person, facts) for side in sides]
    if any(each["disagree"] & facts for each in values):
        return False
    one, other = (side.outcome(topic, each) for side, each in zip(sides, values, strict=True))
    return bool(one != other)
