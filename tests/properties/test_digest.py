"""The digest follows what the rules mean and say, and nothing else."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

import wellfounded
from tests.conftest import ROOT
from tests.plain_yaml import from_yaml
from tests.properties.laid_out import Written, as_yaml
from tests.properties.test_generated import some

HOUSEPLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"

Edit = Callable[[str], str]


def digest(folder: Path) -> str:
    return wellfounded.load(folder).digest


def with_comments(text: str) -> str:
    lines = [f"{line}   # a remark" if re.search(r"[\]}\w]$", line) else line for line in text.splitlines()]
    return "# at the top\n\n" + "\n\n  # between\n".join(lines) + "\n# at the end"


LAYOUTS: dict[str, Edit] = {
    "comments": lambda text: with_comments(yaml_of(text)),
    "one line": lambda text: yaml_of(text, flow=True, width=10**6),
    "narrow": lambda text: yaml_of(text, width=30),
    "wide steps": lambda text: yaml_of(text, indent=7),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "keys in another order": lambda text: as_yaml(keys_turned_round(from_yaml(text))),
    "keys in quotes": lambda text: re.sub(
        r"^( *(?:- )?)(\w+):", r'\1"\2":', yaml_of(text), flags=re.MULTILINE
    ),
}


def yaml_of(text: str, flow: bool | None = False, width: int = 80, indent: int = 2) -> str:
    return as_yaml(from_yaml(text), default_flow_style=flow, width=width, indent=indent)


#: Where things stand in the author's order, which advice follows: facts are asked for in it, and the claims
#: behind a condition are listed in that of its tests.
ORDERED = {"facts", "parameters", "units", "claims", "references", "rules", "choices", "sections", "when"}


def keys_turned_round(item: Any, key: str = "") -> Any:
    """Every thing with its keys the other way round, but the things themselves where they stand."""
    if key == "when" or not isinstance(item, dict | list):
        return item
    if isinstance(item, list):
        return [keys_turned_round(one) for one in item]
    keys = list(item) if key in ORDERED else list(reversed(item))
    return {name: keys_turned_round(item[name], name) for name in keys}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_does_not_change_it(layout: str, tmp_path: Path) -> None:
    for seed, folder, _, knowledge_base in some(0, 8, tmp_path):
        file = folder / "file0.yaml"
        other = LAYOUTS[layout](file.read_text(encoding="utf-8"))
        file.write_bytes(other.encode())
        assert digest(folder) == knowledge_base.digest, seed


@pytest.mark.parametrize("files", [2, 3, 7])
def test_moving_things_between_files_without_changing_their_order_does_not_change_it(
    files: int, tmp_path: Path
) -> None:
    for seed, folder, written, knowledge_base in some(files, 8, tmp_path):
        assert digest(written.write(folder / "spread", files=files)) == knowledge_base.digest, seed


def test_what_a_file_is_called_and_where_it_stands_does_not_change_it(tmp_path: Path) -> None:
    before = digest(HOUSEPLANTS)
    moved = tmp_path / "a" / "b"
    shutil.copytree(HOUSEPLANTS, moved)
    for file in moved.glob("*.yaml"):
        file.rename(file.with_name(f"x-{file.name}"))
    assert digest(tmp_path) == before


def test_scenarios_are_no_part_of_it(tmp_path: Path) -> None:
    shutil.copytree(HOUSEPLANTS, tmp_path / "copy")
    for file in tmp_path.rglob("*.scenarios.yaml"):
        file.unlink()
    assert digest(tmp_path / "copy") == digest(HOUSEPLANTS)


def test_saying_what_is_so_anyway_does_not_change_it(tmp_path: Path) -> None:
    folder = shutil.copytree(HOUSEPLANTS, tmp_path / "copy")
    rules = folder / "rules.yaml"
    said = rules.read_text(encoding="utf-8").replace("    advise:", "    status: active\n    advise:")
    rules.write_text(said, encoding="utf-8")
    assert said.count("status: active") == 2
    assert digest(folder) == digest(HOUSEPLANTS)


def changes(written: Written, random: Random) -> Iterator[tuple[str, Written]]:
    """The same knowledge base with one thing in it changed."""
    things = copy.deepcopy(written)
    parameter = random.choice(list(things.parameters.values()))
    parameter["label"]["en"] += "!"
    yield "a label", things

    things = copy.deepcopy(written)
    random.choice(list(things.claims.values()))["says"]["en"] += " indeed"
    yield "what a claim says", things

    things = copy.deepcopy(written)
    claim = random.choice(list(things.claims.values()))
    claim["cites"] = [*claim.get("cites", []), {"reference": 3, "support": "partly", "locator": {"page": 7}}]
    yield "what a claim cites", things

    things = copy.deepcopy(written)
    number = random.choice([fact for fact in things.facts.values() if fact["type"] == "number"])
    number["step"] = 0.25
    yield "a step", things

    things = copy.deepcopy(written)
    rule = random.choice([rule for rule in things.rules if "because" in rule])
    rule["because"] = [*rule["because"], "another"]
    things.claims["another"] = {"section": "first", "kind": "action", "says": {"en": "another"}}
    yield "why a rule holds", things

    things = copy.deepcopy(written)
    things.header["knowledge_base"]["version"] = "1.0.1"
    yield "the version", things


def test_any_change_of_number_text_or_claim_changes_it(tmp_path: Path) -> None:
    for seed, folder, written, knowledge_base in some(1, 12, tmp_path):
        digests = [knowledge_base.digest]
        for what, changed in changes(written, Random(seed)):
            digests.append(digest(changed.write(folder / what)))
        assert len(set(digests)) == len(digests), seed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 390", "value: 391"),
        ("value: 390", "value: 390.000001"),
        ("range: [300, 700]", "range: [300, 701]"),
        ("span: [1, 40]", "span: [1, 41]"),
        ("step: 0.1", "step: 0.2"),
        ("otherwise: usual", "otherwise: low"),
        ("sunlight + lamp", "lamp + sunlight"),
        ("statable: true", "statable: false"),
        ("shown: ml/week", "shown: ml per week"),
        ("Verträgt", "verträgt doch"),
        ('one: "{number} plant"', 'one: "{number} potted plant"'),
        ("support: supports", "support: partly"),
        ("status: confirmed", "status: not-found"),
        ("above: light_minimum", "at_least: light_minimum"),
        ("kind: [fern, ivy]", "kind: [ivy, fern]"),
        ("any: [{kind: fern}", "all: [{kind: fern}"),
        ("at_most: warmest", "at_most: warmest + warmest - warmest"),
        ("advise: consider", "advise: avoid"),
        ("first: true", "first: false"),
        ("Keep turning the pots.", "Keep turning the pots!"),
        ("because: [no-draught]", "because: [turn-the-pot]"),
        ("order: [what-ails, water", "order: [water, what-ails"),
        ("editorial: true", "editorial: false"),
        ("advise: consider", "status: draft\n    advise: consider"),
        ("kind: action", "kind: action\n    status: retired"),
        ("kind: action", "kind: action\n    maintainers: [somebody]"),
        ("kind: action", "kind: action\n    review_by: 2031-01-01"),
        ("support: supports", "locator: {page: 3}, support: supports"),
    ],
)
def test_a_small_change_of_meaning_or_wording_changes_it(old: str, new: str, tmp_path: Path) -> None:
    folder = shutil.copytree(HOUSEPLANTS, tmp_path / "copy")
    texts = {file: file.read_text(encoding="utf-8") for file in folder.glob("*.yaml")}
    file, text = next((file, text) for file, text in texts.items() if old.lower() in text.lower())
    place = text.lower().index(old.lower())
    file.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    assert digest(folder) != digest(HOUSEPLANTS)
