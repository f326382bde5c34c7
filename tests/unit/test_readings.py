"""Sentences of the contract that the article does not put to the test, each with a smallest case."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import wellfounded
from tests.properties.laid_out import Thing, as_yaml, text
from wellfounded import ConflictError, FactError, KnowledgeBase, KnowledgeBaseError

HEADER: Thing = {
    "id": "kennel",
    "title": text("Kennel"),
    "version": "1.0.0",
    "languages": ["en"],
    "about": text("About dogs."),
    "notice": text("From one book."),
    "sections": {"book": {"title": text("The book")}, "ours": {"title": text("Ours"), "editorial": True}},
}


def kennel(folder: Path, **things: Any) -> KnowledgeBase:
    """A knowledge base of a header and whatever a test is about."""
    (folder / "kennel.yaml").write_text(as_yaml({"knowledge_base": HEADER, **things}), encoding="utf-8")
    return wellfounded.load(folder)


def yes_no(*names: str) -> Thing:
    return {name: {"type": "boolean", "label": text(name), "question": text(f"{name}?")} for name in names}


def claim(section: str = "book", kind: str = "action", **more: Any) -> Thing:
    return {"section": section, "kind": kind, "says": text("It says so."), **more}


def rule(id: str, when: Thing, what: Thing, **more: Any) -> Thing:
    return {"id": id, "title": text(id), "when": when, **what, "because": ["walk"], **more}


def start(fact: str) -> Thing:
    """A target of yes."""
    says = {verdict: text(verdict) for verdict in ("start", "keep", "meet")}
    return {"target": {"of": fact, "is": True}, "says": says}


def do(wording: str = "Do it.") -> Thing:
    return {"advise": "do", "says": text(wording)}


@pytest.mark.parametrize(
    ("section", "kind", "support"),
    [("book", "action", "supports"), ("book", "scope", "uncited"), ("ours", "action", "uncited")],
)
def test_editorial_and_scope_claims_are_listed_and_never_counted_as_support(
    section: str, kind: str, support: str, tmp_path: Path
) -> None:
    knowledge_base = kennel(
        tmp_path,
        facts=yes_no("restless"),
        references={"1": {"as_cited": {"title": "Dogs"}, "on_record": {"status": "not-found"}}},
        claims={"walk": claim(section, kind, cites=[{"reference": 1, "support": "supports"}])},
        rules=[rule("walk", {"restless": True}, do())],
    )
    (given,) = knowledge_base.advise({"restless": True}).recommendations
    assert [source.claim for source in given.sources] == ["walk"]
    assert given.support == support


def test_targets_on_different_facts_are_different_values_of_one_topic(tmp_path: Path) -> None:
    """Both say `start`, but of something else: to show one of them would be a silent choice."""
    knowledge_base = kennel(
        tmp_path,
        facts=yes_no("restless", "walked", "brushed"),
        claims={"walk": claim()},
        rules=[
            rule("walk", {"restless": True}, start("walked")),
            rule("brush", {"restless": True}, start("brushed"), topic="walk"),
        ],
    )
    with pytest.raises(ConflictError) as conflict:
        knowledge_base.advise({"restless": True, "walked": False, "brushed": False})
    assert conflict.value.about == "walk"


def test_rules_of_one_topic_that_ask_the_same_stand_behind_it_together(tmp_path: Path) -> None:
    knowledge_base = kennel(
        tmp_path,
        facts=yes_no("restless", "young"),
        claims={"walk": claim(), "youth": claim()},
        rules=[
            rule("walk", {"restless": True}, do("Walk.")),
            rule("walk-young", {"young": True}, do("Walk, too."), topic="walk", because=["youth"]),
        ],
    )
    (given,) = knowledge_base.advise({"restless": True, "young": True}).recommendations
    assert (given.rule, given.text) == ("walk", "Walk.")
    assert {source.claim: str(source.via) for source in given.sources} == {"walk": "rule", "youth": "rule"}


def test_of_two_rules_the_one_that_holds_decides_while_the_other_is_unknown(tmp_path: Path) -> None:
    knowledge_base = kennel(
        tmp_path,
        facts=yes_no("restless", "young"),
        claims={"walk": claim()},
        rules=[
            rule("walk", {"restless": True}, do()),
            rule("rest", {"young": True}, {"advise": "avoid", "says": text("Rest.")}, topic="walk"),
        ],
    )
    assert [item.rule for item in knowledge_base.advise({"young": True}).recommendations] == ["rest"]
    assert knowledge_base.advise({"young": False}).undecided[0].waits_for == ("restless",)
    assert knowledge_base.advise({}).undecided[0].waits_for == ("restless", "young")


def test_the_fact_a_target_is_on_is_not_waited_for_on_its_own_account(tmp_path: Path) -> None:
    knowledge_base = kennel(
        tmp_path,
        facts=yes_no("restless", "walked"),
        claims={"walk": claim()},
        rules=[rule("walk", {"any": [{"restless": True}, {"walked": False}]}, start("walked"))],
    )
    assert [item.verdict for item in knowledge_base.advise({"restless": True}).recommendations] == ["meet"]
    # It stands in the needs as well, and there it is waited for as anything else is.
    assert knowledge_base.advise({"restless": False}).undecided[0].waits_for == ("walked",)


def test_a_knowledge_base_without_rules_gives_no_advice(tmp_path: Path) -> None:
    knowledge_base = kennel(tmp_path)
    assert dict(knowledge_base.reason({}).values) == {}
    assert knowledge_base.advise({}).recommendations == ()


@pytest.mark.parametrize("entry", [1, True, None, "walk", [], [{}], ["a"], [["a"]]], ids=repr)
@pytest.mark.parametrize("place", ["rules", "parameters"])
def test_what_is_no_mapping_is_a_diagnostic_at_its_line(place: str, entry: Any, tmp_path: Path) -> None:
    things: Thing = {place: [entry] if place == "rules" else {"length": entry}}
    with pytest.raises(KnowledgeBaseError) as refused:
        kennel(tmp_path, **things)
    assert "wrong-type" in {found.code for found in refused.value.diagnostics}


@pytest.mark.parametrize("mass", ["1e400 kg", "1e999 kg", "-1e999 lb", "1" + "0" * 25 + " kg"])
def test_a_number_beyond_any_double_is_refused_like_any_other(mass: str, article: KnowledgeBase) -> None:
    with pytest.raises(FactError) as refused:
        article.advise({"body_mass": mass})
    assert [problem.fact for problem in refused.value.problems] == ["body_mass"]


@pytest.mark.parametrize("number", ["1e10000000", "-1e10000000", "1e-10000000"])
def test_a_decimal_with_a_huge_exponent_is_valued_without_writing_out_its_digits(
    number: str, article: KnowledgeBase
) -> None:
    with suppress(FactError):  # written out, each of these would take minutes
        assert article.checked({"age": Decimal(number)}) == {"age": 0}
