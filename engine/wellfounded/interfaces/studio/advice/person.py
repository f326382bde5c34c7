"""A person, as the query of an address states them: read, and written so that it lasts.

Each answer stands under the id of its fact, as it was typed: ``age=30&load=176 lb&not-known=split``. What is
no answer has a hyphen in its name, which no fact has. ``was-age`` is what the answer about ``age`` was before
the last change; it says what that change did to the advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from wellfounded.advise.edition import Edition
from wellfounded.interfaces.studio.advice.words import advice_words
from wellfounded.interfaces.studio.stated import plainly
from wellfounded.interview.answers import LONGEST, shown, value_of
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.content import STRENGTH, Content, FactType, Support
from wellfounded.model.errors import FactError
from wellfounded.model.record import Record
from wellfounded.model.values import Value

Pairs: TypeAlias = Sequence[tuple[str, str]]

NOT_KNOWN, DO_NOT_KNOW, TAKE_BACK, WAS = "not-known", "do-not-know", "take-back", "was-"
MIN_SUPPORT = "min-support"
#: Names that stand for nothing are repeated up to this length.
_LONGEST_NAME = 60


class Wrong(Record, frozen=True):
    """An answer that cannot be used: as it was typed, and why not."""

    written: str
    problem: str


class Person(Record, frozen=True, gc=True):
    """``facts`` are the answers that can be used, ``written`` how they were typed, the last one
    first where they come from a form.

    ``was`` has what answers were before the last change, empty where there was none; where the new one is
    ``wrong``, the old one still counts. ``strange`` are names in the query that stand for nothing,
    ``strange_support`` a least support that there is not.
    """

    facts: Mapping[str, Value]
    written: Mapping[str, str]
    wrong: Mapping[str, Wrong]
    not_known: tuple[str, ...] = ()
    was: Mapping[str, str] = {}
    min_support: str = ""
    strange: tuple[str, ...] = ()
    strange_support: str = ""

    @property
    def least(self) -> str | None:
        """The least support that is asked for, if any is."""
        return self.min_support or None


def edition_of(knowledge_base: KnowledgeBase, language: str) -> Edition:
    """A knowledge base as it is worded in a language."""
    return knowledge_base.interview({}, language).interviewer.advisor.edition


def person_in(pairs: Iterable[tuple[str, str]], editions: Sequence[Edition], prefix: str = "") -> Person:
    """The person that a query states, read in the language of the first edition.

    The other editions are those an answer should last in. With a ``prefix`` it is one person of several, and
    names without it are another's.
    """
    found = [(name.removeprefix(prefix), value.strip()) for name, value in pairs if name.startswith(prefix)]
    reader = _Reader(editions)
    controls = {NOT_KNOWN, DO_NOT_KNOW, TAKE_BACK}
    dropped = {value for name, value in found if name in (DO_NOT_KNOW, TAKE_BACK)}
    for name, value in found:
        if name.startswith(WAS):
            reader.before(name.removeprefix(WAS), value)
        elif name not in controls and "-" not in name and name not in dropped:
            reader.answer(name, value)
    unknown = [value for name, value in found if name == DO_NOT_KNOW]
    taken = {value for name, value in found if name == TAKE_BACK}
    unknown += [value for name, value in found if name == NOT_KNOWN and value not in taken]
    return reader.person(unknown, dict(found).get(MIN_SUPPORT, ""))


class _Reader:
    """Reads answers one by one."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self.editions = editions
        self.content = editions[0].content
        self.facts: dict[str, Value] = {}
        self.written: dict[str, str] = {}
        self.wrong: dict[str, Wrong] = {}
        self.was: dict[str, str] = {}
        self.strange: list[str] = []

    def answer(self, fact: str, typed: str) -> None:
        if not _is_asked(self.content, fact):
            self.strange.append(_cut(fact))
            return
        for kept in (self.facts, self.written, self.wrong):
            kept.pop(fact, None)  # the last one counts
        if typed:
            self._read(fact, typed)

    def _read(self, fact: str, typed: str) -> None:
        try:
            value = value_of(self.editions[0], fact, typed)
        except FactError as error:
            self.wrong[fact] = Wrong(typed[: LONGEST + 1], self._why(fact, typed, error))
        else:
            self.facts[fact] = value
            self.written[fact] = lasting(self.editions, fact, typed, value)

    def _why(self, fact: str, typed: str, error: FactError) -> str:
        """Why an answer cannot be used: what was chosen in an old address may be no choice any more."""
        if self.content.facts[fact].type is FactType.NUMBER:
            return said(error)
        return advice_words(self.editions[0].language)["no_choice"].format(answer=shown(typed))

    def before(self, fact: str, typed: str) -> None:
        """What an answer was; what cannot be used was none."""
        if _is_asked(self.content, fact):
            try:
                value = value_of(self.editions[0], fact, typed)
            except FactError:
                self.was[fact] = ""
            else:
                self.was[fact] = lasting(self.editions, fact, typed, value)

    def person(self, unknown: Sequence[str], support: str) -> Person:
        known = support in supports()
        answered = {*self.facts, *self.wrong}
        not_known = dict.fromkeys(
            fact for fact in unknown if _is_asked(self.content, fact) and fact not in answered
        )
        self.strange += [_cut(fact) for fact in unknown if not _is_asked(self.content, fact)]
        before = {fact: "" for fact in unknown if fact in answered} | self.was
        was = {
            fact: was
            for fact, was in before.items()
            if was != self.written.get(fact, "") or fact in not_known
        }
        for fact in self.wrong:
            if was.get(fact):
                self.written[fact] = was[fact]
                self.facts[fact] = value_of(self.editions[0], fact, was[fact])
        return Person(
            self.facts,
            self.written,
            self.wrong,
            tuple(not_known),
            was,
            support if known and support != Support.UNCITED else "",
            tuple(name for name in dict.fromkeys(self.strange) if name),
            "" if known else _cut(support),
        )


