"""What mutation says of generated knowledge bases, held against running every mutant and every scenario."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from tests.properties.generated import FACTORS
from tests.properties.people import Crowd, Stated
from tests.properties.test_generated import some
from tests.reference.written import read
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.lower import to_core
from wellfounded.model.content import Remark, Row, Table
from wellfounded.model.frozen import frozen
from wellfounded.model.text import Text
from wellfounded.review.expectations import Runner, outcome
from wellfounded.review.mutation.mutant import Mutant
from wellfounded.review.mutation.noticing import as_scenario, of_outcomes
from wellfounded.review.mutation.run import Mutation, mutation
from wellfounded.review.mutation.trial import Fate
from wellfounded.review.recording import record
from wellfounded.review.scenarios import Scenario

SEEDS = (1, 3)


class Case:
    """A generated knowledge base with a few recorded scenarios, and what they notice of its mutants."""

    def __init__(self, seed: int, folder: Path) -> None:
        _, written, _, generated = next(some(f"mutation {seed}", 20, folder))
        self.knowledge_base = with_tables(generated, Random(f"tables {seed}"))
        crowd = Crowd(read(written, FACTORS))
        self.people = list(crowd.people(f"people {seed}", 200))
        self.scenarios = recorded(self.knowledge_base, self.people[:12], Random(seed))
        self.found: Mutation = mutation(self.knowledge_base, self.scenarios, processes=1)

    def changed(self, mutant: Mutant) -> KnowledgeBase:
        """The mutant made for real, as an ordinary knowledge base."""
        content = mutant.of(self.knowledge_base.content)
        return KnowledgeBase(content, to_core(content), "")


def with_tables(knowledge_base: KnowledgeBase, random: Random) -> KnowledgeBase:
    """The same rules, some of which show a table whose rows and remarks have the conditions of others."""
    content = knowledge_base.content
    conditions = [rule.when for rule in content.rules.values()]
    name = Text({"en": "a text"})
    tables, rules = {}, {}
    for rule in content.rules.values():
        rules[rule.id] = rule
        if rule.recommends and random.random() < 0.4:
            rows = [
                Row(f"row_{n}", frozen({"name": name}), random.choice([None, *conditions]), remarks)
                for n in range(random.randint(1, 2))
                for remarks in [(Remark(name, random.choice(conditions)),) if random.random() < 0.5 else ()]
            ]
            id = f"table_of_{rule.id}".replace("-", "_")
            tables[id] = Table(id, name, next(iter(content.claims)), frozen({"name": name}), tuple(rows))
            rules[rule.id] = replace(rule, table=id)
    made = replace(content, tables=frozen(tables), rules=frozen(rules))
    return KnowledgeBase(made, to_core(made), "")


def recorded(knowledge_base: KnowledgeBase, people: list[Stated], random: Random) -> list[Scenario]:
    topics = list(dict.fromkeys(rule.topic for rule in knowledge_base.core.giving))
    scenarios = []
    for number, person in enumerate(people):
        chosen = random.sample(topics, random.randint(1, len(topics)))
        try:
            scenarios.append(as_scenario(record(knowledge_base, person, f"person {number}", chosen)))
        except ConflictError:
            continue
    return scenarios


@pytest.fixture(scope="module", params=SEEDS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(request.param, tmp_path_factory.mktemp("generated"))


def test_whoever_is_noticed_fails_a_scenario_and_nobody_else(case: Case) -> None:
    for item in case.found.tried:
        if item.fate is Fate.REFUSED:
            continue
        runner = Runner(case.changed(item.mutant))
        failed = [s.name for s in case.scenarios if not runner.run(s).passed]
        assert bool(failed) is (item.fate is Fate.NOTICED), item.mutant.change
        assert item.fate is not Fate.NOTICED or item.by in failed


def test_what_is_proposed_passes_on_the_rules_and_fails_on_the_mutant(case: Case) -> None:
    survivors = case.found.of(Fate.SURVIVED)
    assert survivors
    for item in survivors:
        assert item.scenario is not None or item.reason
        if item.scenario is not None:
            proposed = as_scenario(item.scenario)
            assert Runner(case.knowledge_base).run(proposed).passed
            assert not Runner(case.changed(item.mutant)).run(proposed).passed, item.mutant.change


def test_with_all_that_is_proposed_every_survivor_is_noticed(case: Case) -> None:
    proposals = [as_scenario(item) for item in case.found.proposals]
    for item in case.found.of(Fate.SURVIVED):
        runner = Runner(case.changed(item.mutant))
        assert item.scenario is None or not all(runner.run(s).passed for s in proposals), item.mutant.change


def test_what_is_proved_to_make_no_difference_makes_none_for_random_people(case: Case) -> None:
    topics = list(dict.fromkeys(rule.topic for rule in case.knowledge_base.core.recommending))
    before = [outcomes(case.knowledge_base, person, topics) for person in case.people]
    for item in case.found.of(Fate.EQUIVALENT):
        changed = case.changed(item.mutant)
        for person, seen in zip(case.people, before, strict=True):
            if seen is not None:
                now = outcomes(changed, person, topics)
                assert now is not None, (item.mutant.change, person)
                differing = [topic for topic in seen if of_outcomes(seen[topic], now[topic]) is not None]
                assert not differing, (item.mutant.change, differing, person)


def outcomes(knowledge_base: KnowledgeBase, person: Stated, topics: list[str]) -> dict[str, Any] | None:
    """What becomes of each topic; nothing where rules disagree."""
    try:
        advice = knowledge_base.advise(person)
    except ConflictError:
        return None
    return {topic: outcome(topic, advice) for topic in topics}
