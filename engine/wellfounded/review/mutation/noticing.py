"""What can be expected of a topic for a person so that a change would be noticed, and that as a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import shown
from wellfounded.model.errors import ConflictError
from wellfounded.model.values import Value
from wellfounded.review.authored import value_as_written
from wellfounded.review.expectations import holds, outcome
from wellfounded.review.scenarios import UNDECIDED, Scenario

Person = Mapping[str, Value]

#: Of a recommendation, what a scenario can expect, what is said most shortly first.
_KEYS = ("target", "current", "support", "rule")


def expectation(person: Person, topic: str, one: KnowledgeBase, other: KnowledgeBase) -> Any:
    """What is so of a topic in one and not in the other; ``None`` if nothing can be expected."""
    try:
        before = outcome(topic, one.advise(person))
    except ConflictError:
        return None
    try:
        after = outcome(topic, other.advise(person))
    except ConflictError:
        after = {"outcome": "refused"}
    return of_outcomes(before, after)


def of_outcomes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Any:
    """The same of what became of a topic in the one, and in the other."""
    if before["outcome"] == UNDECIDED:
        return {UNDECIDED: before[UNDECIDED]} if before != after else None
    if before["outcome"] != "given":
        return before["outcome"] if before["outcome"] != after["outcome"] else None
    return _of_given(before, after)


def _of_given(before: Mapping[str, Any], after: Mapping[str, Any]) -> Any:
    verdict = before["verdict"]
    if after["outcome"] != "given" or after["verdict"] != verdict:
        return verdict
    found = {
        key: _plain(before[key])
        for key in _KEYS
        if before.get(key) is not None and before.get(key) != after.get(key)
    }
    sources = [
        claim if claim not in after["sources"] else {claim: before["cites"][claim]}
        for claim in before["sources"]
        if before["cites"][claim] != after["cites"].get(claim)
    ]
    if sources:
        found["sources"] = sources
    if before["table"] != after["table"]:
        found["table"] = _rows(before["table"], after["table"])
    added = [claim for claim in after["sources"] if claim not in before["sources"]]
    if added and not found:
        found["without_sources"] = added
    if not found and before["text"] != after["text"]:
        found["text"] = before["text"]
    return {"verdict": verdict, **found} if found else None


def _rows(before: Mapping[str, str], after: Mapping[str, str]) -> list[Any]:
    """The rows that are shown, with the remark where the other's is another."""
    return [row if after.get(row, remark) == remark else {row: remark} for row, remark in before.items()]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: item for key, item in value.items() if item not in (None, "")}
    return value


def scenario(person: Person, topic: str, expected: Any, drafts: bool = False) -> Mapping[str, Any]:
    """A scenario as it is written."""
    given = {fact: shown(value) for fact, value in person.items()}
    written = {"name": _name(topic, expected, person), "given": given, "expect": {topic: expected}}
    return {**written, "drafts": True} if drafts else written


def _name(topic: str, expected: Any, person: Person) -> str:
    if isinstance(expected, str):
        said = expected
    else:
        said = "undecided" if UNDECIDED in expected else expected["verdict"]
    facts = ", ".join(f"{fact} {value_as_written(value)}" for fact, value in person.items())
    return f"{topic} is {said.replace('_', ' ')} with {facts or 'nothing stated'}"


def as_scenario(written: Mapping[str, Any]) -> Scenario:
    return Scenario(written["name"], written["given"], written["expect"], drafts=written.get("drafts", False))


def notices(written: Mapping[str, Any], one: KnowledgeBase, other: KnowledgeBase) -> bool:
    """Whether a scenario passes on one knowledge base and fails on the other."""
    made = as_scenario(written)
    return holds(made, one, made.expect) and not holds(made, other, made.expect)
