"""Scenarios: facts of a made-up person and what is expected of the advice; run, and compared.

Enters: ``*.scenarios.yaml`` files beside the rules. Leaves: per scenario the differences between what was
expected and what came out, each a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from wellfounded.knowledge_base import KnowledgeBase, located
from wellfounded.load.files import decode, read_files
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Sequence, plain
from wellfounded.load.structure import check_structure
from wellfounded.model.advice import Advice
from wellfounded.model.diagnostic import Diagnostic, in_reading_order
from wellfounded.model.errors import ConflictError, FactError
from wellfounded.model.frozen import frozen
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion

ABSENT = "absent"
UNDECIDED = "undecided"


class Scenario(Record, frozen=True):
    """``expect`` maps a topic to a verdict, ``absent``, ``undecided``, or a mapping of what is expected.

    With ``drafts``, rules that are drafts give advice too.
    """

    name: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    drafts: bool
    position: Position


class Result(Record, frozen=True):
    """A scenario that was run; it passed if there are no differences."""

    scenario: Scenario
    differences: tuple[str, ...]


def read_scenarios(
    folder: Path, knowledge_base: KnowledgeBase
) -> tuple[tuple[Scenario, ...], tuple[Diagnostic, ...]]:
    """Every scenario under a folder, and what is wrong with the files or with the topics they name."""
    files, unread = read_files(folder, scenarios=True)
    found = list(unread)
    scenarios: list[Scenario] = []
    for file in files:
        written, problems = decode(file)
        node, more = (None, []) if problems else read_yaml(written, file.name)
        found += [*problems, *more]
        wrong = [] if node is None else [diagnostic for _, diagnostic in check_structure(node, "scenarios")]
        found += wrong
        if isinstance(node, Map) and not wrong:
            scenarios += _scenarios(node)
            found += _unknown_topics(node, knowledge_base)
    return tuple(scenarios), located(in_reading_order(found), folder)


def _maps(document: Map) -> Iterator[Map]:
    items = document.entries["scenarios"]
    assert isinstance(items, Sequence)
    yield from (item for item in items.items if isinstance(item, Map))


def _scenarios(document: Map) -> Iterator[Scenario]:
    for node in _maps(document):
        written = plain(node)
        yield Scenario(
            written["name"],
            frozen(written["given"]),
            frozen(written["expect"]),
            written.get("drafts", False),
            node.keys["name"],
        )


def _unknown_topics(document: Map, knowledge_base: KnowledgeBase) -> Iterator[Diagnostic]:
    topics = [rule.topic for rule in knowledge_base.core.recommending]
    for node in _maps(document):
        expect = node.entries["expect"]
        assert isinstance(expect, Map)
        for topic, position, _ in expect.items():
            if topic not in topics:
                message = f"there is no topic `{topic}`"
                yield Diagnostic("unknown-topic", message, position, suggestion(topic, topics))


def run_scenario(scenario: Scenario, knowledge_base: KnowledgeBase) -> Result:
    """Give the advice for a scenario's person and compare it with what is expected."""
    asked = knowledge_base.with_drafts() if scenario.drafts else knowledge_base
    try:
        advice = asked.advise(scenario.given)
    except (FactError, ConflictError) as error:
        return Result(scenario, (str(error),))
    differences = (
        difference
        for topic, wanted in scenario.expect.items()
        for difference in _differences(topic, wanted, advice)
    )
    return Result(scenario, tuple(differences))


def _differences(topic: str, wanted: Any, advice: Advice) -> Iterator[str]:
    got = _outcome(topic, advice)
    expected: Mapping[str, Any] = wanted if isinstance(wanted, Mapping) else _spelled_out(wanted)
    for key, value in expected.items():
        if key == "sources":
            yield from _missing_sources(topic, value, got)
        elif key == "text":
            if value not in got.get("text", ""):
                yield f"{topic}: expected a text with “{value}”, got “{got.get('text', '')}”"
        elif not _same(got.get(key), value):
            yield f"{topic}: expected {key} {_shown(value)}, got {_shown(got.get(key))} ({_summary(got)})"


def _same(got: Any, wanted: Any) -> bool:
    """Equal, where a yes/no is never equal to a number."""
    return bool(got == wanted) and isinstance(got, bool) == isinstance(wanted, bool)


def _spelled_out(wanted: str) -> Mapping[str, Any]:
    """What a single word stands for."""
    if wanted in (ABSENT, UNDECIDED):
        return {"outcome": wanted}
    return {"verdict": wanted}


def _outcome(topic: str, advice: Advice) -> Mapping[str, Any]:
    """What became of a topic, as plain data to compare with."""
    for recommendation in advice.recommendations:
        if recommendation.id == topic:
            given = msgspec.json.decode(msgspec.json.encode(recommendation))
            current = given["current"]
            claims = [source["claim"] for source in given["sources"]]
            return {**given, "outcome": "given", "current": current and current["value"], "sources": claims}
    for item in advice.undecided:
        if item.id == topic:
            return {"outcome": UNDECIDED, UNDECIDED: list(item.waits_for)}
    return {"outcome": ABSENT}


def _missing_sources(topic: str, wanted: list[str], got: Mapping[str, Any]) -> Iterator[str]:
    for claim in wanted:
        if claim not in got.get("sources", ()):
            sources = ", ".join(got.get("sources", ())) or "none"
            yield f"{topic}: expected the claim `{claim}` among the sources, got {sources}"


def _summary(got: Mapping[str, Any]) -> str:
    if got["outcome"] == UNDECIDED:
        return f"undecided, waiting for {', '.join(got[UNDECIDED])}"
    return f"given: {got['verdict']}" if got["outcome"] == "given" else "not given"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
