"""The core → expressions over the columns of a table, for any number of people at once.

The null logic of these engines is Kleene's, so unknown is simply null. One reading serves every
engine: expressions are made with the names that Polars and narwhals share (see ``expressions``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from wellfounded.model.core import (
    All,
    Any,
    Comparison,
    Constant,
    Core,
    Definition,
    Formula,
    OneOf,
    Recommending,
    Selection,
    Test,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.required import RequiredSupport
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.core_in_columns import CoreColumns
from wellfounded.reason.expressions import Engine, Expression
from wellfounded.reason.topics_in_columns import Disagreement, Named, TopicColumns


class Conflict(Record, frozen=True, eq=False):
    """Where two rules give one fact different values."""

    about: str
    rules: tuple[str, str]
    test: Expression


class Columns(Record, frozen=True, eq=False):
    """What to compute: stages, each of which uses only columns of the person and of earlier stages.

    The stages give every derived fact under its name, and under names that ``holds_column`` and
    ``bound_column`` give, per recommending rule whether it holds and its bounds that depend on facts.
    ``chosen`` is one more stage, with what the first rule that holds for a topic says. ``conflicts`` and
    ``disagreements`` say where rules contradict each other; ``topics`` gives per topic its verdict and, for a
    target on a number, its bounds, under the names a table shows them. ``left_out`` is each topic that a
    policy can leave out with the support it has, where it is left out.
    """

    stages: tuple[tuple[Named, ...], ...]
    chosen: tuple[Named, ...]
    conflicts: tuple[Conflict, ...]
    disagreements: tuple[Disagreement, ...]
    topics: tuple[Named, ...]
    left_out: tuple[Expression, ...]


def to_columns(
    core: Core,
    engine: Engine,
    decimals: Mapping[str, int] = EMPTY,
    required: RequiredSupport | None = None,
) -> Columns:
    """The expressions of a core. Every fact has to be a column; what is not stated of anyone is all null.

    ``decimals`` are those to which numbers are rounded, for facts whose columns are as they were stated.
    What has less support than is ``required`` is left out.
    """
    shared = {test: f"test {place}" for place, test in enumerate(_made_twice(core, required))}
    columns = CoreColumns(core, engine, decimals, shared)
    topics: dict[str, list[Recommending]] = {}
    for rule in core.recommending:
        topics.setdefault(rule.topic, []).append(rule)
    stages = [tuple(stage) for stage in _stages(core, columns) if stage]
    read = TopicColumns(columns, required)
    found = [read.topic(place, topic, rules) for place, (topic, rules) in enumerate(topics.items())]
    conflicts = tuple(_conflicts(core, columns))
    # Which numbers have to be rounded is known once everything else is written.
    first = [tuple(columns.to_round.items())] if columns.to_round else []
    return Columns(
        (*first, *stages),
        tuple(column for topic in found for column in topic.chosen),
        conflicts,
        tuple(topic.disagreement for topic in found if topic.disagreement.tests),
        tuple(column for topic in found for column in topic.shown),
        tuple(topic.left_out for topic in found if topic.left_out is not None),
    )


def _stages(core: Core, columns: CoreColumns) -> Iterator[list[Named]]:
    level = _levels(core.definitions)
    for depth in range(max(level.values(), default=-1) + 2):
        yield [
            (name, columns.own(test))
            for test, name in columns.shared.items()
            if max(level.get(fact, -1) + 1 for fact in facts_in_test(test)) == depth
        ]
        yield [(d.fact, columns.definition(d)) for d in core.definitions if level[d.fact] == depth]
    yield [
        (columns.bound_column(rule, end), columns.engine.unsigned_zero(columns.rounded(bound)))
        for rule in core.recommending
        for end, bound in bounds_with_ends(rule)
        if not isinstance(bound.term, Constant)
    ]
    yield [(columns.holds_column(rule), columns.holds(rule)) for rule in core.recommending]


def _conflicts(core: Core, columns: CoreColumns) -> Iterator[Conflict]:
    for definition in core.definitions:
        if isinstance(definition, Selection):
            for one, other in combinations(definition.branches, 2):
                if one.value != other.value:
                    together = columns.test(one.test) & columns.test(other.test)
                    yield Conflict(definition.fact, (one.rule, other.rule), together)


def _levels(definitions: Iterable[Definition]) -> dict[str, int]:
    """Per derived fact how many definitions lie between it and what is stated."""
    level: dict[str, int] = {}
    for definition in definitions:
        level[definition.fact] = max(
            (level[fact] + 1 for fact in _uses(definition) if fact in level), default=0
        )
    return level


def _uses(definition: Definition) -> Iterable[str]:
    if isinstance(definition, Formula):
        return facts_in_term(definition.result.term)
    return (fact for branch in definition.branches for fact in facts_in_test(branch.test))


def _made_twice(core: Core, required: RequiredSupport | None) -> list[OneOf | Comparison]:
    """The tests of single facts that are made in more than one place, in the order they are met."""
    counted: Counter[OneOf | Comparison] = Counter()
    for definition in core.definitions:
        if not isinstance(definition, Formula):
            for branch in definition.branches:
                counted.update(_single(branch.test))
    for rule in core.recommending:
        counted.update(_single(rule.test))
        for case in () if required is None else required.cases[rule.rule]:
            counted.update(() if case.test is None else _single(case.test))
    return [test for test, times in counted.items() if times > 1]


def _single(test: Test) -> Iterator[OneOf | Comparison]:
    if isinstance(test, All | Any):
        for member in test.members:
            yield from _single(member)
    else:
        yield test
