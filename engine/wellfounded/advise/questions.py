"""What to ask of a person, the most decisive first: the one ranking, shared by advice and interviews."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from wellfounded.advise.edition import Edition
from wellfounded.model.advice import Question, Undecided


def ranked_questions(
    undecided: Iterable[Undecided], sharper: Mapping[str, Collection[str]], edition: Edition
) -> tuple[Question, ...]:
    """A question for each fact that undecided recommendations wait for, or that would sharpen a ``meet``.

    First what helps decide most; among equals conditions, which are answered without looking anything up,
    before amounts; then what sharpens most; then the author's order. ``sharper`` has the facts that would
    sharpen each recommendation.
    """
    decides: dict[str, list[str]] = {}
    sharpens: dict[str, list[str]] = {}
    for item in undecided:
        for fact in item.waits_for:
            decides.setdefault(fact, []).append(item.id)
    for topic, facts in sharper.items():
        for fact in facts:
            sharpens.setdefault(fact, []).append(topic)

    def rank(fact: str) -> tuple[int, bool, int, int]:
        is_amount = fact in edition.amounts
        return -len(decides.get(fact, ())), is_amount, -len(sharpens.get(fact, ())), edition.place[fact]

    return tuple(
        Question(fact, text, tuple(decides.get(fact, ())), tuple(sharpens.get(fact, ())), help)
        for fact, (text, help) in (
            (fact, edition.questions[fact]) for fact in sorted({**decides, **sharpens}, key=rank)
        )
    )
