"""What is true of a person: every fact's value, and whether each rule holds with which bounds.

Unknown is ``None`` throughout. Numbers are exact fractions until they are handed out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from tests.reference.written import Book, Compares, Condition, Fact, Formula, Group, Has, Operand, Rule, Value

Truth: TypeAlias = bool | None


class Conflict(Exception):
    """Rules give one fact or one topic different values for the same person."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


@dataclass(frozen=True)
class Outcome:
    """Whether a rule that recommends holds, and if so between which bounds."""

    holds: Truth
    low: Fraction | None = None
    high: Fraction | None = None


class Person:
    """One person, seen through one book. ``facts`` are the stated values, in their facts' units."""

    def __init__(self, book: Book, facts: Mapping[str, bool | float | str]) -> None:
        self.book = book
        self.stated = {name: exactly(value) for name, value in facts.items()}
        self.values: dict[str, Value | None] = dict(self.stated)
        #: A result lay so close to half a last decimal that binary arithmetic may round it the other way.
        self.close_call = False

    def value(self, name: str) -> Value | None:
        """The value of a fact, worked out where it is derived and was not stated."""
        if name not in self.values:
            self.values[name] = self.worked_out(self.book.facts[name])
        return self.values[name]

    def worked_out(self, fact: Fact) -> Value | None:
        """What the other facts give, whether or not the fact was stated."""
        if fact.formula is not None:
            return self.in_unit_of(fact, fact.formula, "low")
        if not fact.derived:
            return None
        rules = self.book.concluding(fact.id)
        truths = [self.truth(rule.when) for rule in rules]
        if fact.type == "boolean":
            return any_of(truths)
        chosen = {
            rule.concludes[1]
            for rule, truth in zip(rules, truths, strict=True)
            if truth and rule.concludes is not None
        }
        if len(chosen) > 1:
            raise Conflict(fact.id)
        if chosen:
            return chosen.pop()
        return None if None in truths else fact.otherwise

    def truth(self, condition: Condition) -> Truth:
        """Kleene's logic: unknown unless what is known decides it."""
        match condition:
            case Has(name, values):
                value = self.value(name)
                return None if value is None else value in values
            case Compares(name, word, operand):
                return self.compared(self.book.facts[name], word, operand)
            case Group("all", members):
                return all_of(self.truth(member) for member in members)
            case Group("any", members):
                return any_of(self.truth(member) for member in members)
            case Group(_, members):
                return not_(any_of(self.truth(member) for member in members))

    def compared(self, fact: Fact, word: str, operand: Operand) -> Truth:
        number = self.value(fact.id)
        end = "low" if word in ("below", "at_least") else "high"
        bound = self.in_unit_of(fact, operand, end)
        if number is None or bound is None:
            return None
        assert isinstance(number, Fraction)
        match word:
            case "below":
                return number < bound
            case "at_least":
                return number >= bound
            case "at_most":
                return number <= bound
            case _:
                return number > bound

    def in_unit_of(self, fact: Fact, operand: Operand, end: str) -> Fraction | None:
        """The result of a formula as a number of that fact: in its unit, and rounded once."""
        if isinstance(operand, Fraction):
            return operand
        result = self.amount(operand.tree, end)
        if result is None:
            return None
        return self.rounded(self.book.from_base_units(result, fact.unit), fact.decimals)

    def amount(self, tree: ast.expr, end: str) -> Fraction | None:
        """A formula's exact result, in base units; of a range, the end asked for."""
        match tree:
            case ast.Constant(value):
                return Fraction(repr(value))
            case ast.Name(name):
                return self.named(name, end)
            case ast.Attribute(ast.Name(name), which):
                return self.named(name, which)
            case ast.UnaryOp(ast.USub(), operand):
                number = self.amount(operand, end)
                return None if number is None else -number
            case ast.BinOp(left, operator, right):
                a, b = self.amount(left, end), self.amount(right, end)
                return None if a is None or b is None else computed(operator, a, b)
        raise ValueError(ast.dump(tree))

    def named(self, name: str, end: str) -> Fraction | None:
        parameter = self.book.parameters.get(name)
        if parameter is not None:
            number = parameter.low if end == "low" else parameter.high
            return self.book.in_base_units(number, parameter.unit)
        value = self.value(name)
        if value is None:
            return None
        assert isinstance(value, Fraction)
        return self.book.in_base_units(value, self.book.facts[name].unit)

    def rounded(self, exact: Fraction, places: int) -> Fraction:
        """Rounded to so many decimals, half to even."""
        if 10**places % exact.denominator == 0:
            return exact
        rest = exact * 10**places % 1
        self.close_call |= abs(rest - Fraction(1, 2)) < Fraction(1, 100)
        return round(exact, places)

    def bounds(self, rule: Rule) -> tuple[Fraction | None, Fraction | None]:
        """The bounds of a rule's target; ``None`` where it has none there, or cannot be computed."""
        if rule.target is None:
            return None, None
        fact = self.book.facts[rule.target.fact]
        low, high = rule.target.low, rule.target.high
        return (
            None if low is None else self.in_unit_of(fact, low, "low"),
            None if high is None else self.in_unit_of(fact, high, "high"),
        )

    def outcome(self, rule: Rule) -> Outcome:
        """Whether a rule holds: its condition is true, and its target can be computed."""
        truth = self.truth(rule.when)
        if truth is not True or rule.target is None:
            return Outcome(truth)
        low, high = self.bounds(rule)
        if (low is None and rule.target.low is not None) or (high is None and rule.target.high is not None):
            return Outcome(None)
        return Outcome(True, low, high)

    def holds(self, rule: Rule) -> Truth:
        return self.outcome(rule).holds

    def all_values(self) -> dict[str, bool | float | str | None]:
        """Every fact's value, as the engine hands values out."""
        return {name: plainly(self.value(name)) for name in self.book.facts}


def exactly(value: bool | float | str) -> Value:
    """A number as the decimal that was written."""
    return value if isinstance(value, bool | str) else Fraction(repr(value))


def plainly(value: Value | None) -> bool | float | str | None:
    return float(value) if isinstance(value, Fraction) else value


def computed(operator: ast.operator, left: Fraction, right: Fraction) -> Fraction:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
    raise ValueError(ast.dump(operator))


def not_(truth: Truth) -> Truth:
    return None if truth is None else not truth


def all_of(truths: Iterable[Truth]) -> Truth:
    """False as soon as one is; true if all are."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown |= truth is None
    return None if unknown else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """True as soon as one is; false if all are."""
    unknown = False
    for truth in truths:
        if truth is True:
            return True
        unknown |= truth is None
    return None if unknown else False


def facts_and_parameters(operand: Operand | None) -> list[str]:
    """Every name in a formula, from left to right."""
    if not isinstance(operand, Formula):
        return []
    return [node.id for node in ast.walk(operand.tree) if isinstance(node, ast.Name)]
