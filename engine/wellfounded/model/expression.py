"""Conditions and formulas as authors write them, each node with its position.

Positions never take part in equality: two files that say the same thing are equal.
"""

from __future__ import annotations

from typing import TypeAlias

from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record
from wellfounded.model.values import Value
from wellfounded.model.word import Word


class End(Word):
    """An end of a range."""

    LOW = "low"
    HIGH = "high"


class Comparator(Word):
    """How a fact may be held against a number. ``at_least``, ``at_most`` and ``within`` are inclusive."""

    BELOW = "below"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    WITHIN = "within"


#: Which end of a range a comparison uses when it is held against the range as a whole.
END_USED = {
    Comparator.BELOW: End.LOW,
    Comparator.AT_LEAST: End.LOW,
    Comparator.AT_MOST: End.HIGH,
    Comparator.ABOVE: End.HIGH,
}


class Grouping(Word):
    """``all`` is and, ``any`` is or, ``none`` is not any."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Number(Record, frozen=True):
    """A number written in a formula: without a dimension, or in the fact's unit where it stands alone."""

    value: float
    position: Position = NOWHERE


class Name(Record, frozen=True):
    """A fact or a parameter, or one end of a parameter's range."""

    name: str
    end: End | None = None
    position: Position = NOWHERE


class Negative(Record, frozen=True):
    operand: Formula
    position: Position = NOWHERE


class Operation(Record, frozen=True):
    """``symbol`` is one of + - * /."""

    symbol: str
    left: Formula
    right: Formula
    position: Position = NOWHERE


Formula: TypeAlias = Number | Name | Negative | Operation


class Between(Record, frozen=True):
    """A range written out: two formulas, both ends inclusive."""

    low: Formula
    high: Formula
    position: Position = NOWHERE


class Is(Record, frozen=True):
    """A fact has one of these values."""

    fact: str
    values: tuple[Value, ...]
    position: Position = NOWHERE
    value_positions: tuple[Position, ...] = ()


class Compares(Record, frozen=True):
    """A number fact held against a formula."""

    fact: str
    comparator: Comparator
    operand: Formula | Between
    position: Position = NOWHERE


class Group(Record, frozen=True):
    grouping: Grouping
    members: tuple[Condition, ...]
    position: Position = NOWHERE


Condition: TypeAlias = Is | Compares | Group


def parts(formula: Formula | Between) -> tuple[Formula, ...]:
    """A formula's direct parts: the one place that knows them."""
    match formula:
        case Number() | Name():
            return ()
        case Negative():
            return (formula.operand,)
        case Operation():
            return (formula.left, formula.right)
        case Between():
            return (formula.low, formula.high)


def names_in(formula: Formula | Between) -> tuple[Name, ...]:
    """Every name in a formula, from left to right."""
    if isinstance(formula, Name):
        return (formula,)
    return tuple(name for part in parts(formula) for name in names_in(part))


def as_written(formula: Formula) -> str:
    """A formula as an author would write it, for messages."""
    match formula:
        case Number():
            return f"{formula.value:g}"
        case Name():
            return f"{formula.name}.{formula.end}" if formula.end else formula.name
        case Negative():
            return f"-{_in_parentheses(formula.operand, '+-*/')}"
        case Operation():
            is_sum = formula.symbol in "+-"
            left = _in_parentheses(formula.left, "" if is_sum else "+-")
            right = _in_parentheses(formula.right, "+-" if is_sum else "+-*/")
            return f"{left} {formula.symbol} {right}"


def _in_parentheses(formula: Formula, symbols: str) -> str:
    """A part of a formula, in parentheses if it is an operation with one of these symbols."""
    text = as_written(formula)
    return f"({text})" if isinstance(formula, Operation) and formula.symbol in symbols else text


def extent(formula: Formula) -> Position:
    """The place of a whole formula, where ``position`` is that of its sign alone."""
    places = [formula.position, *(extent(part) for part in parts(formula))]
    if len({(place.file, place.line) for place in places}) > 1:
        return formula.position
    start = min(place.column for place in places)
    end = max(place.column + place.length for place in places)
    return Position(formula.position.file, formula.position.line, start, end - start)


def tests_in(condition: Condition) -> tuple[Is | Compares, ...]:
    """Every test of a fact in a condition, in the order written."""
    if isinstance(condition, Group):
        return tuple(test for member in condition.members for test in tests_in(member))
    return (condition,)
