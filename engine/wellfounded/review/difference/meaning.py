"""What two versions come to, topic by topic and fact by fact: for every possible person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Advice, Recommendation, Shown, Source, TargetRange, shown
from wellfounded.model.content import Lifecycle
from wellfounded.model.errors import ConflictError, FactError
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.values import Value
from wellfounded.model.word import Word
from wellfounded.review.difference.reading import (
    Basis,
    Kind,
    contradictions,
    given,
)
from wellfounded.review.difference.renames import Renames
from wellfounded.review.difference.seeing import Seeing, Seen
from wellfounded.verify.equivalence import Two, known_to
from wellfounded.verify.people import Answer, Nobody, NotDecided, Person, Somebody
from wellfounded.verify.subject import Subject

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

    @property
    def is_open(self) -> bool:
        """Whether it is not known."""
        return self.answered is Answered.NOT_DECIDED


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
        self.seeing = Seeing(self.two, (language, *(c for c in self.languages if c != language)), self._both)

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
        return self._found(Kind.MEANING, self.two.differ(topic, self._is_advised), topic)

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
        advice = _advice(knowledge_base, person, language)
        if isinstance(advice, str):
            return Side("no advice", error=advice)
        found = given(advice, topic)
        if found is not None:
            return _given(found, advice)
        waiting = next((item for item in advice.undecided if item.id == topic), None)
        if waiting is not None:
            return Side("undecided", title=waiting.title, waits_for=waiting.waits_for)
        return Side("not given")

    def _is_advised(self, person: Person) -> bool:
        """Whether either gives this person advice: rules may disagree about another topic."""
        return any(isinstance(_advice(kb, person, self.language), Advice) for kb in (self.old, self.new))

    def _both(self, person: Person, language: str) -> tuple[Advice, Advice] | None:
        """What both advise a person, if both do."""
        old, new = (_advice(kb, person, language) for kb in (self.old, self.new))
        return (old, new) if isinstance(old, Advice) and isinstance(new, Advice) else None

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
        seen = self.seeing.seen(kind, topic)
        if isinstance(seen, Seen):
            return self._found(kind, Somebody(seen.person), topic, seen.language)
        tried = f"{seen} people were tried for whom it is the same" if seen else "nobody is given it"
        return Finding(kind, Answered.NOT_DECIDED, f"it is written differently, and {tried}")

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


def _advice(knowledge_base: KnowledgeBase, person: Person, language: str) -> Advice | str:
    """The advice of a person, or why there is none."""
    try:
        return knowledge_base.advise(known_to(knowledge_base.content, person), language)
    except (ConflictError, FactError) as error:
        return str(error)


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
