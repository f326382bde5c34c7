"""How many questions it takes to settle everything: ``python -m tests.performance.interview --people 10000``.

The same people are asked by the interview and in the order of the facts, in three ways: a fact is passed over
when no undecided recommendation *waits for* it, which takes the engine's analysis of what is still open; when
no undecided recommendation *uses* it, which is what a form does that knows what each question is for; or only
when it has been answered, *until all is settled*, which is what a list of questions does.
In the first way they are also asked in random orders of the facts, which shows what the author saves already
by writing the facts in a good order.
For people who know every answer there is also a floor: the fewest answers from which everything follows,
which only somebody could ask for who knew the answers beforehand.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations
from random import Random
from statistics import fmean
from typing import Any, TypeAlias

import wellfounded
from tests.people import Population, random_person
from wellfounded import KnowledgeBase
from wellfounded.interview.interview import Interview
from wellfounded.model.core import Formula, Recommending, facts_in_term, facts_in_test
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.model.values import Value

USUAL: dict[str, Any] = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}

GOAL = {"goal": "muscle_gain"}

SHUFFLES = 3

#: What a person knows; of any other fact they say "I don't know".
Knows: TypeAlias = Mapping[str, Value]
#: The fact to ask next, or none.
Chooses: TypeAlias = Callable[[Interview], str | None]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--matching", default="", help="only groups with this in their name")
    parser.add_argument("--shuffles", type=int, default=SHUFFLES, help="how many random orders")
    parser.add_argument("--floor", type=int, default=300, help="of how many people the floor is worked out")
    asked = parser.parse_args()
    knowledge_base = wellfounded.load()
    print(
        "| people | interview | in order, waited for | saving | in order, in use | saving "
        "| in order, until all is settled | saving "
        "| random order, waited for | saving | interview, ties at random |"
    )
    print(f"|---|{'---:|' * 10}")
    for name, people in populations(knowledge_base, asked.people):
        if asked.matching not in name:
            continue
        interview, *others = (
            mean_questions(knowledge_base, people, chooses)
            for chooses in (
                most_decisive,
                in_order_waited_for(),
                in_order_in_use(knowledge_base),
                in_order_until_settled,
            )
        )
        orders = [shuffled(knowledge_base, seed) for seed in range(asked.shuffles)]
        shuffles = [mean_questions(knowledge_base, people, in_order_waited_for(order)) for order in orders]
        others.append(fmean(shuffles))
        savings = " | ".join(f"{other:.2f} | {1 - interview / other:.1%}" for other in others)
        ties = fmean(mean_questions(knowledge_base, people, most_decisive_in(order)) for order in orders)
        print(f"| {name} | {interview:.2f} | {savings} | {ties:.2f} |", flush=True)
    for name, people in populations(knowledge_base, asked.floor):
        if name in KNOW_ALL and asked.matching in name:
            fewest = sum(fewest_answers(knowledge_base, person) for person in people) / len(people)
            ours = mean_questions(knowledge_base, people, most_decisive)
            waited = mean_questions(knowledge_base, people, in_order_waited_for())
            used = mean_questions(knowledge_base, people, in_order_in_use(knowledge_base))
            print(
                f"\n{len(people)} people, {name}: the floor is {fewest:.2f} questions, "
                f"and the interview asks {ours:.2f}."
            )
            print(f"Nothing can save more than {1 - fewest / waited:.1%} and {1 - fewest / used:.1%}.")


KNOW_ALL = ("uniform", "uniform, with the goal", "at the borders, know all")


def populations(knowledge_base: KnowledgeBase, count: int) -> Iterator[tuple[str, list[Knows]]]:
    """Random people: all values alike, and at the borders of the rules, where half share the usual facts."""
    content = knowledge_base.content
    uniform = [knowledge_base.checked(random_person(content, Random(seed))) for seed in range(count)]
    yield "uniform", list(uniform)
    yield "uniform, with the goal", [{**person, **GOAL} for person in uniform]
    yield "uniform, 20 % not known", [without_some(person, place) for place, person in enumerate(uniform)]
    asked_for = {fact.id for fact in content.facts.values() if not fact.derived}
    borders = [
        {fact: value for fact, value in knowledge_base.checked(person).items() if fact in asked_for}
        for person in Population(knowledge_base, USUAL).people("interview", count)
    ]
    yield KNOW_ALL[2], [{**uniform[place], **person} for place, person in enumerate(borders)]
    yield "at the borders, much not known", list(borders)


def without_some(person: Knows, seed: int, share: float = 0.2) -> Knows:
    """A person who does not know a share of it."""
    chance = Random(f"not known {seed}")
    return {fact: value for fact, value in person.items() if chance.random() >= share}


def mean_questions(knowledge_base: KnowledgeBase, people: Sequence[Knows], chooses: Chooses) -> float:
    return sum(len(questions(knowledge_base, person, chooses)) for person in people) / len(people)


def questions(knowledge_base: KnowledgeBase, person: Knows, chooses: Chooses) -> list[str]:
    """What a person is asked until everything is settled that can be."""
    interview, asked = knowledge_base.interview(), []
    while (fact := chooses(interview)) is not None:
        asked.append(fact)
        known = fact in person
        interview = interview.answer(person[fact], fact) if known else interview.do_not_know(fact)
    return asked


def most_decisive(interview: Interview) -> str | None:
    question = interview.question
    return question.fact if question is not None and question.decides else None


def most_decisive_in(order: Mapping[str, int]) -> Chooses:
    """The question of the interview, but for the last of its reasons: this order in place of the author's."""

    def chooses(interview: Interview) -> str | None:
        amounts = interview.interviewer.advisor.edition.amounts
        ranked = {
            question.fact: (
                -len(question.decides),
                question.fact in amounts,
                -len(question.sharpens),
                order[question.fact],
            )
            for question in interview.questions
            if question.decides
        }
        return min(ranked, key=ranked.__getitem__, default=None)

    return chooses


