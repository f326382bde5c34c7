"""What a formula of the core gives for known values: the plain reading, for whoever needs one number."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.model.core import Arithmetic, Constant, FactNumber, Rounded, Term
from wellfounded.model.values import Value, rounded

Values = Mapping[str, Value | None]


def number_of(result: Rounded, values: Values) -> float | None:
    """What a formula gives for these values, rounded; ``None`` if a fact in it is unknown."""
    if isinstance(result.term, Constant):
        return result.term.value
    number = _term(result.term, values)
    return None if number is None else rounded(number, result.decimals)


def _term(term: Term, values: Values) -> float | None:
    match term:
        case Constant():
            return term.value
        case FactNumber():
            value = values[term.fact]
            assert not isinstance(value, str)
            return value
        case Arithmetic():
            left, right = _term(term.left, values), _term(term.right, values)
            if left is None or right is None:
                return None
            return _compute(term.symbol, left, right)


def _compute(symbol: str, left: float, right: float) -> float:
    match symbol:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def compared(relation: str, number: float, bound: float) -> bool:
    """Whether ``number relation bound`` holds; ``relation`` is one of < <= > >=."""
    match relation:
        case "<":
            return number < bound
        case "<=":
            return number <= bound
        case ">":
            return number > bound
        case _:
            return number >= bound
