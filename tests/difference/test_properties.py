"""Of generated knowledge bases with a random change: what is called equal is so for random people."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

import wellfounded
from tests.difference.editing import difference
from tests.properties.generated import FACTORS
from tests.properties.laid_out import Written
from tests.properties.people import Crowd
from tests.properties.test_generated import some
from tests.reference.written import read
from wellfounded import ConflictError, KnowledgeBase, KnowledgeBaseError
from wellfounded.model.advice import Advice
from wellfounded.model.values import Value
from wellfounded.review.difference.compare import Difference
from wellfounded.review.difference.meaning import Answered
from wellfounded.review.difference.reading import Kind, evidence_differs, given, text_differs

PEOPLE = 200


@pytest.mark.parametrize("part", range(4))
def test_equal_topics_agree_and_examples_differ(part: int, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for seed, folder, written, old in some(f"difference {part}", 3, tmp_path):
        for turn in range(3):
            random = Random(f"change {turn} {seed}")
            new_folder = changed(written, random).write(tmp_path / f"new {turn} {seed}", order=random)
            try:
                new = wellfounded.load(new_folder)
            except KnowledgeBaseError:
                continue  # chance broke a rule
            found = difference(folder, new_folder, timeout=2)
            assert bool(found.changes) == (old.digest != new.digest), seed
            for finding in (finding for topic in found.topics for finding in topic.findings):
                seen[f"{finding.kind} {finding.answered}"] += 1
                assert finding.answered is not Answered.DIFFERENT or finding.old != finding.new
            for stated in Crowd(read(folder, FACTORS)).people(seed, PEOPLE):
                one, other = advice(old, stated), advice(new, stated)
                if isinstance(one, Advice) and isinstance(other, Advice):
                    assert not contradicted(found, one, other), (new_folder, stated)
            for topic in found.topics_that_differ(Kind.MEANING):
                person = topic.findings[0].person
                assert outcome(advice(old, person), topic.id) != outcome(advice(new, person), topic.id)
    assert seen["meaning written-alike"] and seen["meaning different"]


def advice(knowledge_base: KnowledgeBase, person: Any) -> Advice | str:
    known = {fact: value for fact, value in person.items() if fact in knowledge_base.content.facts}
    try:
        return knowledge_base.advise(known)
    except ConflictError as error:
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


def changed(written: Written, random: Random) -> Written:
    """A knowledge base with a change of one kind; the order of its things is changed on top of that."""
    facts, parameters = dict(written.facts), dict(written.parameters)
    claims, rules = dict(written.claims), list(written.rules)
    place = random.randrange(len(rules))
    rule = rules[place]
    match random.choice(("number", "condition", "text", "claim", "support", "remove", "swap", "nothing")):
        case "number" if parameters:
            id = random.choice(list(parameters))
            parameter = parameters[id]
            number = (
                {"value": parameter["value"] * 1.125}
                if "value" in parameter
                else {"range": [parameter["range"][0], parameter["range"][1] * 1.125]}
            )
            parameters[id] = {**parameter, **number}
        case "condition" if len(rule["when"]) > 1:
            keys = list(rule["when"])
            keys.remove(random.choice(keys))
            rules[place] = {**rule, "when": {key: rule["when"][key] for key in keys}}
        case "text":
            rules[place] = {**rule, "title": {"en": "another title"}}
        case "claim" if "because" in rule:
            rules[place] = {**rule, "because": random.sample(list(claims), min(2, len(claims)))}
        case "support":
            id = random.choice(list(claims))
            claims[id] = {**claims[id], "cites": [{"reference": 1, "support": "contradicts"}]}
        case "remove" if "conclude" not in rule:
            rules.remove(rule)
        case "swap":
            random.shuffle(rules)
    return Written(written.header, facts, parameters, claims, rules)
