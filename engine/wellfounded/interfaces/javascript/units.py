"""The units in which the numbers of a knowledge base may be stated, as the runtime reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from wellfounded.load.stated import measures
from wellfounded.load.unit_text import terms_measure, without_kinds
from wellfounded.load.units_of_physics import names_measuring
from wellfounded.model.content import Content, FactType
from wellfounded.model.unit import DIMENSIONLESS, NO_UNIT, Dimension


def units_for(content: Content) -> dict[str, Any]:
    """Names of units with their size and dimension, prefixes, and names that look like one and are none."""
    names = names_measuring(frozenset(_dimensions(content)))
    sizes = {name: [str(size), list(its)] for name, (size, its) in names.units.items()}
    return {
        "sizes": {"%": [str(Fraction(1, 100)), list(DIMENSIONLESS)], **sizes},
        "prefixes": {prefix: str(size) for prefix, size in names.prefixes.items()},
        "others": list(names.others),
    }


def _dimensions(content: Content) -> Iterator[Dimension]:
    """What the units of numbers that can be stated measure, as wholes and term by term."""
    for fact in content.facts.values():
        if fact.type is FactType.NUMBER and fact.can_be_stated:
            unit = content.units.get(fact.unit, NO_UNIT)
            yield from measures(content, unit)
            yield from map(without_kinds, terms_measure(unit.written, content.dimensions))


def dimension_text(dimension: Dimension) -> str:
    """A dimension as the runtime writes it: equal for equal dimensions."""
    return json.dumps(dimension, separators=(",", ":"), ensure_ascii=False)
