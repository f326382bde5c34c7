"""How numbers are shown."""

from __future__ import annotations

from wellfounded.advise.numbers import number_text, shown_together


def test_a_little_below_nothing_is_shown_as_nothing() -> None:
    """And not as -0, which is what becomes of -0.04 with one decimal."""
    _, _, current = shown_together(250, None, -0.04, 1)
    assert current is not None
    assert number_text(current, "nl") == "0" and str(current) == "0.0"
