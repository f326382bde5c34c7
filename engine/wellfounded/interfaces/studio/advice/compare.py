"""Two pieces of advice side by side: of two people, or of one under two versions of the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from wellfounded.advise.edition import Edition
from wellfounded.explain.chain import State
from wellfounded.explain.what_if import Standing, WhatIf, standing
from wellfounded.explain.words import words as verdict_words
from wellfounded.interfaces.explanation_words import explanation_words
from wellfounded.interfaces.studio.advice.fields import labels
from wellfounded.interfaces.studio.advice.person import Person, edition_of
from wellfounded.interfaces.studio.advice.view import titles
from wellfounded.interfaces.studio.advice.words import advice_words
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.stated import valued
from wellfounded.model.advice import Advice
from wellfounded.model.errors import GitSilentError, KnowledgeBaseError, VersionError
from wellfounded.model.record import Record
from wellfounded.model.values import Value
from wellfounded.review.difference.versions import version_at

#: A tag, a branch or a commit, and so many steps back: nothing that could be an option, a range or a path.
_REVISION = re.compile(r"[0-9A-Za-z_](?:[0-9A-Za-z_/+-]|\.(?!\.)){0,99}(?:[~^][0-9]{0,4}){0,4}")


class RevisionProblem(Exception):
    """A revision that cannot be shown; the argument is the word in ``words.py`` for why not."""


class Side(Record, frozen=True):
    """What becomes of a recommendation for one of the two; ``sentences`` say why, where that is asked."""

    standing: str
    text: str
    is_given: bool
    sentences: tuple[str, ...] = ()


class Difference(Record, frozen=True):
    """A recommendation that is not the same for both; ``through`` are the facts that it comes from."""

    id: str
    title: str
    one: Side
    other: Side
    through: tuple[str, ...] = ()


class Compared(Record, frozen=True):
    """``same`` are what is given to both, with what becomes of it."""

    differences: tuple[Difference, ...]
    same: tuple[tuple[str, str, str], ...]


def people_compared(knowledge_base: KnowledgeBase, one: Person, other: Person, edition: Edition) -> Compared:
    """Two people under the same rules. Raises ``ConflictError``."""
    changes: dict[str, Value | None] = dict(other.facts)
    changes |= {fact: None for fact in one.facts if fact not in other.facts}
    found = knowledge_base.what_if(one.facts, changes, edition.language, min_support=one.least)
    advice = knowledge_base.advise(one.facts, edition.language, min_support=one.least)
    return Compared(
        _differences(found, edition), _same(advice, {item.recommendation for item in found.recommendations})
    )


def _differences(found: WhatIf, edition: Edition) -> tuple[Difference, ...]:
    names = labels(edition)
    return tuple(
        Difference(
            item.recommendation,
            item.title,
            _side(item.before, edition.language),
            _side(item.after, edition.language),
            tuple(names[fact] for fact in item.because),
        )
        for item in found.recommendations
    )


def _same(advice: Advice, different: set[str]) -> tuple[tuple[str, str, str], ...]:
    said = verdict_words(advice.language)
    return tuple(
        (item.id, item.title, said[f"verdict_{item.verdict}"])
        for item in advice.recommendations
        if item.id not in different
    )


def _side(standing: Standing, language: str, sentences: tuple[str, ...] = ()) -> Side:
    if standing.verdict is not None:
        worded = verdict_words(language)[f"verdict_{standing.verdict}"]
    else:
        worded = explanation_words(language)[f"state_{standing.state}"]
    return Side(worded, standing.text, standing.state is State.GIVEN, sentences)


def rules_at(revision: str, rules: Path) -> KnowledgeBase:
    """The rules in a folder as they were at a revision. Raises ``RevisionProblem``.

    Only what can be the name of a revision is given to git; it is never a path, an option or a range.
    """
    if not _REVISION.fullmatch(revision):
        raise RevisionProblem("revision_wrong")
    try:
        return version_at(revision, rules).knowledge_base
    except GitSilentError:
        raise RevisionProblem("git_silent") from None
    except VersionError:
        raise RevisionProblem("revision_unknown") from None
    except KnowledgeBaseError:
        raise RevisionProblem("revision_broken") from None


class Versions(Record, frozen=True):
    """``lost`` are the facts that the rules of then cannot use, by what they are called now."""

    compared: Compared
    lost: tuple[str, ...]
    version: str


def versions_compared(then: KnowledgeBase, now: KnowledgeBase, person: Person, edition: Edition) -> Versions:
    """One person under the rules of then and of now, each difference with why. Raises ``ConflictError``."""
    language = edition.language
    spoken = language if language in then.languages else then.languages[0]
    usable, _ = valued(then.content, person.facts)
    known = {fact: value for fact, value in usable.items() if _can_be_stated(then, fact)}
    there = titles(edition_of(then, spoken)), titles(edition)
    before = then.advise(known, spoken, min_support=person.least)
    after = now.advise(person.facts, language, min_support=person.least)
    called = {**there[0], **there[1]}
    different = [
        id
        for id in called
        if (id in there[0]) != (id in there[1]) or standing(before, id) != standing(after, id)
    ]
    names, missing = labels(edition), Side(advice_words(language)["no_such_advice"], "", False)
    return Versions(
        Compared(
            tuple(
                Difference(
                    id,
                    called[id],
                    _side(standing(before, id), spoken, _reasons(then, known, id, spoken, person))
                    if id in there[0]
                    else missing,
                    _side(standing(after, id), language, _reasons(now, person.facts, id, language, person))
                    if id in there[1]
                    else missing,
                )
                for id in different
            ),
            _same(after, set(different)),
        ),
        tuple(names[fact] for fact in person.facts if fact not in known),
        then.version,
    )


def _can_be_stated(knowledge_base: KnowledgeBase, fact: str) -> bool:
    return knowledge_base.content.facts[fact].can_be_stated


def _reasons(
    rules: KnowledgeBase, facts: Mapping[str, Value], id: str, language: str, person: Person
) -> tuple[str, ...]:
    return rules.explain(facts, id, language, min_support=person.least).sentences
