"""What has to be looked at again, and by which day: references, claims and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from wellfounded.model.content import Checked, Content, Lifecycle
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record


class Due(Record, frozen=True):
    """A reference, claim or rule, as ``kind`` says, that is to be looked at again by an ISO date."""

    kind: str
    id: str
    by: str
    position: Position = NOWHERE


def due(content: Content, on: date) -> tuple[Due, ...]:
    """Everything that is due on a day, in the order written; what is retired is never looked at again."""
    day = on.isoformat()
    return tuple(item for item in _with_a_day(content) if item.by <= day)


def _with_a_day(content: Content) -> Iterator[Due]:
    """Everything that has a day: its ``review_by``, or else the review rhythm after its oldest check."""
    months = content.header.review_every_months
    for reference in content.references.values():
        at, checked = reference.review_by_position, reference.on_record.checked
        checks = () if checked is None else (checked,)
        yield from _by("reference", reference.number, reference.review_by, at, checks, months)
    for claim in content.claims.values():
        if claim.status is not Lifecycle.RETIRED:
            at = claim.review_by_position
            yield from _by("claim", claim.id, claim.review_by, at, claim.checks, months)
    for rule in content.rules.values():
        if rule.status is not Lifecycle.RETIRED:
            yield from _by("rule", rule.id, rule.review_by, rule.positions.get("review_by", NOWHERE))


def _by(
    kind: str,
    id: str,
    review_by: str,
    position: Position,
    checks: Iterable[Checked] = (),
    months: int | None = None,
) -> Iterator[Due]:
    oldest = min(checks, key=lambda checked: checked.on, default=None)
    if review_by:
        yield Due(kind, id, review_by, position)
    elif months is not None and oldest is not None:
        yield Due(kind, id, months_after(oldest.on, months), oldest.position)


def months_after(day: str, months: int) -> str:
    """The day so many months later; the last of its month where that month is shorter. ISO dates."""
    year, month, number = map(int, day.split("-"))
    years, index = divmod(month - 1 + months, 12)
    later = date(year + years, index + 1, 1)
    length = (date(later.year + later.month // 12, later.month % 12 + 1, 1) - later).days
    return later.replace(day=min(number, length)).isoformat()
