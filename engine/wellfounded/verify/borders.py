"""No gap and no overlap where rules split a number: at the border of two ranges, or within one step of it.

Rules split a number if they are of one topic, conclude one fact, or differ only in what they ask of that
number. Of two of them, one that holds up to a number and one that holds from it on leave a *gap* if somebody
at the border gets nothing from any of the rules, and would get one just below and the other just above. They
*overlap* if both hold at the border, and nowhere else. A wider gap is taken to be meant. A gap of a number
that nobody can state is not looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, permutations

import z3

from wellfounded.model.core import (
    All,
    Any,
    Comparison,
    Conclusion,
    Constant,
    Formula,
    OneOf,
    Relation,
    Test,
    facts_in_test,
)
from wellfounded.model.record import Record
from wellfounded.model.values import Value
from wellfounded.verify.findings import Finding, Kind, Open, Proof, Result
from wellfounded.verify.numbers import Number, Yes, all_of, any_of, compared, constant, exactly, real
from wellfounded.verify.people import NotDecided, Person, Question, Somebody
from wellfounded.verify.subject import Check, Subject

#: What helps where two rules overlap at a border.
EXCLUSIVE = "let one of them stop before it: `below` instead of `at_most`, or `above` instead of `at_least`"

_UP_TO = (Relation.BELOW, Relation.AT_MOST)


class Border(Record, frozen=True, eq=False):
    """Where one rule ends and another begins: from ``low`` to ``high``, at most a step apart."""

    fact: str
    low: Fraction
    high: Fraction
    step: Fraction
    of: Number

    @property
    def number(self) -> str:
        low, high = f"{float(self.low):.12g}", f"{float(self.high):.12g}"
        return low if low == high else f"{low} to {high}"

    @property
    def where(self) -> str:
        if self.low == self.high:
            return f"where `{self.fact}` is exactly {self.number},"
        return f"where `{self.fact}` is from {self.number},"


class Split(Record, frozen=True):
    """Rules that split a number between them, each with its condition."""

    what: str
    rules: tuple[tuple[str, Test], ...]
    fact: str = ""


def check_borders(subject: Subject) -> Iterator[Check]:
    asked: set[tuple[str, ...]] = set()
    for split in _splits(subject):
        for one, other in permutations(split.rules, 2):
            for border in touching(subject, one[1], other[1]):
                key = (one[0], other[0], border.fact, border.number)
                if (split.fact and split.fact != border.fact) or key in asked:
                    continue
                if not subject.content.facts[border.fact].can_be_stated:
                    continue  # a computed number cannot be moved by itself
                asked.add(key)
                gap = _Gap(subject, split, one, other, border)
                yield Check(Kind.GAP, gap.about, gap, subject.content.rules[other[0]].position)
        if split.fact:
            for one, other in combinations(split.rules, 2):
                overlap = _Overlap(subject, one, other)
                if overlap.borders:
                    yield Check(Kind.OVERLAP, overlap.about, overlap)


def _splits(subject: Subject) -> Iterator[Split]:
    for topic, rules in subject.topics.items():
        if len(rules) > 1:
            yield Split(f"the topic `{topic}`", tuple((rule.rule, rule.test) for rule in rules))
    for definition in subject.core.definitions:
        if not isinstance(definition, Formula) and len(definition.branches) > 1:
            if isinstance(definition, Conclusion):
                of = f"`{definition.fact}`"
            else:
                of = f"`{definition.fact}`, but `{definition.otherwise}`"
            yield Split(of, tuple((branch.rule, branch.test) for branch in definition.branches))
    alike: dict[tuple[str, frozenset[Test]], dict[str, Test]] = {}
    for rule, test in subject.tests():
        for fact in {single.fact for single in _comparisons(test)}:
            rest = _rest(test, fact)
            if rest is not None:
                alike.setdefault((fact, rest), {})[rule.id] = test
    together = {frozenset(rule.rule for rule in rules) for rules in subject.topics.values()}
    for (fact, _), tests in alike.items():
        if len(tests) > 1 and not any(tests.keys() <= rules for rules in together):
            yield Split("the rules that are otherwise alike", tuple(tests.items()), fact)


def _rest(test: Test, fact: str) -> frozenset[Test] | None:
    """What a condition asks besides what it holds a number against; nothing where it is in a group."""
    members = test.members if isinstance(test, All) else (test,)
    rest = [m for m in members if not (isinstance(m, Comparison) and m.fact == fact)]
    inside = any(single.fact == fact for member in rest for single in _comparisons(member))
    return None if inside or len(rest) == len(members) else frozenset(rest)


def _comparisons(test: Test) -> Iterator[Comparison]:
    match test:
        case Comparison():
            yield test
        case All() | Any():
            for member in test.members:
                yield from _comparisons(member)
        case OneOf():
            return


def touching(subject: Subject, one: Test, other: Test) -> Iterator[Border]:
    """Where ``one`` ends and ``other`` begins, at the same number or less than a step above it."""
    for end, start, step in _ends(subject, one, other):
        if end[1] <= start[1] <= end[1] + step:
            yield Border(end[0], end[1], start[1], step, subject.reading.numbers[end[0]])


def overlapping(subject: Subject, one: Test, other: Test) -> Iterator[Border]:
    """Where ``other`` begins before ``one`` ends, at the same number or less than a step below it."""
    for end, start, step in _ends(subject, one, other):
        if start[1] <= end[1] <= start[1] + step:
            yield Border(end[0], start[1], end[1], step, subject.reading.numbers[end[0]])


def _ends(
    subject: Subject, one: Test, other: Test
) -> Iterator[tuple[tuple[str, Fraction], tuple[str, Fraction], Fraction]]:
    """Pairs of a number up to which ``one`` holds and one from which ``other`` does, with the step."""
    starts = dict.fromkeys(_constants(other, up_to=False))
    for end in dict.fromkeys(_constants(one, up_to=True)):
        for start in starts:
            if start[0] == end[0]:
                yield end, start, exactly(subject.content.facts[end[0]].step or 0)


def _constants(test: Test, up_to: bool) -> Iterator[tuple[str, Fraction]]:
    for single in _comparisons(test):
        if isinstance(single.bound.term, Constant) and (single.relation in _UP_TO) is up_to:
            yield single.fact, exactly(single.bound.term.value)


def within(border: Border) -> Yes:
    """Whether a person's number lies at the border."""
    ends = ((">=", border.low), ("<=", border.high))
    return all_of((border.of.known, *(compared(border.of, sign, constant(float(end))) for sign, end in ends)))


