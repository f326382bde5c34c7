"""What is asked of many people: which people, which of them to show, and in what order.

It is read from an address, or from the form of a page that holds a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wellfounded.advise.numbers import number_text
from wellfounded.interfaces.studio.people.values import Values
from wellfounded.load.as_written import TwoReadings, plain_number_text
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.record import Record

#: The most people that are looked at in one go, and that stand on one page.
MOST = 10_000
ON_A_PAGE = 100
#: The most characters of what made-up people are drawn with.
SEED = 40

_NUMBER = r"[-+−]?[0-9]+(?:[.,][0-9]+)*"
_SPAN = re.compile(rf"({_NUMBER})(?:\s*(?:\.\.|–)\s*({_NUMBER}))?")


class Field(Record, frozen=True):
    """What was written in a field, and what is wrong with it."""

    written: str
    problem: str = ""


class Wanted(Record, frozen=True):
    """What a fact of the people to show has to be: within a span, a choice, or with neither, unknown."""

    fact: Fact
    span: tuple[float, float] | None = None
    choice: str | bool | None = None


class Asked(Record, frozen=True):
    """``count`` is empty unless people are made up. ``verdict`` is empty for any that is given."""

    count: Field
    seed: Field
    recommendation: str
    verdict: str
    fact: str
    value: Field
    wanted: Wanted | None
    sort: str
    down: bool
    page: int

    @property
    def made_up(self) -> int:
        """How many people are made up; none where they are not."""
        return int(self.count.written) if self.count.written and not self.count.problem else 0

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The same as an address says it, with nothing in it that says nothing."""
        pairs = [
            ("made-up", self.count.written),
            ("seed", self.seed.written if self.count.written else ""),
            ("recommendation", self.recommendation),
            ("verdict", self.verdict),
            ("fact", self.fact),
            ("is", self.value.written),
            ("sort", self.sort),
            ("order", "down" if self.down else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in pairs if value]


def read_asked(
    sent: Mapping[str, str],
    content: Content,
    topics: Mapping[str, str],
    labels: Mapping[str, str],
    values: Values,
) -> Asked:
    """What is asked, with what is wrong at each field; names that there are not are passed over."""
    said = values.said
    fact = sent.get("fact", "") if sent.get("fact", "") in content.facts else ""
    value, wanted = _wanted(
        sent.get("is", "").strip()[:200], content.facts.get(fact), labels.get(fact, ""), values
    )
    recommendation = sent.get("recommendation", "")
    sort = sent.get("sort", "")
    page = sent.get("page", "1")
    seed = sent.get("seed", "1").strip()
    return Asked(
        _count(sent.get("made-up", "").strip(), values),
        Field(seed, said["seed_wrong"].format(most=SEED) if len(seed) > SEED else ""),
        recommendation if recommendation in topics else "",
        sent.get("verdict", "") if recommendation in topics else "",
        fact,
        value,
        wanted,
        sort if sort in content.facts or sort in topics else "",
        sent.get("order", "") == "down",
        int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
    )


def _count(written: str, values: Values) -> Field:
    if not written:
        return Field("")
    fits = written.isascii() and written.isdecimal() and len(written) < 7 and 1 <= int(written) <= MOST
    most = number_text(MOST, values.language)
    return Field(written, "" if fits else values.said["count_wrong"].format(written=written[:100], most=most))


def _wanted(written: str, fact: Fact | None, label: str, values: Values) -> tuple[Field, Wanted | None]:
    said = values.said
    if not written:
        return Field(""), None
    if fact is None:
        return Field(written, said["is_alone"]), None
    if values.means_unknown(written):
        return Field(said["unknown"]), Wanted(fact)
    if fact.type is FactType.NUMBER:
        span = _span(written)
        if span is not None:
            return Field(written), Wanted(fact, span=span)
        allowed = said["span"]
    else:
        choice = values.understood(fact, written)
        if isinstance(choice, str | bool):
            return Field(values.text(fact, choice)), Wanted(fact, choice=choice)
        allowed = ", ".join(values.options(fact))
    problem = said["is_wrong"].format(written=written[:100], fact=label, allowed=allowed)
    return Field(written, problem), None


def _span(written: str) -> tuple[float, float] | None:
    """A number twice, or two of them in order."""
    found = _SPAN.fullmatch(written)
    ends = [] if found is None else [_number(end) for end in found.groups() if end]
    numbers = [end for end in ends if end is not None]
    return (min(numbers), max(numbers)) if ends and len(numbers) == len(ends) else None


def _number(written: str) -> float | None:
    """The number, if every language reads it alike: an address keeps it when its language changes."""
    try:
        readings = {plain_number_text(written, mark) for mark in ".,"}
    except TwoReadings:
        return None
    number = readings.pop()
    return None if number is None else float(number)
