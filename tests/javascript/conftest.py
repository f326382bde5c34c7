"""Every test here asks Node, and is skipped where there is none."""

from __future__ import annotations

import pytest

from tests.javascript.agreement import Module
from tests.javascript.node import missing, needed
from wellfounded import KnowledgeBase


@pytest.fixture(scope="session", autouse=True)
def _node() -> None:
    needed(missing())


@pytest.fixture(scope="session")
def module_of_article(article: KnowledgeBase) -> Module:
    return Module(article)
