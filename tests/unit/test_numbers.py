"""How numbers are shown."""

from __future__ import annotations

import random

from wellfounded.advise.numbers import number_text, rounded_beside, shown_together
from wellfounded.interfaces.size import size_text


def test_a_little_below_nothing_is_shown_as_nothing() -> None:
    """And not as -0, which is what becomes of -0.04 with one decimal."""
    _, _, current = shown_together(250, None, -0.04, 1)
    assert current is not None
    assert number_text(current, "nl") == "0" and str(current) == "0.0"


def test_a_number_beside_others_is_rounded_without_changing_sides() -> None:
    """So numbers that differ are told apart, and those that can be are short."""
    chance = random.Random(3)
    shortened = 0
    for _ in range(2000):
        number = round(chance.uniform(0, 2), 9)
        others = [
            round(number + chance.choice([-1, 0, 1]) * 10 ** -chance.randint(0, 9), 9) for _ in range(3)
        ]
        shown = rounded_beside(number, others, 1)
        shortened += shown != number
        for other in others:
            seen = rounded_beside(other, [number], 1)
            assert ((shown > seen) - (shown < seen)) == ((number > other) - (number < other))
    assert shortened > 200
    assert rounded_beside(79.83225712, [], 2) == 79.83
    assert rounded_beside(1.5999, [1.6], 2) == 1.5999


def test_sizes_are_written_as_in_their_language() -> None:
    assert [size_text(count, "nl") for count in (900, 1536, 4 * 1024**2)] == ["900 bytes", "1,5 kB", "4 MB"]
    assert size_text(1536, "en") == "1.5 kB"