def said(error: FactError) -> str:
    """What is wrong with an answer, as a sentence."""
    text = "; ".join(problem.message for problem in error.problems)
    return f"{text[:1].upper()}{text[1:]}."


def _is_asked(content: Content, fact: str) -> bool:
    return fact in content.facts and content.facts[fact].can_be_stated


def _cut(name: str) -> str:
    return f"{name[:_LONGEST_NAME]}…" if len(name) > _LONGEST_NAME else name


def lasting(editions: Sequence[Edition], fact: str, typed: str, value: Value) -> str:
    """An answer as it was typed if every language reads it alike, and else in a way that all do."""
    if editions[0].content.facts[fact].type is FactType.NUMBER:
        written = " ".join(typed.split())
        if all(_reads(edition, fact, written) == value for edition in editions):
            return written
    return plainly(value)


def _reads(edition: Edition, fact: str, written: str) -> Value | None:
    try:
        return value_of(edition, fact, written)
    except FactError:
        return None


def pairs_of(person: Person, prefix: str = "", history: bool = False) -> list[tuple[str, str]]:
    """The query that states a person; with its ``history``, also what is wrong and what was before."""
    unusable = person.wrong if history else {}
    pairs = [(prefix + fact, text) for fact, text in person.written.items() if fact not in unusable]
    if history:
        pairs += [(prefix + fact, wrong.written) for fact, wrong in person.wrong.items()]
        pairs += [(prefix + WAS + fact, was) for fact, was in person.was.items()]
        pairs += [(prefix + name, "") for name in person.strange if "-" not in name]
    pairs += [(prefix + NOT_KNOWN, fact) for fact in person.not_known]
    support = person.min_support or (person.strange_support if history else "")
    return [*pairs, *([(prefix + MIN_SUPPORT, support)] if support else [])]


def facts_before(person: Person, edition: Edition) -> Mapping[str, Value]:
    """What was known before the last change."""
    facts = {fact: value for fact, value in person.facts.items() if fact not in person.was}
    for fact, was in person.was.items():
        if was:
            facts[fact] = value_of(edition, fact, was)
    return facts


def supports() -> list[str]:
    """The supports that can be asked for, the strongest first; the weakest asks for nothing."""
    return [str(support) for support in sorted(STRENGTH, key=STRENGTH.__getitem__, reverse=True)]
