"""What has to be looked at again, and by which day: references, claims and rules."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime

from wellfounded.model.content import Checked, Content, Header, Lifecycle
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record


class Due(Record, frozen=True):
    """A reference, claim or rule, as ``kind`` says, that its maintainers look at again by an ISO date."""

    kind: str
    id: str
    by: str
    maintainers: tuple[str, ...] = ()
    position: Position = NOWHERE


def due(content: Content, on: date) -> tuple[Due, ...]:
    """Everything that is due on a day, in the order written; what is retired is never looked at again."""
    day = on.isoformat()
    return tuple(item for item in _with_a_day(content) if item.by <= day)


def next_day(content: Content, after: str) -> str:
    """The first ISO date after another one on which something more is due; empty where there is none."""
    return min((item.by for item in _with_a_day(content) if item.by > after), default="")


def _with_a_day(content: Content) -> Iterator[Due]:
    """Everything that has a day: its ``review_by``, or else the review rhythm after its oldest check."""
    header = content.header
    for reference in content.references.values():
        checked = reference.on_record.checked
        day = _day(reference.review_by, () if checked is None else (checked,), header)
        at = reference.review_by_position if reference.review_by else _place(checked)
        yield from _due("reference", reference.number, day, header.maintainers, at)
    for claim in content.claims.values():
        if claim.status is not Lifecycle.RETIRED:
            day, oldest = _day(claim.review_by, claim.checks, header), _oldest(claim.checks)
            at = claim.review_by_position if claim.review_by else _place(oldest)
            yield from _due("claim", claim.id, day, claim.maintainers or header.maintainers, at)
    for rule in content.rules.values():
        if rule.status is not Lifecycle.RETIRED:
            at = rule.positions.get("review_by", NOWHERE)
            yield from _due("rule", rule.id, rule.review_by, rule.maintainers or header.maintainers, at)


def _due(kind: str, id: str, day: str, maintainers: tuple[str, ...], at: Position) -> Iterator[Due]:
    if day:
        yield Due(kind, id, day, maintainers, at)


def _day(review_by: str, checks: tuple[Checked, ...], header: Header) -> str:
    oldest = _oldest(checks)
    if review_by or oldest is None or header.review_every_months is None:
        return review_by
    return months_after(oldest.on, header.review_every_months)


def _oldest(checks: tuple[Checked, ...]) -> Checked | None:
    return min(checks, key=lambda checked: checked.on, default=None)


def _place(checked: Checked | None) -> Position:
    return NOWHERE if checked is None else checked.position


def months_after(day: str, months: int) -> str:
    """The day so many months later; the last of its month where that month is shorter. ISO dates.

    What would be after the last year there is, is its last day.
    """
    year, month, number = map(int, day.split("-"))
    years, index = divmod(month - 1 + months, 12)
    if year + years > date.max.year:
        return date.max.isoformat()
    length = calendar.monthrange(year + years, index + 1)[1]
    return date(year + years, index + 1, min(number, length)).isoformat()


def today() -> date:
    """The day it is here."""
    return datetime.now(UTC).astimezone().date()
