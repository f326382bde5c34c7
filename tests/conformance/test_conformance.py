"""Every construct of the language, worked out by hand from its description, on every reasoner.

A file in ``cases`` shows one construct. It is a list of cases, each a small knowledge base (``rules``, begun
with ``header.yaml``) and people with what is expected of them: ``facts`` and ``rules`` (true, false, unknown,
or with the bounds of a target), ``advice`` (a verdict, ``absent``, what it waits for) and its ``order``, the
``conflict`` about a fact, or the ``disagreement`` about a topic. Only what is named is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.agreement import ENGINES, Agreement, is_negative_zero
from tests.conformance.reasoners import REASONERS
from tests.conformance.small import small
from tests.plain_yaml import from_yaml
from wellfounded import Advice, ConflictError, KnowledgeBase, ReasonerError, Valuation
from wellfounded.model.advice import Recommendation
from wellfounded.model.values import Value

HERE = Path(__file__).parent
Case = dict[str, Any]

EXPECTATIONS = {"given", "facts", "rules", "advice", "order", "conflict", "disagreement"}

#: What a reasoner cannot do: its name and that of the case, with the reason. It fails where there is no gap.
GAPS: dict[tuple[str, str], str] = {}


def cases() -> Iterator[tuple[str, Case]]:
    """Every case, named after its file and its place there."""
    for path in sorted((HERE / "cases").glob("*.yaml")):
        for place, case in enumerate(from_yaml(path.read_text(encoding="utf-8")), start=1):
            yield f"{path.stem}-{place}", case


CASES = dict(cases())


def runs() -> list[Any]:
    """Every case on every reasoner."""
    pairs = [(name, reasoner) for name in CASES for reasoner in REASONERS]
    return [pytest.param(*pair, marks=marks(*pair), id="-".join(pair)) for pair in pairs]


def marks(name: str, reasoner: str) -> list[pytest.MarkDecorator]:
    gap = GAPS.get((reasoner, name))
    return [pytest.mark.xfail(reason=gap, strict=True)] if gap else []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@cache
def loaded(name: str, folder: Path) -> KnowledgeBase:
    """The knowledge base of a case."""
    return small(CASES[name]["rules"], folder / name)


@pytest.mark.parametrize(("name", "reasoner"), runs())
def test_case(name: str, reasoner: str, folder: Path) -> None:
    knowledge_base = loaded(name, folder)
    try:
        knowledge_base.reasoner(reasoner)
    except ReasonerError as missing:
        pytest.skip(str(missing))
    for person in CASES[name]["people"]:
        assert set(person) <= EXPECTATIONS, person
        check(knowledge_base, reasoner, person)


@pytest.mark.parametrize(("name", "reasoner"), runs())
def test_case_as_one_conversation(name: str, reasoner: str, folder: Path) -> None:
    """All people of a case in one session: what is not stated of the next one is taken back."""
    knowledge_base = loaded(name, folder)
    try:
        session = knowledge_base.session(reasoner=reasoner)
    except ReasonerError as missing:
        pytest.skip(str(missing))
    with session:
        for person in CASES[name]["people"]:
            session.retract(*(fact for fact in session.facts if person["given"].get(fact) is None))
            session.state(**person["given"])
            assert found(session.valuation) == found(partial(knowledge_base.reason, person["given"]))


@pytest.mark.no_cover
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", CASES)
def test_case_as_one_table(name: str, engine: str, folder: Path) -> None:
    """All people of a case in one table: each row is what the person gets alone."""
    knowledge_base = loaded(name, folder)
    people = [as_cells(knowledge_base, person["given"]) for person in CASES[name]["people"]]
    assert list(Agreement(knowledge_base, ()).tables(people, engine)) == []


def as_cells(knowledge_base: KnowledgeBase, given: Case) -> Mapping[str, Value]:
    """What is given of a person; a number with a unit, which a table cannot hold, in the fact's unit."""
    checked = knowledge_base.checked(given)
    numbers = {fact for fact, value in checked.items() if isinstance(value, float)}
    converted = {fact for fact in numbers if isinstance(given[fact], str)}
    return {fact: checked[fact] if fact in converted else given[fact] for fact in checked}


