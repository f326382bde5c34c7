"""What scenarios reach of each rule, as lines for its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellfounded.explain.words import words as verdict_words
from wellfounded.interfaces.handbook.words import words
from wellfounded.interfaces.line import Line, Look, Run, filled
from wellfounded.review.coverage import Coverage, Covered, Kind
from wellfounded.review.probes import RULES

#: What coverage says between names, which have no spaces in them.
_BETWEEN = ("against", "low end of", "high end of")


def covered(coverage: Coverage, languages: Iterable[str]) -> Mapping[str, Mapping[str, list[Line]]]:
    """Language → rule → how many scenarios show each of its outcomes, conditions and thresholds."""
    lines: dict[str, dict[str, list[Line]]] = {language: {} for language in languages}
    for language, of_rules in lines.items():
        for item in coverage.items:
            if item.collection == RULES:
                of_rules.setdefault(item.of, []).append(_line(item, language))
    return lines


def _line(item: Covered, language: str) -> Line:
    said = words(language)
    outcomes, kind = (verdict_words(language), "verdict") if item.kind is Kind.VERDICTS else (said, "seen")
    counts = ", ".join(f"{outcomes[f'{kind}_{outcome}']} {count}×" for outcome, count in item.seen.items())
    what = Run(_in_language(item.text, said), look=Look.ID) if item.text else said[f"covered_{item.kind}"]
    return filled("{what}: {counts}", what=what, counts=counts)


def _in_language(text: str, said: Mapping[str, str]) -> str:
    """What is reached as its author wrote it, with the words between that coverage puts there."""
    for english in _BETWEEN:
        text = text.replace(f" {english} ", f" {said[english]} ")
    return text
