"""Every kind of rule, on every kind of fact, for every kind of people: it passes and disturbs nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

import wellfounded
from tests.authoring.folders import added, contents, passing
from tests.conftest import ROOT, RULES
from wellfounded.authoring.asked import Asked, understood
from wellfounded.authoring.new_rule import new_rule
from wellfounded.authoring.places import place_of
from wellfounded.authoring.reading import Aim, read_aim, verdicts_of
from wellfounded.authoring.write import Change, write_all
from wellfounded.load.files import read_files
from wellfounded.model.content import ADVISABLE, Content, Fact, FactType
from wellfounded.model.values import plain_number
from wellfounded.review.scenarios import Scenario

KNOWLEDGE_BASES = {"article": RULES, "houseplants": ROOT / "tests" / "knowledge_bases" / "houseplants"}

#: So many combinations of each knowledge base are tried; there are more than 60 in all.
MOST = int(os.environ.get("COMBINATIONS", "8"))

TEXTS = (
    'it\'s "so": # yes',
    "🌱 – “curly”",
    "- a list: [of], (things)",
    "two\nlines",
    "true",
    "\\n",
    "{parameter}",
)


BOUNDS = ("at_least", "at_most", "within", "is")


def targets(content: Content) -> Iterator[tuple[str, str]]:
    """Facts of every kind, each with targets at the ends of its span and within it."""
    for fact in _of_every_kind(content):
        if fact.type is FactType.BOOLEAN:
            yield from ((fact.id, "is=true"), (fact.id, "is=false"))
        elif fact.span is not None:
            low, high = (plain_number(end) for end in fact.span)
            middle = plain_number((low + high) / 2)
            for kind in ("at_least", "at_most", "is"):
                yield from ((fact.id, f"{kind}={number}") for number in (low, middle, high))
            yield from ((fact.id, f"within={low}..{middle}"), (fact.id, f"within={low}..{high}"))


def _of_every_kind(content: Content) -> Iterator[Fact]:
    """Of each kind of fact the first: its type, whether it is derived, whether it may be stated."""
    seen = set()
    for fact in content.facts.values():
        kind = (fact.type, fact.derived, fact.statable, fact.formula is not None)
        if kind not in seen:
            seen.add(kind)
            yield fact


def conditions(content: Content) -> Iterator[tuple[str, ...]]:
    yield ()
    for fact in _of_every_kind(content):
        if fact.type is FactType.BOOLEAN:
            yield (f"{fact.id}=true",)
            yield (f"{fact.id}=false",)
        elif fact.type is FactType.CHOICE:
            yield (f"{fact.id}={next(iter(fact.choices))}",)
            yield (f"{fact.id}={','.join(list(fact.choices)[:2])}",)
        elif fact.span is not None:
            low, high = (plain_number(end) for end in fact.span)
            middle = plain_number((low + high) / 2)
            yield (f"{fact.id}=below {middle}",)
            yield (f"{fact.id}=at_least {high}",)
            yield (f"{fact.id}=at_most {low}",)
            yield (f"{fact.id}=within {low}..{middle}",)


def combinations(content: Content) -> list[Asked]:
    """Each target and each kind of advice for some people, and every kind of people with one of them."""
    parameter = next(iter(content.parameters))
    texts = cycle(text.replace("parameter", parameter) for text in TEXTS)
    people = cycle(conditions(content))
    languages = content.header.languages
    asked = []
    does = [("fact", *target) for target in targets(content)] + [("advise", word, "") for word in ADVISABLE]
    for number, (what, name, target) in enumerate(does):
        when = next(people)
        title = tuple(f"{language}={next(texts)}" for language in languages)
        one = Asked(f"new-{number}", title, when=when, everyone=not when)
        one = replace(one, claim_says=title, section=next(iter(content.header.sections)), kind="action")
        if what == "advise":
            one = replace(one, advise=name, says=tuple(f"{language}={name}" for language in languages))
        else:
            aim = read_aim(target, content.facts[name], content)
            one = replace(one, fact=name, target=target, says=tuple(_says(aim, languages)))
        asked.append(one)
    return asked


def _says(aim: Aim, languages: tuple[str, ...]) -> Iterator[str]:
    yield from (
        f"{verdict}:{language}={verdict} {{target}}" if aim.wanted is None else f"{verdict}:{language}=x"
        for verdict in verdicts_of(aim)
        for language in languages
    )


@pytest.mark.parametrize("name", [pytest.param("article", marks=pytest.mark.no_cover), "houseplants"])
def test_whatever_is_asked_for(name: str, tmp_path: Path) -> None:
    content = wellfounded.load(KNOWLEDGE_BASES[name]).content
    every = combinations(content)
    for asked in Random(3).sample(every, min(MOST, len(every))):
        folder = Path(shutil.copytree(KNOWLEDGE_BASES[name], tmp_path / asked.rule))
        files, _ = read_files(folder)
        beside, _ = read_files(folder, scenarios=True)
        found = understood(asked, content)
        assert found.request is not None, (found.wrong, found.missing)
        made = new_rule(found.request, place_of(f"new/{asked.rule}", files), content, files, beside)
        before = contents(folder)
        old = {file.name: file.data for file in (*files, *beside)}
        write_all({folder / file.name: Change(old.get(file.name), file.data) for file in made.files})
        added(before, folder)
        mine = [one for one in passing(folder) if asked.rule in one.expect]
        assert len(mine) == made.scenarios
        missing = {remark.split(",")[0] for remark in made.remarks}
        said = {_outcome(one, asked.rule) for one in mine}
        wanted = {"given"} if asked.everyone else {"given", "absent", "undecided"}
        assert wanted <= said or missing, (asked, said)
        if _has_number(asked) and not missing:
            names = " ".join(one.name for one in mine)
            assert all(where in names for where in ("on its", "step")), (asked, names)
        shutil.rmtree(folder)


def _has_number(asked: Asked) -> bool:
    """Whether the target has a bound, at which and beside which there are people."""
    kind, _, bound = (asked.target or "").partition("=")
    return kind in BOUNDS and bound not in ("true", "false")


def _outcome(scenario: Scenario, topic: str) -> str:
    expected = scenario.expect[topic]
    if isinstance(expected, str):
        return expected
    return "given" if "verdict" in expected else "undecided"
