"""What pint knows of one unit: its size in base units, exactly, and its dimension."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pint

from wellfounded.model.unit import Dimension


class UnknownUnit(LookupError):
    """Pint knows no unit of this name."""


@cache
def _registry() -> pint.UnitRegistry:  # type: ignore[type-arg]  # the magnitude is always Fraction
    return pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)


def look_up(name: str) -> tuple[Fraction, Dimension]:
    """Size and dimension of a unit. Raises ``UnknownUnit``.

    A unit with an offset, such as a degree Celsius, is a dimension of its own: it is compared and
    subtracted, and never converted.
    """
    registry = _registry()
    if not name.replace("µ", "u").replace("°", "").isidentifier():
        raise UnknownUnit(name)
    try:
        if not registry.Quantity(1, name)._is_multiplicative:  # pint has no public question for this
            return Fraction(1), ((str(registry.Unit(name)), 1),)
        factor, _ = registry.get_root_units(name)
        dimensionality = registry.get_dimensionality(name)
    except Exception as error:  # pint raises errors of many kinds for odd names
        raise UnknownUnit(name) from error
    dimension = tuple(sorted((str(part), round(float(str(power)))) for part, power in dimensionality.items()))
    return Fraction(str(factor)), dimension
