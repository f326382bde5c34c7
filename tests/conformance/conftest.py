"""The cases ask knowledge bases for every reasoner by its name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.reasoners import REASONERS
from wellfounded import knowledge_base


@pytest.fixture(scope="session", autouse=True)
def _every_reasoner() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knowledge_base, "REASONERS", REASONERS)
        yield
