"""Random small knowledge bases: the engine and the plain reference read every one of them alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import wellfounded
from tests.properties.agreement import advice_agrees, values_agree
from tests.properties.generated import FACTORS, random_knowledge_base
from tests.properties.laid_out import Written
from tests.properties.people import Crowd
from tests.reference.written import read
from wellfounded import KnowledgeBase, KnowledgeBaseError
from wellfounded.model.diagnostic import is_error

PARTS = 8
EACH = 30
PEOPLE = 20


def some(part: int | str, count: int, folder: Path) -> Iterator[tuple[str, Path, Written, KnowledgeBase]]:
    """The knowledge bases of one part, each with the seed that gives it again, and its folder.

    Left out are those where chance put a number outside a span; nothing else may be wrong with them.
    """
    for place in range(count):
        seed = f"{part}-{place}"
        written = random_knowledge_base(seed)
        try:
            loaded = wellfounded.load(written.write(folder / seed))
        except KnowledgeBaseError as error:
            wrong = {found.code for found in error.diagnostics if is_error(found)}
            if wrong == {"outside-span"}:
                continue
            raise
        yield seed, folder / seed, written, loaded


@pytest.mark.parametrize("part", range(PARTS))
def test_engine_and_reference_agree(part: int, tmp_path: Path) -> None:
    compared = 0
    for seed, folder, _, knowledge_base in some(part, EACH, tmp_path):
        book = read(folder, FACTORS)
        for stated in Crowd(book).people(seed, PEOPLE):
            compared += values_agree(knowledge_base, book, stated)
            advice_agrees(knowledge_base, book, stated, "en")
    assert compared > 0.9 * EACH * PEOPLE
