"""Whole valuations of the people in a table, on Polars: how tables are held against the other reasoners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from wellfounded.model.content import FactType
from wellfounded.model.core import Core
from wellfounded.model.errors import ConflictError
from wellfounded.model.valuation import Valuation, layout_of
from wellfounded.model.values import Value
from wellfounded.reason.core_in_columns import bound_column, holds_column
from wellfounded.reason.expressions import polars_engine
from wellfounded.reason.to_columns import to_columns


def one_row(core: Core) -> Callable[[Mapping[str, Value]], Valuation]:
    """A reasoner that values a person as a table of one row."""
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
    columns, layout = to_columns(core, polars_engine()), layout_of(core)
    # Numbers and not names, since any name may be that of a fact.
    conflicts = {f" {place}": conflict.test for place, conflict in enumerate(columns.conflicts)}
    place = {rule: place for place, rule in enumerate(layout.rules)}
    bounds = {
        bound_column(place[rule], end): pl.when(pl.col(holds_column(place[rule]))).then(
            pl.col(bound_column(place[rule], end))
        )
        for rule, end in layout.bounds
    }
    names = [*layout.facts, *map(holds_column, place.values()), *bounds]

    def reason(people: pl.DataFrame) -> list[Valuation | ConflictError]:
        frame: Any = people
        for stage in columns.stages:
            frame = frame.with_columns(**dict(stage))
        valued = frame.with_columns(**bounds, **conflicts)
        found: list[Valuation | ConflictError] = [
            Valuation(layout, row) for row in valued.select(names).rows()
        ]
        for name, conflict in reversed(list(zip(conflicts, columns.conflicts, strict=True))):
            for place in valued[name].arg_true():
                found[place] = ConflictError(conflict.about, conflict.rules)
        return found

    return reason


def row_schema(core: Core) -> dict[str, pl.DataType]:
    """A column for every fact that can be stated, and its type."""
    types = {FactType.BOOLEAN: pl.Boolean(), FactType.NUMBER: pl.Float64(), FactType.CHOICE: pl.String()}
    return {fact.fact: types[fact.type] for fact in core.inputs}
