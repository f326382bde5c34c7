"""Numbers as the solver reads them: exact fractions of polynomials, by cases, known or not.

A quotient is kept as what stands over and under the line, so that comparing it with a constant multiplies
the line away and stays linear; divisors are never 0, and what stands under the line is made positive.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import z3

from wellfounded.model.core import Relation

#: A yes or no of the solver, and a number of it; z3 comes without types.
Yes: TypeAlias = z3.BoolRef
Real: TypeAlias = z3.ArithRef

#: More cases than this are written as one, so that numbers made of numbers by cases do not double each time.
MOST_CASES = 4

TRUE: Yes = z3.BoolVal(True)
FALSE: Yes = z3.BoolVal(False)
# A term that is made again is the same one; to look at its id is much faster than to ask z3 what kind it is.
_TRUE, _FALSE = TRUE.get_id(), FALSE.get_id()
_ONE: Real = z3.RealVal(1)


class Case(NamedTuple):
    """A number is ``over / under`` for those of whom ``where`` is true; ``under`` is positive."""

    where: Yes
    over: Real
    under: Real


class Number(NamedTuple):
    """A number of a person. Of everyone of whom it is ``known`` just one case is true."""

    known: Yes
    cases: tuple[Case, ...]


def exactly(number: float) -> Fraction:
    """The decimal that was written, not the double nearest to it."""
    return Fraction(Decimal(repr(number)))


def real(number: Fraction) -> Real:
    return z3.RealVal(f"{number.numerator}/{number.denominator}")


def constant(number: float) -> Number:
    return Number(TRUE, (Case(TRUE, real(exactly(number)), _ONE),))


def plain(known: Yes, number: Real) -> Number:
    return Number(known, (Case(TRUE, number, _ONE),))


def first_known(first: Number, other: Number) -> Number:
    """The one where it is known, else the other."""
    stated = (Case(all_of((first.known, case.where)), case.over, case.under) for case in first.cases)
    unknown = none_of((first.known,))
    rest = (Case(all_of((unknown, case.where)), case.over, case.under) for case in other.cases)
    cases = (*stated, *rest)
    number = Number(any_of((first.known, other.known)), cases)
    return number if len(cases) <= MOST_CASES else _as_one(number)


def combined(symbol: str, left: Number, right: Number, *, divisor_is_negative: bool = False) -> Number:
    """``left symbol right``; a divisor is positive everywhere, or negative everywhere."""
    left, right = _few(left, right)
    cases = (
        Case(all_of((a.where, b.where)), *_fraction(symbol, a, b, divisor_is_negative))
        for a in left.cases
        for b in right.cases
    )
    return Number(all_of((left.known, right.known)), tuple(cases))


def _fraction(symbol: str, a: Case, b: Case, divisor_is_negative: bool) -> tuple[Real, Real]:
    match symbol:
        case "*":
            return _times(a.over, b.over), _times(a.under, b.under)
        case "/":
            over, under = _times(a.over, b.under), _times(a.under, b.over)
            return (-over, -under) if divisor_is_negative else (over, under)
    left, right = _times(a.over, b.under), _times(b.over, a.under)
    if a.under.eq(b.under):
        left, right, under = a.over, b.over, a.under
    else:
        under = _times(a.under, b.under)
    return (left + right if symbol == "+" else left - right), under


def _few(left: Number, right: Number) -> tuple[Number, Number]:
    """The same numbers, each as one case where they would make many: slower to solve, and never too long."""
    if len(left.cases) * len(right.cases) <= MOST_CASES:
        return left, right
    return _as_one(left), _as_one(right)


def _as_one(number: Number) -> Number:
    *others, last = number.cases
    over, under = last.over, last.under
    for case in reversed(others):
        over, under = z3.If(case.where, case.over, over), z3.If(case.where, case.under, under)
    return Number(number.known, (Case(TRUE, over, under),))


def _times(left: Real, right: Real) -> Real:
    if left.eq(_ONE):
        return right
    return left if right.eq(_ONE) else left * right


def compared(left: Number, relation: Relation | str, right: Number) -> Yes:
    """Whether ``left relation right`` of those of whom both are known; ``relation`` may be ``!=``, too."""
    left, right = _few(left, right)
    return any_of(
        all_of(
            (a.where, b.where, _RELATIONS[str(relation)](_times(a.over, b.under), _times(b.over, a.under)))
        )
        for a in left.cases
        for b in right.cases
    )


_RELATIONS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "!=": lambda a, b: a != b,
}


def all_of(parts: Iterable[Yes]) -> Yes:
    """*and*, without what is plainly true."""
    kept = [part for part in parts if part.get_id() != _TRUE]
    if any(part.get_id() == _FALSE for part in kept):
        return FALSE
    return z3.And(kept) if len(kept) > 1 else kept[0] if kept else TRUE


def any_of(parts: Iterable[Yes]) -> Yes:
    """*or*, without what is plainly false."""
    kept = [part for part in parts if part.get_id() != _FALSE]
    if any(part.get_id() == _TRUE for part in kept):
        return TRUE
    return z3.Or(kept) if len(kept) > 1 else kept[0] if kept else FALSE


def none_of(parts: Iterable[Yes]) -> Yes:
    one = any_of(parts)
    if one.get_id() in (_TRUE, _FALSE):
        return FALSE if one.get_id() == _TRUE else TRUE
    return z3.Not(one)
