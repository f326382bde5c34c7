from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import ROOT, RULES
from tests.http.server import Server, serving

HOUSEPLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"


@pytest.fixture(scope="session")
def server(_own_cache: object) -> Iterator[Server]:
    """The article's knowledge base at the root, and another under a name."""
    with serving(str(RULES), "--kb", f"plants={HOUSEPLANTS}") as running:
        yield running
