"""Two knowledge bases come to the same for every person, or a smallest person shows the difference."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

import wellfounded
from tests.conformance.small import small
from tests.conftest import RULES
from tests.properties.generated import FACTORS
from tests.properties.people import Crowd
from tests.properties.test_generated import some
from tests.reference.written import read
from wellfounded import KnowledgeBase
from wellfounded.lower import to_core
from wellfounded.model.content import Content, Rule
from wellfounded.model.expression import tests_in as single_tests
from wellfounded.verify.equivalence import Two
from wellfounded.verify.people import Nobody, NotDecided, Person, Somebody
from wellfounded.verify.rules import without
from wellfounded.verify.subject import Subject

TIMEOUT = 5.0


def two(one: KnowledgeBase, other: KnowledgeBase) -> Two:
    subjects = [Subject(each.content, each.core, TIMEOUT) for each in (one, other)]
    return Two(subjects[0], subjects[1], TIMEOUT)


def changed(file: str, old: str, new: str, folder: Path) -> KnowledgeBase:
    """The article's knowledge base with one change."""
    shutil.copytree(RULES, folder)
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return wellfounded.load(folder)


def different(both: Two) -> dict[str, Person]:
    """The topics that differ, each with the smallest person; all others are proved equal."""
    answers = {topic: both.differ(topic) for topic in both.topics}
    assert not [topic for topic, answer in answers.items() if isinstance(answer, NotDecided)]
    return {topic: answer.person for topic, answer in answers.items() if isinstance(answer, Somebody)}


def test_one_number_changes_what_rests_on_it_and_nothing_else(article: KnowledgeBase, tmp_path: Path) -> None:
    other = changed("parameters.yaml", "range: [1.6, 2.2]", "range: [1.7, 2.2]", tmp_path / "other")
    both = two(article, other)
    found = different(both)
    assert set(found) == {
        *("protein-daily", "protein-meal-tension", "protein-powder", "basics-first"),
        *("what-holds-you-back", "creatine", "testosterone-booster"),
    }
    for topic, person in found.items():
        assert both.is_different(topic, person)
        assert article.advise(person).to_dict() != other.advise(person).to_dict()
    assert found["protein-daily"].keys() == {"goal", "age", "healthy", "body_mass", "resistance_training"}


@pytest.mark.no_cover
def test_a_strict_bound_differs_exactly_at_it(article: KnowledgeBase, tmp_path: Path) -> None:
    old = "when: {age: {at_least: adult_age}, healthy: true}"
    other = changed("scope.yaml", old, old.replace("at_least", "above"), tmp_path / "other")
    found = different(two(article, other))
    assert found["out-of-scope"] == {"goal": "muscle_gain", "age": 18}
    assert len(found) > 20 and all(person["age"] == 18 for person in found.values())


def test_texts_and_order_change_nothing(article: KnowledgeBase, tmp_path: Path) -> None:
    old = "when: {age: {at_least: adult_age}, healthy: true}"
    new = "when: {healthy: true, none: {age: {below: adult_age}}}"
    assert different(two(article, changed("scope.yaml", old, new, tmp_path / "other"))) == {}


FACTS = """\
facts:
  wet: {type: boolean, label: {en: wet}, question: {en: "Wet?"}}
  light: {type: number, span: [0, 24], step: 1, label: {en: light}, question: {en: "Light?"}}
  kind: {type: choice, choices: {moss: {en: m}, fern: {en: f}}, label: {en: kind}, question: {en: "Kind?"}}
rules:
"""
RULE = "  - {id: water, title: {en: t}, when: {%s}, advise: do, says: {en: s}, because: [so]}\n"


@pytest.mark.parametrize(
    ("one", "other", "person"),
    [
        ("wet: true", "wet: true, any: [{wet: true}, {light: {below: 3}}]", None),
        ("wet: true", "wet: false", {"wet": True}),
        ("wet: true", "any: [{wet: true}, {light: {below: 3}}]", {}),  # unknown as before, given nobody knew
        ("kind: fern", "none: [{kind: moss}]", None),
        ("light: {below: 3}", "light: {at_most: 3}", {"light": 3}),
    ],
)
def test_conditions(one: str, other: str, person: dict[str, object] | None, tmp_path: Path) -> None:
    bases = [small(FACTS + RULE % when, tmp_path / str(place)) for place, when in enumerate((one, other))]
    answer = two(*bases).differ("water")
    if person is None:
        assert answer == Nobody()
    else:
        assert isinstance(answer, Somebody)
        assert two(*bases).is_different("water", answer.person)
        assert not person or dict(answer.person) == person


def test_a_topic_that_one_of_them_lacks(tmp_path: Path) -> None:
    one = small(FACTS + RULE % "wet: true", tmp_path / "one")
    more = RULE.replace("id: water", "id: shade") % "light: {above: 20}"
    other = small(FACTS + RULE % "wet: true" + more, tmp_path / "other")
    assert different(two(one, other)) == {"shade": {"light": 21}}


def test_a_fact_that_is_something_else_is_not_compared(tmp_path: Path) -> None:
    one = small(FACTS + RULE % "wet: true", tmp_path / "one")
    number = FACTS.replace("wet: {type: boolean,", "wet: {type: number, span: [0, 1], step: 1,")
    other = small(number + RULE % "wet: 1", tmp_path / "other")
    answer = two(one, other).differ("water")
    assert isinstance(answer, NotDecided) and "`wet`" in answer.reason


def test_what_is_proved_equal_is_so_for_random_people(tmp_path: Path) -> None:
    """Of generated rules, each with one condition left out."""
    equal = unequal = 0
    for seed, files, _, knowledge_base in some("equivalence", 8, tmp_path):
        people = [knowledge_base.checked(p) for p in Crowd(read(files, FACTORS)).people(seed, 25)]
        for content in shortened(knowledge_base.content, seed):
            other = Subject(content, to_core(content), TIMEOUT)
            one = Subject(knowledge_base.content, knowledge_base.core, TIMEOUT)
            both = Two(one, other, TIMEOUT)
            for topic in both.topics:
                answer = both.differ(topic)
                if isinstance(answer, Nobody):
                    equal += 1
                    assert not [p for p in people if _is_different(both, topic, p)], (seed, topic)
                elif isinstance(answer, Somebody):
                    unequal += 1
    assert equal > 30 and unequal > 5


def _is_different(both: Two, topic: str, person: Person) -> bool:
    """Whether both come to something about a person, and not to the same."""
    outcomes = [both.outcome(subject, topic, person) for subject in (both.one, both.other)]
    return outcomes[0] != outcomes[1] and not any(
        isinstance(outcome, str) and "disagree" in outcome for outcome in outcomes
    )


def shortened(content: Content, seed: str) -> Iterator[Content]:
    """The knowledge base with one condition left out of a rule, for two of its rules."""
    random = Random(seed)
    rules = [rule for rule in content.rules.values() if len(single_tests(rule.when)) > 1]
    for rule in random.sample(rules, min(2, len(rules))):
        when = without(rule.when, random.choice(single_tests(rule.when)))
        assert when is not None
        yield replace(content, rules={**content.rules, rule.id: _with(rule, when)})


def _with(rule: Rule, when: object) -> Rule:
    return replace(rule, when=when)
