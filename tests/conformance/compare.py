"""Compares the reasoners on any number of random people, or of generated knowledge bases.

``make conformance PEOPLE=1000000``, or ``python -m tests.conformance.compare --help``. The first
differences are printed with the person, and the exit code is 1, where there are any.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import yaml

import wellfounded
from tests.conformance.agreement import ENGINES, Agreement, Difference
from tests.javascript.agreement import Module
from tests.javascript.people import with_texts
from tests.people import Population, Stated
from tests.properties.test_generated import some
from wellfounded import KnowledgeBase

RULES = Path(__file__).parents[2] / "rules"

#: Someone most of the article's advice is meant for.
USUAL: Stated = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}

#: People compared at once: memory does not grow with how many there are.
CHUNK = 10_000
#: Likewise where each of them has a document.
FEW = 500
#: Of so many people one is also held against the advice of tables, and one with a value that cannot be used.
TABLE_IN, SPOILED_IN = 200, 1000
DISAGREED_ABOUT = "people about whom rules disagree"
#: So many differences are printed.
SHOWN = 5


@dataclass
class Tally:
    """What was compared so far."""

    counts: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def count(self, what: str, number: int) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def differ(self, found: Iterator[Difference], where: str = "") -> None:
        self.differences += [shown(difference, where) for difference in found]

    def __str__(self) -> str:
        counts = [f"{number:,} {what}" for what, number in self.counts.items()]
        return ", ".join([*counts, f"{len(self.differences):,} differences"])


def compare_people(people: int, seed: int | str) -> Iterator[Tally]:
    """The article's rules: Python against columns and JavaScript on everyone, against tables on some."""
    knowledge_base = wellfounded.load(RULES)
    population = Population(knowledge_base, USUAL)
    agreement = Agreement(knowledge_base, ["columns", "javascript"])
    tally = Tally()
    for start in range(0, people, CHUNK):
        chunk = population.people(f"{seed} {start}", min(CHUNK, people - start))
        tally.differ(agreement.valuations([knowledge_base.checked(person) for person in chunk]))
        tally.count(f"people valued by {', '.join(['python', *agreement.others])}", len(chunk))
        spoiled = population.spoiled(chunk[::SPOILED_IN], start)
        compare_tables(tally, agreement, [*chunk[::TABLE_IN], *spoiled], ENGINES)
        yield tally


def compare_modules(people: int, seed: int | str) -> Iterator[Tally]:
    """The article's rules: the whole advice of the JavaScript module, in each language, to the letter.

    Of half the people most numbers are texts with units.
    """
    knowledge_base = wellfounded.load(RULES)
    population, made = Population(knowledge_base, USUAL), Module(knowledge_base)
    languages, tally = knowledge_base.languages, Tally()
    for place, start in enumerate(range(0, people, FEW)):
        chunk = population.people(f"{seed} {start}", min(FEW, people - start))
        stated = with_texts(knowledge_base, chunk, start) if place // len(languages) % 2 else chunk
        stated = [*stated, *population.spoiled(stated[::SPOILED_IN], start)]
        tally.differ(made.differences(stated, language=languages[place % len(languages)]))
        tally.count("people advised by javascript", len(stated))
        yield tally


def compare_tables(
    tally: Tally, agreement: Agreement, people: list[Stated], engines: Iterable[str], where: str = ""
) -> None:
    """The advice of tables against that of each person alone."""
    for engine in engines:
        tally.differ(agreement.tables(people, engine), where)
        tally.count(f"rows advised by {engine}", len(people))


def compare_knowledge_bases(count: int, people: int, seed: int | str) -> Iterator[Tally]:
    """Generated rules: every reasoner on everyone, also with rules and files in another order."""
    tally = Tally()
    with TemporaryDirectory() as folder:
        endless = some(f"compare {seed}", sys.maxsize, Path(folder))
        for name, files, written, knowledge_base in islice(endless, count):
            mixed = wellfounded.load(written.write(files / "mixed", files=3, order=Random(name)))
            compare_orders(tally, name, knowledge_base, mixed, people)
            yield tally


def compare_orders(
    tally: Tally, name: str, knowledge_base: KnowledgeBase, mixed: KnowledgeBase, people: int
) -> None:
    """One knowledge base, and the same in another order, on every reasoner and as tables."""
    one, other = Agreement(knowledge_base), Agreement(mixed)
    population = Population(knowledge_base)
    stated = population.people(name, people)
    facts = [knowledge_base.checked(person) for person in stated]
    rows = [*stated, *population.spoiled(stated[:2], name)]
    tally.count("knowledge bases in two orders", 1)
    for agreement, engine, where in ((one, "duckdb", name), (other, "polars", f"{name}, mixed")):
        tally.differ(agreement.valuations(facts), where)
        compare_tables(tally, agreement, rows, [engine], where)
    tally.differ(one.with_other_order(other, facts), name)
    tally.count(f"people valued by {', '.join(['python', *one.others])}", len(facts))
    tally.count(DISAGREED_ABOUT, one.conflicts(facts))


def shown(difference: Difference, where: str = "") -> str:
    """A difference as text, with the person as the YAML that ``wellfounded advise`` reads."""
    lines = [
        f"  {name}: alone {alone!r}, {difference.other} {difference.there[name]!r}"
        for name, alone in difference.alone.items()
    ]
    person = yaml.safe_dump(dict(difference.person), sort_keys=False).splitlines()
    return "\n".join(
        [f"{where}: differs" if where else "differs", *lines, *(f"    {line}" for line in person)]
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.compare", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--people", type=int, help="so many random people of the article's rules")
    what.add_argument("--javascript", type=int, help="so many, and their whole advice from the module")
    what.add_argument("--knowledge-bases", type=int, help="so many generated ones, of 20 people each")
    parser.add_argument("--seed", default="1", help="anything; the same one compares the same people")
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}", flush=True)
    if given.people is not None:
        return report(compare_people(given.people, given.seed))
    if given.javascript is not None:
        return report(compare_modules(given.javascript, given.seed))
    with TemporaryDirectory() as cache:
        os.environ["WELLFOUNDED_CACHE"] = cache  # the user's would be filled with what is never read again
        return report(compare_knowledge_bases(given.knowledge_bases, 20, given.seed))


def report(runs: Iterator[Tally]) -> int:
    """Show how far it is, on a terminal, and what came out; the exit code."""
    on_terminal = sys.stderr.isatty()
    tally = Tally()
    for tally in runs:
        if on_terminal:
            print(f"\r{tally}\x1b[K", end="", file=sys.stderr, flush=True)
        if len(tally.differences) >= SHOWN:
            break
    if on_terminal:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    print(*tally.differences[:SHOWN], tally, sep="\n")
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
