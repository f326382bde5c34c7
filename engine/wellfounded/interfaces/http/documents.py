"""Documents about a knowledge base: itself, its rules, claims and references, in one of its languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wellfounded.advise.citations import formatted
from wellfounded.advise.wording import Wording
from wellfounded.interfaces.http.problems import Allowed, allowed_of
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import CitedReference, FurtherWork, Identity
from wellfounded.model.content import Content, FactType, Lifecycle, Status, Verdict, editorial
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.record import Record
from wellfounded.model.thing import Kind, Thing
from wellfounded.model.version import VERSION
from wellfounded.prose.reading import lines_of
from wellfounded.prose.rules import Prose
from wellfounded.review.uses import Uses, topics, uses

#: Ids by the kind of thing they are of.
Ids = Mapping[str, tuple[str, ...]]


class Named(Record, frozen=True):
    id: str
    title: str


class StatableFact(Record, frozen=True, omit_defaults=True):
    """A fact that can be stated of a person."""

    id: str
    type: FactType
    label: str
    allowed: Allowed
    question: str = ""
    help: str = ""
    choices: Mapping[str, str] = EMPTY


class AboutKnowledgeBase(Record, frozen=True):
    """``rules``, ``claims`` and ``references`` are the ids that the other addresses take."""

    knowledge_base: Identity
    engine: str
    language: str
    languages: tuple[str, ...]
    title: str
    about: str
    notice: str
    recommendations: tuple[Named, ...]
    facts: tuple[StatableFact, ...]
    rules: tuple[str, ...]
    claims: tuple[str, ...]
    references: tuple[int, ...]


class AboutRule(Record, frozen=True, omit_defaults=True):
    """A rule; ``reads`` is it in plain words, line by line, indented where a line belongs to one above it."""

    knowledge_base: Identity
    language: str
    id: str
    title: str
    status: Lifecycle
    reads: tuple[str, ...]
    uses: Ids
    used_by: Ids
    because: tuple[str, ...]
    background: tuple[str, ...]
    recommendation: str = ""
    concludes: str = ""
    verdict: Verdict | None = None
    definition: bool = False
    maintainers: tuple[str, ...] = ()
    review_by: str = ""


class AboutClaim(Record, frozen=True, omit_defaults=True):
    """A claim, with what it cites; an editorial one is the knowledge base's own and not its source's."""

    knowledge_base: Identity
    language: str
    id: str
    says: str
    kind: str
    section: Named
    editorial: bool
    status: Lifecycle
    cites: tuple[CitedReference, ...]
    used_by: Ids
    further: tuple[FurtherWork, ...] = ()
    contradicts: tuple[str, ...] = ()
    contradiction: str = ""
    maintainers: tuple[str, ...] = ()
    review_by: str = ""


class AboutReference(Record, frozen=True, omit_defaults=True):
    """A reference as it is cited, and what is on record about it."""

    knowledge_base: Identity
    language: str
    number: int
    formatted: str
    csl: Mapping[str, Any]
    status: Status
    used_by: Ids
    on_record: Mapping[str, Any] = EMPTY
    differences: tuple[str, ...] = ()
    probably_meant: tuple[str, ...] = ()
    note: str = ""
    review_by: str = ""


def library(knowledge_base: KnowledgeBase, language: str) -> Library:
    """What makes the documents of a knowledge base in a language; it goes when the rules have changed."""
    return knowledge_base.once(f"library {language}", lambda: Library(knowledge_base, language))


class Library:
    """Makes the documents of one knowledge base in one of its languages."""

    def __init__(self, knowledge_base: KnowledgeBase, language: str) -> None:
        self.identity = Identity(knowledge_base.id, knowledge_base.version, knowledge_base.digest)
        self.language = language
        self.content: Content = knowledge_base.content
        self.wording = Wording(self.content, language)
        self.prose = Prose(self.content, language)
        self.uses: Uses = uses(self.content)

    def itself(self) -> AboutKnowledgeBase:
        """The knowledge base, with the facts it asks and the ids of what is in it."""
        content, header, plain = self.content, self.content.header, self.wording.plain
        given = topics(content).items()
        return AboutKnowledgeBase(
            knowledge_base=self.identity,
            engine=VERSION,
            language=self.language,
            languages=header.languages,
            title=plain(header.title),
            about=plain(header.about),
            notice=plain(header.notice),
            recommendations=tuple(Named(topic, plain(rules[0].title)) for topic, rules in given),
            facts=tuple(self._fact(fact) for fact in content.facts if content.facts[fact].can_be_stated),
            rules=tuple(content.rules),
            claims=tuple(content.claims),
            references=tuple(int(number) for number in content.references),
        )

    def _fact(self, id: str) -> StatableFact:
        fact, plain = self.content.facts[id], self.wording.plain
        choices = frozen((choice, plain(text)) for choice, text in fact.choices.items())
        return StatableFact(
            id=fact.id,
            type=fact.type,
            label=plain(fact.label),
            allowed=allowed_of(fact, self.content),
            question=plain(fact.question),
            help=plain(fact.help),
            choices=choices or EMPTY,
        )

    def rule(self, id: str) -> AboutRule:
        """A rule. Raises ``KeyError``."""
        rule, thing = self.content.rules[id], Thing(Kind.RULE, id)
        return AboutRule(
            knowledge_base=self.identity,
            language=self.language,
            id=id,
            title=self.wording.plain(rule.title),
            status=rule.status,
            reads=tuple(line for reading in self.prose.rule(rule) for line in lines_of(reading)),
            uses=_ids(self.uses.of.get(thing, ())),
            used_by=self._used_by(thing),
            because=rule.because,
            background=rule.background,
            recommendation=rule.topic if rule.recommends else "",
            concludes="" if rule.conclude is None else rule.conclude.fact,
            verdict=rule.advise,
            definition=rule.definition,
            maintainers=rule.maintainers,
            review_by=rule.review_by,
        )

    def claim(self, id: str) -> AboutClaim:
        """A claim. Raises ``KeyError``."""
        claim, plain, works = self.content.claims[id], self.wording.plain, self.content.works
        section = self.content.header.sections[claim.section]
        return AboutClaim(
            knowledge_base=self.identity,
            language=self.language,
            id=id,
            says=plain(claim.says),
            kind=claim.kind,
            section=Named(section.id, plain(section.title)),
            editorial=editorial(self.content, claim),
            status=claim.status,
            cites=tuple(
                CitedReference(int(cite.reference), cite.support, cite.locator) for cite in claim.cites
            ),
            used_by=self._used_by(Thing(Kind.CLAIM, id)),
            further=tuple(
                FurtherWork(item.work, item.stance, formatted(works[item.work].csl), item.locator)
                for item in claim.further_evidence
            ),
            contradicts=claim.contradicts,
            contradiction=plain(claim.contradiction),
            maintainers=claim.maintainers,
            review_by=claim.review_by,
        )

    def reference(self, number: str) -> AboutReference:
        """A reference. Raises ``KeyError``."""
        reference = self.content.references[number]
        csl = frozen({"id": number, **reference.as_cited})
        record = reference.on_record
        return AboutReference(
            knowledge_base=self.identity,
            language=self.language,
            number=int(number),
            formatted=formatted(csl),
            csl=csl,
            status=record.status,
            used_by=self._used_by(Thing(Kind.REFERENCE, number)),
            on_record=record.csl,
            differences=record.differences,
            probably_meant=record.probably_meant,
            note=self.wording.plain(record.note),
            review_by=reference.review_by,
        )

    def _used_by(self, thing: Thing) -> Ids:
        return _ids(self.uses.by.get(thing, ()))


def _ids(things: Iterable[Thing]) -> Ids:
    found: dict[str, tuple[str, ...]] = {}
    for thing in things:
        found[str(thing.kind)] = (*found.get(str(thing.kind), ()), thing.id)
    return frozen(found)
