"""Reading the core with a valuation at hand: the truth of any part of it, and what that truth rests on."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.model.core import (
    All,
    Any,
    Comparison,
    OneOf,
    Test,
    facts_in_term,
)
from wellfounded.model.values import Truth
from wellfounded.reason.arithmetic import Values, compared, number_of


def truth(test: Test, values: Values) -> Truth:
    """What a test is for these values, in Kleene's logic."""
    match test:
        case OneOf():
            value = values[test.fact]
            return None if value is None else value in test.values
        case Comparison():
            return _compared(test, values)
        case All():
            return _joined(test, values, False)
        case Any():
            return _joined(test, values, True)


def _joined(test: All | Any, values: Values, decisive: bool) -> Truth:
    """One ``decisive`` member decides; else an unknown one leaves it unknown."""
    unknown = False
    for member in test.members:
        member_truth = truth(member, values)
        if member_truth is decisive:
            return decisive
        unknown = unknown or member_truth is None
    return None if unknown else not decisive


def _compared(test: Comparison, values: Values) -> Truth:
    number, bound = values[test.fact], number_of(test.bound, values)
    if number is None or bound is None:
        return None
    assert not isinstance(number, str)
    return compared(test.relation, number, bound)


def deciding(test: Test, values: Values) -> Iterator[OneOf | Comparison]:
    """The single tests that fix the truth of a known ``test``.

    A true *all* and a false *any* rest on all their members; a true *any* on every true member, a false
    *all* on every false one.
    """
    if isinstance(test, OneOf | Comparison):
        yield test
        return
    fixed = truth(test, values)
    rests_on_every_member = fixed is isinstance(test, All)
    for member in test.members:
        if rests_on_every_member or truth(member, values) is fixed:
            yield from deciding(member, values)


def undecided_parts(test: Test, values: Values) -> Iterator[OneOf | Comparison]:
    """The single tests inside ``test`` that keep it unknown; a part already decided gives none."""
    if truth(test, values) is not None:
        return
    if isinstance(test, OneOf | Comparison):
        yield test
        return
    for member in test.members:
        yield from undecided_parts(member, values)


def unknown_facts(test: OneOf | Comparison, values: Values) -> Iterator[str]:
    """The facts of an unknown single test that are unknown."""
    names = [test.fact, *(facts_in_term(test.bound.term) if isinstance(test, Comparison) else ())]
    yield from (name for name in names if values[name] is None)
