"""Every reasoner and every table says the same of awkward people, by the article's and by generated rules.

``WELLFOUNDED_KNOWLEDGE_BASES`` sets how many are generated; ``make conformance`` compares any number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.conformance.compare import DISAGREED_ABOUT, Tally, compare_knowledge_bases, compare_people

KNOWLEDGE_BASES = int(os.environ.get("WELLFOUNDED_KNOWLEDGE_BASES", "24"))
PARTS = 2


def last(runs: Iterator[Tally]) -> Tally:
    """What was compared in the end."""
    *_, tally = runs
    return tally


@pytest.mark.parametrize("part", range(PARTS))
def test_by_any_rules_in_any_order(part: int) -> None:
    tally = last(compare_knowledge_bases(KNOWLEDGE_BASES // PARTS, 20, f"part {part}"))
    assert not tally.differences, tally.differences[0]
    assert tally.counts[DISAGREED_ABOUT] > 0


@pytest.mark.parametrize("part", range(PARTS))
def test_by_the_articles_rules(part: int) -> None:
    tally = last(compare_people(5_000, f"part {part}"))
    assert not tally.differences, tally.differences[0]
    assert min(tally.counts.values()) > 0
