"""The values facts have, the three truth values, and the one way numbers are rounded.

A value is a yes/no, a number or a choice (its id). Unknown is ``None``, never false and never a default.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from typing import TypeAlias

Value: TypeAlias = bool | float | str
Known: TypeAlias = Value
Truth: TypeAlias = bool | None

#: Every computed number is rounded to this many decimals, or fewer (see ``decimals_for``).
DECIMALS = 9

#: Up to here, scaling a rounded double and rounding again gives the whole number it was made of.
EXACT = 2**51

#: Added to a double below 2**51 and taken away again, this leaves the nearest whole number, half to even:
#: between 2**52 and 2**53 doubles are the whole numbers.
WHOLE = 1.5 * 2**52


@cache
def decimals_for(low: float, high: float) -> int:
    """How many decimals a number between ``low`` and ``high`` can be rounded to and still be exact.

    Nine, fewer where the span is so wide that rounding what is rounded already could change it.
    """
    widest = max(abs(low), abs(high))
    decimals = DECIMALS
    while decimals > 0 and widest * 10**decimals >= EXACT:
        decimals -= 1
    return decimals


def rounded(number: float, decimals: int = DECIMALS) -> float:
    """``number`` rounded to ``decimals`` decimals: scaled, rounded half to even, scaled back.

    Written with operations that IEEE 754 fixes exactly, so that every reasoner can do the same and get
    the same bits; the result is the double nearest to the rounded decimal, and never -0.0, since what is
    scaled back is a whole number.
    """
    scale = 10.0**decimals
    return (number * scale + WHOLE - WHOLE) / scale


def rounded_exactly(number: Fraction, decimals: int = DECIMALS) -> float:
    """The double nearest to ``number`` rounded to ``decimals`` decimals, half to even."""
    scale = 10**decimals
    return float(Fraction(round(number * scale), scale))


def kleene_not(truth: Truth) -> Truth:
    """Not, where not unknown is unknown."""
    return None if truth is None else not truth


def plain_number(number: float) -> int | float:
    """A whole number as ``int``, so that it is written 80 and not 80.0."""
    return int(number) if math.isfinite(number) and number == int(number) else number
