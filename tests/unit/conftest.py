"""What tests of the durable-rules reasoner start from; they are skipped where the package is not there."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest

from tests.conformance.small import small
from tests.unit.durable_rules import FACTS, Ours, Raw
from wellfounded import KnowledgeBase


@pytest.fixture
def raw() -> type[Raw]:
    """The package itself."""
    pytest.importorskip("durable.engine", reason="durable-rules is not installed", exc_type=ImportError)
    return Raw


@pytest.fixture
def ours(raw: object, tmp_path: Path) -> Ours:
    """Makes small knowledge bases for the reasoner."""
    folders = count(1)

    def make(rules: str) -> KnowledgeBase:
        return small({"facts.yaml": FACTS, "rules.yaml": dedent(rules)}, tmp_path / str(next(folders)))

    return make
