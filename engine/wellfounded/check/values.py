"""Numbers, choices and cells that cannot be: a span upside down, an ``otherwise`` that is no choice."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.check.walk import number_text
from wellfounded.model.content import Content, FactType, Guarantee, Table
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.position import Position
from wellfounded.model.suggest import did_you_mean, suggestion
from wellfounded.model.values import decimals_for

#: Values beyond this cannot be rounded to whole numbers exactly.
LARGEST = 1e12


def check_values(content: Content) -> Iterator[Diagnostic]:
    yield from _facts(content)
    yield from _parameters(content)
    for table in content.tables.values():
        yield from _rows(table)
    for guarantee in content.guarantees.values():
        yield from _stated(guarantee, content)


def _facts(content: Content) -> Iterator[Diagnostic]:
    for fact in content.facts.values():
        about = f"fact {fact.id}"
        if fact.span is not None:
            low, high = fact.span
            yield from _order("span", low, high, fact.span_position, about)
            if not decimals_for(*fact.span) and max(map(abs, fact.span)) > LARGEST:
                message = f"the span of `{fact.id}` is too wide to compute with exactly"
                help = f"at most {LARGEST:.0f}"
                yield Diagnostic("outside-span", message, fact.span_position, help, about=about)
        if fact.otherwise is not None and fact.otherwise not in fact.choices:
            message = f"`otherwise` is `{fact.otherwise}`, which is not one of the choices of `{fact.id}`"
            help = suggestion(fact.otherwise, fact.choices)
            yield Diagnostic("unknown-choice", message, fact.otherwise_position, help, about=about)
        if fact.type is FactType.CHOICE and fact.derived and fact.otherwise is None:
            message = f"`otherwise` is missing, and `{fact.id}` is a derived choice"
            help = "add `otherwise: …`: the choice of everyone to whom no rule gives another"
            yield Diagnostic("missing-key", message, fact.position, help, about=about)


def _parameters(content: Content) -> Iterator[Diagnostic]:
    for parameter in content.parameters.values():
        about = f"parameter {parameter.id}"
        yield from _order("range", parameter.low, parameter.high, parameter.range_position, about)
        if not parameter.claim:
            message = f"the parameter `{parameter.id}` names no claim"
            help = "say where the number comes from: add `claim: …`"
            yield Diagnostic("parameter-without-source", message, parameter.position, help, about=about)
        if parameter.id in content.facts:
            message = f"`{parameter.id}` is a parameter and a fact, and a formula could mean either"
            help = f"rename one of them; the fact stands at {content.facts[parameter.id].position}"
            yield Diagnostic("duplicate-id", message, parameter.position, help, about=about)


def _rows(table: Table) -> Iterator[Diagnostic]:
    """Every row has a cell for every column, no other, and an id of its own."""
    about = f"table {table.id}"
    first: dict[str, Position] = {}
    for row in table.rows:
        if first.setdefault(row.id, row.position) is not row.position:
            message = f"the row `{row.id}` is given twice"
            help = f"it stands at {first[row.id]} already"
            yield Diagnostic("duplicate-id", message, row.position, help, about=about)
        unknown = [column for column in row.cells if column not in table.columns]
        for column in unknown:
            message = f"`{column}` is not a column of this table"
            help = suggestion(column, table.columns)
            yield Diagnostic("unknown-key", message, row.cells[column].position, help, about=about)
        for column in table.columns:
            if column not in row.cells and not did_you_mean(column, unknown):
                message = f"the row `{row.id}` has no `{column}`"
                yield Diagnostic("missing-key", message, row.position, f"add `{column}: …`", about=about)


def _order(what: str, low: float, high: float, position: Position, about: str) -> Iterator[Diagnostic]:
    if low > high:
        message = f"this {what} starts at {number_text(low)} and ends at {number_text(high)}"
        yield Diagnostic("range-order", message, position, "write the lower number first", about=about)


def _stated(guarantee: Guarantee, content: Content) -> Iterator[Diagnostic]:
    for id, position in zip(guarantee.stating, guarantee.stating_positions, strict=True):
        fact = content.facts.get(id)
        if fact is not None and not fact.can_be_stated:
            message = f"`{id}` is worked out, so nobody states it"
            help = "name under `stating` the facts it is worked out from"
            yield Diagnostic("not-allowed-value", message, position, help, f"guarantee {guarantee.id}")
