"""An example person for the documentation of the addresses, made from any knowledge base."""

from __future__ import annotations

from collections.abc import Iterable

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.content import Fact
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.values import Value, plain_number

#: So many questions are answered.
_ANSWERED = 5


def example_facts(knowledge_base: KnowledgeBase) -> dict[str, Value]:
    """A person who answered the first questions in the way that gives the most advice."""
    facts: dict[str, Value] = {}
    for _ in range(_ANSWERED):
        asked = knowledge_base.advise(facts).questions
        if not asked:
            break
        fact = knowledge_base.content.facts[asked[0].fact]
        facts[fact.id] = max(
            _values(fact), key=lambda value: _given(knowledge_base, {**facts, fact.id: value})
        )
    return facts


def _values(fact: Fact) -> Iterable[Value]:
    if fact.span is None:
        return fact.values
    low, high = fact.span
    steps = round((high - low) / 4 / (fact.step or 1.0))
    return (plain_number(round(low + steps * (fact.step or 1.0), 6)),)


def _given(knowledge_base: KnowledgeBase, facts: dict[str, Value]) -> int:
    try:
        return len(knowledge_base.advise(facts).recommendations)
    except WellfoundedError:
        return -1  # a person about whom rules disagree is no example
