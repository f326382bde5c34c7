"""No person gets two different answers: of two rules of one topic, or two values of one derived choice.

Where two rules disagree only at one number, or within one step of it, they overlap at the border of a range,
and the finding says so.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import combinations

import z3

from wellfounded.model.core import Formula, NumberTarget, Recommending, Test, ValueTarget, facts_in_test
from wellfounded.model.position import Position
from wellfounded.model.valuation import Outcome
from wellfounded.verify.borders import EXCLUSIVE, Border, check_overlap, overlapping
from wellfounded.verify.findings import Finding, Kind, Open, Proof, Result
from wellfounded.verify.numbers import FALSE, TRUE, Yes, all_of, any_of, compared, none_of
from wellfounded.verify.people import NotDecided, Person, Question, Somebody
from wellfounded.verify.subject import Check, Subject
from wellfounded.verify.to_solver import Reading, facts_of_rule


def check_answers(subject: Subject) -> Iterator[Check]:
    for topic, rules in subject.topics.items():
        for one, other in combinations(rules, 2):
            differ = asks_differ(one, subject.reading, other, subject.reading)
            if not z3.is_false(differ):
                decide = _Topic(subject, topic, one, other)
                yield Check(Kind.CONFLICT, decide.about, decide, decide.position)
            else:
                yield from check_overlap(subject, (one.rule, one.test), (other.rule, other.test))
    for definition in subject.core.definitions:
        for branch, another in combinations(
            () if isinstance(definition, Formula) else definition.branches, 2
        ):
            pair = ((branch.rule, branch.test), (another.rule, another.test))
            if branch.value == another.value:
                yield from check_overlap(subject, *pair)
            else:
                choice = _Choice(subject, definition.fact, *pair)
                yield Check(Kind.CONFLICT, choice.about, choice, choice.position)


def asks_differ(one: Recommending, reading: Reading, other: Recommending, another: Reading) -> Yes:
    """Whether two rules that hold ask for different things, each as its own reading has it."""
    match one.target, other.target:
        case None, None:
            return FALSE if one.verdict == other.verdict else TRUE
        case ValueTarget(), ValueTarget():
            return FALSE if one.target == other.target else TRUE
        case NumberTarget() as left, NumberTarget() as right:
            if (left.fact, left.exact) != (right.fact, right.exact):
                return TRUE
            ends = ((left.low, right.low), (left.high, right.high))
            if any((a is None) != (b is None) for a, b in ends):
                return TRUE
            return any_of(
                compared(reading.number(a), "!=", another.number(b))
                for a, b in ends
                if a is not None and b is not None
            )
    return TRUE


def asked(rule: Recommending, outcome: Outcome) -> object:
    """What a rule that holds asks for, in numbers; equal where two rules ask for the same."""
    match rule.target:
        case None:
            return rule.verdict
        case ValueTarget():
            return rule.target
        case NumberTarget():
            return rule.target.fact, rule.target.exact, outcome.low, outcome.high


class _Pair(ABC):
    """Two rules that answer one question."""

    subject: Subject
    about: str
    what: str
    position: Position

    @abstractmethod
    def question(self) -> Question:
        """Who it would be that both rules hold for and ask for different things."""

    @abstractmethod
    def tests(self) -> tuple[Test, Test]:
        """When each of the two holds."""

    @abstractmethod
    def names(self) -> tuple[str, str]:
        """What the two are called."""

    def __call__(self) -> Result:
        question = self.question()
        match self.subject.people.smallest(question):
            case Somebody(person=person):
                return self._finding(question, person)
            case NotDecided(reason=reason, but_for_rounding=True):
                return Proof(Kind.CONFLICT, self.about, reason)
            case NotDecided(reason=reason):
                return Open(Kind.CONFLICT, self.about, reason, self.position)
        return Proof(Kind.CONFLICT, self.about)

    def _finding(self, question: Question, person: Person) -> Finding:
        one, other = self.names()
        for border in self._borders():
            beside = all_of((question.asks, none_of((border.here,))))
            elsewhere = Question(beside, question.facts, lambda _: True)
            if not isinstance(self.subject.people.anybody(elsewhere), Somebody | NotDecided):
                message = (
                    f"{border.where} both `{one}` and `{other}` hold and give {self.what} different values"
                )
                help = EXCLUSIVE
                return Finding(Kind.OVERLAP, self.about, message, help, self.position, person)
        message = f"`{one}` and `{other}` can both hold and give {self.what} different values"
        help = "narrow one of them, so that they exclude each other"
        return Finding(Kind.CONFLICT, self.about, message, help, self.position, person)

    def _borders(self) -> Iterator[Border]:
        one, other = self.tests()
        yield from overlapping(self.subject, one, other)
        yield from overlapping(self.subject, other, one)


class _Topic(_Pair):
    def __init__(self, subject: Subject, topic: str, one: Recommending, other: Recommending) -> None:
        self.subject = subject
        self.what = f"the topic `{topic}`"
        self.about = f"topic {topic}: {one.rule} and {other.rule}"
        self.position = subject.content.rules[other.rule].position
        self.one, self.other = one, other
        self.facts = facts_of_rule(one) | facts_of_rule(other)

    def question(self) -> Question:
        reading = self.subject.reading
        parts = (
            reading.holds(self.one).true,
            reading.holds(self.other).true,
            asks_differ(self.one, reading, self.other, reading),
        )
        return Question(all_of(parts), self.facts, self._is)

    def _is(self, person: Person) -> bool:
        valuation = self.subject.valuation(person, self.facts)
        if valuation is None:
            return False
        outcomes = [valuation.outcome(rule.rule) for rule in (self.one, self.other)]
        both_hold = all(outcome.holds is True for outcome in outcomes)
        return both_hold and asked(self.one, outcomes[0]) != asked(self.other, outcomes[1])

    def tests(self) -> tuple[Test, Test]:
        return self.one.test, self.other.test

    def names(self) -> tuple[str, str]:
        return self.one.rule, self.other.rule


class _Choice(_Pair):
    def __init__(self, subject: Subject, fact: str, one: tuple[str, Test], other: tuple[str, Test]) -> None:
        self.subject = subject
        self.fact = fact
        self.what = f"`{fact}`"
        self.about = f"fact {fact}: {one[0]} and {other[0]}"
        self.position = subject.content.rules[other[0]].position
        self.one, self.other = one, other

    def question(self) -> Question:
        """Of people about whose other facts rules do not disagree."""
        parts = [self.subject.reading.truth(test).true for test in self.tests()]
        facts = frozenset(fact for test in self.tests() for fact in facts_in_test(test))
        return Question(all_of(parts), facts, self._is)

    def _is(self, person: Person) -> bool:
        return all(self.subject.is_true(test, person) is True for test in self.tests())

    def tests(self) -> tuple[Test, Test]:
        return self.one[1], self.other[1]

    def names(self) -> tuple[str, str]:
        return self.one[0], self.other[0]
