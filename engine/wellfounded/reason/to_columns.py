"""The core → expressions over the columns of a table, for any number of people at once.

The null logic of these engines is Kleene's, so unknown is simply null. The expressions are narwhals', and
run on Polars and DuckDB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias
from typing import Any as Anything

import narwhals as nw

from wellfounded.model.content import FactType, Verdict
from wellfounded.model.core import (
    All,
    Any,
    Branch,
    Comparison,
    Conclusion,
    Constant,
    Core,
    Definition,
    FactNumber,
    Formula,
    NumberTarget,
    OneOf,
    Recommending,
    Relation,
    Rounded,
    Selection,
    Term,
    Test,
    ValueTarget,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.errors import ConflictError
from wellfounded.model.record import Record
from wellfounded.model.valuation import Valuation, bounds_with_ends, layout_of
from wellfounded.model.values import Value

if TYPE_CHECKING:
    import polars as pl

Expression: TypeAlias = nw.Expr

UNDECIDED = "undecided"


class Conflict(Record, frozen=True, eq=False):
    """Where two rules give one fact or one topic different values."""

    about: str
    rules: tuple[str, str]
    test: Expression


class Columns(Record, frozen=True, eq=False):
    """What to compute, in stages: each stage uses only columns of the person and of earlier stages.

    ``facts`` are the derived facts, stage by stage; ``holds`` says per rule whether it holds; ``conflicts``
    where two rules disagree; ``topics`` give per topic its verdict and, for a target on a number, its bounds,
    under the names a table shows them.
    """

    facts: tuple[tuple[tuple[str, Expression], ...], ...]
    holds: tuple[tuple[str, Expression], ...]
    conflicts: tuple[Conflict, ...]
    topics: tuple[tuple[str, Expression], ...]


def to_columns(core: Core) -> Columns:
    """The expressions of a core. Every fact has to be a column; what is not stated of anyone is all null."""
    holds = {rule.rule: _holds(rule) for rule in core.recommending}
    topics: dict[str, list[Recommending]] = {}
    for rule in core.recommending:
        topics.setdefault(rule.topic, []).append(rule)
    by_topic = (conflict for rules in topics.values() for conflict in _topic_conflicts(rules))
    return Columns(
        tuple(tuple((d.fact, _definition(d)) for d in stage) for stage in _stages(core)),
        tuple(holds.items()),
        (*_fact_conflicts(core), *by_topic),
        tuple(column for topic, rules in topics.items() for column in _topic(topic, rules)),
    )


def hold_column(rule: str) -> str:
    """The name of the column that says whether a rule holds."""
    return f"{rule}.holds"


def _stages(core: Core) -> list[list[Definition]]:
    """Definitions grouped so that each uses only what earlier groups define."""
    level: dict[str, int] = {}
    stages: list[list[Definition]] = []
    for definition in core.definitions:
        depth = max((level[fact] + 1 for fact in _uses(definition) if fact in level), default=0)
        level[definition.fact] = depth
        if depth == len(stages):
            stages.append([])
        stages[depth].append(definition)
    return stages


def _uses(definition: Definition) -> Iterable[str]:
    if isinstance(definition, Formula):
        return facts_in_term(definition.result.term)
    return (fact for branch in definition.branches for fact in facts_in_test(branch.test))


def _definition(definition: Definition) -> Expression:
    match definition:
        case Formula():
            computed = _rounded(definition.result)
            return nw.coalesce(nw.col(definition.fact), computed) if definition.statable else computed
        case Conclusion():
            return _any_of(definition.branches)
        case Selection():
            return _selected(definition)


def _any_of(branches: Iterable[Branch]) -> Expression:
    return _joined([_test(branch.test) for branch in branches], False)


def _selected(definition: Selection) -> Expression:
    groups: dict[Anything, list[Branch]] = {}
    for branch in definition.branches:
        groups.setdefault(branch.value, []).append(branch)
    truths = {value: _any_of(branches) for value, branches in groups.items()}
    unknown = _joined([truth.is_null() for truth in truths.values()], False)
    chosen = nw.when(~unknown).then(nw.lit(definition.otherwise)).otherwise(nw.lit(None, nw.String))
    for value, truth in reversed(truths.items()):
        chosen = nw.when(truth).then(nw.lit(value)).otherwise(chosen)
    return chosen


def _fact_conflicts(core: Core) -> Iterable[Conflict]:
    for definition in core.definitions:
        if isinstance(definition, Selection):
            for one, other in combinations(definition.branches, 2):
                if one.value != other.value:
                    together = _test(one.test) & _test(other.test)
                    yield Conflict(definition.fact, (one.rule, other.rule), together)


def _topic_conflicts(rules: list[Recommending]) -> Iterable[Conflict]:
    for one, other in combinations(rules, 2):
        if (one.verdict, one.target) == (other.verdict, other.target):
            continue
        aims = [rule.target.fact if rule.target is not None else "" for rule in (one, other)]
        differ = [nw.lit(aims[0] != aims[1]), _verdict(one) != _verdict(other)]
        bounds = [dict(bounds_with_ends(rule)) for rule in (one, other)]
        for end in dict.fromkeys([*bounds[0], *bounds[1]]):
            if end in bounds[0] and end in bounds[1]:
                differ.append(_rounded(bounds[0][end]) != _rounded(bounds[1][end]))
            else:
                differ.append(nw.lit(True))
        together = nw.col(hold_column(one.rule)) & nw.col(hold_column(other.rule)) & _joined(differ, False)
        yield Conflict(one.topic, (one.rule, other.rule), together)


def _joined(parts: list[Expression], conjunction: bool) -> Expression:
    """All parts, or any of them; of no parts at all, what is so for everyone."""
    if not parts:
        return nw.lit(conjunction)
    return reduce((lambda a, b: a & b) if conjunction else (lambda a, b: a | b), parts)


def _test(test: Test) -> Expression:
    match test:
        case OneOf():
            return _one_of(test)
        case Comparison():
            return _compared(test.relation, nw.col(test.fact), _rounded(test.bound))
        case All():
            return _joined([_test(member) for member in test.members], True)
        case Any():
            return _joined([_test(member) for member in test.members], False)


def _one_of(test: OneOf) -> Expression:
    column = nw.col(test.fact)
    if all(isinstance(value, bool) for value in test.values) and test.values:
        return column if test.values == (True,) else ~column if test.values == (False,) else column | ~column
    return (
        _joined([column == nw.lit(value) for value in test.values], False)
        if test.values
        else column != column
    )


def _compared(relation: Relation, left: Expression, right: Expression) -> Expression:
    match relation:
        case Relation.BELOW:
            return left < right
        case Relation.AT_MOST:
            return left <= right
        case Relation.ABOVE:
            return left > right
        case Relation.AT_LEAST:
            return left >= right


def _rounded(result: Rounded) -> Expression:
    """The one way numbers are rounded: see ``model.values.rounded``."""
    if isinstance(result.term, Constant):
        return nw.lit(result.term.value)
    return _term(result.term).round(result.decimals)


def _term(term: Term) -> Expression:
    match term:
        case Constant():
            return nw.lit(term.value)
        case FactNumber():
            return nw.col(term.fact)
    left, right = _term(term.left), _term(term.right)
    match term.symbol:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def _holds(rule: Recommending) -> Expression:
    """Whether a rule holds: unknown also where it would and a bound cannot be computed."""
    holds = _test(rule.test)
    facts = {fact for _, bound in bounds_with_ends(rule) for fact in facts_in_term(bound.term)}
    if not facts:
        return holds
    missing = _joined([nw.col(fact).is_null() for fact in sorted(facts)], False)
    return nw.when(~(holds & missing)).then(holds).otherwise(nw.lit(None, nw.Boolean))


def _topic(topic: str, rules: list[Recommending]) -> Iterable[tuple[str, Expression]]:
    holding = {rule.rule: nw.col(hold_column(rule.rule)) for rule in rules}
    unknown = _joined([holds.is_null() for holds in holding.values()], False)
    nothing = nw.lit(None, nw.String)
    verdict = nw.when(unknown).then(nw.lit(UNDECIDED)).otherwise(nothing)
    for rule in reversed(rules):
        verdict = nw.when(holding[rule.rule]).then(_verdict(rule)).otherwise(verdict)
    yield f"{topic}.verdict", verdict
    if any(isinstance(rule.target, NumberTarget) for rule in rules):
        for end in ("low", "high"):
            bound = nw.lit(None, nw.Float64)
            for rule in reversed(rules):
                for its_end, its_bound in bounds_with_ends(rule):
                    if its_end == end:
                        bound = nw.when(holding[rule.rule]).then(_rounded(its_bound)).otherwise(bound)
            yield f"{topic}.{end}", bound


def _verdict(rule: Recommending) -> Expression:
    match rule.target:
        case None:
            return nw.lit(str(rule.verdict))
        case ValueTarget(value=value):
            change = Verdict.START if value else Verdict.STOP
            column = nw.col(rule.target.fact)
            reached = column if value else ~column
            asked = nw.when(reached).then(nw.lit(str(Verdict.KEEP))).otherwise(nw.lit(str(change)))
        case NumberTarget():
            column = nw.col(rule.target.fact)
            asked = nw.lit(str(Verdict.KEEP))
            if rule.target.high is not None:
                above = column > _rounded(rule.target.high)
                asked = nw.when(above).then(nw.lit(str(Verdict.LOWER))).otherwise(asked)
            if rule.target.low is not None:
                below = column < _rounded(rule.target.low)
                asked = nw.when(below).then(nw.lit(str(Verdict.RAISE))).otherwise(asked)
    return nw.when(column.is_null()).then(nw.lit(str(Verdict.MEET))).otherwise(asked)


def one_row(core: Core) -> Callable[[Mapping[str, Value]], Valuation]:
    """A reasoner that values a person as a table of one row: how tables are held against the others."""
    import polars as pl  # noqa: PLC0415  # the expressions run on several engines; this one runs them on Polars

    value, schema = many_rows(core), row_schema(core)

    def reason(facts: Mapping[str, Value]) -> Valuation:
        (found,) = value(pl.DataFrame([{fact: facts.get(fact) for fact in schema}], schema=schema))
        if isinstance(found, ConflictError):
            raise found
        return found

    return reason


def many_rows(core: Core) -> Callable[[pl.DataFrame], list[Valuation | ConflictError]]:
    """A reasoner of many people at once: each one's valuation, or the first two rules that disagree.

    The table is of checked facts, with the columns of ``row_schema``.
    """
    columns, layout = to_columns(core), layout_of(core)
    facts_by_rules = {d.fact for d in core.definitions if isinstance(d, Selection)}
    disagreeing = [conflict for conflict in columns.conflicts if conflict.about in facts_by_rules]
    # Numbers and not names, since any name may be that of a fact.
    conflicts = {f" {place}": conflict.test for place, conflict in enumerate(disagreeing)}
    bounds = {
        f"{rule.rule}.{end}": nw.when(nw.col(hold_column(rule.rule))).then(_rounded(bound))
        for rule in core.recommending
        for end, bound in bounds_with_ends(rule)
        if not isinstance(bound.term, Constant)
    }
    names = [*layout.facts, *map(hold_column, layout.rules), *(f"{r}.{end}" for r, end in layout.bounds)]

    def reason(people: pl.DataFrame) -> list[Valuation | ConflictError]:
        frame = nw.from_native(people)
        for stage in columns.facts:
            frame = frame.with_columns(**dict(stage))
        frame = frame.with_columns(**{hold_column(rule): holds for rule, holds in columns.holds})
        valued = frame.with_columns(**bounds, **conflicts).to_native()
        found: list[Valuation | ConflictError] = [
            Valuation(layout, row) for row in valued.select(names).rows()
        ]
        for name, conflict in reversed(list(zip(conflicts, disagreeing, strict=True))):
            for place in valued[name].arg_true():
                found[place] = ConflictError(conflict.about, conflict.rules)
        return found

    return reason


def row_schema(core: Core) -> dict[str, pl.DataType]:
    """A column for every fact that can be stated, and its type."""
    import polars as pl  # noqa: PLC0415  # likewise

    types = {FactType.BOOLEAN: pl.Boolean(), FactType.NUMBER: pl.Float64(), FactType.CHOICE: pl.String()}
    return {fact.fact: types[fact.type] for fact in core.inputs}
