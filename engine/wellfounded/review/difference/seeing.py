"""People who see that something else stands behind a topic, or that it is told in other words.

What they are looked for among are people who are given the topic in both versions: the smallest for whom each
single condition behind it holds, and fails. Two of them together are one for whom several causes hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice
from typing import TypeAlias

from wellfounded.model.advice import Advice
from wellfounded.model.content import FactType
from wellfounded.model.core import All, Comparison, Formula, OneOf, Test
from wellfounded.model.core import Any as AnyOf
from wellfounded.model.frozen import frozen
from wellfounded.model.record import Record
from wellfounded.model.values import Value
from wellfounded.review.difference.reading import Kind, evidence_differs, tests_of_table, text_differs
from wellfounded.verify.equivalence import Two, behind
from wellfounded.verify.people import Person, Somebody
from wellfounded.verify.subject import Subject
from wellfounded.verify.to_solver import facts_of_rule

#: So many people are tried to show that sources or texts differ for somebody.
TRIES = 100

#: What both versions advise a person in a language, if both do.
Advised: TypeAlias = Callable[[Person, str], tuple[Advice, Advice] | None]


class Seen(Record, frozen=True):
    """Someone who sees a difference, and in which language."""

    person: Person
    language: str


class Seeing:
    """Looks for someone who sees a difference; in the first of the languages, if it can be."""

    def __init__(self, two: Two, languages: Sequence[str], advised: Advised) -> None:
        self.two = two
        self.languages = languages
        self.advised = advised

    def seen(self, kind: Kind, topic: str) -> Seen | int:
        """Someone who sees a difference, stating nothing that does not matter; else how many do not."""
        tried = 0
        for person in islice(self._people(topic), TRIES):
            tried += 1
            language = self._language_in_which(kind, topic, person)
            if language is not None:
                return Seen(self._without_the_rest(kind, topic, person, language), language)
        return tried

    def _language_in_which(self, kind: Kind, topic: str, person: Person) -> str | None:
        languages = self.languages if kind is Kind.TEXT else self.languages[:1]
        return next((code for code in languages if self._differs(kind, topic, person, code)), None)

    def _differs(self, kind: Kind, topic: str, person: Person, language: str) -> bool:
        differs = evidence_differs if kind is Kind.EVIDENCE else text_differs
        both = self.advised(person, language)
        return both is not None and differs(*both, topic)

    def _without_the_rest(self, kind: Kind, topic: str, person: Person, language: str) -> Person:
        for fact in reversed(list(person)):
            fewer = frozen((name, value) for name, value in person.items() if name != fact)
            if self._differs(kind, topic, fewer, language):
                person = fewer
        return person

    def _people(self, topic: str) -> Iterator[Person]:
        met: list[Person] = []
        for person in self._given(topic):
            if person not in met:
                met.append(person)
                yield person
                yield from self._beside(topic, person)
        yield from (frozen({**one, **other}.items()) for one, other in combinations(met, 2))

    def _given(self, topic: str) -> Iterator[Person]:
        """The smallest people who are given a topic by both: anyone, then for each condition behind it."""
        new, old = (dict.fromkeys(_tests_behind(two, topic)) for two in (self.two.other, self.two.one))
        gone = (test for test in old if test not in new or not self.two.means_the_same(test))
        tests = (
            (subject, test, holds)
            for subject, behind_it in ((self.two.other, new), (self.two.one, gone))
            for test in behind_it
            for holds in (True, False)
        )
        for also in (None, *tests):
            answer = self.two.given_by_both(topic, also)
            if isinstance(answer, Somebody):
                yield answer.person

    def _beside(self, topic: str, person: Person) -> Iterator[Person]:
        """The same person with other values of the fact that a target is on: one for each verdict."""
        for rule in self.two.other.topics.get(topic, ()):
            fact = None if rule.target is None else self.two.other.content.facts[rule.target.fact]
            if fact is None or not fact.can_be_stated or fact.id in person:
                continue
            values: list[Value] = [True, False]
            if fact.type is FactType.NUMBER:
                valuation = self.two.valuation(self.two.other, person)
                outcome = None if valuation is None else valuation.outcome(rule.rule)
                ends = (outcome.low, outcome.high) if outcome is not None else ()
                values = [*(fact.span or ()), *(end for end in ends if end is not None)]
            yield from (frozen({**person, fact.id: value}.items()) for value in values)


def _tests_behind(subject: Subject, topic: str) -> Iterator[Test]:
    """Every single test, every branch and every row of a table that a topic can rest on."""
    rules = subject.topics.get(topic, [])
    definitions, _ = behind(subject, (fact for rule in rules for fact in facts_of_rule(rule)))
    branches = (branch for d in definitions.values() if not isinstance(d, Formula) for branch in d.branches)
    tables = (subject.content.rules[rule.rule].table for rule in rules)
    rows = (test for table in tables if table for test in tests_of_table(subject, table))
    for test in (*(rule.test for rule in rules), *(branch.test for branch in branches), *rows):
        yield test
        yield from _single(test)


def _single(test: Test) -> Iterator[OneOf | Comparison]:
    match test:
        case All() | AnyOf():
            for member in test.members:
                yield from _single(member)
        case OneOf() | Comparison():
            yield test
