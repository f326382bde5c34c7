"""Tables of people: ``advise_table`` beside plain Polars and DuckDB's SQL, written as one would by hand.

What is written by hand gives the same columns: every derived fact, every verdict with its bounds, unknown
where it has to be. One of them also checks the people's values, as ours does, and has a column ``problems``.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any as Anything

import duckdb
import polars as pl
from polars.testing import assert_frame_equal

from tests.people import random_value
from tests.performance.peers.plain import Dialect, bound_of, term
from wellfounded import KnowledgeBase
from wellfounded.model.content import Content, FactType, Verdict
from wellfounded.model.core import (
    All,
    Any,
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
    Rounded,
    Term,
    Test,
    ValueTarget,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.valuation import bounds_with_ends

ROUNDS = 12
VERDICTS = [*map(str, Verdict), "undecided"]


@dataclass
class Timed:
    """Seconds per round for a number of rows."""

    rows: int
    times: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.rows / statistics.median(self.times)


def crowd(knowledge_base: KnowledgeBase, rows: int) -> pl.DataFrame:
    """A table of random people of whom a tenth of the facts is unknown; computed numbers are not stated."""
    chance = random.Random(f"table {rows}")
    core = knowledge_base.core
    computed = {d.fact for d in core.definitions if isinstance(d, Formula)}
    columns = {}
    for fact in knowledge_base.content.facts.values():
        if fact.can_be_stated and fact.id not in computed:
            some = [random_value(fact, chance) if chance.random() < 0.9 else None for _ in range(1009)]
            columns[fact.id] = pl.Series(chance.choices(some, k=rows), dtype=_DTYPES[fact.type])
    return pl.DataFrame(columns)


_DTYPES: Mapping[FactType, Anything] = {
    FactType.BOOLEAN: pl.Boolean,
    FactType.NUMBER: pl.Float64,
    FactType.CHOICE: pl.String,
}


def ways_of(knowledge_base: KnowledgeBase) -> dict[str, Callable[[pl.DataFrame], pl.DataFrame]]:
    """Ours first, and what is held beside it."""
    return {
        "`advise_table`": knowledge_base.advise_table,
        "plain Polars": polars_by_hand(knowledge_base.core),
        "plain Polars that checks": polars_by_hand(knowledge_base.core, knowledge_base.content),
        "DuckDB, SQL": duckdb_by_hand(knowledge_base.core),
    }


def compare(knowledge_base: KnowledgeBase, rows: int) -> dict[str, Timed]:
    """Let them take turns on one table. Raises ``AssertionError`` where a cell differs."""
    people, ways = crowd(knowledge_base, rows), ways_of(knowledge_base)
    check(knowledge_base)
    timed = {name: Timed(rows) for name in ways}
    chance = random.Random(0)
    for turn in range(ROUNDS + 1):
        # In another order each time: whoever follows a way that takes much memory has to fetch it anew.
        for name in chance.sample(list(ways), len(ways)):
            start = time.perf_counter()
            ways[name](people)
            timed[name].times += [time.perf_counter() - start] if turn else []  # the first warms up
    return timed


def check(knowledge_base: KnowledgeBase, rows: int = 2000) -> None:
    """Raises ``AssertionError`` where a cell differs from ours; kinds of text and the last bits may."""
    people = crowd(knowledge_base, rows)
    ours, *others = (way(people) for way in ways_of(knowledge_base).values())
    assert ours["problems"].is_null().all()
    verdicts = [name for name in ours.columns if name.endswith(".verdict")]
    ours = ours.drop("problems").with_columns(pl.col(verdicts).cast(pl.String))
    for other in others:
        other = other.drop("problems", strict=False).with_columns(pl.col(verdicts).cast(pl.String))
        assert_frame_equal(ours, other, check_column_order=False, check_exact=False, abs_tol=1e-8)


# Plain Polars.


def polars_by_hand(core: Core, content: Content | None = None) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """A lazy query: what is derived stage by stage, then whether each rule holds, then the verdicts.

    With ``content`` it also says in ``problems`` which cells are outside what is allowed, and gives such rows
    no results. It does not round what is stated.
    """
    stages = [{d.fact: _derived(d) for d in stage} for stage in stages_of(core)]
    holds = {f"{rule.rule} holds": _holds(rule) for rule in core.recommending}
    results = {name: pl.col(name) for stage in stages for name in stage}
    results |= {
        name: column for topic in topics_of(core).items() for name, column in _results(*topic).items()
    }
    if content is not None:
        good = pl.col("problems").is_null()
        results = {name: pl.when(good).then(column) for name, column in results.items()}
        results["problems"] = pl.col("problems")

    def advise(people: pl.DataFrame) -> pl.DataFrame:
        query = people.lazy()
        if content is not None:
            query = query.with_columns(problems=_problems(content, people.columns))
        for stage in [*stages, holds]:
            query = query.with_columns(**stage)
        return query.select(**results).collect()

    return advise


def _problems(content: Content, columns: list[str]) -> pl.Expr:
    said: list[Anything] = []
    for name in columns:
        fact, column = content.facts[name], pl.col(name)
        if fact.type is FactType.CHOICE:
            says = f"`{name}`: allowed: {', '.join(fact.choices)}"
            said.append(pl.when(~column.is_in(list(fact.choices))).then(pl.lit(says)))
        elif fact.span is not None:
            says = f"`{name}`: allowed: {fact.span[0]} to {fact.span[1]}"
            said.append(pl.when(~column.is_between(*fact.span)).then(pl.lit(says)))
    return pl.concat_str(said, separator="; ", ignore_nulls=True).replace("", None)


def stages_of(core: Core) -> list[list[Definition]]:
    """Definitions grouped so that each uses only what earlier groups define."""
    level: dict[str, int] = {}
    stages: list[list[Definition]] = []
    for definition in core.definitions:
        used = (
            facts_in_term(definition.result.term)
            if isinstance(definition, Formula)
            else (fact for branch in definition.branches for fact in facts_in_test(branch.test))
        )
        depth = level[definition.fact] = max((level[fact] + 1 for fact in used if fact in level), default=0)
        stages += [[]] if depth == len(stages) else []
        stages[depth].append(definition)
    return stages


def topics_of(core: Core) -> dict[str, list[Recommending]]:
    """The rules of each topic; a topic with bounds is expected to have one rule."""
    topics: dict[str, list[Recommending]] = {}
    for rule in core.recommending:
        topics.setdefault(rule.topic, []).append(rule)
    return topics


def _derived(definition: Definition) -> pl.Expr:
    if isinstance(definition, Formula):
        return _rounded(definition.result)
    assert isinstance(definition, Conclusion)
    return _test(Any(tuple(branch.test for branch in definition.branches)))


def _test(test: Test) -> pl.Expr:
    match test:
        case OneOf(values=(bool(value),)):
            return pl.col(test.fact) if value else ~pl.col(test.fact)
        case OneOf(values=(value,)):
            return pl.col(test.fact) == value
        case OneOf():
            return pl.col(test.fact).is_in(test.values)
        case Comparison():
            column, bound = pl.col(test.fact), bound_of(test)
            comparisons = {"<": column.lt, "<=": column.le, ">": column.gt, ">=": column.ge}
            return comparisons[str(test.relation)](bound)
        case All() | Any():
            first, *rest = map(_test, test.members)
            for member in rest:
                first = first & member if isinstance(test, All) else first | member
            return first


def _rounded(result: Rounded) -> pl.Expr:
    if isinstance(result.term, Constant):
        return pl.lit(result.term.value)
    return _term(result.term).round(result.decimals)


def _term(written: Term) -> pl.Expr:
    match written:
        case Constant():
            return pl.lit(written.value)
        case FactNumber():
            return pl.col(written.fact)
    left, right = _term(written.left), _term(written.right)
    results = {"+": left + right, "-": left - right, "*": left * right, "/": left / right}
    return results[written.symbol]


def _holds(rule: Recommending) -> pl.Expr:
    """Whether a rule holds; unknown too where it does and its bounds cannot be computed."""
    test = _test(rule.test)
    needed = dict.fromkeys(f for _, bound in bounds_with_ends(rule) for f in facts_in_term(bound.term))
    for fact in needed:
        test = test & pl.when(pl.col(fact).is_not_null()).then(True)
    return test


def _results(topic: str, rules: list[Recommending]) -> dict[str, pl.Expr]:
    holds = [pl.col(f"{rule.rule} holds") for rule in rules]
    verdict: Anything = pl.when(holds[0]).then(_verdict(rules[0]))
    for rule, its_holds in zip(rules[1:], holds[1:], strict=True):
        verdict = verdict.when(its_holds).then(_verdict(rule))
    for its_holds in holds:
        verdict = verdict.when(its_holds.is_null()).then(_word("undecided"))
    results: dict[str, pl.Expr] = {f"{topic}.verdict": verdict}
    if isinstance(rules[0].target, NumberTarget):
        (rule,) = rules
        bounds = dict(bounds_with_ends(rule))
        for end in ("low", "high"):
            bound = _rounded(bounds[end]) if end in bounds else pl.lit(None, pl.Float64)
            results[f"{topic}.{end}"] = pl.when(holds[0]).then(bound)
    return results


def _word(verdict: str) -> pl.Expr:
    return pl.lit(verdict, dtype=pl.Enum(VERDICTS))


def _verdict(rule: Recommending) -> pl.Expr:
    target = rule.target
    if target is None:
        return _word(str(rule.verdict))
    column = pl.col(target.fact)
    chain: Anything = pl.when(column.is_null()).then(_word("meet"))
    if isinstance(target, ValueTarget):
        reached = column if target.value else ~column
        return chain.when(reached).then(_word("keep")).otherwise(_word("start" if target.value else "stop"))  # type: ignore[no-any-return]  # a chain ends in an expression
    if target.low is not None:
        chain = chain.when(column < _rounded(target.low)).then(_word("raise"))
    if target.high is not None:
        chain = chain.when(column > _rounded(target.high)).then(_word("lower"))
    return chain.otherwise(_word("keep"))  # type: ignore[no-any-return]  # likewise


# DuckDB.


def duckdb_by_hand(core: Core) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """One SQL statement: a common table expression per stage, one for what holds, and the verdicts."""
    statement = sql(core)

    def advise(people: pl.DataFrame) -> pl.DataFrame:
        with duckdb.connect() as connection:
            connection.register("people", people)
            return connection.sql(statement).pl()  # type: ignore[no-any-return]  # its types are incomplete

    return advise


def sql(core: Core) -> str:
    stages = [{d.fact: _sql_derived(d) for d in stage} for stage in stages_of(core)]
    stages.append({f"{rule.rule} holds": _sql_holds(rule) for rule in core.recommending})
    before, steps = "people", []
    for place, stage in enumerate(stages):
        added = ", ".join(f'{expression} AS "{name}"' for name, expression in stage.items())
        steps.append(f"stage_{place} AS (SELECT *, {added} FROM {before})")
        before = f"stage_{place}"
    shown = [f'"{name}"' for stage in stages[:-1] for name in stage]
    results = (_sql_results(topic, rules) for topic, rules in topics_of(core).items())
    shown += [f'{value} AS "{name}"' for columns in results for name, value in columns.items()]
    return f"WITH {', '.join(steps)} SELECT {', '.join(shown)} FROM {before}"


_SQL = Dialect(both="AND", either="OR", negation="NOT ", equals="=", true="TRUE", false="FALSE")


def _sql_derived(definition: Definition) -> str:
    if isinstance(definition, Formula):
        return _sql_rounded(definition.result)
    assert isinstance(definition, Conclusion)
    return _SQL.test(Any(tuple(branch.test for branch in definition.branches)))


def _sql_rounded(result: Rounded) -> str:
    if isinstance(result.term, Constant):
        return f"{result.term.value!r}::DOUBLE"
    return f"round({term(result.term)}, {result.decimals})"


def _sql_holds(rule: Recommending) -> str:
    needed = dict.fromkeys(f for _, bound in bounds_with_ends(rule) for f in facts_in_term(bound.term))
    known = "".join(f" AND CASE WHEN {fact} IS NOT NULL THEN TRUE END" for fact in needed)
    return f"{_SQL.test(rule.test)}{known}"


def _sql_results(topic: str, rules: list[Recommending]) -> dict[str, str]:
    cases = "".join(f'WHEN "{rule.rule} holds" THEN {_sql_verdict(rule)} ' for rule in rules)
    cases += "".join(f"WHEN \"{rule.rule} holds\" IS NULL THEN 'undecided' " for rule in rules)
    results = {f"{topic}.verdict": f"CASE {cases} END"}
    if isinstance(rules[0].target, NumberTarget):
        (rule,) = rules
        bounds = dict(bounds_with_ends(rule))
        for end in ("low", "high"):
            bound = _sql_rounded(bounds[end]) if end in bounds else "NULL::DOUBLE"
            results[f"{topic}.{end}"] = f'CASE WHEN "{rule.rule} holds" THEN {bound} END'
    return results


def _sql_verdict(rule: Recommending) -> str:
    target = rule.target
    if target is None:
        return f"'{rule.verdict}'"
    cases = f"WHEN {target.fact} IS NULL THEN 'meet'"
    if isinstance(target, ValueTarget):
        reached, change = (target.fact, "start") if target.value else (f"NOT {target.fact}", "stop")
        return f"CASE {cases} WHEN {reached} THEN 'keep' ELSE '{change}' END"
    if target.low is not None:
        cases += f" WHEN {target.fact} < {_sql_rounded(target.low)} THEN 'raise'"
    if target.high is not None:
        cases += f" WHEN {target.fact} > {_sql_rounded(target.high)} THEN 'lower'"
    return f"CASE {cases} ELSE 'keep' END"
