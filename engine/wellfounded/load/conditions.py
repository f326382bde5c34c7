"""Nodes → conditions, formulas and targets. What cannot be read raises ``Unreadable`` with its diagnostic."""

from __future__ import annotations

from wellfounded.load.formula import parse_formula
from wellfounded.load.node import Map, Node, Scalar, Sequence
from wellfounded.model.content import Bound, Conclusion, Target
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import (
    Between,
    Comparator,
    Compares,
    Condition,
    Formula,
    Group,
    Grouping,
    Is,
    Number,
)
from wellfounded.model.position import Position
from wellfounded.model.values import Value

GROUPINGS = frozenset(str(grouping) for grouping in Grouping)


class Unreadable(Exception):
    """A node that its schema allows and that still cannot be read."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def condition(node: Node) -> Condition:
    """The condition a mapping stands for: all of its entries."""
    return Group(Grouping.ALL, _entries(node), node.position)


def _entries(node: Node) -> tuple[Condition, ...]:
    assert isinstance(node, Map)
    return tuple(
        member
        for key, position, item in node.items()
        for member in (
            (_group(Grouping(key), item, position),) if key in GROUPINGS else _tests(key, item, position)
        )
    )


def _group(grouping: Grouping, node: Node, position: Position) -> Condition:
    if isinstance(node, Sequence):
        return Group(grouping, tuple(condition(item) for item in node.items), position)
    return Group(grouping, _entries(node), position)


def _tests(fact: str, node: Node, position: Position) -> tuple[Condition, ...]:
    match node:
        case Scalar():
            return (Is(fact, (value(node),), position, (node.position,)),)
        case Sequence():
            values = tuple(value(item) for item in node.items)
            return (Is(fact, values, position, tuple(item.position for item in node.items)),)
        case Map():
            tests = tuple(_compares(fact, Comparator(key), item, position) for key, _, item in node.items())
            return tests if len(tests) == 1 else (Group(Grouping.ALL, tests, position),)


def _compares(fact: str, comparator: Comparator, node: Node, position: Position) -> Compares:
    return Compares(fact, comparator, formula_or_range(node), position)


def formula_or_range(node: Node) -> Formula | Between:
    if isinstance(node, Sequence):
        return Between(formula(node.items[0]), formula(node.items[1]), node.position)
    return formula(node)


def formula(node: Node) -> Formula:
    """The formula a number or a text stands for."""
    assert isinstance(node, Scalar)
    if isinstance(node.value, str):
        quoted = node.text and node.position.length == len(node.text) + 2
        at = node.position.inside(1, len(node.text)) if quoted else node.position
        parsed = parse_formula(node.text, at)
        if isinstance(parsed, Diagnostic):
            raise Unreadable(parsed)
        return parsed
    return Number(float(node.value or 0), node.position)


def value(node: Node) -> Value:
    """A yes/no, a number or a choice."""
    assert isinstance(node, Scalar)
    written = node.value
    assert written is not None
    return float(written) if isinstance(written, int) and not isinstance(written, bool) else written


def target(node: Map, position: Position) -> Target:
    of = node.entries["of"]
    assert isinstance(of, Scalar)
    [(kind, bound)] = [(key, item) for key, _, item in node.items() if key != "of"]
    return Target(str(of.value), _bound(kind, bound), of.position)


def _bound(kind: str, node: Node) -> Bound:
    if kind == "is" and isinstance(node, Scalar) and isinstance(node.value, bool):
        return Bound(kind, node.value, node.position)
    return Bound(kind, formula_or_range(node), node.position)


def conclusion(node: Map) -> Conclusion:
    [(fact, position, item)] = node.items()
    return Conclusion(fact, value(item), position, item.position)
