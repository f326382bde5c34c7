"""Holding reasoners, and the advice of a table, against valuing and advising each person alone.

Alone a person is valued by straight-line Python, which ``tests/properties`` holds against a plain reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import duckdb
import polars as pl

from tests.javascript.node import node
from tests.javascript.reasoner import many_in_node
from wellfounded import Advice, ConflictError, FactError, KnowledgeBase, ReasonerError, Valuation
from wellfounded.model.frozen import EMPTY
from wellfounded.model.valuation import layout_of
from wellfounded.model.values import Value
from wellfounded.reason.rows import many_rows, row_schema

#: A valuation's row, or what rules disagree about and which.
Outcome: TypeAlias = tuple[Any, ...]
Facts: TypeAlias = Mapping[str, Value]
#: What is asked of the evidence, as ``advise`` and ``advise_table`` take it; nothing, where nothing is.
Policy: TypeAlias = Mapping[str, Any]

#: The name under which a difference shows that rules disagree. No fact or rule has a space in its name.
DISAGREEING = "rules that disagree"


@dataclass(frozen=True)
class Difference:
    """What somebody comes to alone and what ``other`` says of them: only what differs, by name."""

    other: str
    person: Facts
    alone: dict[str, Any]
    there: dict[str, Any]


class Agreement:
    """Compares what is said of many people by one knowledge base."""

    def __init__(
        self, knowledge_base: KnowledgeBase, others: Iterable[str] = ("rete", "columns", "javascript")
    ) -> None:
        self.knowledge_base = knowledge_base
        self.schema = row_schema(knowledge_base.core)
        self.others = {name: self._reasoner(name) for name in installed(knowledge_base, others)}
        self.alone = one_by_one(knowledge_base.reasoner("python"))

    def _reasoner(self, name: str) -> Callable[[list[Facts]], list[Outcome]]:
        """How a reasoner values many people: columns and JavaScript all at once, the others one by one."""
        if name == "columns":
            in_columns = many_rows(self.knowledge_base.core)
            return lambda people: [outcome(found) for found in in_columns(self.table(people))]
        if name == "javascript":
            in_javascript = many_in_node(self.knowledge_base.core)
            return lambda people: [outcome(found) for found in in_javascript(people)]
        return one_by_one(self.knowledge_base.reasoner(name))

    def table(self, people: Iterable[Facts]) -> pl.DataFrame:
        """The people as rows, what they do not state as null."""
        rows = list(people)
        return pl.DataFrame({fact: [row.get(fact) for row in rows] for fact in self.schema}, self.schema)

    def valuations(self, people: list[Facts]) -> Iterator[Difference]:
        """Where a reasoner values someone differently, by their checked facts."""
        alone = self.alone(people)
        for name, value in self.others.items():
            there = value(people)
            if there != alone:
                for person, one, other in zip(people, alone, there, strict=True):
                    if one != other:
                        yield difference(name, person, self.named(one), self.named(other))

    def with_other_order(self, other: Agreement, people: list[Facts]) -> Iterator[Difference]:
        """Where the same rules in another order come to something else for someone.

        Of several conflicts, which is named first may differ.
        """
        for person, one, two in zip(people, self.alone(people), other.alone(people), strict=True):
            here, there = self.named(one), other.named(two)
            if here != there and not {DISAGREEING} == set(here) == set(there):
                yield difference("another order", person, here, there)

    def conflicts(self, people: list[Facts]) -> int:
        """About how many of the people rules disagree."""
        return sum(DISAGREEING in self.named(outcome) for outcome in self.alone(people))

    def named(self, outcome: Outcome) -> dict[str, Any]:
        layout = layout_of(self.knowledge_base.core)
        ends = (f"{rule}.{end}" for rule, end in layout.bounds)
        names = [*layout.facts, *layout.rules, *ends]
        if len(outcome) == len(names):
            return dict(zip(names, outcome, strict=True))
        return {DISAGREEING: outcome}

    def tables(
        self, people: Iterable[Facts], engine: str = "polars", policy: Policy = EMPTY
    ) -> Iterator[Difference]:
        """Where the advice of a table says something else than that of a person."""
        stated, facts = list(people), self.knowledge_base.content.facts
        columns = self.table(stated).select(name for name in self.schema if facts[name].can_be_stated)
        table = ENGINES[engine](self.knowledge_base, columns, **policy)
        for person, row in zip(stated, table.to_dicts(), strict=True):
            wanted = row_alone(self.knowledge_base, person, tuple(row), policy)
            if row["problems"] is not None and wanted["problems"] is not None:
                row["problems"] = wanted["problems"] & set(re.findall(r"`(.+?)`", row["problems"]))
            signless = [name for name, value in row.items() if is_negative_zero(value)]
            if row != wanted or signless:
                yield difference(engine, person, wanted, row | dict.fromkeys(signless, "-0.0"))


def is_negative_zero(value: object) -> bool:
    """Equal to zero, and yet written -0.0."""
    return value == 0 and str(value).startswith("-")


def in_duckdb(knowledge_base: KnowledgeBase, people: pl.DataFrame, **policy: Any) -> pl.DataFrame:
    """Advised by DuckDB, which keeps no order of rows."""
    numbered = duckdb.from_arrow(people.with_row_index("row number").to_arrow())
    advised = knowledge_base.advise_table(numbered, keep=["row number"], **policy)
    table: pl.DataFrame = advised.pl()
    return table.sort("row number").drop("row number")


#: Advice for a table of people, on each engine that is compared.
ENGINES: Mapping[str, Callable[..., pl.DataFrame]] = {
    "polars": KnowledgeBase.advise_table,
    "duckdb": in_duckdb,
}


def outcome(found: Valuation | ConflictError) -> Outcome:
    """A valuation's row, or what rules disagree about and which."""
    return (found.about, found.rules) if isinstance(found, ConflictError) else found.row


