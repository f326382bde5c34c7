"""Numbers as people write them in a form: a comma only where it cannot be taken for one between thousands."""

from __future__ import annotations

import re
from math import inf, isfinite

from wellfounded.interfaces.audit_words import spoken
from wellfounded.model.values import plain_number

_NUMBER = {
    "nl": re.compile(r"-?[0-9]+(?:[.,](?![0-9]{3}$)[0-9]+)?"),
    "en": re.compile(r"-?[0-9]+(?:\.[0-9]+)?"),
}


def shown_number(number: float, language: str) -> str:
    """A number as people write it in a language."""
    written = str(plain_number(number))
    return written.replace(".", ",") if spoken(language) == "nl" else written


def number_written(text: str, language: str) -> float | None:
    """The number that somebody wrote, if it is one beyond doubt."""
    found = _NUMBER[spoken(language)].fullmatch(text.strip())
    number = inf if found is None else float(found[0].replace(",", "."))
    return number if isfinite(number) else None
