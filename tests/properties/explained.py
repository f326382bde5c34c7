"""What has to be so of every explanation, whatever the knowledge base and whoever it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, islice
from random import Random
from typing import Any

from tests.people import Stated, random_value
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.advise.topics import ABSENT, UNDECIDED, Topics
from wellfounded.explain.explanation import Explanation
from wellfounded.explain.part import Part, put_aside
from wellfounded.explain.suggested import Suggestions
from wellfounded.model.content import Fact
from wellfounded.model.core import Formula, facts_in_term
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
    for also in found.also:
        if outcomes.of(topic, {fact.fact: facts[fact.fact] for fact in also}) != outcome:
            yield f"{topic}: {also} do not make it {outcome} as well"
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


def wrong_with_suggestions(
    found: Suggestions, facts: Mapping[str, Value], outcomes: Outcomes, chance: Random
) -> Iterator[str]:
    """What suggestions say that is not so."""
    topic, content = found.recommendation, outcomes.knowledge_base.content

    def done(changed: Mapping[str, Any]) -> bool:
        return so(outcomes.of(topic, outcomes.knowledge_base.checked(changed)), found.want)

    if found.already != done(facts):
        yield f"{topic}: already {found.already}, and it is {outcomes.of(topic, facts)}"
    for suggestion in found.suggestions:
        changes = {change.fact: change.after for change in suggestion.changes}
        if not done({**facts, **changes}):
            yield f"{topic} is not {found.want} with {changes}"
        if fixed := [fact for fact in changes if not content.facts[fact].changeable]:
            yield f"{topic}: {fixed} cannot be changed"
        for change in suggestion.changes:
            if change.works is not None:
                low, high = change.works.low or 0, change.works.high or 0
                number = chance.choice((low, high, change.after))
                with_it = outcomes.knowledge_base.checked({**facts, **changes, change.fact: number})
                became = outcomes.of(topic, with_it)
                if not so(became, found.want) and became != CONFLICT:
                    yield f"{topic} is not {found.want} with {changes} but {change.fact} {number}"
    if found.already or not found.every_value:
        return
    size = len(found.suggestions[0].changes) if found.suggestions else found.at_most + 1
    wanted = [suggestion.steps for suggestion in found.suggestions]
    for _ in range(30):
        changed = _changed(facts, outcomes, chance, chance.randint(1, max(1, size)))
        if changed is None or not done({**facts, **changed}) or _disagree({**facts, **changed}, outcomes):
            continue
        if found.impossible:
            yield f"{topic} is said to be impossible to be {found.want}, and is so with {changed}"
        elif len(changed) < size:
            yield f"{topic} is {found.want} with {changed}, fewer than {size} changes"
        elif len(changed) == size and found.suggestions:
            best = [s for s in found.suggestions if {c.fact for c in s.changes} == set(changed)]
            if not best and not found.more:
                yield f"{topic}: {sorted(changed)} is not among the suggestions"
            elif best and _steps(facts, changed, outcomes) < best[0].steps - 1e-6:
                yield f"{topic}: {changed} takes fewer steps than {best[0].steps} of {wanted}"


def _disagree(facts: Mapping[str, Any], outcomes: Outcomes) -> bool:
    """Whether rules disagree, be it about another topic: then there is no advice."""
    try:
        outcomes.knowledge_base.advise(facts)
    except ConflictError:
        return True
    return False


def so(outcome: str, want: str) -> bool:
    """Whether an outcome is what is wanted."""
    given = outcome not in (ABSENT, UNDECIDED, CONFLICT)
    return given if want == "given" else outcome == ("keep" if want == "keep" else ABSENT)


def _changed(
    facts: Mapping[str, Value], outcomes: Outcomes, chance: Random, size: int
) -> dict[str, Value] | None:
    """New values, at whole steps, of so many facts that can be changed and are not worked out."""
    content = outcomes.knowledge_base.content
    values = outcomes.reason(facts).values
    can_change = [
        fact
        for fact in content.facts.values()
        if fact.can_be_stated and fact.changeable and (fact.id in facts or values[fact.id] is None)
    ]
    some = chance.sample(can_change, min(size, len(can_change)))
    changed = {fact.id: random_value(fact, chance) for fact in some}
    checked = dict(outcomes.knowledge_base.checked(changed))
    inputs = {name for fact in some if fact.formula is not None for name in _made_of(fact, outcomes)}
    if inputs & checked.keys():
        return None
    return {fact: value for fact, value in checked.items() if facts.get(fact) != value} or None


def _made_of(fact: Fact, outcomes: Outcomes) -> Iterator[str]:
    for definition in outcomes.knowledge_base.core.definitions:
        if isinstance(definition, Formula) and definition.fact == fact.id:
            yield from facts_in_term(definition.result.term)


def _steps(facts: Mapping[str, Value], changed: Mapping[str, Value], outcomes: Outcomes) -> float:
    steps = 0.0
    for fact, value in changed.items():
        present, step = facts.get(fact), outcomes.knowledge_base.content.facts[fact].step
        if isinstance(present, float) and isinstance(value, float) and step:
            steps += abs(value - present) / step
        else:
            steps += 1
    return steps
