"""Conditions → tests, with negation pushed down to single comparisons."""

from __future__ import annotations

from wellfounded.lower.formulas import Formulas, bounds
from wellfounded.model.content import Content, FactType
from wellfounded.model.core import All, Any, Comparison, OneOf, Relation, Rounded, Test, negated
from wellfounded.model.expression import (
    END_USED,
    Comparator,
    Compares,
    Condition,
    End,
    Group,
    Grouping,
    Is,
    Number,
)

_RELATION = {
    Comparator.BELOW: Relation.BELOW,
    Comparator.AT_LEAST: Relation.AT_LEAST,
    Comparator.AT_MOST: Relation.AT_MOST,
    Comparator.ABOVE: Relation.ABOVE,
}


class Conditions:
    """Lowers the conditions of one knowledge base."""

    def __init__(self, content: Content, formulas: Formulas) -> None:
        self.content = content
        self.formulas = formulas
        self.choices = {fact.id: fact.values for fact in content.facts.values()}

    def test(self, condition: Condition) -> Test:
        match condition:
            case Is():
                return self._is(condition)
            case Compares():
                return self._compares(condition)
            case Group():
                return self._group(condition)

    def _is(self, condition: Is) -> Test:
        fact = self.content.facts[condition.fact]
        if fact.type is not FactType.NUMBER:
            return OneOf(fact.id, condition.values)
        return _any(tuple(self._equals(fact.id, float(value)) for value in condition.values))

    def _equals(self, fact: str, value: float) -> Test:
        bound = self.formulas.result(Number(value), fact, End.LOW)
        return All((Comparison(fact, Relation.AT_LEAST, bound), Comparison(fact, Relation.AT_MOST, bound)))

    def _compares(self, condition: Compares) -> Test:
        fact = condition.fact
        low, high = bounds(condition.operand)
        if condition.comparator is Comparator.WITHIN:
            return All(
                (
                    Comparison(fact, Relation.AT_LEAST, self._bound(low, fact, End.LOW)),
                    Comparison(fact, Relation.AT_MOST, self._bound(high, fact, End.HIGH)),
                )
            )
        end = END_USED[condition.comparator]
        return Comparison(fact, _RELATION[condition.comparator], self._bound(low, fact, end))

    def _bound(self, formula: object, fact: str, end: End) -> Rounded:
        return self.formulas.result(formula, fact, end)  # type: ignore[arg-type]  # bounds() gives formulas

    def _group(self, group: Group) -> Test:
        members = tuple(self.test(member) for member in group.members)
        match group.grouping:
            case Grouping.ALL:
                return _all(members)
            case Grouping.ANY:
                return _any(members)
            case Grouping.NONE:
                return _flat(negated(_any(members), self.choices))


def _all(members: tuple[Test, ...]) -> Test:
    flat = tuple(inner for m in members for inner in (m.members if isinstance(m, All) else (m,)))
    return flat[0] if len(flat) == 1 else All(flat)


def _any(members: tuple[Test, ...]) -> Test:
    flat = tuple(inner for m in members for inner in (m.members if isinstance(m, Any) else (m,)))
    return flat[0] if len(flat) == 1 else Any(flat)


def _flat(test: Test) -> Test:
    match test:
        case All():
            return _all(tuple(_flat(member) for member in test.members))
        case Any():
            return _any(tuple(_flat(member) for member in test.members))
    return test
