"""Numbers as people write them in a form."""

from __future__ import annotations

from math import inf, isfinite

from wellfounded.interfaces.audit_words import spoken
from wellfounded.load.as_written import AMOUNT, plain_number_text
from wellfounded.model.values import plain_number


def shown_number(number: float, language: str) -> str:
    """A number as people write it in a language."""
    written = str(plain_number(number))
    return written.replace(".", ",") if spoken(language) == "nl" else written


def number_written(text: str, language: str) -> float | None:
    """The number that somebody wrote, if it is one. Raises ``TwoReadings`` where it can be two."""
    amount = AMOUNT.fullmatch(text.strip())
    if amount is None or amount["unit"]:
        return None
    plain = plain_number_text(amount["number"], "," if spoken(language) == "nl" else ".")
    number = inf if plain is None else float(plain)
    return number if isfinite(number) else None
