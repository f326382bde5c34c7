"""Every rule holds for someone and not for everyone, and every condition in it matters.

A condition matters if leaving it out changes for someone whether the rule holds, fails or is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.model.content import Rule
from wellfounded.model.core import All, Recommending, Test, facts_in_test
from wellfounded.model.expression import (
    Between,
    Compares,
    Condition,
    Formula,
    Group,
    Is,
    as_written,
    tests_in,
)
from wellfounded.model.values import plain_number
from wellfounded.verify.findings import Finding, Kind, Open, Proof, Result
from wellfounded.verify.numbers import Yes, any_of
from wellfounded.verify.people import Nobody, NotDecided, Person, Question
from wellfounded.verify.subject import Check, Subject
from wellfounded.verify.to_solver import Truth, facts_of_rule


def check_rules(subject: Subject) -> Iterator[Check]:
    for rule, test in subject.tests():
        about = f"rule {rule.id}"
        yield Check(Kind.NEVER_HOLDS, about, _Decide(subject, rule, test).somebody, rule.position)
        if test == All(()):
            continue  # it is meant for everyone
        yield Check(Kind.ALWAYS_HOLDS, about, _Decide(subject, rule, test).not_everybody, rule.position)
        leaves = tests_in(rule.when)
        for leaf in leaves if len(leaves) > 1 else ():
            decide = _Decide(subject, rule, test, leaf)
            yield Check(Kind.IDLE_CONDITION, f"{about}: {written(leaf)}", decide.matters, leaf.position)


class _Decide:
    """The questions about one rule, and about one condition in it."""

    def __init__(self, subject: Subject, rule: Rule, test: Test, leaf: Is | Compares | None = None) -> None:
        self.subject = subject
        self.rule = rule
        self.test = test
        self.leaf = leaf
        self.about = f"rule {rule.id}"
        self.recommending: Recommending | None = subject.recommending.get(rule.id)

    def somebody(self) -> Result:
        return self._some(
            self._truth().true,
            True,
            Kind.NEVER_HOLDS,
            f"`{self.rule.id}` holds for nobody",
            "its conditions exclude each other: see which of them is not meant",
        )

    def not_everybody(self) -> Result:
        return self._some(
            self._truth().false,
            False,
            Kind.ALWAYS_HOLDS,
            f"there is nobody for whom `{self.rule.id}` does not hold",
            "it holds for everyone who states enough: leave `when` out, or see which condition is missing",
        )

    def matters(self) -> Result:
        assert self.leaf is not None
        shorter = without(self.rule.when, self.leaf)
        assert shorter is not None
        about = f"{self.about}: {written(self.leaf)}"
        other = self.subject.conditions.test(shorter)
        one, two = self.subject.reading.truth(self.test), self.subject.reading.truth(other)
        differ = any_of((differs(one.true, two.true), differs(one.false, two.false)))
        facts = frozenset(facts_in_test(self.test))
        match self.subject.people.anybody(Question(differ, facts, lambda person: True)):
            case Nobody():
                message = f"`{written(self.leaf)}` makes no difference to `{self.rule.id}`, for anybody"
                help = "leave it out, or see whether it says what is meant: the other conditions decide"
                return Finding(Kind.IDLE_CONDITION, about, message, help, self.leaf.position)
            case NotDecided(reason=reason):
                return Open(Kind.IDLE_CONDITION, about, reason, self.leaf.position)
        return Proof(Kind.IDLE_CONDITION, about)

    def _truth(self) -> Truth:
        if self.recommending is not None:
            return self.subject.reading.holds(self.recommending)
        return self.subject.reading.truth(self.test)

    def _some(self, asks: Yes, wanted: bool, kind: Kind, message: str, help: str) -> Result:
        """There has to be someone of whom it is true."""
        facts = frozenset(facts_in_test(self.test))
        if self.recommending is not None:
            facts = facts_of_rule(self.recommending)
        match self.subject.people.somebody(Question(asks, facts, lambda person: self._is(wanted, person))):
            case Nobody():
                return Finding(kind, self.about, message, help, self.rule.position)
            case NotDecided(reason=reason):
                return Open(kind, self.about, reason, self.rule.position)
        return Proof(kind, self.about)

    def _is(self, wanted: bool, person: Person) -> bool:
        if self.recommending is None:
            return self.subject.is_true(self.test, person) is wanted
        valuation = self.subject.valuation(person, facts_of_rule(self.recommending))
        return valuation is not None and valuation.holds(self.rule.id) is wanted


def differs(one: Yes, other: Yes) -> Yes:
    """One is true and the other is not."""
    return one != other


def without(condition: Condition, leaf: Condition) -> Condition | None:
    """A condition with one of its tests left out; a group with nothing in it is left out too."""
    if condition is leaf:
        return None
    if not isinstance(condition, Group) or not condition.members:
        return condition
    members = tuple(kept for member in condition.members if (kept := without(member, leaf)) is not None)
    return Group(condition.grouping, members, condition.position) if members else None


def written(test: Is | Compares) -> str:
    """A test as an author writes it."""
    if isinstance(test, Compares):
        return f"{test.fact}: {{{test.comparator}: {_operand(test.operand)}}}"
    values = ", ".join(_value(value) for value in test.values)
    return f"{test.fact}: {values if len(test.values) == 1 else f'[{values}]'}"


def _operand(operand: Formula | Between) -> str:
    if isinstance(operand, Between):
        return f"[{as_written(operand.low)}, {as_written(operand.high)}]"
    return as_written(operand)


def _value(value: bool | float | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{plain_number(value)}" if isinstance(value, float) else value
