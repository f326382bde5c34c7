"""What becomes of a topic, as people write it; apart, so that nothing has to be installed to say it."""

from __future__ import annotations

from wellfounded.model.advice import TargetRange
from wellfounded.model.values import plain_number
from wellfounded.review.difference.records import Outcome


def target_text(target: TargetRange) -> str:
    """A target as people write one: 128–176 g/day."""
    unit = f" {target.unit}" if target.unit else ""
    if target.exactly is not None:
        words = {True: "yes", False: "no"}
        exactly = target.exactly
        return words[exactly] if isinstance(exactly, bool) else f"{exactly}{unit}"
    if target.low is None or target.high is None:
        bound = f"at least {target.low}" if target.high is None else f"at most {target.high}"
        return f"{bound}{unit}"
    return f"{target.low}–{target.high}{unit}"


def moved_text(old: Outcome, new: Outcome) -> str:
    """From what to what a topic goes."""
    return f"{_outcome(old)} → {_outcome(new)}"


def _outcome(found: Outcome) -> str:
    low, high = _plain(found.low), _plain(found.high)
    if low is None and high is None:
        return found.outcome
    target = TargetRange(exactly=low) if low == high else TargetRange(low, high)
    return f"{found.outcome} ({target_text(target)})"


def _plain(number: float | None) -> int | float | None:
    return None if number is None else plain_number(number)
