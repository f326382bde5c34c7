"""Expressions over columns that mean the same on every engine, and what engines do differently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any as Anything
from typing import TypeAlias

import narwhals as nw

from wellfounded.model.content import FactType, Verdict
from wellfounded.model.core import OneOf, Relation
from wellfounded.model.record import Record
from wellfounded.model.values import WHOLE, Value, rounded

Expression: TypeAlias = nw.Expr

UNDECIDED = "undecided"

#: What a verdict column can hold, besides null where a topic is not given.
VERDICTS = (UNDECIDED, *(str(verdict) for verdict in Verdict))


class Engine(Record, frozen=True, eq=False):
    """What engines do differently.

    ``names`` has the functions that expressions are made with: those of narwhals, which every engine takes,
    or those of Polars, which are called alike and spare a translation for every table. ``round`` rounds as
    ``model.values.rounded`` does, to the bit; ``verdict`` is the type of verdicts, an enumeration where the
    engine has one; ``ignores_case`` says that `Age` and `age` are one name to it.
    """

    names: Anything
    round: Callable[[Expression, int], Expression]
    verdict: Anything
    ignores_case: bool = False

    def column(self, name: str) -> Expression:
        found: Expression = self.names.col(name)
        return found

    def literal(self, value: Value | None, type: Anything = None) -> Expression:
        made: Expression = self.names.lit(value, type)
        return made

    def nothing(self, type: FactType) -> Expression:
        """Unknown, of the type that columns of such facts have."""
        return self.literal(None, self.type(type))

    def type(self, type: FactType) -> Anything:
        """The type of the columns of such facts."""
        return getattr(self.names, _TYPES[type])

    def choose(self, test: Expression, then: Expression, otherwise: Expression) -> Expression:
        """One of two, by a test; where that is unknown, the other."""
        chosen: Expression = self.names.when(test).then(then).otherwise(otherwise)
        return chosen

    def where(self, test: Expression, then: Expression) -> Expression:
        """What there is where a test holds, and elsewhere nothing."""
        found: Expression = self.names.when(test).then(then)
        return found

    def first_that(
        self, cases: Sequence[tuple[Expression, Expression]], otherwise: Expression | None = None
    ) -> Expression:
        """What stands beside the first test that holds; flat, since engines take no hundreds nested."""
        chosen = [self.where(test, value) for test, value in cases]
        return self.first_known(*chosen, *([] if otherwise is None else [otherwise]))

    def first_known(self, *some: Expression) -> Expression:
        found: Expression = self.names.coalesce(*some)
        return found

    def listed(self, texts: Sequence[Expression]) -> Expression:
        """The texts that are known, one after another; nothing where none is."""
        nothing = self.nothing(FactType.CHOICE)
        if not texts:
            return nothing
        line: Expression = self.names.concat_str(texts, separator="; ", ignore_nulls=True)
        return self.choose(line != self.literal(""), line, nothing)

    def joined(self, parts: Sequence[Expression], conjunction: bool) -> Expression:
        """All parts, or any of them; of no parts at all, what is so for everyone."""
        if not parts:
            return self.literal(conjunction)
        if len(parts) == 1:
            return parts[0]
        middle = len(parts) // 2  # in halves, since engines do not take hundreds within each other
        left, right = self.joined(parts[:middle], conjunction), self.joined(parts[middle:], conjunction)
        return left & right if conjunction else left | right

    def one_of(self, test: OneOf) -> Expression:
        """Whether a yes/no or a choice has one of some values."""
        column = self.column(test.fact)
        if not test.values:
            return column != column
        if not all(isinstance(value, bool) for value in test.values):
            return self.joined([column == self.literal(value) for value in test.values], False)
        return column if test.values == (True,) else ~column if test.values == (False,) else column | ~column

    def unsigned_zero(self, number: Expression) -> Expression:
        """A number as it is shown. What is a little below zero rounds to -0.0; Polars leaves out `+ 0.0`."""
        return self.choose(number == 0.0, self.literal(0.0), number)

    def divided(self, left: Expression, right: Expression, column: str | None) -> Expression:
        """A quotient, of which ``column`` is a number in the dividend.

        Where the divisor is one number for all rows, Polars multiplies by its reciprocal, which may give
        another last bit; so it is made to differ from row to row, as far as the engine knows.
        """
        return left / (right if column is None else right + self.column(column) * 0.0)


_TYPES = {FactType.BOOLEAN: "Boolean", FactType.NUMBER: "Float64", FactType.CHOICE: "String"}


def _half_to_even(number: Expression, decimals: int) -> Expression:
    """For engines that round halves away from zero: scaled, rounded by adding, and scaled back."""
    scale = 10.0**decimals
    return (number * scale + WHOLE - WHOLE) / scale


SQL = Engine(nw, _half_to_even, nw.String(), ignores_case=True)


@cache
def polars_engine() -> Engine:
    """Polars, whose own rounding is ours; it divides by a constant by multiplying by its inverse."""
    import polars  # noqa: PLC0415  # narwhals' engines do without it

    return Engine(polars, lambda number, decimals: number.round(decimals), polars.Enum(VERDICTS))


def compared(relation: Relation, left: Expression, right: Expression) -> Expression:
    """Whether one number is below, at most, above or at least another."""
    match relation:
        case Relation.BELOW:
            return left < right
        case Relation.AT_MOST:
            return left <= right
        case Relation.ABOVE:
            return left > right
        case Relation.AT_LEAST:
            return left >= right


def compared_before_rounding(
    relation: Relation, number: Expression, bound: float, decimals: int
) -> Expression:
    """Whether a number, once it is rounded, is below, at most, above or at least a bound.

    Rounding never turns an order around, so there is a number from which on it comes to the bound, or past
    it; to compare with that one spares rounding a whole column.
    """
    past = relation in (Relation.AT_MOST, Relation.ABOVE)

    def reached(stated: float) -> bool:
        found = rounded(stated, decimals)
        return found > bound if past else found >= bound

    begin = _first(reached, bound, decimals)
    below = relation in (Relation.BELOW, Relation.AT_MOST)
    return number < begin if below else number >= begin


def _first(reached: Callable[[float], bool], bound: float, decimals: int) -> float:
    """The smallest double for which something is so that is so from near a bound on."""
    step = 2.0 / 10.0**decimals
    before, after = bound - step, bound + step
    while before < (between := (before + after) / 2) < after:
        before, after = (before, between) if reached(between) else (between, after)
    return after
