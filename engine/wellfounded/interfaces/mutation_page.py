"""Mutation → text for people, a page for HTML, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wellfounded.interfaces.page import Item, Page, Part, Table
from wellfounded.interfaces.retold import Say, say_in
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


def as_text(mutation: Mutation, folder: Path, language: str = "en") -> str:
    """For a terminal: how many changes are noticed, each that is not, and scenarios that would."""
    return "\n".join(_lines(mutation, folder, say_in(language))) + "\n"


def as_json(mutation: Mutation) -> str:
    return json.dumps(mutation.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _lines(mutation: Mutation, folder: Path, say: Say) -> Iterator[str]:
    yield say(_title(mutation))
    yield ""
    for fate, words in _NAMES.items():
        yield f"  {len(mutation.of(fate)):5} {say(words)}"
    yield ""
    yield f"  {_score(mutation, say)}"
    survivors = mutation.of(Fate.SURVIVED)
    if survivors:
        yield ""
    for item in survivors:
        yield from _survivor(item, folder, say)
    if mutation.proposals:
        yield ""
        yield say("Scenarios that would notice, to read, to name and to add:")
        yield ""
        yield "\n".join(as_yaml(scenario) for scenario in mutation.proposals).rstrip("\n")


def _survivor(item: Tried, folder: Path, say: Say) -> Iterator[str]:
    yield f"{_place(item, folder)}: {say(_sentence(item))}"
    if item.reason:
        yield f"  {say(f'no scenario is known that would: {item.reason}')}"


def mutation_page(mutation: Mutation, folder: Path, language: str = "en") -> Page:
    """The same as a page, with every mutant."""
    say = say_in(language)
    counts = Table(
        (say("What became of it"), say("Changes")),
        tuple((say(words), str(len(mutation.of(fate)))) for fate, words in _NAMES.items()),
    )
    survivors = tuple(
        Item(say(_sentence(item)), say(item.reason), (_place(item, folder),))
        for item in mutation.of(Fate.SURVIVED)
    )
    proposals = tuple(
        Item(scenario["name"], table=_expected(scenario, say)) for scenario in mutation.proposals
    )
    others = (
        Part(_capital(say(words)), (Item("", table=_table(mutation, fate, folder, say)),))
        for fate, words in _NAMES.items()
        if fate is not Fate.SURVIVED and mutation.of(fate)
    )
    parts = (
        Part(say("In short"), (Item("", _score(mutation, say).strip(), table=counts),)),
        Part(_capital(say("not noticed")), survivors),
        Part(say("Scenarios that would notice"), proposals),
        *others,
    )
    identity = mutation.knowledge_base
    return Page(
        say(f"What scenarios notice of {identity.id} {identity.version}"),
        f"{say(_title(mutation))}.",
        tuple(part for part in parts if part.items),
        identity.digest,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _expected(scenario: Mapping[str, Any], say: Say) -> Table:
    lines = as_yaml(scenario, 0).splitlines()[1:]
    return Table((say("Scenario"),), tuple((line.strip(),) for line in lines))


def _table(mutation: Mutation, fate: Fate, folder: Path, say: Say) -> Table:
    found = mutation.of(fate)
    rows = tuple((say(item.mutant.change, "change"), item.by, _place(item, folder)) for item in found)
    return Table((say("If …"), say("By"), say("Where")), rows)


def _title(mutation: Mutation) -> str:
    number = mutation.scenarios
    scenarios = f"{number} scenario{'' if number == 1 else 's'}"
    return f"{len(mutation.tried)} small changes of {mutation.knowledge_base.id}, held against {scenarios}"


def _score(mutation: Mutation, say: Say) -> str:
    if mutation.score is None:
        return say("none of these changes makes a difference to anyone")
    number = f"{mutation.score:.1f}"
    return " " * (5 - len(number)) + say(f"{number} % of the changes that make a difference are noticed")


def _sentence(item: Tried) -> str:
    return f"nobody would have noticed if {item.mutant.change}"


def _place(item: Tried, folder: Path) -> str:
    place = located_at(item.mutant.position, folder)
    return f"{place.file}:{place.line}"
