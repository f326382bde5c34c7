"""Holding the engine against the reference, for one person at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from tests.properties.people import Stated
from tests.reference.advice import advise, asked, topics
from tests.reference.evaluator import Conflict, Person
from tests.reference.written import Book
from wellfounded import ConflictError, KnowledgeBase

Result = TypeVar("Result")


def values_agree(knowledge_base: KnowledgeBase, book: Book, stated: Stated) -> bool:
    """Require equal values, outcomes and bounds.

    False where a result lies so close to half a last decimal that a double may round it the other way:
    such a person is left out.
    """
    person = Person(book, stated)
    values = unless_conflict(person.all_values)
    if values is None:
        assert conflict_in(knowledge_base.reason, stated) in conflicting_facts(book, stated), stated
        return True
    outcomes = {rule.id: person.outcome(rule) for rule in book.recommending()}
    if person.close_call:
        return False
    valuation = knowledge_base.reason(stated)
    assert dict(valuation.values) == values, difference(dict(valuation.values), values, stated)
    found = {id: (o.holds, o.low, o.high) for id, o in valuation.outcomes.items()}
    wanted = {id: (o.holds, number(o.low), number(o.high)) for id, o in outcomes.items()}
    assert found == wanted, difference(found, wanted, stated)
    return True


def unless_conflict(work: Callable[[], Result]) -> Result | None:
    """What the reference makes of a person, or nothing where rules disagree about them."""
    try:
        return work()
    except Conflict:
        return None


def conflict_in(work: Callable[[Stated], object], stated: Stated) -> str:
    """What the engine says that rules disagree about; it has to say so."""
    with pytest.raises(ConflictError) as raised:
        work(stated)
    return raised.value.about


def conflicting_facts(book: Book, stated: Stated) -> set[str]:
    """Every fact that rules give different values to this person; which is met first is nobody's concern."""
    found = set()
    for name in book.facts:
        try:
            Person(book, stated).value(name)
        except Conflict as conflict:
            found.add(conflict.about)
    return found


def conflicting_topics(person: Person) -> set[str]:
    """Every topic of which rules that hold ask different things."""
    found = set()
    for topic, rules in topics(person.book).items():
        asked_for = {asked(person, rule) for rule in rules if person.holds(rule) is True}
        if len(asked_for) > 1:
            found.add(topic)
    return found


def advice_agrees(
    knowledge_base: KnowledgeBase, book: Book, stated: Stated, language: str
) -> dict[str, Any] | None:
    """Require the same advice; gives the engine's, or nothing where there is none to compare."""
    person = Person(book, stated)
    wanted = unless_conflict(lambda: advise(person))
    if wanted is None:
        about = conflict_in(knowledge_base.advise, stated)
        assert about in (conflicting_facts(book, stated) or conflicting_topics(person)), stated
        return None
    if person.close_call:
        return None
    document = knowledge_base.advise(stated, language).to_dict()
    recommendations = [summary(item) for item in document["recommendations"]]
    for found, given in zip(recommendations, wanted.given, strict=False):
        assert found == vars(given), difference(found, vars(given), stated)
    assert [item["topic"] for item in recommendations] == [item.topic for item in wanted.given], stated
    undecided = {item["id"]: item["waits_for"] for item in document["undecided"]}
    assert undecided == wanted.undecided, difference(undecided, wanted.undecided, stated)
    questions = {item["fact"]: item for item in document["questions"]}
    for kind, listing in (("decides", wanted.decides), ("sharpens", wanted.sharpens)):
        asked = {fact: sorted(item[kind]) for fact, item in questions.items() if item[kind]}
        listed = {fact: sorted(names) for fact, names in listing.items()}
        assert asked == listed, (kind, difference(asked, listed, stated))
    notes = {
        note["fact"]: (note["stated"], note["derived"])
        for note in document["notes"]
        if note["kind"] == "stated-against-derived"
    }
    assert notes == wanted.notes, difference(notes, wanted.notes, stated)
    assert sorted(item["id"] for item in document["left_out"]) == wanted.left_out, stated
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
    pairs = {key: (found.get(key, "absent"), wanted.get(key, "absent")) for key in {**found, **wanted}}
    lines = [f"{key}: engine {one}, reference {other}" for key, (one, other) in pairs.items() if one != other]
    return "\n".join([*lines, f"for {stated}"])
