"""What holds of every name: it stands where the index says, and with a new one everything means the same."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import astuple

from tests.authoring.folders import passing
from tests.conftest import DAY, ROOT, RULES
from tests.people import random_person
from wellfounded import KnowledgeBase
from wellfounded.build import Built, build
from wellfounded.editing.folder import Folder, View
from wellfounded.editing.index import Symbol
from wellfounded.editing.language import RULES as RULE_FILE
from wellfounded.editing.language import Kind
from wellfounded.editing.rename import applied, rename
from wellfounded.load.files import SCENARIOS, File
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Scalar, children
from wellfounded.review.scenario_checks import scenarios_in

KNOWLEDGE_BASES = {"houseplants": ROOT / "tests" / "knowledge_bases" / "houseplants", "article": RULES}

#: So many names are tried; renaming each of the article's takes a minute.
MOST = int(os.environ.get("NAMES", "40"))


@pytest.fixture(scope="module", params=KNOWLEDGE_BASES)
def view(request: pytest.FixtureRequest) -> View:
    """A knowledge base, with a person who states some of its facts."""
    folder = Folder(KNOWLEDGE_BASES[request.param])
    content = folder.view(DAY).content
    assert content is not None
    facts = [fact for fact in content.facts.values() if not fact.derived]
    stated = {fact.id: random_person(content, Random(1))[fact.id] for fact in facts}
    folder.people["/person.json"] = json.dumps(stated)
    assert folder.view(DAY).diagnostics == ()
    return folder.view(DAY)


def test_the_text_at_every_occurrence_is_the_name(view: View) -> None:
    texts = {file: document.now.text for file, document in view.documents.items()}
    for one in view.index.occurrences:
        assert texts[one.file][one.start : one.end] == one.symbol.name


def test_every_name_that_is_used_is_defined_and_all_content_is_in_the_index(view: View) -> None:
    content = view.content
    assert content is not None
    assert [symbol for symbol in view.index.symbols if not view.index.defined(symbol)] == []
    things = {
        Kind.FACT: content.facts,
        Kind.PARAMETER: content.parameters,
        Kind.CLAIM: content.claims,
        Kind.REFERENCE: content.references,
        Kind.WORK: content.works,
        Kind.TABLE: content.tables,
        Kind.RULE: content.rules,
        Kind.UNIT: content.units,
        Kind.DIMENSION: content.dimensions,
        Kind.SECTION: content.header.sections,
        Kind.TOPIC: {rule.topic: rule for rule in content.rules.values() if rule.recommends},
    }
    for kind, named in things.items():
        assert {symbol.name for symbol in view.index.symbols if symbol.kind is kind} == set(named)


def _fresh(symbol: Symbol) -> str:
    match symbol.kind:
        case Kind.REFERENCE:
            return "7654321"
        case Kind.UNIT:
            return f"{symbol.name}^1"
        case _:
            return "renamed_thing"


def _somewhere(symbol: Symbol, view: View) -> tuple[str, int]:
    """A place that names a thing, and no smaller one: a unit is named beside its dimensions."""
    for place in reversed(view.index.of(symbol)):
        for offset in (place.start, place.end):
            if symbol in {one.symbol for one in view.at(place.file, offset)}:
                return place.file, offset
    raise AssertionError(f"there is no place that is {symbol} alone")


def _built(texts: dict[str, str], view: View) -> Built:
    kinds = {file: document.kind for file, document in view.documents.items()}
    return build([File(f, t.encode()) for f, t in sorted(texts.items()) if kinds[f] == RULE_FILE], (), DAY)


def _knowledge_base(built: Built) -> KnowledgeBase:
    assert built.content is not None and built.core is not None, built.diagnostics
    return KnowledgeBase(built.content, built.core, "")


def test_a_fresh_name_leaves_check_clean_and_advice_the_same_but_for_the_name(view: View) -> None:
    before = {file: document.now.text for file, document in view.documents.items()}
    old = _knowledge_base(_built(before, view))
    chance = Random(7)
    languages = list(old.languages)
    symbols = sorted(view.index.symbols, key=astuple)
    for symbol in chance.sample(symbols, min(len(symbols), MOST)):
        file, offset = _somewhere(symbol, view)
        name = _fresh(symbol)
        places = rename(view, file, offset, name, DAY)
        after = {file: applied(text, file, places, name) for file, text in before.items()}
        for one in {place.file for place in places}:
            assert _values(after[one], one, name, symbol.name) == _values(before[one], one, name, symbol.name)
        built = _built(after, view)
        assert built.diagnostics == ()
        new = _knowledge_base(built)
        person = random_person(old.content, chance, chance.choice((0.5, 0.9, 1)))
        stated = json.loads(json.dumps(person))
        if symbol.kind is Kind.FACT:
            stated = {name if fact == symbol.name else fact: value for fact, value in person.items()}
        if symbol.kind is Kind.CHOICE and person.get(symbol.of) == symbol.name:
            stated[symbol.of] = name
        language = chance.choice(languages)
        assert _advice(new, stated, language, name, symbol.name) == _advice(
            old, person, language, name, symbol.name
        )


def test_after_a_rename_check_finds_nothing_and_every_scenario_passes(view: View, tmp_path: Path) -> None:
    """Of each kind, the thing that stands most often in scenarios."""
    trees = [document.tree for file, document in view.documents.items() if file.endswith(SCENARIOS)]
    scenarios = sum(len(scenarios_in(tree)) for tree in trees if tree is not None)
    for kind in sorted({symbol.kind for symbol in view.index.symbols}):
        symbols = [symbol for symbol in view.index.symbols if symbol.kind is kind]
        symbol = max(symbols, key=lambda one: (_in_scenarios(one, view), astuple(one)))
        name = _fresh(symbol)
        places = rename(view, *_somewhere(symbol, view), name, DAY)
        folder = tmp_path / kind
        for file, document in view.documents.items():
            if not document.of_person:
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(applied(document.now.text, file, places, name).encode())
        assert len(passing(folder)) == scenarios, symbol


def _in_scenarios(symbol: Symbol, view: View) -> int:
    return sum(one.file.endswith(SCENARIOS) for one in view.index.of(symbol))


def _values(text: str, file: str, new: str, old: str) -> list[str]:
    """All keys and values of a file, with one of two names: what is not the name is as it was."""
    found: list[str] = []
    node, _ = read_yaml(text, file)
    waiting = [node] if node is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Map):
            found += node.entries
        if isinstance(node, Scalar):
            found.append(node.text)
        waiting += [child for _, child in children(node)]
    return [value.replace(new, old) for value in found]


def _advice(
    knowledge_base: KnowledgeBase, person: dict[str, object], language: str, new: str, old: str
) -> object:
    advice = knowledge_base.advise(person, language).to_dict()
    return json.loads(json.dumps(advice, ensure_ascii=False).replace(new, old))


def test_comments_and_layout_are_left_as_they_were(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(KNOWLEDGE_BASES["houseplants"], tmp_path / "plants"))
    rules = folder / "rules.yaml"
    odd = rules.read_text("utf-8").replace(
        "when: {thirst: high, water_each: {below: water_if_thirsty}}",
        """when: # thirst and water_each
      'thirst':   "high" # high
      "water_each":
        below: >-
          water_if_thirsty
          * 1""",
    )
    rules.write_text(odd.replace("\n", "\r\n"), "utf-8", newline="")
    view = Folder(folder).view(DAY)
    assert view.diagnostics == ()
    for name in ("water_each", "water_if_thirsty", "thirst"):
        [place] = [one for one in view.index.occurrences if one.symbol.name == name and one.defines]
        places = rename(view, place.file, place.start, "fresh", DAY)
        written = rules.read_bytes().decode()
        renamed = applied(written, "rules.yaml", places, "fresh")
        assert "# thirst and water_each\r\n" in renamed
        assert renamed.replace("fresh", name) == written
