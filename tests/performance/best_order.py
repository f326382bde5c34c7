"""The best order of questions that there can be: ``python -m tests.performance.best_order``.

For random people who want what the advice is for and know all, it works out how many questions the best
strategy takes on average: one that chooses each question by all answers before it, and knows how likely every
answer is. No ranking can do better. It stands beside the interview and the order of the facts, *in use*.

All possible answers are gone through, numbers for which the same comparisons hold as one. What
a recommendation waits for alone is asked at once, since it has to be asked in any order; its answer is the
person's own. The first ``BEGUN`` questions are those of the interview: whoever is asked more needs the answer
to each, and no other order lets more people go before. This takes seconds for each person, so it is done for
some of those who gave the same last one of these answers, and counts for all of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import islice
from random import Random
from statistics import fmean, stdev
from typing import TypeAlias

import wellfounded
from tests.people import random_person
from tests.performance.interview import GOAL, Knows, in_order_in_use, most_decisive, questions
from wellfounded import KnowledgeBase
from wellfounded.advise.waiting import waits_for
from wellfounded.load.stated import in_order
from wellfounded.model.content import FactType
from wellfounded.model.core import Comparison, Core, Recommending, tests_in
from wellfounded.model.values import Value
from wellfounded.reason.arithmetic import compared, number_of

#: So many questions, and more, are asked only of those whom nearly all advice is for.
BEGUN = 4

#: So many values, evenly spread over the span of a number, stand for all.
VALUES = 200

#: What was answered, in the order of the facts' names.
Answers: TypeAlias = tuple[tuple[str, Value], ...]

#: What each undecided recommendation waits for.
Waiting: TypeAlias = Mapping[str, frozenset[str]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--trees", type=int, default=60, help="how many in each group stand for it")
    asked = parser.parse_args()
    knowledge_base = wellfounded.load()
    in_use = in_order_in_use(knowledge_base)
    own, form, best = 0, 0, 0.0
    groups: dict[Value, list[Knows]] = {}
    for seed in range(asked.people):
        person = {**knowledge_base.checked(random_person(knowledge_base.content, Random(seed))), **GOAL}
        facts = questions(knowledge_base, person, most_decisive)
        own += len(facts)
        form += len(questions(knowledge_base, person, in_use))
        if len(facts) < BEGUN:
            best += len(facts)
        else:
            *_, last = begun = facts[:BEGUN]
            groups.setdefault(person[last], []).append({fact: person[fact] for fact in (*begun, *person)})
    for answer, people in groups.items():
        each = [Tree(knowledge_base, person).questions() for person in people[: asked.trees]]
        error = stdev(each) / len(each) ** 0.5
        print(f"{len(people)} people ({answer}): {fmean(each):.2f} ± {error:.2f}", flush=True)
        best += fmean(each) * len(people)
    print(report("with the goal", asked.people, (best, own, form)))
    others = asked.people  # each is asked one question in any order
    totals = (total + others for total in (best, own, form))
    print(report("half of them with another goal", asked.people + others, totals))


def report(whom: str, people: int, totals: Iterable[float]) -> str:
    best, own, form = (total / people for total in totals)
    saved = f"saved {1 - best / form:.1%} and {1 - own / form:.1%}"
    return f"{whom}: best {best:.2f}, interview {own:.2f}, in the order of the facts {form:.2f}; {saved}"


class Tree:
    """All that may be answered from here on, by somebody whose answers to what must be asked are known."""

    def __init__(self, knowledge_base: KnowledgeBase, person: Knows) -> None:
        """The first ``BEGUN`` of what a person knows was asked."""
        self._content = knowledge_base.content
        self._reasoner = knowledge_base.reasoner()
        self._definitions = {definition.fact: definition for definition in knowledge_base.core.definitions}
        self._rules: dict[str, list[Recommending]] = {}
        for rule in knowledge_base.core.giving:
            self._rules.setdefault(rule.topic, []).append(rule)
        self._person = person
        self._known = dict(islice(person.items(), BEGUN))
        while alone := _waited_for_alone(self._waiting(self._known)):
            self._known[alone] = person[alone]
        still_open = self._waiting(self._known)
        self._rules = {topic: rules for topic, rules in self._rules.items() if topic in still_open}
        rules = tuple(rule for rules in self._rules.values() for rule in rules)
        tests = tests_in(Core((), knowledge_base.core.definitions, rules))
        self._comparisons = {test for test in tests if isinstance(test, Comparison)}
        self._kinds = cache(self._kinds_of)

    def questions(self) -> float:
        """How many questions the best strategy takes on average, those that were asked before among them."""
        least = cache(lambda answers: self._least(answers, least))
        return len(self._known) + least(())

    def _least(self, answers: Answers, least: Callable[[Answers], float]) -> float:
        waiting = self._waiting({**self._known, **dict(answers)})
        if not waiting:
            return 0
        alone = _waited_for_alone(waiting)
        facts = [alone] if alone else sorted(frozenset().union(*waiting.values()))
        return 1 + min(
            sum(share * least(tuple(sorted((*answers, (fact, value))))) for value, share in self._kinds(fact))
            for fact in facts
        )

    def _waiting(self, known: Mapping[str, Value]) -> Waiting:
        valuation = self._reasoner(in_order(self._content, known))
        found = {}
        for topic, rules in self._rules.items():
            truths = [valuation.holds(rule.rule) for rule in rules]
            if None in truths and True not in truths:
                unknown = [rule for rule, truth in zip(rules, truths, strict=True) if truth is None]
                parts = (waits_for(rule, self._definitions, valuation.values) for rule in unknown)
                found[topic] = frozenset().union(*parts)
        return found

    def _kinds_of(self, fact: str) -> list[tuple[Value, float]]:
        """The values an answer may have, with the share of each; of numbers that no test tells apart, one."""
        described = self._content.facts[fact]
        if described.type is not FactType.NUMBER:
            values = (False, True) if described.type is FactType.BOOLEAN else tuple(described.choices)
            return [(value, 1 / len(values)) for value in values]
        assert described.span is not None
        low, high = described.span
        kinds: dict[tuple[bool, ...], list[float]] = {}
        for place in range(VALUES):
            number = low + (high - low) * (place + 0.5) / VALUES
            kinds.setdefault(self._sides(fact, number), []).append(number)
        return [(alike[0], len(alike) / VALUES) for alike in kinds.values()]

    def _sides(self, fact: str, number: float) -> tuple[bool, ...]:
        """Which comparisons hold when this person's fact has this value; everything else is known of them."""
        values = self._reasoner(in_order(self._content, {**self._person, fact: number})).values
        return tuple(_holds(test, values) for test in self._comparisons)


def _holds(test: Comparison, values: Mapping[str, Value | None]) -> bool:
    value, bound = values[test.fact], number_of(test.bound, values)
    assert isinstance(value, int | float)
    assert bound is not None
    return compared(test.relation, value, bound)


def _waited_for_alone(waiting: Waiting) -> str | None:
    return min((fact for facts in waiting.values() if len(facts) == 1 for fact in facts), default=None)


if __name__ == "__main__":
    main()
