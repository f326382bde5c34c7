"""Days that have passed or have not come yet: warnings that depend on the day one asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from wellfounded.model.content import Checked, Content
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.due import due
from wellfounded.model.position import Position


def check_dates(content: Content, on: date) -> Iterator[Diagnostic]:
    """What is due for another look on a day, and what is said to have happened after it."""
    for item in due(content, on):
        message = f"the {item.kind} `{item.id}` has been due for another look since {item.by}"
        help = "look at it again, and write down the day, or a later `review_by`"
        if item.maintainers:
            help += f"; {', '.join(item.maintainers)} looks after it"
        yield Diagnostic("overdue-review", message, item.position, help, f"{item.kind} {item.id}")
    # Somewhere it is the next day already.
    last = on if on == date.max else on + timedelta(days=1)
    for checked, about in _checks(content):
        if checked.on > last.isoformat():
            message = f"`{checked.on}` is still to come, so nobody can have checked anything on it"
            help = f"write the day of the check; today is {on.isoformat()}"
            yield Diagnostic("future-date", message, checked.position, help, about)
    for csl, position, about in _works(content):
        year = _year(csl)
        if year is not None and year > on.year + 1:
            message = f"a work of `{year}` cannot have been read yet"
            yield Diagnostic("future-date", message, position, "correct the year in `issued`", about)


def _checks(content: Content) -> Iterator[tuple[Checked, str]]:
    for reference in content.references.values():
        if reference.on_record.checked is not None:
            yield reference.on_record.checked, f"reference {reference.number}"
    for claim in content.claims.values():
        yield from ((checked, f"claim {claim.id}") for checked in claim.checks)


def _works(content: Content) -> Iterator[tuple[Mapping[str, Any], Position, str]]:
    for reference in content.references.values():
        about = f"reference {reference.number}"
        yield reference.as_cited, reference.position, about
        yield reference.on_record.csl, reference.position, about
    for work in content.works.values():
        yield work.csl, work.position, f"work {work.id}"


def _year(csl: Mapping[str, Any]) -> int | None:
    """The year of issue, which journals may give as next year's."""
    parts = csl.get("issued", {}).get("date-parts", ())
    return parts[0][0] if parts else None
