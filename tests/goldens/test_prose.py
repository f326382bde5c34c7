"""Every rule in plain words, in both languages, kept whole; ``make goldens`` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import wellfounded
from tests.conftest import ROOT, RULES
from wellfounded import KnowledgeBase
from wellfounded.prose.reading import lines_of
from wellfounded.prose.rules import Prose

FOLDER = Path(__file__).resolve().parent
HOUSEPLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"

READINGS = {
    "prose.nl.txt": (RULES, "nl"),
    "prose.en.txt": (RULES, "en"),
    "prose-houseplants.en.txt": (HOUSEPLANTS, "en"),
}


def read(knowledge_base: KnowledgeBase, language: str) -> Iterator[str]:
    prose = Prose(knowledge_base.content, language)
    for rule in knowledge_base.content.rules.values():
        yield f"\n{rule.id}\n{'=' * len(rule.id)}"
        for reading in prose.rule(rule):
            yield from lines_of(reading)


@pytest.mark.parametrize("name", READINGS)
def test_every_rule_in_plain_words(name: str, request: pytest.FixtureRequest) -> None:
    folder, language = READINGS[name]
    got = "\n".join(read(wellfounded.load(folder), language)).lstrip() + "\n"
    golden = FOLDER / name
    if request.config.getoption("--update-goldens"):
        golden.write_text(got, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == got
