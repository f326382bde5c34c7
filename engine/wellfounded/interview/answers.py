"""What a person answers, as they write it → the value of a fact, or what is wrong with the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from math import log10
from typing import Any

from babel import Locale
from babel.numbers import get_decimal_symbol

from wellfounded.advise.edition import Edition
from wellfounded.advise.numbers import number_text
from wellfounded.interview.units import unit_written, units_told
from wellfounded.interview.words import words
from wellfounded.load.as_written import AMOUNT, NO, YES, TwoReadings, plain_number_text
from wellfounded.load.stated import check_facts
from wellfounded.model.content import Fact, FactType
from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.values import Value

LONGEST = 200

#: How a unit begins: an answer that goes on in another way, such as ``6:30``, is no number with a unit.
_UNIT = re.compile(r"[^\W\d_]|[%°/]")


class _Problem(Exception):
    """``name`` is that of the sentence in ``words``, ``parts`` what it shows."""

    def __init__(self, name: str, **parts: str) -> None:
        self.name, self.parts = name, parts


def value_of(edition: Edition, fact: str, given: Any) -> Value:
    """The value that an answer gives a fact: text as people write it, or a value as in a person's file.

    Raises ``FactError``, for text in the language of the edition.
    """
    if not isinstance(given, str):
        return _stated(edition, fact, given)
    try:
        return _read(edition, edition.content.facts[fact], given)
    except _Problem as problem:
        message = words(edition.language)[problem.name].format(**problem.parts)
        raise FactError((FactProblem(fact, message),)) from None


def _stated(edition: Edition, fact: str, given: Any) -> Value:
    checked = check_facts(edition.content, {fact: given})
    if fact not in checked:
        raise FactError((FactProblem(fact, words(edition.language)["no_answer"]),))
    return checked[fact]


def _read(edition: Edition, fact: Fact, given: str) -> Value:
    answer = " ".join(given.split())
    if not answer:
        raise _Problem("no_answer")
    if len(answer) > LONGEST:
        raise _Problem("too_long")
    match fact.type:
        case FactType.BOOLEAN:
            return _yes_or_no(answer)
        case FactType.CHOICE:
            return _choice(edition, fact, answer)
        case FactType.NUMBER:
            return _number(edition, fact, answer)


def _yes_or_no(answer: str) -> bool:
    word = answer.casefold().rstrip(".!")
    if word in YES or word in NO:
        return word in YES
    raise _Problem("yes_or_no", answer=shown(answer))


def _choice(edition: Edition, fact: Fact, answer: str) -> str:
    """A choice by its id, its name in any language, its number in the list, or how only its name begins."""
    names = {id: (id.casefold(), label.casefold()) for id, label in choices(edition, fact)}
    wanted = answer.casefold()
    exactly = [
        id
        for id, called in names.items()
        if wanted in called or wanted in map(str.casefold, fact.choices[id].values())
    ]
    if len(exactly) == 1:
        return exactly[0]
    if re.fullmatch("[0-9]{1,9}", wanted) and 1 <= int(wanted) <= len(names):
        return list(names)[int(wanted) - 1]
    begin_so = [id for id, called in names.items() if any(name.startswith(wanted) for name in called)]
    if len(begin_so) == 1:
        return begin_so[0]
    meant = begin_so or list(names)
    listed = "; ".join(f"{place} {label}" for place, (id, label) in _numbered(edition, fact) if id in meant)
    raise _Problem("several_choices" if begin_so else "not_a_choice", answer=shown(answer), choices=listed)


def choices(edition: Edition, fact: Fact) -> tuple[tuple[str, str], ...]:
    """The choices of a fact with what they are called, in the order in which they are numbered."""
    return tuple((id, label.get(edition.language, id)) for id, label in fact.choices.items())


def _numbered(edition: Edition, fact: Fact) -> Iterable[tuple[int, tuple[str, str]]]:
    return enumerate(choices(edition, fact), 1)


def _number(edition: Edition, fact: Fact, answer: str) -> Value:
    span = span_text(edition, fact)
    match = AMOUNT.fullmatch(answer)
    number = None if match is None else _plain(match["number"], edition.language)
    written = "" if match is None else match["unit"] or ""
    if match is None or number is None or (written and not _UNIT.match(written)):
        raise _Problem("not_a_number", answer=shown(answer), span=span, units=_units(edition, fact, answer))
    unit = unit_written(edition.content, fact, written) if written else fact.unit
    if unit is None:
        units = _units(edition, fact, answer)
        raise _Problem("other_unit", unit=shown(written), span=span, units=units)
    return _within(edition, fact, Decimal(number) if unit == fact.unit else f"{number} {unit}", answer, span)


def _units(edition: Edition, fact: Fact, answer: str) -> str:
    """Which other units can be used, after a number in one that cannot."""
    told = units_told(edition.content, fact, edition.language) if re.match("[-+−]?[0-9]", answer) else {}
    if not told or fact.span is None:
        return ""
    low, high = fact.span
    some = {unit: float(f"{max(low, high / 3) / size:.2g}") for unit, size in told.items()}
    unit, number = min(some.items(), key=lambda one: abs(log10(one[1]) - 2))  # what is easily read
    example = f"{number_text(number, edition.language)} {unit}"
    return words(edition.language)["units"].format(units=", ".join(told), example=example)


def _within(edition: Edition, fact: Fact, stated: Decimal | str, answer: str, span: str) -> Value:
    try:
        return check_facts(edition.content, {fact.id: stated})[fact.id]
    except FactError:
        raise _Problem("outside", answer=shown(answer), span=span) from None


def _plain(number: str, language: str) -> str | None:
    try:
        return plain_number_text(number, _decimal_symbol(language))
    except TwoReadings as two:
        raise _Problem("ambiguous", answer=number, whole=two.whole, decimal=two.decimal) from None


def _decimal_symbol(language: str) -> str:
    return str(get_decimal_symbol(Locale.parse(language, sep="-")))


def span_text(edition: Edition, fact: Fact) -> str:
    """From where to where the numbers of a fact go, with its unit."""
    assert fact.span is not None
    low, high = fact.span
    ends = words(edition.language)["span"].format(low=number_text(low, edition.language), high="{high}")
    return ends.format(high=edition.wording.quantity(high, fact.unit))


def shown(answer: str) -> str:
    """An answer as a message shows it: short, and without what would change the screen."""
    printable = "".join(sign if sign.isprintable() else "�" for sign in answer)
    return f"{printable[:60]}…" if len(printable) > 60 else printable
