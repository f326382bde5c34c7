"""Diagnostics of scenario and person files: their structure, and names and values of this knowledge base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wellfounded.load.node import Map, Node, Sequence, plain
from wellfounded.load.stated import valued
from wellfounded.load.structure import check_structure
from wellfounded.model.content import Content
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.position import Position
from wellfounded.model.suggest import suggestion


def check_scenarios(node: Node, content: Content | None) -> Iterator[Diagnostic]:
    """What is wrong in a scenario file; without content, which has to be without errors, in its structure."""
    wrong = [diagnostic for _, diagnostic in check_structure(node, "scenarios")]
    yield from wrong
    if wrong or content is None or not isinstance(node, Map):
        return
    topics = list(dict.fromkeys(rule.topic for rule in content.rules.values() if rule.recommends))
    scenarios = node.get("scenarios")
    for scenario in scenarios.items if isinstance(scenarios, Sequence) else ():
        given = scenario.get("given") if isinstance(scenario, Map) else None
        expect = scenario.get("expect") if isinstance(scenario, Map) else None
        if isinstance(given, Map):
            yield from _stated(given, content)
        if isinstance(expect, Map):
            yield from _expected(expect, topics, content)


def check_person(node: Node, content: Content | None) -> Iterator[Diagnostic]:
    """What is wrong in a person file, likewise."""
    wrong = [diagnostic for _, diagnostic in check_structure(node, "person")]
    yield from wrong
    if not wrong and content is not None and isinstance(node, Map):
        yield from _stated(node, content)


def _stated(facts: Map, content: Content) -> Iterator[Diagnostic]:
    _, problems = valued(content, plain(facts))
    for problem in problems:
        yield Diagnostic("", problem.message, facts.keys[problem.fact], problem.help)


def _expected(expect: Map, topics: list[str], content: Content) -> Iterator[Diagnostic]:
    for topic, position, outcome in expect.items():
        yield from _unknown("topic", topic, topics, position)
        for key, kind, known in (
            ("undecided", "fact", content.facts),
            ("sources", "claim", content.claims),
            ("rule", "rule", content.rules),
        ):
            named = outcome.get(key) if isinstance(outcome, Map) else None
            for item in named.items if isinstance(named, Sequence) else (named,) if named else ():
                yield from _unknown(kind, str(plain(item)), known, item.position)


def _unknown(kind: str, name: str, known: Iterable[str], position: Position) -> Iterator[Diagnostic]:
    if name not in known:
        code = "" if kind == "rule" else f"unknown-{kind}"
        yield Diagnostic(code, f"there is no {kind} `{name}`", position, suggestion(name, known))
