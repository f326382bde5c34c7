"""A person's answers as a file that is saved and opened again; nothing of it stays here."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from wellfounded.interfaces.studio.advice.person import MIN_SUPPORT, NOT_KNOWN, Pairs, Person
from wellfounded.interfaces.studio.stated import plainly
from wellfounded.interview.in_file import holds_nothing, not_known_in, with_answers
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import File, decode
from wellfounded.load.history import History
from wellfounded.load.person import LARGEST, history_in
from wellfounded.model.record import Record

#: Says in an address that a file had dated answers, and of which day they were taken.
DATED = "dated-to"


class TooLarge(Exception):
    """A file with more in it than is read of one person."""


class Opened(Record, frozen=True):
    """The query that states the person, and whether some of the answers have a day."""

    pairs: Pairs
    is_dated: bool


def as_file(knowledge_base: KnowledgeBase, person: Person, on: date) -> str:
    """The text of a file with the answers that can be used, in the order of the knowledge base."""
    return with_answers("", "", knowledge_base.checked(person.facts), person.not_known, on)


def opened(knowledge_base: KnowledgeBase, data: bytes, name: str, on: date, support: str) -> Opened:
    """What a file states on a day. Raises ``FactError`` with the place of every problem, and ``TooLarge``."""
    if len(data) > LARGEST:
        raise TooLarge
    name = PurePath(name).name
    text, wrong = decode(File(name, data))
    history = None if not wrong and holds_nothing(text) else history_in(knowledge_base.content, data, name)
    facts = {} if history is None else history.on(on)
    pairs = [(fact, plainly(value)) for fact, value in facts.items()]
    pairs += [(NOT_KNOWN, fact) for fact in not_known_in(text) if fact not in facts]
    pairs += [(MIN_SUPPORT, support)] if support else []
    return Opened(pairs, history is not None and _is_dated(history))


def _is_dated(history: History) -> bool:
    return any(
        statement.on != date.min for statements in history.statements.values() for statement in statements
    )