def one_by_one(value: Callable[[Facts], Valuation]) -> Callable[[list[Facts]], list[Outcome]]:
    """A reasoner that values people in turn."""

    def found(facts: Facts) -> Valuation | ConflictError:
        try:
            return value(facts)
        except ConflictError as conflict:
            return conflict

    return lambda people: [outcome(found(facts)) for facts in people]


def row_alone(
    knowledge_base: KnowledgeBase, person: Facts, names: tuple[str, ...], policy: Policy = EMPTY
) -> dict[str, Any]:
    """A table's row, made from what the person gets alone; of a problem, what it has to name."""
    row: dict[str, Any] = dict.fromkeys(names)
    try:
        valuation, advice = knowledge_base.reason(person), knowledge_base.advise(person, **policy)
    except FactError as error:
        return row | {"problems": {problem.fact for problem in error.problems}}
    except ConflictError as conflict:
        return row | {"problems": {conflict.about, *conflict.rules}}
    row |= {name: valuation[name] for name in names if name in valuation.values}
    row |= {f"{item.id}.verdict": "undecided" for item in advice.undecided}
    if policy:
        row["left_out"] = left_out_alone(knowledge_base, person, advice)
    for item in advice.recommendations:
        row[f"{item.id}.verdict"] = str(item.verdict)
        if item.target is not None and not isinstance(item.target.exactly, bool):
            row[f"{item.id}.low"] = item.target.exactly if item.target.low is None else item.target.low
            row[f"{item.id}.high"] = item.target.exactly if item.target.high is None else item.target.high
    return row


def left_out_alone(knowledge_base: KnowledgeBase, person: Facts, advice: Advice) -> str | None:
    """What a policy left out of a person's advice, with the support it has where all is given."""
    support = {item.id: item.support for item in knowledge_base.advise(person).recommendations}
    left_out = (item.id for item in advice.left_out if item.id in support)  # and not for being a draft
    return "; ".join(f"{id}: {support[id]}" for id in left_out) or None


def difference(other: str, person: Facts, alone: dict[str, Any], there: dict[str, Any]) -> Difference:
    names = [name for name in {**alone, **there} if alone.get(name) != there.get(name)]
    return Difference(
        other,
        person,
        {name: alone.get(name, "absent") for name in names},
        {name: there.get(name, "absent") for name in names},
    )


def installed(knowledge_base: KnowledgeBase, reasoners: Iterable[str]) -> Iterator[str]:
    """Those of the reasoners that can be used here."""
    for name in reasoners:
        try:
            node() if name == "javascript" else knowledge_base.reasoner(name)
        except ReasonerError:
            continue
        yield name
