"""Numbers as each language writes them. Babel formats; what was formatted is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import parse_pattern

from wellfounded.model.unit import Pattern
from wellfounded.model.values import DECIMALS


@lru_cache(maxsize=100_000)
def number_text(number: float, language: str) -> str:
    """A number with all its decimals, such as 1,6 in Dutch and 1.6 in English."""
    return str(_PATTERN.apply(Decimal(repr(number)), _locale(language)))


#: Thousands in groups, and as many decimals as there are.
_PATTERN = parse_pattern("#,##0.#########")


@lru_cache(maxsize=100)
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@lru_cache(maxsize=1000)
def decimals_of(step: float | None) -> int:
    """How many decimals a number of this step is shown with: one more than the step has."""
    if step is None:
        return DECIMALS
    exponent = Decimal(repr(step)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent) + 1


def shown_together(
    low: float | None, high: float | None, current: float | None, decimals: int
) -> tuple[float | None, float | None, float | None]:
    """Bounds and a present value as they are shown.

    Bounds are rounded inward, so that who follows what is shown is within. There are as many decimals as it
    takes for the bounds not to cross, and for the value to stand on the same side of them as it really does.
    """
    for places in range(decimals, DECIMALS):
        shown_low = None if low is None else _rounded(low, places, ROUND_CEILING)
        shown_high = None if high is None else _rounded(high, places, ROUND_FLOOR)
        shown = None if current is None else _rounded(current, places, ROUND_HALF_EVEN)
        crossed = shown_low is not None and shown_high is not None and shown_low > shown_high
        if not crossed and _sides(shown_low, shown_high, shown) == _sides(low, high, current):
            return shown_low, shown_high, shown
    return low, high, current


def rounded_beside(number: float, others: Iterable[float], decimals: int) -> float:
    """A number with so many decimals, or more where it takes them to see on which side of others it is."""
    against = tuple(others)
    for places in range(decimals, DECIMALS):
        shown = _rounded(number, places, ROUND_HALF_EVEN)
        sides = (
            _side(shown, seen) == _side(number, other)
            for other in against
            for seen in (other, _rounded(other, places, ROUND_HALF_EVEN))
        )
        if all(sides):
            return shown
    return number


def _side(number: float, other: float) -> int:
    return (number > other) - (number < other)


def _sides(low: float | None, high: float | None, current: float | None) -> tuple[bool, bool]:
    """Whether a value is below the low and above the high bound."""
    if current is None:
        return False, False
    return low is not None and current < low, high is not None and current > high


@lru_cache(maxsize=100_000)
def _rounded(number: float, decimals: int, rounding: str) -> float:
    # Nothing is shown as -0.
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-decimals), rounding=rounding)) + 0.0


def with_unit(text: str, number: float, pattern: Pattern | None, language: str) -> str:
    """The number in its unit's phrase, in the plural form that the language asks for."""
    if pattern is None:
        return text
    phrase = pattern.one if pattern.one != pattern.other and _is_one(number, language) else pattern.other
    return phrase.replace("{number}", text)


@lru_cache(maxsize=10_000)
def _is_one(number: float, language: str) -> bool:
    return str(_locale(language).plural_form(Decimal(repr(number)).normalize())) == "one"
