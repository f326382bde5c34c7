"""What two versions come to, topic by topic and fact by fact: for every possible person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Advice, Recommendation, Shown, Source, TargetRange, shown
from wellfounded.model.content import FactType, Lifecycle
from wellfounded.model.core import All, Comparison, Formula, OneOf, Test
from wellfounded.model.core import Any as AnyOf
from wellfounded.model.errors import ConflictError, FactError
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.values import Value
from wellfounded.model.word import Word
from wellfounded.review.difference.reading import (
    Basis,
    Kind,
    contradictions,
    evidence_differs,
    given,
    text_differs,
)
from wellfounded.review.difference.renames import Renames
from wellfounded.verify.equivalence import Two, behind, known_to
from wellfounded.verify.people import Answer, Nobody, NotDecided, Person, Somebody
from wellfounded.verify.subject import Subject
from wellfounded.verify.to_solver import facts_of_rule

#: So many example people are tried to show that sources or texts differ for somebody.
TRIES = 100


class Answered(Word):
    """How a question whether there is somebody came out."""

    WRITTEN_ALIKE = "written-alike"
    PROVED_EQUAL = "proved-equal"
    DIFFERENT = "different"
    NOT_DECIDED = "not-decided"


class Side(Record, frozen=True, omit_defaults=True):
    """What one version makes of a topic for a person: ``outcome`` is a verdict, or why there is none.

    ``small_print`` are the rows of its table, or its causes, and what its claims say.
    """

    outcome: str
    target: TargetRange | None = None
    title: str = ""
    text: str = ""
    support: str = ""
    sources: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    small_print: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    error: str = ""


class Finding(Record, frozen=True):
    """Whether one kind of thing differs, for whom, and what each version then says, in which language."""

    kind: Kind
    answered: Answered
    reason: str = ""
    person: Mapping[str, Value] = EMPTY
    old: Side | None = None
    new: Side | None = None
    language: str = ""


class Topic(Record, frozen=True):
    """What was found out of a topic; ``was`` is its old id where it has another now."""

    id: str
    findings: tuple[Finding, ...]
    was: str = ""

    def differs(self, kind: Kind) -> bool:
        return any(f.kind is kind and f.answered is Answered.DIFFERENT for f in self.findings)


class DerivedFact(Record, frozen=True):
    """Whether a derived fact has another value for somebody, and which."""

    id: str
    answered: Answered
    reason: str = ""
    person: Mapping[str, Value] = EMPTY
    old: Shown | None = None
    new: Shown | None = None


class Meaning:
    """Compares two versions. ``old`` has the new names already; ``language`` is that of the texts shown."""

    def __init__(
        self, old: KnowledgeBase, new: KnowledgeBase, renames: Renames, timeout: float, language: str
    ) -> None:
        self.old, self.new = old, new
        self.language = language
        self.was = {other: one for one, other in renames.get("topics", {}).items()}
        subjects = [Subject(kb.content, kb.core, timeout) for kb in (old, new)]
        self.two = Two(subjects[0], subjects[1], timeout)
        self.languages = [code for code in new.languages if code in old.languages]
        pairs = zip((old, new), subjects, strict=True)
        self.bases = [Basis(kb, subject, self.languages) for kb, subject in pairs]

    def topics(self, matching: str = "") -> Iterator[Callable[[], Topic]]:
        """For each topic with this in its name, how to find out about it."""
        for topic in self.two.topics:
            if matching in topic:
                yield lambda topic=topic: self._topic(topic)  # type: ignore[misc]  # bound at once

    def facts(self, matching: str = "") -> Iterator[Callable[[], DerivedFact]]:
        """The same for each fact that both derive."""
        for fact in self.two.derived:
            if matching in fact:
                yield lambda fact=fact: self._fact(fact)  # type: ignore[misc]  # bound at once

    # One topic.

    def _topic(self, topic: str) -> Topic:
        found = self._meaning(topic)
        findings = [found]
        if found.answered in (Answered.WRITTEN_ALIKE, Answered.PROVED_EQUAL):
            findings += self._other_kinds(topic)
        return Topic(topic, tuple(findings), self.was.get(topic, ""))

    def _meaning(self, topic: str) -> Finding:
        if self.two.is_written_alike(topic):
            return Finding(Kind.MEANING, Answered.WRITTEN_ALIKE)
        return self._found(Kind.MEANING, self.two.differ(topic), topic)

    def _found(self, kind: Kind, answer: Answer, topic: str, language: str = "") -> Finding:
        match answer:
            case Nobody():
                return Finding(kind, Answered.PROVED_EQUAL)
            case NotDecided(reason=reason):
                return Finding(kind, Answered.NOT_DECIDED, reason)
            case Somebody(person=person):
                read = language or self.language
                old, new = (self._side(kb, topic, person, read) for kb in (self.old, self.new))
                return Finding(kind, Answered.DIFFERENT, "", person, old, new, read)

    def _side(self, knowledge_base: KnowledgeBase, topic: str, person: Person, language: str) -> Side:
        advice = self._advice(knowledge_base, person, language)
        if isinstance(advice, str):
            return Side("no advice", error=advice)
        found = given(advice, topic)
        if found is not None:
            return _given(found, advice)
        waiting = next((item for item in advice.undecided if item.id == topic), None)
        if waiting is not None:
            return Side("undecided", title=waiting.title, waits_for=waiting.waits_for)
        return Side("not given")

    def _advice(self, knowledge_base: KnowledgeBase, person: Person, language: str) -> Advice | str:
        """The advice of a person, or why there is none."""
        try:
            return knowledge_base.advise(known_to(knowledge_base.content, person), language)
        except (ConflictError, FactError) as error:
            return str(error)

    # Sources and texts.

    def _other_kinds(self, topic: str) -> Iterator[Finding]:
        """Evidence and text, where what they are made of differs; else nothing has to be said of them."""
        for kind in (Kind.EVIDENCE, Kind.TEXT):
            claims = [basis.claims(topic) for basis in self.bases]
            shared = [claims[0] & claims[1]] * 2 if kind is Kind.TEXT else claims
            bases = [basis.of(kind, topic, ids) for basis, ids in zip(self.bases, shared, strict=True)]
            if bases[0] != bases[1]:
                yield self._seen(kind, topic)

    def _seen(self, kind: Kind, topic: str) -> Finding:
        count = 0
        for person in islice(self._people(topic), TRIES):
            count += 1
            language = self._language_in_which(kind, topic, person)
            if language is not None:
                return self._found(kind, Somebody(person), topic, language)
        tried = f"{count} people were tried for whom it is the same" if count else "nobody is given it"
        reason = f"it is written differently, and {tried}"
        return Finding(kind, Answered.NOT_DECIDED, reason)

    def _language_in_which(self, kind: Kind, topic: str, person: Person) -> str | None:
        """A language in which a person sees the difference, the one asked for if it can be."""
        differs = evidence_differs if kind is Kind.EVIDENCE else text_differs
        others = [] if kind is Kind.EVIDENCE else [code for code in self.languages if code != self.language]
        for language in (self.language, *others):
            old, new = (self._advice(kb, person, language) for kb in (self.old, self.new))
            if isinstance(old, Advice) and isinstance(new, Advice) and differs(old, new, topic):
                return language
        return None

    def _people(self, topic: str) -> Iterator[Person]:
        """People who are given a topic in different ways: each condition behind it holds, and fails."""
        tried: set[Person] = set()
        subjects = (self.two.other, self.two.one)
        tests = [
            (subject, test, holds)
            for subject in subjects
            for test in dict.fromkeys(_tests_behind(subject, topic))
            for holds in (True, False)
        ]
        for also in (None, *tests):
            answer = self.two.given_by_both(topic, also)
            if isinstance(answer, Somebody) and answer.person not in tried:
                tried.add(answer.person)
                yield answer.person
                yield from self._beside(topic, answer.person)

    def _beside(self, topic: str, person: Person) -> Iterator[Person]:
        """The same person with other values of the fact that a target is on: one for each verdict."""
        for rule in self.two.other.topics.get(topic, ()):
            fact = None if rule.target is None else self.new.content.facts[rule.target.fact]
            if fact is None or not fact.can_be_stated or fact.id in person:
                continue
            values: list[Value] = [True, False]
            if fact.type is FactType.NUMBER:
                valuation = self.two.valuation(self.two.other, person)
                outcome = None if valuation is None else valuation.outcome(rule.rule)
                ends = (outcome.low, outcome.high) if outcome is not None else ()
                values = [*(fact.span or ()), *(end for end in ends if end is not None)]
            yield from ({**person, fact.id: value} for value in values)

    # One fact.

    def _fact(self, fact: str) -> DerivedFact:
        answer = self.two.differ_about(fact)
        match answer:
            case Nobody():
                return DerivedFact(fact, Answered.PROVED_EQUAL)
            case NotDecided(reason=reason):
                return DerivedFact(fact, Answered.NOT_DECIDED, reason)
            case Somebody(person=person):
                subjects = (self.two.one, self.two.other)
                valuations = [self.two.valuation(subject, person) for subject in subjects]
                values = [None if valuation is None else shown(valuation[fact]) for valuation in valuations]
                return DerivedFact(fact, Answered.DIFFERENT, "", person, *values)


def _given(found: Recommendation, advice: Advice) -> Side:
    cited = {str(cite.reference) for source in found.sources for cite in source.cites}
    listed = {number: r for number, r in advice.references.items() if number in cited}
    return Side(
        str(found.verdict),
        found.target,
        found.title,
        found.text,
        str(found.support),
        tuple(map(_source, found.sources)),
        tuple(f"[{number}] {r.formatted} ({r.status})" for number, r in listed.items()),
        (
            *_rows(found.table or ()),
            *(f"{source.claim}: {source.says}" for source in found.sources),
            *(note.text for note in contradictions(advice, found)),
        ),
    )


def _source(source: Source) -> str:
    """A claim with all that is known of how far it can be relied on."""
    about = [source.section, str(source.via), *(() if source.counts else ("does not count",))]
    about += [] if source.status is Lifecycle.ACTIVE else [str(source.status)]
    cites = [(f"[{cite.reference}]", cite.support, cite.locator) for cite in source.cites]
    cites += [(work.work, work.stance, work.locator) for work in source.further]
    works = [f"{work} ({support}{f', {place}' if place else ''})" for work, support, place in cites]
    return f"{source.claim} ({', '.join(about)}){': ' if works else ''}{', '.join(works)}"


def _rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The rows of a table, or causes with those behind them, a line each."""
    for row in rows:
        cells = (str(cell) for key, cell in row.items() if key not in ("id", "rule", "claims", "because"))
        yield " | ".join(cells)
        yield from _rows(row.get("because", ()))


def _tests_behind(subject: Subject, topic: str) -> Iterator[Test]:
    """Every single test, and every branch, that a topic can rest on."""
    rules = subject.topics.get(topic, [])
    definitions, _ = behind(subject, (fact for rule in rules for fact in facts_of_rule(rule)))
    branches = (branch for d in definitions.values() if not isinstance(d, Formula) for branch in d.branches)
    for test in (*(rule.test for rule in rules), *(branch.test for branch in branches)):
        yield test
        yield from _single(test)


def _single(test: Test) -> Iterator[OneOf | Comparison]:
    match test:
        case All() | AnyOf():
            for member in test.members:
                yield from _single(member)
        case OneOf() | Comparison():
            yield test