class _Gap:
    def __init__(
        self, subject: Subject, split: Split, one: tuple[str, Test], other: tuple[str, Test], border: Border
    ) -> None:
        self.subject = subject
        self.split = split
        self.one, self.other = one, other
        self.border = border
        self.about = f"{one[0]} and {other[0]}: {border.fact} at {border.number}"
        self.position = subject.content.rules[other[0]].position
        self.tests = [test for _, test in split.rules]

    def __call__(self) -> Result:
        match self.subject.people.smallest(self._question()):
            case Somebody(person=person):
                message = (
                    f"{self.border.where} neither `{self.one[0]}` nor `{self.other[0]}` holds, "
                    f"nor any other rule of {self.split.what}"
                )
                help = (
                    "let one of them begin where the other ends: `below` one number and `at_least` the same"
                )
                return Finding(Kind.GAP, self.about, message, help, self.position, person)
            case NotDecided(reason=reason):
                return Open(Kind.GAP, self.about, reason, self.position)
        return Proof(Kind.GAP, self.about)

    def _question(self) -> Question:
        """Someone at the border of whom every rule is false, and would not be just beside it."""
        reading, border = self.subject.reading, self.border
        number = z3.Real(border.fact)
        below, above = z3.Real(f"{border.fact} below"), z3.Real(f"{border.fact} above")
        span = reading.spans[border.fact]
        parts = [
            reading.is_stated(border.fact),
            within(border),
            *(reading.truth(test).false for test in self.tests),
            _with(reading.truth(self.one[1]).true, number, below),
            _with(reading.truth(self.other[1]).true, number, above),
            below >= real(max(border.low - border.step, exactly(span.low))),
            below <= real(border.low),
            above >= real(border.high),
            above <= real(min(border.high + border.step, exactly(span.high))),
        ]
        facts = frozenset(fact for test in self.tests for fact in facts_in_test(test))
        return Question(all_of(parts), facts, self._is)

    def _is(self, person: Person) -> bool:
        neither = all(self.subject.is_true(test, person) is False for test in self.tests)
        return (
            neither
            and self._just_beside(person, self.one[1], -1)
            and self._just_beside(person, self.other[1], 1)
        )

    def _just_beside(self, person: Person, test: Test, sign: int) -> bool:
        edge = self.border.low if sign < 0 else self.border.high
        moved: Iterable[dict[str, Value]] = (
            {**person, self.border.fact: float(edge + sign * self.border.step * part)}
            for part in (0, Fraction(1, 1000), Fraction(1, 2), 1)
        )
        return any(self.subject.is_true(test, one) is True for one in moved)


def _with(yes: Yes, variable: z3.ArithRef, other: z3.ArithRef) -> Yes:
    """The same for someone with another number."""
    return z3.substitute(yes, (variable, other))


class _Overlap:
    """Two rules that are otherwise alike, and hold together only where one ends and the other begins."""

    def __init__(self, subject: Subject, one: tuple[str, Test], other: tuple[str, Test]) -> None:
        self.subject = subject
        self.one, self.other = one, other
        self.borders = [
            *overlapping(subject, one[1], other[1]),
            *overlapping(subject, other[1], one[1]),
        ]
        self.about = f"{one[0]} and {other[0]}"
        self.position = subject.content.rules[other[0]].position

    def __call__(self) -> Result:
        people = self.subject.people
        both = all_of(self.subject.reading.truth(test).true for test in (self.one[1], self.other[1]))
        facts = frozenset((*facts_in_test(self.one[1]), *facts_in_test(self.other[1])))
        at_a_border = any_of(map(within, self.borders))
        beside = people.anybody(Question(all_of((both, z3.Not(at_a_border))), facts, lambda _: True))
        if isinstance(beside, Somebody):
            return Proof(Kind.OVERLAP, self.about, "they hold together elsewhere, too")
        if isinstance(beside, NotDecided):
            return Open(Kind.OVERLAP, self.about, beside.reason, self.position)
        match people.smallest(Question(both, facts, self._is)):
            case Somebody(person=person):
                where = self.borders[0].where
                message = f"{where} both `{self.one[0]}` and `{self.other[0]}` hold, and nowhere else"
                return Finding(Kind.OVERLAP, self.about, message, EXCLUSIVE, self.position, person)
            case NotDecided(reason=reason):
                return Open(Kind.OVERLAP, self.about, reason, self.position)
        return Proof(Kind.OVERLAP, self.about)

    def _is(self, person: Person) -> bool:
        return all(self.subject.is_true(test, person) is True for test in (self.one[1], self.other[1]))