def found(work: Callable[[], Valuation]) -> Valuation | Case:
    """What comes out, or which rules disagree about what."""
    try:
        return work()
    except ConflictError as conflict:
        return named(conflict)


def check(knowledge_base: KnowledgeBase, reasoner: str, person: Case) -> None:
    """Require what is expected of one person."""
    given = person["given"]
    if "conflict" in person:
        with pytest.raises(ConflictError) as conflict:
            knowledge_base.reason(given, reasoner)
        assert named(conflict.value) == person["conflict"], given
        return
    valuation = knowledge_base.reason(given, reasoner)
    assert not any(is_negative_zero(value) for value in valuation.row), given
    for fact, value in person.get("facts", {}).items():
        assert written(valuation[fact]) == (type(value) is bool, value), (fact, given)
    rules = {rule: rule_outcome(valuation, rule) for rule in person.get("rules", {})}
    assert rules == person.get("rules", {}), given
    if "disagreement" in person:
        with pytest.raises(ConflictError) as conflict:
            knowledge_base.advise(given, reasoner=reasoner)
        assert named(conflict.value) == person["disagreement"], given
    elif "advice" in person or "order" in person:
        advice, wanted = knowledge_base.advise(given, reasoner=reasoner), person.get("advice", {})
        order = [item.id for item in advice.recommendations]
        assert order == person.get("order", order), given
        assert {topic: topic_outcome(advice, topic, wanted[topic]) for topic in wanted} == wanted, given


def written(value: Value | None) -> tuple[bool, Value]:
    """A value as a case writes it, and whether it is a yes/no: true is equal to 1, and yet something else."""
    return type(value) is bool, "unknown" if value is None else value


def rule_outcome(valuation: Valuation, rule: str) -> Any:
    """Whether a rule holds, with the bounds of its target where it has any."""
    outcome = valuation.outcome(rule)
    bounds = {"low": outcome.low, "high": outcome.high}
    known = {end: bound for end, bound in bounds.items() if bound is not None}
    if known:
        return {"holds": outcome.holds, **known}
    return "unknown" if outcome.holds is None else outcome.holds


def topic_outcome(advice: Advice, topic: str, wanted: Any) -> Any:
    """What became of a topic, in as many words as it is expected in."""
    undecided = {item.id: list(item.waits_for) for item in advice.undecided}
    given = {item.id: item for item in advice.recommendations}
    if topic in undecided:
        return {"undecided": undecided[topic]}
    if topic not in given:
        return "absent"
    return parts(given[topic], wanted) if isinstance(wanted, dict) else str(given[topic].verdict)


def parts(given: Recommendation, wanted: Case) -> Case:
    """The parts of a recommendation that are named; of a target all there are, if one is."""
    target = target_parts(given)
    rows = given.table or ()
    every = {
        "verdict": str(given.verdict),
        "rule": given.rule,
        "rows": [row["id"] for row in rows if "id" in row],
        "remarks": {row["id"]: row["remark"] for row in rows if "remark" in row},
        "causes": [row["rule"] for row in rows if "rule" in row],
        "sources": {source.claim: str(source.via) for source in given.sources},
        **target,
    }
    names = {*wanted, *(target if set(target) & set(wanted) else ())}
    return {name: every.get(name) for name in names}


def target_parts(given: Recommendation) -> Case:
    if given.target is None:
        return {}
    ends = {"is": given.target.exactly, "low": given.target.low, "high": given.target.high}
    return {end: number for end, number in ends.items() if number is not None}


def named(conflict: ConflictError) -> Case:
    return {"about": conflict.about, "rules": list(conflict.rules)}


def test_every_gap_is_of_a_case_and_a_reasoner_that_there_are() -> None:
    assert {reasoner for reasoner, _ in GAPS} <= set(REASONERS)
    assert {name for _, name in GAPS} <= set(CASES)
