"""The workload of the benchmarks is a right knowledge base, and a peer answers it as we do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.performance.generated_rules import LEVELS, Generated, generated
from tests.performance.peers import ours, straight_line
from tests.performance.peers.plain import plain
from tests.performance.peers.race import DifferentError, compare_answers
from tests.performance.peers.tables import check
from wellfounded import KnowledgeBase
from wellfounded.model.core import facts_in_test

RULES = 100


@pytest.fixture(scope="module")
def workload() -> Generated:
    return generated(RULES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated") / "rules"


@pytest.fixture(scope="module")
def knowledge_base(workload: Generated, folder: Path) -> KnowledgeBase:
    return workload.load(folder)


def test_it_has_the_size_that_was_asked_for(workload: Generated, knowledge_base: KnowledgeBase) -> None:
    assert len(workload.facts) == 30
    assert len(knowledge_base.content.rules) == RULES
    assert not knowledge_base.warnings


def test_the_same_seed_gives_the_same(workload: Generated) -> None:
    assert generated(RULES) == workload != generated(RULES, seed=1)


def test_its_chains_are_four_deep(knowledge_base: KnowledgeBase) -> None:
    depth: dict[str, int] = {}
    for fact, test in plain(knowledge_base.core).derived:
        depth[fact] = 1 + max((depth.get(used, 0) for used in facts_in_test(test)), default=0)
    assert set(depth.values()) == set(range(1, LEVELS + 1))


def test_most_rules_hold_for_someone_and_none_for_everyone(
    workload: Generated, knowledge_base: KnowledgeBase
) -> None:
    people = workload.people(200)
    given = [knowledge_base.reason(person) for person in people]
    held = {rule: sum(bool(one.holds(rule)) for one in given) for rule in given[0].layout.rules}
    assert sum(times > 0 for times in held.values()) > 0.9 * len(held)
    assert max(held.values()) < len(people)


def test_a_fifth_of_what_people_know_can_be_left_out(workload: Generated) -> None:
    stated = sum(map(len, workload.people(200, known=0.8)))
    assert 0.7 < stated / (200 * len(workload.facts)) < 0.9


def test_straight_line_python_answers_it_as_we_do(
    workload: Generated, knowledge_base: KnowledgeBase, folder: Path
) -> None:
    by_hand = straight_line.prepare(straight_line.source(plain(knowledge_base.core)))
    by_us = ours.prepare({"folder": str(folder)})
    answers = [by_us(knowledge_base.checked(person)) for person in workload.people(200)]
    assert answers == [by_hand(person) for person in workload.people(200)]
    assert len(set(answers)) > 100


def test_a_peer_that_answers_otherwise_stops_the_run() -> None:
    ours_say = [["a", "b"], ["c"]]
    compare_answers("Peer", [["b", "a"], ["c"]], ours_say)
    with pytest.raises(DifferentError, match="Peer gives `d` to person 1"):
        compare_answers("Peer", [["a", "b"], ["c", "d"]], ours_say)
    with pytest.raises(DifferentError, match="Peer does not give `a` to person 0"):
        compare_answers("Peer", [["b"], ["c"]], ours_say)


def test_tables_by_hand_have_the_same_cells(knowledge_base: KnowledgeBase, article: KnowledgeBase) -> None:
    check(knowledge_base, 500)
    check(article, 500)
