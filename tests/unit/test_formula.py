"""The text of a formula: numbers below zero."""

from __future__ import annotations

import pytest

from wellfounded.load.formula import parse_formula
from wellfounded.model.expression import Number, Operation
from wellfounded.model.position import Position


@pytest.mark.parametrize("text", ["-3", "−3", "- 3", "(-3)", "--3", "-(3)"])
def test_a_number_below_zero_is_a_number_and_so_in_the_unit_of_its_fact(text: str) -> None:
    parsed = parse_formula(text, Position("rules.yaml", 1, 1, len(text)))
    assert parsed == Number(3.0 if text == "--3" else -3.0)


def test_a_number_below_zero_is_marked_with_its_sign() -> None:
    parsed = parse_formula("light + -3", Position("rules.yaml", 1, 5, 10))
    assert isinstance(parsed, Operation)
    assert (parsed.right.position.column, parsed.right.position.length) == (13, 2)
