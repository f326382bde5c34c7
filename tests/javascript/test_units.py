"""A module knows units as Python does: the same names, of the same size, measuring the same."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.conformance.small import small
from tests.javascript.agreement import Module, outcome
from wellfounded.load.units_of_physics import UnknownUnit, look_up, names_measuring
from wellfounded.model.unit import Dimension

MASS: Dimension = (("[mass]", 1),)
TIME: Dimension = (("[time]", 1),)
RULES = """
units: {kg: {says: {en: "{number} kg"}}, s: {says: {en: "{number} s"}}}
facts:
  mass: {type: number, unit: kg, span: [0, 1000000], step: 1, label: {en: m}, question: {en: "How heavy?"}}
  time: {type: number, unit: s, span: [0, 1000000], step: 1, label: {en: t}, question: {en: "How long?"}}
"""


def test_every_name_with_and_without_a_prefix(tmp_path: Path) -> None:
    """Also those that seem to be a unit with a prefix and are another: a ``cd`` is no hundredth of a day."""
    made = Module(small(RULES, tmp_path))
    names = names_measuring({MASS, TIME})
    prefixes = Random("units").choices(list(names.prefixes), k=len(names.units))
    prefixed = [prefix + unit for prefix, unit in zip(prefixes, names.units, strict=True)]
    written = [*names.units, *prefixed, *(f"{unit}s" for unit in names.units), *names.others]
    people = [{fact: f"1 {unit}"} for unit in written for fact in ("mass", "time")]
    assert list(made.differences(people)) == []
    assert sum("facts" in outcome(answer) for answer in made.advise(people)) > len(names.units)


def test_a_unit_of_half_powers_is_none_here() -> None:
    with pytest.raises(UnknownUnit):
        look_up("franklin")
