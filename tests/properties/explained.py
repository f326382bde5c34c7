"""What has to be so of every explanation, whatever the knowledge base and whoever it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, islice
from random import Random

from tests.people import Stated, random_value
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.advise.topics import ABSENT, UNDECIDED, Topics
from wellfounded.explain.explanation import Explanation
from wellfounded.explain.part import Part, put_aside
from wellfounded.model.values import Value

CONFLICT = "conflict"
#: So many sets of facts are tried when a set is said to be the smallest.
MOST_SETS = 5000


class Outcomes:
    """What becomes of topics, read off the valuation of the whole knowledge base."""

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self.knowledge_base = knowledge_base
        self.topics = Topics(knowledge_base.core)
        self.reason = knowledge_base.reasoner()

    def of(self, topic: str, facts: Mapping[str, Value]) -> str:
        try:
            return self.topics.outcome(topic, self.reason(facts))
        except ConflictError:
            return CONFLICT


def wrong_with(
    found: Explanation, facts: Mapping[str, Value], outcomes: Outcomes, chance: Random, others: int = 3
) -> Iterator[str]:
    """What an explanation says that is not so."""
    topic, outcome = found.recommendation, outcomes.of(found.recommendation, facts)
    if outcome == UNDECIDED:
        if not found.waits_for or found.facts:
            yield f"{topic} is undecided and waits for nothing"
        return
    fixing = {fact.fact: facts[fact.fact] for fact in found.facts}
    if outcomes.of(topic, fixing) != outcome:
        yield f"{topic}: {fixing} do not make it {outcome}"
    for fact in fixing:
        fewer = {other: value for other, value in fixing.items() if other != fact}
        if not _formula_counts_again(facts, fewer, outcomes) and outcomes.of(topic, fewer) == outcome:
            yield f"{topic}: {fact} is not needed among {fixing}"
    for _ in range(others):
        other = fixing | _others(found, fixing, outcomes, chance)
        became = outcomes.of(topic, other)
        sharper = outcome == "meet" and became not in (ABSENT, UNDECIDED)
        if became not in (outcome, CONFLICT) and not sharper:
            yield f"{topic}: {fixing} do not fix {outcome}, since it is {became} with {other}"


def _formula_counts_again(facts: Mapping[str, Value], fewer: Mapping[str, Value], outcomes: Outcomes) -> bool:
    """Whether a number that the person states is left unstated, so that its formula gives it."""
    aside = put_aside(outcomes.knowledge_base.core, facts)
    return any(fact not in fewer for fact in aside)


def _others(found: Explanation, fixing: Mapping[str, Value], outcomes: Outcomes, chance: Random) -> Stated:
    """Any other facts, stated or not, but for those that are worked out on the way."""
    share = chance.choice((0.2, 0.6, 1.0))
    content = outcomes.knowledge_base.content
    stated = {
        fact.id: random_value(fact, chance)
        for fact in content.facts.values()
        if fact.can_be_stated and fact.id not in fixing and fact.id not in found.unless_stated
        if chance.random() < share
    }
    return dict(outcomes.knowledge_base.checked(stated))


def smaller_set(found: Explanation, facts: Mapping[str, Value], outcomes: Outcomes) -> tuple[str, ...] | None:
    """A smaller set, or one as small that comes first, which fixes the outcome too."""
    core = outcomes.knowledge_base.core
    part = Part(core, found.recommendation, put_aside(core, facts))
    stated = [fact for fact in part.facts if fact in facts]
    outcome = part.outcome({fact: facts[fact] for fact in stated})
    chosen = tuple(fact.fact for fact in found.facts)
    sizes = range(len(chosen) + 1)
    for some in islice((some for size in sizes for some in combinations(stated, size)), MOST_SETS):
        if some == chosen:
            return None
        if part.outcome({fact: facts[fact] for fact in some}) == outcome:
            return some
    return None
