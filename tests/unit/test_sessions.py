"""A statement in a session touches what looks at the fact, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.small import small
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.reason.incremental import Cells, Compute, Incremental, Row

FACTS = """
facts:
  n: {type: number, span: [0, 100], step: 1, label: {en: "n"}, question: {en: "n?"}}
  m: {type: number, span: [0, 100], step: 1, label: {en: "m"}, question: {en: "m?"}}
  a: {type: boolean, label: {en: "a"}, question: {en: "a?"}}
  b: {type: boolean, label: {en: "b"}, question: {en: "b?"}}
"""
CHAINS = """
  double: {type: number, formula: n * 2, span: [0, 200], step: 1, label: {en: "double"}}
  more: {type: number, formula: double + 1, span: [0, 201], step: 1, label: {en: "more"}}
  half: {type: number, formula: m / 2, span: [0, 50], step: 1, label: {en: "half"}}
  many: {type: boolean, derived: true, label: {en: "many"}}
  size:
    type: choice
    derived: true
    choices: {small: {en: "small"}, large: {en: "large"}}
    otherwise: small
    label: {en: "size"}
rules:
  - {id: r1, title: {en: "t"}, when: {more: {above: 10}}, conclude: {many: true}, because: [so]}
  - {id: r2, title: {en: "t"}, when: {many: true}, conclude: {size: large}, because: [so]}
  - id: r3
    title: {en: "t"}
    when: {a: true, size: large}
    target: {of: half, at_least: double / 4}
    says: {raise: {en: "r"}, keep: {en: "k"}, meet: {en: "m"}}
    because: [so]
"""
DISAGREEING = """
rules:
  - {id: one, topic: it, title: {en: "t"}, when: {a: true}, advise: do, says: {en: "s"}, because: [so]}
  - {id: other, topic: it, title: {en: "t"}, when: {b: true}, advise: avoid, says: {en: "s"}, because: [so]}
"""


@pytest.fixture
def chains(tmp_path: Path) -> KnowledgeBase:
    return small(FACTS + CHAINS, tmp_path)


def worked_out(knowledge_base: KnowledgeBase) -> tuple[Incremental, list[str]]:
    """A memory, and the derived facts that are worked out in it from now on."""
    cells = Cells(knowledge_base.core)
    seen: list[str] = []

    def watched(fact: str, compute: Compute) -> Compute:
        def noted(row: Row) -> object:
            seen.append(fact)
            return compute(row)

        return noted  # type: ignore[return-value]  # gives what it is given

    for fact, place in cells.layout.place_of_fact.items():
        compute = cells.compute[place]
        if compute is not None:
            cells.compute[place] = watched(fact, compute)
    return Incremental(cells), seen


def test_only_what_looks_at_a_fact_is_worked_out(chains: KnowledgeBase) -> None:
    memory, seen = worked_out(chains)
    memory.state("n", 10.0)
    memory.valuation()
    assert seen == ["double", "more", "size"]
    seen.clear()
    memory.state("m", 10.0)
    memory.valuation()
    assert seen == ["half"]


def test_it_ends_where_a_derived_fact_keeps_its_value(chains: KnowledgeBase) -> None:
    memory, seen = worked_out(chains)
    memory.state("n", 10.0)
    memory.valuation()
    seen.clear()
    memory.state("n", 11.0)
    assert memory.valuation()["size"] == "large"
    assert seen == ["double", "more"]  # `many` is true as before, so `size` need not be looked at


def test_what_is_stated_again_changes_nothing(chains: KnowledgeBase) -> None:
    memory, seen = worked_out(chains)
    memory.state("n", 10.0)
    before = memory.valuation()
    seen.clear()
    memory.state("n", 10.0)
    memory.retract("m")
    assert memory.valuation() == before
    assert seen == []


def test_one_session_leaves_nothing_to_the_next(chains: KnowledgeBase) -> None:
    with chains.session() as session:
        session.state(n=10, m=4, a=True)
        assert session.valuation().outcome("r3").low == 5
    with chains.session() as session:
        assert session.valuation() == chains.reason({})


def test_changes_say_what_becomes_of_a_topic(chains: KnowledgeBase) -> None:
    with chains.session() as session:
        session.state(n=10, a=True)
        assert session.changes().recommendations == {"r3": ("undecided", "meet")}
        session.state(m=4)
        assert session.changes().recommendations == {"r3": ("meet", "raise")}
        session.state(m=20)
        assert session.changes().recommendations == {"r3": ("raise", "keep")}
        session.state(n=1)
        assert session.changes().recommendations == {"r3": ("keep", "absent")}


def test_rules_that_disagree_about_a_topic_are_met_whatever_was_stated(tmp_path: Path) -> None:
    with small(FACTS + DISAGREEING, tmp_path).session() as session:
        session.state(a=True, b=True)
        session.state(n=1)  # which concerns neither of them
        for ask in (session.changes, session.advice):
            with pytest.raises(ConflictError, match="`one` and `other`"):
                ask()
        session.state(b=False)
        with pytest.raises(ConflictError):
            session.changes()  # there was no advice before
        session.state(n=2)
        assert session.changes().recommendations == {}
