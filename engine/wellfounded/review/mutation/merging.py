"""Scenarios about one person made one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Written = Mapping[str, Any]


def merged(scenarios: Iterable[Written]) -> tuple[Written, ...]:
    """The same expectations in fewer scenarios, in the order in which each person comes first."""
    people: list[dict[str, Any]] = []
    for scenario in scenarios:
        fitting = (item for item in people if _of_one_person(item, scenario))
        one = next((item for item in fitting if _agree(item["expect"], scenario["expect"])), None)
        if one is None:
            people.append({**scenario, "expect": dict(scenario["expect"])})
        else:
            _add(one, scenario)
    return tuple(people)


def _of_one_person(one: Written, other: Written) -> bool:
    return bool(one["given"] == other["given"]) and one.get("drafts") == other.get("drafts")


def _agree(one: Written, other: Written) -> bool:
    return all(topic not in one or _joined(one[topic], wanted) is not None for topic, wanted in other.items())


def _add(one: dict[str, Any], other: Written) -> None:
    if one["name"] != other["name"] and other["name"] not in one["name"].split("; "):
        said, _, facts = other["name"].partition(" with ")
        before, _, _ = one["name"].partition(" with ")
        one["name"] = f"{before}, {said} with {facts}" if said not in before else one["name"]
    for topic, wanted in other["expect"].items():
        one["expect"][topic] = _joined(one["expect"][topic], wanted) if topic in one["expect"] else wanted


def _joined(one: Any, other: Any) -> Any:
    """Both expectations of a topic as one; ``None`` where they cannot be joined."""
    if isinstance(one, str) or isinstance(other, str):
        plain, detailed = (one, other) if isinstance(one, str) else (other, one)
        is_verdict = isinstance(detailed, Mapping) and detailed.get("verdict") == plain
        return detailed if plain == detailed or is_verdict else None
    if any(one[key] != other[key] for key in one.keys() & other.keys() - _LISTS):
        return None
    lists = {key: _both(one[key], other[key]) for key in one.keys() & other.keys() & _LISTS}
    return {**one, **other, **lists}


#: Both are of one person's advice, so that such lists never contradict each other.
_LISTS = {"sources", "without_sources", "table"}


def _both(one: list[Any], other: list[Any]) -> list[Any]:
    """All that is in either, what is said in more detail instead of its name alone."""
    every = [*one, *(item for item in other if item not in one)]
    detailed = {name: item for item in every if isinstance(item, Mapping) for name in item}
    return [detailed.get(name, name) for name in dict.fromkeys(map(_name, every))]


def _name(item: Any) -> Any:
    return next(iter(item)) if isinstance(item, Mapping) else item
