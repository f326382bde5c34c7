"""Conditions as their authors wrote them, held against a person's values.

The core has no places and no negation; whoever says *which* condition of a rule is false reads the author's
own tree, each single condition lowered to the test that decides it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellfounded.advise.reading import truth
from wellfounded.lower import conditions_of
from wellfounded.model.content import Content
from wellfounded.model.core import Comparison, OneOf, Rounded, Test
from wellfounded.model.expression import Between, Compares, Condition, Formula, Grouping, Is
from wellfounded.model.expression import as_written as formula_as_written
from wellfounded.model.interval import Interval
from wellfounded.model.values import Truth, Value, kleene_not, plain_number
from wellfounded.reason.arithmetic import Values


class Authored:
    """The conditions of one knowledge base. Holds nothing of a person."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._lowering = conditions_of(content)
        self._tests: dict[int, tuple[Condition, Test]] = {}

    def test(self, condition: Condition) -> Test:
        """The test that decides a condition, as the core has it."""
        kept = self._tests.get(id(condition))
        if kept is None:
            kept = self._tests[id(condition)] = (condition, self._lowering.test(condition))
        return kept[1]

    @property
    def spans(self) -> Mapping[str, Interval]:
        """Between which numbers each number fact lies."""
        return self._lowering.formulas.spans

    def others(self, test: OneOf) -> tuple[Value, ...]:
        """The values of a fact that a test does not name."""
        return tuple(value for value in self._lowering.choices[test.fact] if value not in test.values)

    def truth(self, condition: Condition, values: Values) -> Truth:
        return truth(self.test(condition), values)

    def deciding(
        self, condition: Condition, values: Values, under_none: bool = False
    ) -> Iterator[tuple[Is | Compares, Truth, bool]]:
        """The single conditions that make the whole true, false or unknown.

        Each with its truth, and whether it stands under a ``none``.
        """
        if isinstance(condition, Is | Compares):
            yield condition, self.truth(condition, values), under_none
            return
        joined = self.truth(condition, values)
        if condition.grouping is Grouping.NONE:
            joined = kleene_not(joined)  # whether any of them holds
        rests_on_all = joined is (condition.grouping is Grouping.ALL)
        for member in condition.members:
            if rests_on_all or self.truth(member, values) is joined:
                yield from self.deciding(member, values, under_none or condition.grouping is Grouping.NONE)


def bounds_in(test: Test) -> tuple[Rounded, ...]:
    """The numbers a test holds facts against, in the order written, each once."""
    if isinstance(test, Comparison):
        return (test.bound,)
    members = () if isinstance(test, OneOf) else test.members
    return tuple(dict.fromkeys(bound for member in members for bound in bounds_in(member)))


def as_written(condition: Is | Compares) -> str:
    """A single condition as an author would write it."""
    if isinstance(condition, Is):
        written = ", ".join(map(value_as_written, condition.values))
        return f"{condition.fact}: {written if len(condition.values) == 1 else f'[{written}]'}"
    return f"{condition.fact}: {{{condition.comparator}: {operand_as_written(condition.operand)}}}"


def operand_as_written(operand: Formula | Between) -> str:
    if isinstance(operand, Between):
        return f"[{formula_as_written(operand.low)}, {formula_as_written(operand.high)}]"
    return formula_as_written(operand)


def value_as_written(value: Value | None) -> str:
    """A value as an author or a person would write it."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return str(value).lower()
    return str(plain_number(value)) if isinstance(value, float) else value
