"""What was stated of a person over time: statements with a day, and those that hold for always.

    length: [{on: 2026-09-01, is: 80}, {on: 2026-11-01, is: 82.5}]

A dated statement holds from its day on, until the next of the same fact. A fact that is written without a day
holds whatever day is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from wellfounded.load.node import Map, Node, Scalar, Sequence, describe, plain
from wellfounded.load.stated import in_order, valued
from wellfounded.model.content import Content
from wellfounded.model.errors import FactProblem
from wellfounded.model.frozen import FrozenMap
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.values import Value

_HELP = "write each statement as {on: 2026-01-31, is: 80}"


class Statement(Record, frozen=True):
    """A value from a day on; ``None`` says that it is no longer known."""

    on: date
    value: Value | None


class History(Record, frozen=True):
    """What was stated of each fact, the earliest first."""

    content: Content
    statements: Mapping[str, tuple[Statement, ...]]

    def on(self, day: date) -> FrozenMap[str, Value]:
        """The facts as they were stated on a day."""
        latest = {
            fact: [statement.value for statement in statements if statement.on <= day]
            for fact, statements in self.statements.items()
        }
        known = {fact: values[-1] for fact, values in latest.items() if values}
        return in_order(self.content, {fact: value for fact, value in known.items() if value is not None})

    def later_than(self, day: date) -> Iterator[tuple[str, date]]:
        """The facts with statements that do not hold on a day yet, and from when they do."""
        for fact, statements in self.statements.items():
            yield from ((fact, statement.on) for statement in statements if statement.on > day)


def history_of(
    content: Content, facts: Mapping[str, Node], keys: Mapping[str, Position]
) -> tuple[History, list[FactProblem]]:
    """What was stated, and a problem at its place for each statement that cannot be used."""
    statements: dict[str, tuple[Statement, ...]] = {}
    problems: list[FactProblem] = []
    for fact, node in facts.items():
        dated = list(_statements(fact, node, keys[fact], problems))
        found: list[Statement] = []
        for day, position, given in dated:
            values, wrong = valued(content, {fact: given})
            problems += [replace(problem, position=position) for problem in wrong]
            if any(statement.on == day for statement in found):
                message = f"`{fact}` is stated twice on {day.isoformat()}"
                problems.append(FactProblem(fact, message, "leave one of them out", position))
            found.append(Statement(day, values.get(fact)))
        statements[fact] = tuple(sorted(found, key=lambda statement: statement.on))
    return History(content, statements), problems


def _statements(
    fact: str, node: Node, position: Position, problems: list[FactProblem]
) -> Iterator[tuple[date, Position, object]]:
    """The days, places and values that are written of a fact."""
    if not isinstance(node, Sequence):
        yield date.min, position, plain(node)
        return
    if not node.items:
        problems.append(FactProblem(fact, f"`{fact}` is an empty list of statements", _HELP, position))
    for item in node.items:
        if not isinstance(item, Map) or set(item.entries) != {"on", "is"}:
            message = f"`{fact}` is a list, which is of dated statements, and {describe(item)} is none"
            problems.append(FactProblem(fact, message, _HELP, item.position))
            continue
        day = _day(item.entries["on"])
        if day is None:
            message = f"{describe(item.entries['on'])} is not a day"
            help = "write year, month and day, such as 2026-01-31"
            problems.append(FactProblem(fact, message, help, item.entries["on"].position))
        else:
            yield day, item.entries["is"].position, plain(item.entries["is"])


def _day(node: Node) -> date | None:
    if not isinstance(node, Scalar) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
        return None
    try:
        return date.fromisoformat(node.text)
    except ValueError:
        return None