def shuffled(knowledge_base: KnowledgeBase, seed: int) -> Mapping[str, int]:
    """The facts in a random order: the place of each."""
    facts = list(knowledge_base.content.facts)
    Random(f"order {seed}").shuffle(facts)
    return {fact: place for place, fact in enumerate(facts)}


def in_order_waited_for(order: Mapping[str, int] | None = None) -> Chooses:
    """The first fact that an undecided recommendation waits for, in this order or the author's."""

    def chooses(interview: Interview) -> str | None:
        waited = {fact for item in interview.advice.undecided for fact in item.waits_for}
        place = order or interview.interviewer.advisor.edition.place
        return min(waited.difference(interview.not_known), key=place.__getitem__, default=None)

    return chooses


def in_order_in_use(knowledge_base: KnowledgeBase) -> Chooses:
    """The first fact that an undecided recommendation uses, whatever is known of it already."""
    used: dict[str, set[str]] = {}
    for rule in knowledge_base.core.giving:
        used.setdefault(rule.topic, set()).update(_uses(knowledge_base, rule))

    def chooses(interview: Interview) -> str | None:
        in_use = {fact for item in interview.advice.undecided for fact in used[item.id]}
        place = interview.interviewer.advisor.edition.place
        return min(in_use.difference(interview.asked), key=place.__getitem__, default=None)

    return chooses


def in_order_until_settled(interview: Interview) -> str | None:
    """The first fact that was not asked yet, as long as an answer can still settle something."""
    if most_decisive(interview) is None:
        return None
    place = interview.interviewer.advisor.edition.place
    return min(set(_statable(interview)).difference(interview.asked), key=place.__getitem__)


def _statable(interview: Interview) -> Iterator[str]:
    facts = interview.interviewer.advisor.content.facts.values()
    return (fact.id for fact in facts if not fact.derived)


def _uses(knowledge_base: KnowledgeBase, rule: Recommending) -> set[str]:
    """The facts a person could state that a rule rests on, through derived facts as well."""
    definitions = {definition.fact: definition for definition in knowledge_base.core.definitions}
    inputs = (fact for _, bound in bounds_with_ends(rule) for fact in facts_in_term(bound.term))
    waiting, found = [*facts_in_test(rule.test), *inputs], set()
    for fact in waiting:  # grows while it is gone through
        definition = definitions.get(fact)
        if definition is None:
            found.add(fact)
        elif isinstance(definition, Formula):
            waiting += facts_in_term(definition.result.term)
        else:
            waiting += [name for branch in definition.branches for name in facts_in_test(branch.test)]
    return found


def fewest_answers(knowledge_base: KnowledgeBase, person: Knows) -> int:
    """The fewest of a person's answers from which all that their answers settle follows."""
    open_in_the_end = _open(knowledge_base, person)

    def is_enough(facts: Collection[str]) -> bool:
        return _open(knowledge_base, {fact: person[fact] for fact in facts}) == open_in_the_end

    necessary = [fact for fact in person if not is_enough([other for other in person if other != fact])]
    advice = knowledge_base.interview({fact: person[fact] for fact in necessary}).advice
    left = {fact for item in advice.undecided for fact in item.waits_for}.intersection(person)
    return next(
        len(necessary) + more
        for more in range(len(left) + 1)
        if any(is_enough([*necessary, *some]) for some in combinations(sorted(left), more))
    )


def _open(knowledge_base: KnowledgeBase, facts: Knows) -> set[str]:
    valuation = knowledge_base.reasoner()(facts)
    topics: dict[str, list[bool | None]] = {}
    for rule in knowledge_base.core.giving:
        topics.setdefault(rule.topic, []).append(valuation.holds(rule.rule))
    return {topic for topic, truths in topics.items() if None in truths and True not in truths}


if __name__ == "__main__":
    main()
