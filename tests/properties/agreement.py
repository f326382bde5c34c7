"""Holding the engine against the reference, for one person at a time."""

from __future__ import annotations

from typing import Any

import pytest

import wellfounded
from tests.properties.people import Stated
from tests.reference import advice as expected_advice
from tests.reference.evaluator import Conflict, Person
from tests.reference.written import Book
from wellfounded import KnowledgeBase


def values_agree(knowledge_base: KnowledgeBase, book: Book, stated: Stated) -> bool:
    """Require equal values, outcomes and bounds.

    False where a result lies so close to half a last decimal that a double may round it the other way:
    such a person is left out.
    """
    conflicts = conflicts_of(book, stated)
    if conflicts:
        with pytest.raises(wellfounded.ConflictError) as raised:
            knowledge_base.reason(stated)
        assert raised.value.about in conflicts, stated
        return True
    person = Person(book, stated)
    values = person.all_values()
    outcomes = {rule.id: person.outcome(rule) for rule in book.recommending()}
    if person.close_call:
        return False
    valuation = knowledge_base.reason(stated)
    assert dict(valuation.values) == values, difference(dict(valuation.values), values, stated)
    found = {id: (o.holds, o.low, o.high) for id, o in valuation.outcomes.items()}
    wanted = {id: (o.holds, number(o.low), number(o.high)) for id, o in outcomes.items()}
    assert found == wanted, difference(found, wanted, stated)
    return True


def conflicts_of(book: Book, stated: Stated) -> set[str]:
    """Every fact that rules give different values to this person; which is met first is nobody's concern."""
    found = set()
    for name in book.facts:
        try:
            Person(book, stated).value(name)
        except Conflict as conflict:
            found.add(conflict.about)
    return found


def advice_agrees(
    knowledge_base: KnowledgeBase, book: Book, stated: Stated, language: str
) -> dict[str, Any] | None:
    """Require the same advice; gives the engine's, or nothing where there is none to compare."""
    person = Person(book, stated)
    try:
        wanted = expected_advice.advise(person)
    except Conflict as conflict:
        with pytest.raises(wellfounded.ConflictError) as raised:
            knowledge_base.advise(stated, language)
        assert raised.value.about in conflicts_of(book, stated) | {conflict.about}, stated
        return None
    if person.close_call:
        return None
    document = knowledge_base.advise(stated, language).to_dict()
    recommendations = [summary(item) for item in document["recommendations"]]
    for found, given in zip(recommendations, wanted.given, strict=False):
        assert found == vars(given), difference(found, vars(given), stated)
    assert [item["id"] for item in document["recommendations"]] == [item.topic for item in wanted.given], stated
    undecided = {item["id"]: item["waits_for"] for item in document["undecided"]}
    assert undecided == wanted.undecided, difference(undecided, wanted.undecided, stated)
    questions = {item["fact"]: item for item in document["questions"]}
    for kind, topics in (("decides", wanted.decides), ("sharpens", wanted.sharpens)):
        asked = {fact: sorted(item[kind]) for fact, item in questions.items() if item[kind]}
        listed = {fact: sorted(names) for fact, names in topics.items()}
        assert asked == listed, (kind, difference(asked, listed, stated))
    notes = {
        note["fact"]: (note["stated"], note["derived"])
        for note in document["notes"]
        if note["kind"] == "stated-against-derived"
    }
    assert notes == wanted.notes, difference(notes, wanted.notes, stated)
    return document


def summary(item: dict[str, Any]) -> dict[str, Any]:
    """A recommendation of the engine, as the reference writes it."""
    target = item["target"] and {key: value for key, value in item["target"].items() if key != "unit"}
    rows = item.get("table")
    return {
        "topic": item["id"],
        "rule": item["rule"],
        "verdict": item["verdict"],
        "target": target,
        "current": None if item["current"] is None else item["current"]["value"],
        "sources": {source["claim"]: source["via"] for source in item["sources"]},
        "support": item["support"],
        "rows": [row["id"] for row in rows] if rows and "id" in rows[0] else None,
        "causes": {row["rule"]: set(row["claims"]) for row in rows} if rows and "rule" in rows[0] else None,
    }


def number(exact: object) -> object:
    return None if exact is None else float(exact)  # type: ignore[arg-type]  # a fraction


def difference(found: dict[Any, Any], wanted: dict[Any, Any], stated: Stated) -> str:
    """Only what differs, and for whom."""
    keys = [key for key in {**found, **wanted} if found.get(key, "absent") != wanted.get(key, "absent")]
    lines = [f"{key}: engine {found.get(key, 'absent')}, reference {wanted.get(key, 'absent')}" for key in keys]
    return "\n".join([*lines, f"for {stated}"])
