"""Of random edits: what is called equal is so for random people, and what is different for the example."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

import wellfounded
from tests.conftest import RULES
from tests.difference.editing import difference
from tests.difference.random_edits import (
    EDITS,
    ONLY_WORDS,
    SAME_MEANING,
    Edit,
    another_id,
    edited,
    read_written,
)
from tests.properties.generated import FACTORS
from tests.properties.laid_out import Written
from tests.properties.people import Crowd, Stated
from tests.properties.test_article import USUAL
from tests.properties.test_generated import some
from tests.reference.written import read
from wellfounded import ConflictError, FactError, KnowledgeBase, KnowledgeBaseError
from wellfounded.model.advice import Advice
from wellfounded.model.values import Value
from wellfounded.review.difference.compare import Difference
from wellfounded.review.difference.meaning import Answered, Topic
from wellfounded.review.difference.reading import Kind, evidence_differs, given, text_differs

PEOPLE = 40


@pytest.mark.parametrize("part", range(2))
def test_generated_knowledge_bases(part: int, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for seed, _, written, _ in some(f"difference {part}", 1, tmp_path):
        for edit in EDITS:
            holds(written, edit, Random(f"{edit.__name__} {seed}"), tmp_path / edit.__name__, seen, None)
    assert seen["meaning written-alike"] and seen["meaning different"] and seen["evidence different"]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_the_article(edit: Edit, tmp_path: Path) -> None:
    holds(read_written(RULES), edit, Random(edit.__name__), tmp_path, Counter(), USUAL)


def holds(
    written: Written, edit: Edit, random: Random, folder: Path, seen: Counter[str], usual: Stated | None
) -> None:
    """Whatever is said of one edit is true of random people, and of the examples."""
    change = edited(written, edit, random)
    if change is None:
        return
    folders = written.write(folder / "old"), change.write(folder / "new", random.randint(1, 3))
    try:
        old, new = map(wellfounded.load, folders)
    except KnowledgeBaseError:
        return  # chance broke a rule
    found = difference(*folders, timeout=2)
    seen.update(f"{finding.kind} {finding.answered}" for topic in found.topics for finding in topic.findings)
    assert bool(found.changes) == (old.digest != new.digest)
    assert not (edit in SAME_MEANING and found.topics_that_differ(Kind.MEANING))
    assert not (edit in ONLY_WORDS and found.topics_that_differ(Kind.EVIDENCE))
    for topic in found.topics:
        for finding in topic.findings:
            assert finding.answered is not Answered.DIFFERENT or finding.old != finding.new
        if topic.differs(Kind.MEANING):
            assert is_smallest(old, new, topic)
    if edit is another_id:
        return  # what advice names has another name, so that two of them cannot be held side by side
    for place in folders:
        for stated in Crowd(read(place, None if usual else FACTORS), usual).people(edit.__name__, PEOPLE):
            one, other = advice(old, stated), advice(new, stated)
            if isinstance(one, Advice) and isinstance(other, Advice):
                assert not contradicted(found, one, other), stated


def is_smallest(old: KnowledgeBase, new: KnowledgeBase, topic: Topic) -> bool:
    """Whether the example differs, and no longer in that way if any one of its facts is not stated."""
    person = topic.findings[0].person

    def both(stated: Any) -> list[object]:
        return [outcome(advice(old, stated), topic.was or topic.id), outcome(advice(new, stated), topic.id)]

    def differs(stated: Any) -> bool:
        one, other = both(stated)
        return one != other and (is_given(one) or is_given(other) or not any(map(is_given, both(person))))

    fewer = ({name: value for name, value in person.items() if name != fact} for fact in person)
    return differs(person) and not any(map(differs, fewer))


def is_given(found: object) -> bool:
    return isinstance(found, tuple)


def advice(knowledge_base: KnowledgeBase, person: Any) -> Advice | str:
    facts = knowledge_base.content.facts
    known = {fact: value for fact, value in person.items() if fact in facts and facts[fact].can_be_stated}
    try:
        return knowledge_base.advise(known)
    except (ConflictError, FactError) as error:
        return str(error)


def outcome(found: Advice | str, topic: str) -> object:
    """What becomes of a topic: its verdict and target, undecided, or not given."""
    if isinstance(found, str):
        return found
    item = given(found, topic)
    if item is not None:
        return item.verdict, item.target
    return any(waiting.id == topic for waiting in found.undecided)


def contradicted(found: Difference, old: Advice, new: Advice) -> list[tuple[str, Kind]]:
    """What is said to be equal for everybody, and is not for one."""
    wrong = []
    for topic in found.topics:
        answers = {finding.kind: finding.answered for finding in topic.findings}
        if answers[Kind.MEANING] not in (Answered.WRITTEN_ALIKE, Answered.PROVED_EQUAL):
            continue
        if outcome(old, topic.id) != outcome(new, topic.id):
            wrong.append((topic.id, Kind.MEANING))
        if Kind.EVIDENCE not in answers and evidence_differs(old, new, topic.id):
            wrong.append((topic.id, Kind.EVIDENCE))
        if Kind.TEXT not in answers and text_differs(old, new, topic.id):
            wrong.append((topic.id, Kind.TEXT))
    unequal = {fact.id for fact in found.facts if fact.answered is not Answered.PROVED_EQUAL}
    values: list[dict[str, Value | None]] = [
        {fact: quantity.value for fact, quantity in side.derived.items()} for side in (old, new)
    ]
    wrong += [
        (fact, Kind.MEANING)
        for fact in {f.id for f in found.facts} - unequal
        if values[0][fact] != values[1][fact]
    ]
    return wrong
