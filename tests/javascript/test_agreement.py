"""A module gives what Python gives: the same document to the letter, or the same refusal."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.conformance.compare import USUAL
from tests.conformance.test_conformance import CASES, folder, loaded
from tests.conftest import RULES
from tests.javascript.agreement import Module
from tests.javascript.people import ODD, text, with_texts
from tests.people import Population
from tests.properties.test_generated import some
from tests.properties.test_policies import loaded as loaded_with_policies
from wellfounded import FactError, KnowledgeBase
from wellfounded.model.content import FactType
from wellfounded.review.scenarios import read_scenarios

__all__ = ["folder"]

PEOPLE = 300


@pytest.mark.parametrize("name", CASES)
def test_people_of_the_cases(name: str, folder: Path) -> None:
    knowledge_base = loaded(name, folder)
    people = [person["given"] for person in CASES[name]["people"]]
    assert list(Module(knowledge_base).differences(people)) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_people_of_the_articles_scenarios(language: str, module_of_article: Module) -> None:
    scenarios, _ = read_scenarios(RULES, module_of_article.knowledge_base)
    people = [scenario.given for scenario in scenarios]
    assert len(people) > 50
    assert list(module_of_article.differences(people, language=language)) == []


@pytest.mark.parametrize(
    "options",
    [{}, {"language": "en"}, {"min_support": "partly"}, {"language": "en", "hide_uncited": True}],
    ids=str,
)
def test_random_people(options: dict[str, Any], module_of_article: Module) -> None:
    population = Population(module_of_article.knowledge_base, USUAL)
    people = population.people(f"javascript {options}", PEOPLE)
    people += population.spoiled(people[:20], "javascript")
    assert list(module_of_article.differences(people, **options)) == []


def test_people_who_state_numbers_with_units(module_of_article: Module) -> None:
    knowledge_base = module_of_article.knowledge_base
    people = Population(knowledge_base, USUAL).people("units", PEOPLE)
    written = with_texts(knowledge_base, people, "units")
    assert list(module_of_article.differences(written)) == []
    used = sum("knowledge_base" in json.loads(answer) for answer in module_of_article.advise(written))
    assert used > PEOPLE / 10


@pytest.mark.parametrize("part", range(4))
def test_generated_rules(part: int, tmp_path: Path) -> None:
    for seed, _, _, knowledge_base in some(f"javascript {part}", 8, tmp_path):
        population = Population(knowledge_base)
        people = population.people(seed, 20)
        people += population.spoiled(people[:2], seed)
        people += with_texts(knowledge_base, people, seed)
        for language in knowledge_base.languages:
            found = list(Module(knowledge_base).differences(people, language=language))
            assert found == [], seed


def test_generated_rules_with_policies() -> None:
    for seed in range(8):
        knowledge_base = loaded_with_policies(seed)
        people = Population(knowledge_base).people(seed, 20)
        for min_support in ("supports", "partly", "contradicts"):
            found = list(Module(knowledge_base).differences(people, min_support=min_support))
            assert found == [], seed


def test_what_is_refused_is_refused_with_the_same_words(module_of_article: Module) -> None:
    """Up to what is proposed instead: a module lists what is allowed, and guesses at nothing."""
    knowledge_base, random = module_of_article.knowledge_base, Random("refused")
    people = [{name: value} for name in knowledge_base.content.facts for value in AWKWARD]
    people += [{name: 1} for name in ("gaol", "", "constructor", "__proto__x", "W" * 100, "📏" * 70)]
    for fact in knowledge_base.content.facts.values():
        if fact.type is FactType.NUMBER and fact.can_be_stated:
            assert fact.span is not None
            for odd in (0.0, 0.0, 1.0, 1.0, 1.0, 1.0):
                people.append({fact.id: text(knowledge_base.content, fact, fact.span[1], random, odd)})
            people += [{fact.id: f"20 {unit}"} for unit in ODD]
    found = [json.loads(answer) for answer in module_of_article.advise(people)]
    refused = 0
    for person, there in zip(people, found, strict=True):
        messages = refusals(knowledge_base, person)
        problems = there.get("problems", [])
        assert [plain(problem["message"]) for problem in problems] == messages, person
        refused += bool(messages)
    assert refused > 500


#: Values that few facts can have.
AWKWARD: list[Any] = [
    True,
    1,
    0.1 + 0.2,
    1e300,
    float("nan"),
    float("-inf"),
    "",
    " ",
    "yes",
    "true",
    "omnivore",
    "12",
    "12,5 kg",
    "1,000",
    "1e999 kg",
    "-1e-999 kg",
    "5 kg",
    "١ kg",
    "1_0 kg",
    "0x10 kg",
    "W" * 300,
    "📏" * 70,
    "1" * 40,
    [],
    {"a": 1},
]


def refusals(knowledge_base: KnowledgeBase, person: dict[str, Any]) -> list[str]:
    try:
        knowledge_base.checked(person)
    except FactError as error:
        return [plain(problem.message) for problem in error.problems]
    return []


def plain(message: str) -> str:
    """A message, where units that a module does not know and those that measure something else are one."""
    for ending in (" is not a unit that is known", " measures something else"):
        if message.endswith(ending):
            return message.removesuffix(ending).replace(": `", ", and `") + " cannot be used"
    return message.replace("Infinity", "inf").replace("NaN", "nan")
