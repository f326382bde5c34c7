"""Conditions and formulas as authors write them, each node with its position.

Positions never take part in equality: two files that say the same thing are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.values import Value


class End(StrEnum):
    """An end of a range."""

    LOW = "low"
    HIGH = "high"


class Comparator(StrEnum):
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


class Grouping(StrEnum):
    """``all`` is and, ``any`` is or, ``none`` is not any."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in a formula: without a dimension, or in the fact's unit where it stands alone."""

    value: float
    position: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A fact or a parameter, or one end of a parameter's range."""

    name: str
    end: End | None = None
    position: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Formula
    position: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """``symbol`` is one of + - * /."""

    symbol: str
    left: Formula
    right: Formula
    position: Position = field(default=NOWHERE, compare=False)


Formula: TypeAlias = Number | Name | Negative | Operation


@dataclass(frozen=True, slots=True)
class Between:
    """A range written out: two formulas, both ends inclusive."""

    low: Formula
    high: Formula
    position: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """A fact has one of these values."""

    fact: str
    values: tuple[Value, ...]
    position: Position = field(default=NOWHERE, compare=False)
    value_positions: tuple[Position, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Compares:
    """A number fact held against a formula."""

    fact: str
    comparator: Comparator
    operand: Formula | Between
    position: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    grouping: Grouping
    members: tuple[Condition, ...]
    position: Position = field(default=NOWHERE, compare=False)


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


def tests_in(condition: Condition) -> tuple[Is | Compares, ...]:
    """Every test of a fact in a condition, in the order written."""
    if isinstance(condition, Group):
        return tuple(test for member in condition.members for test in tests_in(member))
    return (condition,)
