"""Scenarios: facts of a made-up person and what is expected of the advice; read, and checked.

Enters: ``*.scenarios.yaml`` files beside the rules. Leaves: scenarios, and what is wrong with the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import File, decode, read_files
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, plain
from wellfounded.load.structure import check_structure
from wellfounded.loading import located, located_at
from wellfounded.model.content import Content
from wellfounded.model.diagnostic import TOO_MANY, Diagnostic, in_reading_order
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record
from wellfounded.review.scenario_checks import check_empty, check_scenarios, scenarios_in
from wellfounded.review.scenario_files import scenario_path

ABSENT = "absent"
UNDECIDED = "undecided"
LEFT_OUT = "left_out"


class Scenario(Record, frozen=True):
    """``expect`` maps a topic to a verdict, ``absent``, ``undecided``, ``left_out``, or to what is expected.

    With ``drafts``, rules that are drafts give advice too; ``language`` is that of the texts, without it the
    knowledge base's first; ``min_support`` is the evidence policy. ``places`` is where each topic stands.
    """

    name: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    drafts: bool = False
    position: Position = NOWHERE
    language: str | None = None
    min_support: str | None = None
    places: Mapping[str, Position] = EMPTY


def read_scenarios(
    path: Path, knowledge_base: KnowledgeBase
) -> tuple[tuple[Scenario, ...], tuple[Diagnostic, ...]]:
    """Every scenario in a folder or file, and everything that is wrong with those that are left out.

    For a rule file they are those in the scenario file beside it.
    """
    folder = scenario_path(path)
    if not folder.exists() and path.exists():
        return (), ()
    files, unread = read_files(folder, scenarios=True)
    found = list(unread)
    scenarios: list[Scenario] = []
    for file in files:
        good, wrong = read_file(file, knowledge_base.content)
        scenarios += (_placed(scenario, folder) for scenario in good)
        found += wrong
    return tuple(scenarios), located(in_reading_order(found), folder)


def read_file(file: File, content: Content) -> tuple[list[Scenario], list[Diagnostic]]:
    """The scenarios of a file in which nothing is wrong, and what is wrong with the others."""
    written, undecoded = decode(file)
    node, refused = (None, []) if undecoded else read_yaml(written, file.name)
    found = [*undecoded, *refused]
    if node is None:
        return [], found or [check_empty(file.name)]
    wrong = list(check_scenarios(node, check_structure(node, "scenarios"), content))
    if wrong and wrong[-1][1].code == TOO_MANY:  # of the others nothing is known
        return [], [*found, *(diagnostic for _, diagnostic in wrong)]
    broken = {number for number, _ in wrong}
    scenarios = [
        _scenario(item)
        for number, item in enumerate(scenarios_in(node))
        if isinstance(item, Map)
        and number not in broken
        and not any(_is_in(diagnostic, number, node) for diagnostic in refused)
    ]
    return scenarios, [*found, *(diagnostic for _, diagnostic in wrong)]


def _is_in(diagnostic: Diagnostic, number: int, document: Node) -> bool:
    """Whether a diagnostic is about something between the start of an item and that of the next."""
    items, start = scenarios_in(document), diagnostic.position.start
    is_last = number + 1 == len(items)
    return items[number].position.start <= start and (is_last or start < items[number + 1].position.start)


def _scenario(node: Map) -> Scenario:
    written, expect = plain(node), node.entries["expect"]
    assert isinstance(expect, Map)
    return Scenario(
        written["name"],
        frozen(written["given"]),
        frozen(written["expect"]),
        written.get("drafts", False),
        node.keys["name"],
        written.get("language"),
        written.get("min_support"),
        expect.keys,
    )


def _placed(scenario: Scenario, folder: Path) -> Scenario:
    """The scenario with places that lead to its file from where the caller is."""
    places = ((topic, located_at(place, folder)) for topic, place in scenario.places.items())
    return replace(scenario, position=located_at(scenario.position, folder), places=frozen(places))
