"""The text of a unit → its size and dimension.

Written form: terms with ``*`` and ``/``, powers with ``^``, and ``of`` to say what a term measures, as in
``l/m^2 of roof/day``. Terms are units of physics (pint knows them) or what the knowledge base
declares under ``dimensions``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from wellfounded.load.cache import cached_json, remember_json
from wellfounded.model.unit import DIMENSIONLESS, Dimension, DimensionKind, product

_TERM = re.compile(r"(?P<unit>[^\s^*/·]+)(\s+of\s+(?P<of>[^\s^*/·]+))?(\^(?P<power>-?[1-9]))?")
_CACHE = "units"


class UnitTextError(ValueError):
    """A unit that cannot be read; the message says which part."""


def parse_unit(text: str, dimensions: Mapping[str, DimensionKind]) -> tuple[Fraction, Dimension]:
    """The size in base units and the dimension of a unit. Raises ``UnitTextError``."""
    factor, dimension = Fraction(1), DIMENSIONLESS
    if len(text) > 100:
        raise UnitTextError(f"`{text[:40]}…` is too long for a unit")
    for sign, term in _terms(text):
        size, measures = _term(term, dimensions)
        factor *= size**sign
        dimension = product(dimension, measures, sign)
    return factor, dimension


def terms_measure(text: str, dimensions: Mapping[str, DimensionKind]) -> Iterator[Dimension]:
    """What each unit in the text of a unit measures, without its power. Raises ``UnitTextError``."""
    for _, term in _terms(text):
        match = _TERM.fullmatch(term)
        if match is not None:
            yield _atom(match["unit"], dimensions)[1]


def without_kinds(dimension: Dimension) -> Dimension:
    """The dimension with `kg of x` read as plain kg: what a person who states a value writes."""
    plain: Dimension = DIMENSIONLESS
    for name, exponent in dimension:
        plain = product(plain, ((name.partition(" of ")[0], exponent),))
    return plain


def _terms(text: str) -> list[tuple[int, str]]:
    """Each term with 1, or -1 where it is divided by."""
    pieces = re.split(r"([*/·])", text.strip())
    signs = [1] + [-1 if symbol == "/" else 1 for symbol in pieces[1::2]]
    terms = [(sign, piece.strip()) for sign, piece in zip(signs, pieces[::2], strict=True)]
    if terms and not terms[0][1] and len(terms) > 1:
        terms = terms[1:]
    if len(terms) == 1 and not terms[0][1]:
        return []
    return terms


def _term(text: str, dimensions: Mapping[str, DimensionKind]) -> tuple[Fraction, Dimension]:
    match = _TERM.fullmatch(text)
    if not text:
        raise UnitTextError("a unit is missing before or after `*` or `/`")
    if match is None:
        raise UnitTextError(f"`{text}` is not a unit")
    size, measures = _atom(match["unit"], dimensions)
    if match["of"]:
        kind = dimensions.get(match["of"])
        if kind is None:
            raise UnitTextError(f"`{match['of']}` is not declared under `dimensions`")
        if kind is DimensionKind.KIND:
            measures = tuple((f"{name} of {match['of']}", exponent) for name, exponent in measures)
    power = int(match["power"] or 1)
    return size**power, tuple((name, exponent * power) for name, exponent in measures)


def _atom(name: str, dimensions: Mapping[str, DimensionKind]) -> tuple[Fraction, Dimension]:
    declared = name if name in dimensions else name.removesuffix("s")
    match dimensions.get(declared):
        case DimensionKind.COUNT:
            return Fraction(1), ((declared, 1),)
        case DimensionKind.LABEL:
            return Fraction(1), DIMENSIONLESS
        case DimensionKind.KIND:
            raise UnitTextError(f"`{name}` says what a unit measures; write it after `of`")
        case None:
            return _of_physics(name)


_known: dict[str, tuple[Fraction, Dimension]] = {"%": (Fraction(1, 100), DIMENSIONLESS)}


def _of_physics(name: str) -> tuple[Fraction, Dimension]:
    """What pint knows of a unit, remembered between runs: importing pint takes longer than giving advice."""
    if name not in _known:
        _known.update(_decoded(cached_json(_CACHE)))
    if name not in _known:
        _known[name] = _ask_pint(name)
        remember_json(_CACHE, _encoded({name: _known[name]}))
    return _known[name]


def _encoded(known: Mapping[str, tuple[Fraction, Dimension]]) -> dict[str, Any]:
    return {name: [str(size), [list(part) for part in measures]] for name, (size, measures) in known.items()}


def _decoded(stored: dict[str, Any]) -> dict[str, tuple[Fraction, Dimension]]:
    try:
        return {
            name: (Fraction(size), tuple((str(part), int(power)) for part, power in measures))
            for name, (size, measures) in stored.items()
        }
    except (TypeError, ValueError, json.JSONDecodeError):
        return {}


def _ask_pint(name: str) -> tuple[Fraction, Dimension]:
    from wellfounded.load.units_of_physics import UnknownUnit, look_up  # noqa: PLC0415  # imports pint

    try:
        return look_up(name)
    except UnknownUnit:
        raise UnitTextError(f"`{name}` is not a unit that is known") from None
