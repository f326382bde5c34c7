"""Units as a knowledge base uses them: how they are written, shown and said, and what they measure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from wellfounded.model.frozen import EMPTY
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record
from wellfounded.model.word import Word

#: What a quantity measures: base dimensions with their exponents, sorted by name, none of them zero.
Dimension: TypeAlias = tuple[tuple[str, int], ...]

DIMENSIONLESS: Dimension = ()


class DimensionKind(Word):
    """What a knowledge base declares beside the units of physics.

    A ``count`` is a dimension of its own; a ``label`` is shown and never computed with; a ``kind``
    marks a unit as measuring something in particular (``kg of x`` is not ``kg of y``).
    """

    COUNT = "count"
    LABEL = "label"
    KIND = "kind"


class Pattern(Record, frozen=True):
    """How a number with its unit is said: ``{number}`` in a phrase, for one and for other numbers."""

    one: str
    other: str


class Unit(Record, frozen=True):
    """A unit of the knowledge base. ``factor`` is its size in base units; ``shown`` stands in output."""

    written: str
    shown: str
    factor: Fraction
    dimension: Dimension
    says: Mapping[str, Pattern] = EMPTY
    position: Position = NOWHERE


NO_UNIT = Unit("", "", Fraction(1), DIMENSIONLESS)


def product(left: Dimension, right: Dimension, sign: int = 1) -> Dimension:
    """The dimension of a product (``sign`` 1) or of a quotient (``sign`` -1)."""
    exponents = dict(left)
    for name, exponent in right:
        exponents[name] = exponents.get(name, 0) + sign * exponent
    return tuple(sorted((name, exponent) for name, exponent in exponents.items() if exponent))
