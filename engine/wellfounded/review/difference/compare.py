"""Two versions, compared in every way: the whole of a difference, and as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.lower import to_core
from wellfounded.model.content import Content
from wellfounded.model.digest import digest
from wellfounded.model.record import Record
from wellfounded.model.values import plain_number
from wellfounded.model.word import Word
from wellfounded.review.difference.changes import Change, changes
from wellfounded.review.difference.meaning import DerivedFact, Meaning, Topic
from wellfounded.review.difference.reading import Kind
from wellfounded.review.difference.records import SavedPeople
from wellfounded.review.difference.renames import with_new_names
from wellfounded.review.difference.stated import FactNote, fact_notes
from wellfounded.review.difference.versions import Version

Progress = Callable[[int, int], None]


class Identity(Record, frozen=True):
    """One of the two: as it was asked for, and what it says it is."""

    name: str
    id: str
    version: str
    digest: str


class Level(Word):
    """From what on a difference counts; each includes those before it, and ``any`` all that is written."""

    MEANING = "meaning"
    EVIDENCE = "evidence"
    TEXT = "text"
    ANY = "any"


_KINDS: Mapping[Level, tuple[Kind, ...]] = {
    Level.MEANING: (Kind.MEANING,),
    Level.EVIDENCE: (Kind.MEANING, Kind.EVIDENCE),
    Level.TEXT: tuple(Kind),
    Level.ANY: tuple(Kind),
}


class Difference(Record, frozen=True):
    """All that differs between two versions; ``texts`` are texts and orders that are of no single topic."""

    old: Identity
    new: Identity
    language: str
    drafts: bool
    changes: tuple[Change, ...]
    topics: tuple[Topic, ...]
    facts: tuple[DerivedFact, ...]
    stated: tuple[FactNote, ...]
    texts: tuple[str, ...]
    people: SavedPeople | None = None

    def topics_that_differ(self, kind: Kind) -> list[Topic]:
        return [topic for topic in self.topics if topic.differs(kind)]

    def not_decided(self, level: Level = Level.MEANING) -> list[Topic]:
        """The topics of which it is not known whether what counts from this level on is the same."""
        kinds = _KINDS[level]
        return [t for t in self.topics if any(f.kind in kinds and f.is_open for f in t.findings)]

    def counts(self, level: Level) -> bool:
        """Whether something differs that counts from this level on."""
        differs = any(self.topics_that_differ(kind) for kind in _KINDS[level])
        differs = differs or any(note.excludes for note in self.stated)
        if self.people is not None:
            differs = differs or bool(self.people.changed or self.people.only_old)
        if Kind.TEXT in _KINDS[level]:
            differs = differs or bool(self.texts)
        return differs or (level is Level.ANY and bool(self.changes))

    def to_dict(self) -> dict[str, Any]:
        """The document that ``schemas/difference.schema.json`` describes."""
        document: dict[str, Any] = msgspec.to_builtins(self)
        _with_plain_people(document["topics"])
        _with_plain_people(document["facts"])
        return document


def _with_plain_people(items: list[dict[str, Any]]) -> None:
    """80 and not 80.0, as an author would write it."""
    for item in items:
        for found in item.get("findings", [item]):
            found["person"] = {
                fact: plain_number(value) if isinstance(value, float) else value
                for fact, value in found["person"].items()
            }


def compare(
    old: Version,
    new: Version,
    *,
    language: str | None = None,
    matching: str = "",
    timeout: float = 10.0,
    drafts: bool = False,
    people: Callable[..., SavedPeople] | None = None,
    progress: Progress = lambda done, of: None,
) -> Difference:
    """What differs between two versions.

    Only topics and derived facts with ``matching`` in their name are asked about. ``timeout`` is in seconds,
    for each time the solver is asked. ``people`` compares people on record. Raises ``LanguageError``.
    """
    before, after = (v.knowledge_base.with_drafts() if drafts else v.knowledge_base for v in (old, new))
    shared = [code for code in after.languages if code in before.languages]
    chosen = after.language(language or next(iter(shared), None))
    before.language(chosen)
    content, renames = with_new_names(before.content, after.content)
    renamed = _under_new_names(before, content)
    meaning = Meaning(renamed, after, renames, timeout, chosen)
    topics, facts = list(meaning.topics(matching)), list(meaning.facts(matching))
    counted = _Counted(len(topics) + len(facts), progress)
    return Difference(
        _identity(old),
        _identity(new),
        chosen,
        drafts,
        changes(content, after.content, renames),
        tuple(map(counted, topics)),
        tuple(map(counted, facts)),
        tuple(fact_notes(content, after.content, renames)),
        tuple(_texts(renamed, after)),
        None if people is None else people(renamed, after, renames),
    )


class _Counted:
    """Asks questions, and says how many are answered."""

    def __init__(self, of: int, progress: Progress) -> None:
        self.done, self.of = 0, of
        self.progress = progress

    def __call__(self, ask: Callable[[], Any]) -> Any:
        answer = ask()
        self.done += 1
        self.progress(self.done, self.of)
        return answer


def _identity(version: Version) -> Identity:
    knowledge_base = version.knowledge_base
    return Identity(version.name, knowledge_base.id, knowledge_base.version, knowledge_base.digest)


def _under_new_names(knowledge_base: KnowledgeBase, content: Content) -> KnowledgeBase:
    if content == knowledge_base.content:
        return knowledge_base
    return KnowledgeBase(content, to_core(content), digest(content), knowledge_base.warnings)


def _texts(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[str]:
    """What people read that belongs to no single topic, and what of it differs."""
    before, after = old.content, new.content
    for name in ("title", "notice"):
        if getattr(before.header, name) != getattr(after.header, name):
            yield f"the {name} of all advice"
    for language in dict.fromkeys((*old.languages, *new.languages)):
        if language not in new.languages or language not in old.languages:
            yield f"the language {language}, which is {'new' if language in new.languages else 'gone'}"
    if old.languages[0] != new.languages[0]:
        yield "the language of advice for which none is asked for"
    for id in after.facts:
        if id in before.facts and after.facts[id].can_be_stated:
            asked = [(c.facts[id].question, c.facts[id].help) for c in (before, after)]
            if asked[0] != asked[1]:
                yield f"the question about {id}"
    if _in_both(_topics(old), _topics(new)) != _in_both(_topics(new), _topics(old)):
        yield "the order of recommendations"
    if _in_both(before.facts, after.facts) != _in_both(after.facts, before.facts):
        yield "the order of questions"


def _topics(knowledge_base: KnowledgeBase) -> list[str]:
    return list(dict.fromkeys(rule.topic for rule in knowledge_base.core.giving))


def _in_both(some: Any, others: Any) -> list[str]:
    return [item for item in some if item in others]
