"""Checks explanations and suggestions of any number of random people, or of generated knowledge bases.

``make explanations PEOPLE=100000``, or ``python -m tests.conformance.explanations --help``. Each person has
one recommendation explained, and changes suggested for one. What is not so is printed with the person, and
then the exit code is 1. The smallest sets are held against all smaller ones for one person in ten.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import wellfounded
from tests.conformance.compare import CHUNK, RULES, USUAL, Tally, report
from tests.people import Population, Stated
from tests.properties.explained import Outcomes, smaller_set, wrong_with, wrong_with_suggestions
from tests.properties.test_generated import some
from wellfounded import ConflictError, KnowledgeBase, RecommendationError

#: Of so many people one has its smallest set held against all smaller ones.
SMALLEST_IN = 10


def people(count: int, seed: str) -> Iterator[Tally]:
    """Random people of the article's rules."""
    knowledge_base = wellfounded.load(RULES)
    population, tally = Population(knowledge_base, USUAL), Tally()
    for start in range(0, count, CHUNK):
        chunk = population.people(f"{seed} {start}", min(CHUNK, count - start))
        for place in range(0, len(chunk), 500):
            check(knowledge_base, chunk[place : place + 500], f"{seed} {start + place}", tally)
            yield tally


def knowledge_bases(count: int, each: int, seed: str) -> Iterator[Tally]:
    """Random people of generated rules."""
    tally = Tally()
    with TemporaryDirectory() as folder:
        endless = some(f"explained {seed}", sys.maxsize, Path(folder))
        for name, _, _, knowledge_base in islice(endless, count):
            check(knowledge_base, Population(knowledge_base).people(name, each), name, tally)
            tally.count("knowledge bases", 1)
            yield tally


def check(knowledge_base: KnowledgeBase, crowd: list[Stated], seed: str, tally: Tally) -> None:
    """Explain one recommendation to each, and suggest changes for one; what is wrong goes to the tally."""
    chance, outcomes = Random(seed), Outcomes(knowledge_base)
    topics = list(outcomes.topics.rules)
    for place, person in enumerate(crowd):
        facts = knowledge_base.checked(person)
        topic, other = chance.choice(topics), chance.choice(topics)
        try:
            found = knowledge_base.explain(facts, topic)
        except ConflictError:
            tally.count("people about whom rules disagree", 1)
            continue
        tally.count(f"explained, {found.state}", 1)
        wrong = list(wrong_with(found, facts, outcomes, chance, others=5))
        if place % SMALLEST_IN == 0 and found.edges:
            tally.count("held against smaller sets", 1)
            if smaller := smaller_set(found, facts, outcomes):
                wrong.append(f"{topic}: {smaller} would do")
        want, at_most = chance.choice(("given", "keep", "gone")), chance.choice((1, 2, 3, 4))
        try:
            ways = knowledge_base.suggest(facts, other, want, at_most=at_most)
        except RecommendationError:  # no target to keep
            tally.count("without a target to keep", 1)
        else:
            kind = "with suggestions" if ways.suggestions else "already so" if ways.already else "without any"
            tally.count("impossible" if ways.impossible else kind, 1)
            tally.count("suggestions", len(ways.suggestions))
            tally.count("searches cut short", not ways.every_value)
            wrong += wrong_with_suggestions(ways, facts, outcomes, chance)
        tally.differences += [f"{seed}: {what}\n    {person}" for what in wrong]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.explanations", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--people", type=int, help="so many random people of the article's rules")
    what.add_argument("--knowledge-bases", type=int, help="so many generated ones, of 20 people each")
    parser.add_argument("--seed", default="1", help="anything; the same one checks the same people")
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}", flush=True)
    if given.people is not None:
        return report(people(given.people, given.seed))
    with TemporaryDirectory() as cache:
        os.environ["WELLFOUNDED_CACHE"] = cache  # the user's would be filled with what is never read again
        return report(knowledge_bases(given.knowledge_bases, 20, given.seed))


if __name__ == "__main__":
    sys.exit(main())
