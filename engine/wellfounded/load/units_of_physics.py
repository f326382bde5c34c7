"""What pint knows of one unit: its size in base units, exactly, and its dimension."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pint

from wellfounded.model.frozen import frozen
from wellfounded.model.record import Record
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
    powers = {str(part): Fraction(str(power)) for part, power in dimensionality.items()}
    if any(power.denominator != 1 for power in powers.values()):
        raise UnknownUnit(name)  # such as a franklin, of half powers: none of our formulas has a root
    return Fraction(str(factor)), tuple(sorted((part, int(power)) for part, power in powers.items()))


class Names(Record, frozen=True):
    """Names of units, for whoever reads them without pint.

    A name is one of ``units``, or begins with a prefix, or ends in *s*, or both: the first that there is of
    these, without *s* before with it, and prefixes in their order. ``others`` are names that this would read
    so, and that pint takes for units of something else.
    """

    units: Mapping[str, tuple[Fraction, Dimension]]
    prefixes: Mapping[str, Fraction]
    others: tuple[str, ...]


def names_measuring(dimensions: Collection[Dimension]) -> Names:
    """The names of the units that measure one of these.

    Left out are those whose size is known to so many digits that it is a constant of nature, or an angle.
    """
    every, prefixes = _every_unit()
    found = {
        name: unit
        for name, unit in every.items()
        if unit is not None and unit[1] in dimensions and _is_short(unit[0])
    }
    read_so = (prefix + unit + ending for ending in ("", "s") for prefix in ("", *prefixes) for unit in found)
    others = (
        name
        for name in read_so
        if (first := next((part for part in _splits(name, prefixes) if part in every), ""))
        and first not in found
    )
    return Names(frozen(found), prefixes, tuple(dict.fromkeys(others)))


@cache
def _every_unit() -> tuple[Mapping[str, tuple[Fraction, Dimension] | None], Mapping[str, Fraction]]:
    """Every name of a unit, with what is known of it, and the prefixes."""
    # A registry of its own: one that was asked has also kept the names it was asked for.
    registry: Any = pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)
    names = list(registry._units)  # pint has no public list of all names, nor of prefixes
    prefixes = ((name, Fraction(str(it.value))) for name, it in registry._prefixes.items() if name)
    return frozen((name, _looked_up(name)) for name in names), frozen(prefixes)


def _is_short(size: Fraction) -> bool:
    return max(size.numerator, size.denominator) < 10**13


def _splits(name: str, prefixes: Iterable[str]) -> Iterator[str]:
    """What is left of a name without a prefix, or *s*, or both, in the order in which pint looks."""
    for ending in ("", "s"):
        for prefix in ("", *prefixes):
            if name.startswith(prefix) and name.endswith(ending):
                left = name[len(prefix) :].removesuffix(ending)
                if left and not (ending and len(left) == 1):
                    yield left


def _looked_up(name: str) -> tuple[Fraction, Dimension] | None:
    try:
        return look_up(name)
    except UnknownUnit:
        return None
