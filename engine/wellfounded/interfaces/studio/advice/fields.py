"""Fields of forms in which people answer: one for each fact, the same on every page."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.advise.edition import Edition
from wellfounded.interfaces.interview_words import words
from wellfounded.interfaces.studio.advice.person import Person
from wellfounded.interview.answers import choices, span_text
from wellfounded.model.content import FactType
from wellfounded.model.record import Record
from wellfounded.model.values import Value


class Choice(Record, frozen=True):
    value: str
    label: str
    chosen: bool


class Field(Record, frozen=True):
    """Where a fact is filled in: ``name`` is that of the answer in the address.

    ``asks`` is the question, ``label`` what the fact is called. ``span`` is what can be filled in as a
    number, ``has_unit`` whether also in another unit. ``answer`` is what is known, in words. ``written`` is
    what is in the field, and ``before`` what last was known, both as in an address.
    """

    fact: str
    name: str
    id: str
    asks: str
    label: str
    help: str = ""
    span: str = ""
    choices: tuple[Choice, ...] = ()
    written: str = ""
    before: str = ""
    answer: str = ""
    problem: str = ""
    not_known: bool = False
    has_unit: bool = False


def field_of(fact: str, person: Person, edition: Edition, prefix: str = "") -> Field:
    """The field for a fact, with what a person answered in it."""
    about, wording = edition.content.facts[fact], edition.wording
    asks, help = edition.questions[fact]
    label = wording.plain(about.label)
    wrong = person.wrong.get(fact)
    written = person.written.get(fact, "")
    return Field(
        fact,
        prefix + fact,
        f"answer-{prefix.replace('.', '-')}{fact}",
        asks or label,
        label,
        help,
        span_text(edition, about) if about.type is FactType.NUMBER else "",
        _choices(fact, written, edition),
        written if wrong is None else wrong.written,
        written,
        answered(fact, person.facts.get(fact), edition),
        "" if wrong is None else wrong.problem,
        fact in person.not_known,
        bool(about.unit),
    )


def _choices(fact: str, written: str, edition: Edition) -> tuple[Choice, ...]:
    about = edition.content.facts[fact]
    match about.type:
        case FactType.BOOLEAN:
            said = words(edition.language)
            return tuple(Choice(word, said[word], word == written) for word in ("yes", "no"))
        case FactType.CHOICE:
            return tuple(Choice(id, label, id == written) for id, label in choices(edition, about))
    return ()


def answered(fact: str, value: Value | None, edition: Edition) -> str:
    """An answer as people read it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words(edition.language)["yes" if value else "no"]
    return edition.wording.value(edition.content.facts[fact], value)


def labels(edition: Edition) -> Mapping[str, str]:
    """What each fact is called."""
    return {fact.id: edition.wording.plain(fact.label) for fact in edition.content.facts.values()}
