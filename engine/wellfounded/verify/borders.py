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
from itertools import combinations, pairwise, permutations

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
    """Where one rule ends and another begins: from ``low`` to ``high``, at most a step apart.

    ``with_low`` and ``with_high`` say whether that number is part of it.
    """

    fact: str
    low: Fraction
    high: Fraction
    with_low: bool
    with_high: bool
    step: Fraction
    of: Number

    @property
    def number(self) -> str:
        low, high = f"{float(self.low):.12g}", f"{float(self.high):.12g}"
        return low if low == high else f"{low} to {high}"

    @property
    def where(self) -> str:
        """For whom, in the words of the rule language."""
        low, high = f"{float(self.low):.12g}", f"{float(self.high):.12g}"
        if self.low == self.high:
            return f"for somebody whose `{self.fact}` is exactly {low},"
        low = f"at least {low}" if self.with_low else f"above {low}"
        high = f"at most {high}" if self.with_high else f"below {high}"
        return f"for somebody whose `{self.fact}` is {low} and {high},"

    @property
    def here(self) -> Yes:
        """Whether a person's number lies in it."""
        ends = (
            (">=" if self.with_low else ">", self.low),
            ("<=" if self.with_high else "<", self.high),
        )
        compares = (compared(self.of, sign, constant(float(end))) for sign, end in ends)
        return all_of((self.of.known, *compares))


class Split(Record, frozen=True):
    """Rules that split a number between them, each with its condition; ``others`` says what they share."""

    others: str
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
                if _question(subject, one[0]) != _question(subject, other[0]):
                    yield from check_overlap(subject, one, other)


def _question(subject: Subject, rule: str) -> str:
    """What a rule answers: a derived fact, or a topic."""
    written = subject.content.rules[rule]
    return (
        f"fact {written.conclude.fact}" if written.conclude else f"topic {subject.recommending[rule].topic}"
    )


def check_overlap(subject: Subject, one: tuple[str, Test], other: tuple[str, Test]) -> Iterator[Check]:
    """Whether two rules hold together only where one ends and the other begins."""
    overlap = _Overlap(subject, one, other)
    if overlap.borders:
        yield Check(Kind.OVERLAP, overlap.about, overlap, overlap.position)


def _splits(subject: Subject) -> Iterator[Split]:
    for topic, rules in subject.topics.items():
        if len(rules) > 1:
            yield Split(
                f"any other rule of the topic `{topic}`", tuple((rule.rule, rule.test) for rule in rules)
            )
    for definition in subject.core.definitions:
        if not isinstance(definition, Formula) and len(definition.branches) > 1:
            others = f"any other rule that concludes `{definition.fact}`"
            if not isinstance(definition, Conclusion):
                others += f", so that it is `{definition.otherwise}`"
            yield Split(others, tuple((branch.rule, branch.test) for branch in definition.branches))
    alike: dict[tuple[str, frozenset[Test]], dict[str, Test]] = {}
    for rule, test in subject.tests():
        for fact in {single.fact for single in _comparisons(test)}:
            rest = _rest(test, fact)
            if rest is not None:
                alike.setdefault((fact, rest), {})[rule.id] = test
    together = {frozenset(rule.rule for rule in rules) for rules in subject.topics.values()}
    for (fact, _), tests in alike.items():
        if len(tests) > 1 and not any(tests.keys() <= rules for rules in together):
            others = f"any other rule that asks the same of everything but `{fact}`"
            yield Split(others, tuple(tests.items()), fact)


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
    for fact, end, ending, start, starting in _ends(one, other):
        border = _border(subject, fact, end, Relation.BELOW in ending, start, Relation.ABOVE in starting)
        if border.low <= border.high <= border.low + border.step:
            yield border


def overlapping(subject: Subject, one: Test, other: Test) -> Iterator[Border]:
    """Where ``other`` begins before ``one`` ends, at the same number or less than a step below it."""
    for fact, end, ending, start, starting in _ends(one, other):
        border = _border(subject, fact, start, Relation.AT_LEAST in starting, end, Relation.AT_MOST in ending)
        if border.low <= border.high <= border.low + border.step:
            yield border


def _border(
    subject: Subject, fact: str, low: Fraction, with_low: bool, high: Fraction, with_high: bool
) -> Border:
    step = exactly(subject.content.facts[fact].step or 0)
    return Border(fact, low, high, with_low, with_high, step, subject.reading.numbers[fact])


def _ends(
    one: Test, other: Test
) -> Iterator[tuple[str, Fraction, frozenset[Relation], Fraction, frozenset[Relation]]]:
    """Each fact with a number up to which ``one`` holds and one from which ``other`` does, and how."""
    starts = _constants(other, up_to=False)
    for (fact, end), ending in _constants(one, up_to=True).items():
        for (same, start), starting in starts.items():
            if same == fact:
                yield fact, end, ending, start, starting


def _constants(test: Test, up_to: bool) -> dict[tuple[str, Fraction], frozenset[Relation]]:
    found: dict[tuple[str, Fraction], frozenset[Relation]] = {}
    for single in _comparisons(test):
        if isinstance(single.bound.term, Constant) and (single.relation in _UP_TO) is up_to:
            key = single.fact, exactly(single.bound.term.value)
            found[key] = found.get(key, frozenset()) | {single.relation}
    return found


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
                    f"nor {self.split.others}"
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
            border.here,
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
        """Whether a test is true of the same person with a number beside the border.

        Tried are the numbers in the rules, and those halfway between two.
        """
        edge = self.border.low if sign < 0 else self.border.high
        low, high = sorted((edge, edge + sign * self.border.step))
        near = (n for n in self.subject.people.near.get(self.border.fact, ()) if low < n < high)
        numbers = sorted((low, high, *near))
        numbers += [(a + b) / 2 for a, b in pairwise(numbers)]
        moved: Iterable[dict[str, Value]] = ({**person, self.border.fact: float(n)} for n in numbers)
        return any(self.subject.is_true(test, one) is True for one in moved)


def _with(yes: Yes, variable: z3.ArithRef, other: z3.ArithRef) -> Yes:
    """The same for someone with another number."""
    return z3.substitute(yes, (variable, other))


class _Overlap:
    """Two rules that hold together only where one ends and the other begins."""

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
        at_a_border = any_of(border.here for border in self.borders)
        beside = people.anybody(Question(all_of((both, z3.Not(at_a_border))), facts, lambda _: True))
        if isinstance(beside, Somebody):
            return Proof(Kind.OVERLAP, self.about, "they hold together elsewhere, too")
        if isinstance(beside, NotDecided):
            return Open(Kind.OVERLAP, self.about, beside.reason, self.position)
        match people.smallest(Question(both, facts, self._is)):
            case Somebody(person=person):
                where = next(border for border in self.borders if self._lies_in(border, person)).where
                message = f"{where} both `{self.one[0]}` and `{self.other[0]}` hold, and for nobody else"
                return Finding(Kind.OVERLAP, self.about, message, EXCLUSIVE, self.position, person)
            case NotDecided(reason=reason):
                return Open(Kind.OVERLAP, self.about, reason, self.position)
        return Proof(Kind.OVERLAP, self.about)

    def _is(self, person: Person) -> bool:
        return all(self.subject.is_true(test, person) is True for test in (self.one[1], self.other[1]))

    def _lies_in(self, border: Border, person: Person) -> bool:
        valuation = self.subject.valuation(person, [border.fact])
        assert valuation is not None
        number = valuation[border.fact]
        return isinstance(number, float | int) and border.low <= exactly(float(number)) <= border.high
