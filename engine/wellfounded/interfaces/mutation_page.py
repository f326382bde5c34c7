"""Mutation → text for people, a page for HTML, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wellfounded.interfaces.page import Item, Page, Part, Table
from wellfounded.loading import located_at
from wellfounded.review.mutation.run import Mutation
from wellfounded.review.mutation.trial import Fate, Tried
from wellfounded.review.recording import as_yaml

_NAMES = {
    Fate.NOTICED: "noticed: a scenario fails",
    Fate.SURVIVED: "not noticed",
    Fate.EQUIVALENT: "proved to make no difference to anyone",
    Fate.REFUSED: "refused by `check` already",
}


def as_text(mutation: Mutation, folder: Path) -> str:
    """For a terminal: how many changes are noticed, each that is not, and scenarios that would."""
    return "\n".join(_lines(mutation, folder)) + "\n"


def as_json(mutation: Mutation) -> str:
    return json.dumps(mutation.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _lines(mutation: Mutation, folder: Path) -> Iterator[str]:
    yield _title(mutation)
    yield ""
    for fate, words in _NAMES.items():
        yield f"  {len(mutation.of(fate)):5} {words}"
    yield ""
    yield f"  {_score(mutation)}"
    survivors = mutation.of(Fate.SURVIVED)
    if survivors:
        yield ""
    for item in survivors:
        yield from _survivor(item, folder)
    if mutation.proposals:
        yield ""
        yield "Scenarios that would notice, to read, to name and to add:"
        yield ""
        yield "\n".join(as_yaml(scenario) for scenario in mutation.proposals).rstrip("\n")


def _survivor(item: Tried, folder: Path) -> Iterator[str]:
    yield f"{_place(item, folder)}: {_sentence(item)}"
    if item.reason:
        yield f"  no scenario is known that would: {item.reason}"


def mutation_page(mutation: Mutation, folder: Path) -> Page:
    """The same as a page, with every mutant."""
    counts = Table(
        ("What became of it", "Changes"),
        tuple((words, str(len(mutation.of(fate)))) for fate, words in _NAMES.items()),
    )
    survivors = tuple(
        Item(_sentence(item), item.reason, (_place(item, folder),)) for item in mutation.of(Fate.SURVIVED)
    )
    proposals = tuple(Item(scenario["name"], table=_expected(scenario)) for scenario in mutation.proposals)
    others = (
        Part(words[0].upper() + words[1:], (Item("", table=_table(mutation, fate, folder)),))
        for fate, words in _NAMES.items()
        if fate is not Fate.SURVIVED and mutation.of(fate)
    )
    parts = (
        Part("In short", (Item("", _score(mutation).strip(), table=counts),)),
        Part("Not noticed", survivors),
        Part("Scenarios that would notice", proposals),
        *others,
    )
    identity = mutation.knowledge_base
    return Page(
        f"What scenarios notice of {identity.id} {identity.version}",
        f"{_title(mutation)}.",
        tuple(part for part in parts if part.items),
        identity.digest,
    )


def _expected(scenario: Mapping[str, Any]) -> Table:
    lines = as_yaml(scenario, 0).splitlines()[1:]
    return Table(("Scenario",), tuple((line.strip(),) for line in lines))


def _table(mutation: Mutation, fate: Fate, folder: Path) -> Table:
    rows = tuple((item.mutant.change, item.by, _place(item, folder)) for item in mutation.of(fate))
    return Table(("If …", "By", "Where"), rows)


def _title(mutation: Mutation) -> str:
    number = mutation.scenarios
    scenarios = f"{number} scenario{'' if number == 1 else 's'}"
    return f"{len(mutation.tried)} small changes of {mutation.knowledge_base.id}, held against {scenarios}"


def _score(mutation: Mutation) -> str:
    if mutation.score is None:
        return "none of these changes makes a difference to anyone"
    return f"{mutation.score:5.1f} % of the changes that make a difference are noticed"


def _sentence(item: Tried) -> str:
    return f"nobody would have noticed if {item.mutant.change}"


def _place(item: Tried, folder: Path) -> str:
    place = located_at(item.mutant.position, folder)
    return f"{place.file}:{place.line}"
