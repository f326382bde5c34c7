"""People whose numbers are stated as texts: with all kinds of units, and with what only looks like one."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from wellfounded import KnowledgeBase
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.unit import NO_UNIT

#: Units that measure what a unit of the article measures, by how that is shown.
UNITS: Mapping[str, tuple[str, ...]] = {
    "year": ("year", "years", "months", "weeks", "yr", "century", "d", "hectoyear"),
    "kg": ("kg", "lb", "lbs", "g", "stone", "oz", "kilogram", "t", "kg of body", "µg", "grams"),
    "kcal/day": ("kcal/day", "kJ/d", "kcal/week", "W", "MJ/day", "cal/s", "Btu/hr", "kilocalories/day"),
    "sets/week": ("sets/week", "set/day", "/week", "sets/month"),
    "% of 1RM": ("%", "percent", "permille", "% of 1RM", "1RM", "ppm"),
    "s": ("s", "min", "minutes", "h", "ms", "sec"),
    "h": ("h", "min", "days", "hours", "ks", "fortnight"),
    "h/night": ("h/night", "min/night", "h", "minutes", "hr/nights"),
    "/week": ("/week", "times/week", "time/day", "times/month", "Hz"),
    "g/day": ("g/day", "oz/day", "kg/week", "mg/s", "g/d"),
    "/day": ("/day", "meals/day", "meal/week"),
    "g": ("g", "oz", "g/meal", "mg"),
    "g/kg/day": ("g/kg/day", "g/lb/day", "mg/kg of body/h", "/day"),
}

#: What is no unit here, or is written as none is.
ODD = (
    "parsec",
    "km",
    "no_such_unit",
    "g/",
    "*g",
    "g//day",
    "g^2",
    "g^-1",
    "of",
    "body",
    "g of",
    "g of body",
    "g of nothing",
    "kgs",
    "as",
    "cd",
    "constructor",
    "__proto__",
    "toString/day",
    "°C",
    "1/day",
    "g·day",
    "W" * 120,
)


def with_texts(
    knowledge_base: KnowledgeBase, people: list[dict[str, Any]], seed: object
) -> list[dict[str, Any]]:
    """The people, most of whose numbers are texts; some of these cannot be used."""
    random = Random(f"texts {seed}")
    content = knowledge_base.content
    return [
        {name: _stated(content, name, value, random) for name, value in person.items()} for person in people
    ]


def _stated(content: Content, name: str, value: Any, random: Random) -> Any:
    fact = content.facts.get(name)
    if fact is None or fact.type is not FactType.NUMBER or random.random() < 0.5:
        return value
    return text(content, fact, value, random, odd=0.01)


def text(content: Content, fact: Fact, value: float, random: Random, odd: float) -> str:
    """A number as a text with a unit."""
    shown = content.units.get(fact.unit, NO_UNIT).shown
    units = UNITS.get(shown, ()) if random.random() >= odd else ODD
    # A unit of another size takes the number out of its span, or not.
    number = value if random.random() < 0.8 else value * random.choice((0.001, 0.45, 2.2, 60, 1000))
    return random.choice(("", "", " ", "\u2003\x1c")) + _number(number, random) + _unit(units, shown, random)


def _number(number: float, random: Random) -> str:
    written = random.choice((repr(number), f"{number:.3f}", f"{number:e}", f"+{number}", f"{number:.1f}"))
    return written.replace(".", ",") if random.random() < 0.01 else written


def _unit(units: tuple[str, ...], shown: str, random: Random) -> str:
    unit = random.choice((shown, *units))
    return random.choice((" ", "", "  ", "\t")) + unit + random.choice(("", "", " ", "\n", "\u3000"))
