"""Every reasoner values every person as the first one does: on the article and on random knowledge bases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.properties.generated import FACTORS
from tests.properties.people import Crowd, Stated
from tests.properties.test_article import USUAL, book
from tests.properties.test_generated import some
from tests.reference.written import read
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.knowledge_base import REASONERS

OTHERS = [name for name in REASONERS if name != "python"]
PARTS = 2


@pytest.mark.parametrize("reasoner", OTHERS)
def test_on_the_article(reasoner: str, article: KnowledgeBase) -> None:
    for stated in Crowd(book(), USUAL).people(f"reasoners {reasoner}", 250):
        assert valued(article, stated, reasoner) == valued(article, stated, "python"), stated


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("reasoner", OTHERS)
def test_on_random_knowledge_bases(reasoner: str, part: int, tmp_path: Path) -> None:
    for seed, folder, _, knowledge_base in some(100 + part, 15, tmp_path):
        for stated in Crowd(read(folder, FACTORS)).people(seed, 8):
            expected = valued(knowledge_base, stated, "python")
            assert valued(knowledge_base, stated, reasoner) == expected, (seed, stated)


def valued(knowledge_base: KnowledgeBase, stated: Stated, reasoner: str) -> object:
    """Every value and outcome; or what rules disagree about, of which any may be met first."""
    try:
        valuation = knowledge_base.reason(stated, reasoner)
    except ConflictError:
        return "conflict"
    return dict(valuation.values), dict(valuation.outcomes)
