"""What a person states, as it stands in an address."""

from __future__ import annotations

from decimal import Decimal

from wellfounded.model.values import Value, plain_number


def plainly(value: Value) -> str:
    """A value as every language reads it. Three decimals would be thousands in some, so there are four."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    text = f"{Decimal(repr(plain_number(value))):f}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text
