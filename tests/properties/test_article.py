"""The engine and the plain reference agree on the article's rules, for very many random people.

``WELLFOUNDED_PEOPLE`` sets how many; the seeds are fixed, so every run meets the same people.
"""

from __future__ import annotations

import os
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import RULES
from tests.properties.agreement import advice_agrees, values_agree
from tests.properties.people import Crowd
from tests.reference.written import Book, read
from wellfounded import KnowledgeBase
from wellfounded.load.package_data import data_folder

PEOPLE = int(os.environ.get("WELLFOUNDED_PEOPLE", "100000"))
PARTS = 20
ADVISED = 3000


@cache
def book() -> Book:
    return read(RULES)


@pytest.mark.parametrize("part", range(PARTS))
def test_values_and_bounds(part: int, article: KnowledgeBase) -> None:
    crowd = Crowd(book())
    compared = sum(
        values_agree(article, book(), stated) for stated in crowd.people(f"values {part}", PEOPLE // PARTS)
    )
    assert compared > 0.95 * (PEOPLE // PARTS)
