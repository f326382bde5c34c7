"""What a rule that holds asks for, given the present value of the fact its target is on."""

from __future__ import annotations

from collections.abc import Sequence

from wellfounded.model.advice import TargetRange, shown
from wellfounded.model.content import Verdict
from wellfounded.model.core import NumberTarget, Recommending, ValueTarget
from wellfounded.model.errors import ConflictError
from wellfounded.model.valuation import Outcome, Valuation
from wellfounded.model.values import plain_number
from wellfounded.reason.arithmetic import Values


def agreed_verdict(
    topic: str, holding: Sequence[Recommending], valuation: Valuation, values: Values | Valuation
) -> Verdict:
    """The verdict of the rules that hold for a topic. Raises ``ConflictError`` where they disagree."""
    first = holding[0]
    outcome = valuation.outcome(first.rule)
    verdict = verdict_of(first, outcome, values)
    for other in holding[1:]:
        its_outcome = valuation.outcome(other.rule)
        asked = verdict, target_of(first, outcome), aimed_at(first)
        if asked != (verdict_of(other, its_outcome, values), target_of(other, its_outcome), aimed_at(other)):
            raise ConflictError(topic, (first.rule, other.rule))
    return verdict


def aimed_at(rule: Recommending) -> str:
    """The fact a rule's target is on, if it has one."""
    return "" if rule.target is None else rule.target.fact


def verdict_of(rule: Recommending, outcome: Outcome, values: Values | Valuation) -> Verdict:
    """The verdict of a rule that holds. Bounds are inclusive; an unknown present value gives ``meet``."""
    target = rule.target
    if target is None:
        assert rule.verdict is not None
        return rule.verdict
    current = values[target.fact]
    if current is None:
        return Verdict.MEET
    if isinstance(target, ValueTarget):
        if current == target.value:
            return Verdict.KEEP
        return Verdict.START if target.value else Verdict.STOP
    assert not isinstance(current, str)
    if outcome.low is not None and current < outcome.low:
        return Verdict.RAISE
    if outcome.high is not None and current > outcome.high:
        return Verdict.LOWER
    return Verdict.KEEP


def target_of(rule: Recommending, outcome: Outcome, unit: str = "") -> TargetRange | None:
    """The target of a rule that holds, with its bounds."""
    match rule.target:
        case None:
            return None
        case ValueTarget():
            return TargetRange(exactly=rule.target.value)
        case NumberTarget(exact=True):
            return TargetRange(exactly=shown(outcome.low), unit=unit)
        case NumberTarget():
            return TargetRange(_end(outcome.low), _end(outcome.high), unit=unit)


def _end(bound: float | None) -> int | float | None:
    return None if bound is None else plain_number(bound)
