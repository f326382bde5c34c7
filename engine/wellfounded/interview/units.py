"""Units in which an amount may be answered: what people write for one, and which fit a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from wellfounded.load.stated import check_unit
from wellfounded.load.unit_text import parse_unit
from wellfounded.model.content import Content, Fact
from wellfounded.model.errors import FactError
from wellfounded.model.unit import NO_UNIT

#: What people write for a unit → the unit. Where a word is used for two, as *pond* and *ounce* are in Dutch,
#: it is not here.
_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("seconde", "seconden", "sec"), "s"),
    **dict.fromkeys(("minuut", "minuten"), "min"),
    **dict.fromkeys(("uur", "uren", "u", "hrs"), "h"),
    **dict.fromkeys(("dag", "dagen"), "day"),
    **dict.fromkeys(("weken", "wk"), "week"),
    **dict.fromkeys(("maand", "maanden"), "month"),
    **dict.fromkeys(("jaar", "jaren", "yr", "yrs"), "year"),
    **dict.fromkeys(("kilo", "kilos", "kilo's", "kilo’s"), "kg"),
    **dict.fromkeys(("lbs",), "lb"),
    **dict.fromkeys(("st",), "stone"),
}

#: Units that are told where an answer had another one, and what some of them are called.
_TOLD = (
    *("kg", "g", "mg", "lb", "oz", "stone", "L", "ml", "m", "cm", "mm", "km", "ft", "inch"),
    *("MJ", "kJ", "min", "s", "h", "day", "week", "month", "year"),
)
_CALLED: Mapping[str, Mapping[str, str]] = {
    "nl": {"h": "uur", "day": "dagen", "week": "weken", "month": "maanden", "year": "jaar"},
    "en": {"h": "hours", "day": "days", "week": "weeks", "month": "months", "year": "years"},
}

#: A unit is told if the highest that a fact can be is a number of it that somebody would write.
_MOST = 70_000

_PER = re.compile(r"\s*/\s*|\s+(?:per|a|an)\s+", re.IGNORECASE)


def unit_written(content: Content, fact: Fact, written: str) -> str | None:
    """The unit that is meant, as a person's file has it; ``None`` if it does not fit the fact.

    What a fact is per may be left out, as it may behind its own unit: ``MJ`` is ``MJ/day`` of a fact in
    ``kJ/day``.
    """
    if _is_its_own(content, fact, written):
        return fact.unit
    parts = [_WORDS.get(part.casefold(), part) for part in _PER.split(written)]
    return next((unit for unit in _with_rest(fact, "/".join(parts)) if _fits(content, fact, unit)), None)


def units_told(content: Content, fact: Fact, language: str) -> Mapping[str, Fraction]:
    """Other units of use for a fact, by what they are called, each with its size in the fact's own."""
    assert fact.span is not None
    own, told = content.units.get(fact.unit, NO_UNIT), {}
    for unit in _TOLD:
        written = unit_written(content, fact, unit)
        if written is not None and written != fact.unit:
            size = parse_unit(written, content.dimensions)[0] / own.factor
            if size != 1 and 1 < fact.span[1] / size <= _MOST:
                told[_CALLED.get(language, {}).get(unit, unit)] = size
    return told


def _is_its_own(content: Content, fact: Fact, written: str) -> bool:
    """Whether it is the unit of the fact as it is said, or how that begins: ``uur`` for ``uur per dag``."""
    own = content.units.get(fact.unit)
    says = () if own is None else own.says.values()
    called = [
        text.replace("{number}", "").strip().casefold() for one in says for text in (one.one, one.other)
    ]
    wanted = written.casefold()
    return any(name == wanted or name.startswith(f"{wanted} ") for name in called)


def _with_rest(fact: Fact, unit: str) -> Iterator[str]:
    """A unit by itself, then with more and more of what the fact is per."""
    yield unit
    per = fact.unit.split("/")[1:]
    yield from ("/".join((unit, *per[start:])) for start in range(len(per) - 1, -1, -1))


def _fits(content: Content, fact: Fact, unit: str) -> bool:
    try:
        check_unit(content, fact.id, unit)
    except FactError:
        return False
    return True
