"""The cells of a chunk → values of facts, or for each row that cannot be used the reason.

Most rows are taken by columns. A row with a cell that does not fit its column, such as ``180 lb``, is checked
as a single person is, and its reason is what a single person is told.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import reduce
from typing import Any, TypeAlias

import polars as pl

from wellfounded.batch.chunk import ROW, Apart, Chunk, refused
from wellfounded.load.as_written import AMOUNT, NO, YES, TwoReadings, plain_number_text
from wellfounded.load.stated import check_facts, check_unit
from wellfounded.model.content import Content, FactType
from wellfounded.model.errors import FactError
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.values import Value, plain_number

#: The fact → the unit all of its numbers in the file are in, where that is not the fact's own.
Units: TypeAlias = Mapping[str, str]

NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
#: How a number ends that is written with a power of ten, whose ``e`` is no unit.
_POWER = re.compile(r"[0-9.][eE][-+]?[0-9]+$")
#: A number with decimals behind a comma, and one whose point can be the mark of its thousands as well.
WITH_COMMA = r"^\s*[-+]?[0-9]+,[0-9]+\s*$"
GROUPED = r"^\s*[-+]?[1-9][0-9]{0,2}(\.[0-9]{3})+\s*$"

#: Yes and no as they are mostly written; rows with other capitals are read one by one, which takes longer.
_YES, _NO = (
    tuple(written for word in sorted(words) for written in (word, word.capitalize(), word.upper()))
    for words in (YES, NO)
)


class Refused(Record, frozen=True):
    """A row that gets no advice: its number, why, and what it says."""

    row: int
    reason: str
    stated: str


class Checking(Record, frozen=True, eq=False):
    """How the rows of one file are read: in which units, and which columns are passed on."""

    content: Content
    keep: tuple[str, ...] = ()
    units: Units = EMPTY

    def checked(self, chunk: Chunk) -> tuple[pl.DataFrame, list[Refused]]:
        """The rows with a value for each cell, in order, and those in which a cell has none."""
        facts, mark = self._facts(chunk.table), chunk.decimal_mark
        typed = chunk.table.with_columns(self._typed(chunk.table, name, mark) for name in facts)
        typed = typed.with_columns(
            self._exactly(typed[name]) for name in facts if self._is_exact(typed[name])
        )
        lost = [
            chunk.table[name].is_not_null() & typed[name].is_null()
            for name in facts
            if chunk.table.schema[name] != typed.schema[name] or name in self.units
        ]
        odd = reduce(operator.or_, lost, pl.repeat(False, typed.height, eager=True))
        if not chunk.apart and not odd.any():
            return typed, []
        corrected, refusals = self._each(self._set_apart(chunk.table.filter(odd), mark), self._values)
        alone, more_refusals = self._each(chunk.apart, lambda apart: self._whole(apart, typed.schema))
        rows = typed.filter(odd & typed[ROW].is_in(list(corrected)))
        tables = (
            typed.filter(~odd),
            rows.with_columns(_columns(corrected, typed.schema, facts)),
            pl.DataFrame(_columns(alone, typed.schema, typed.columns)),
        )
        return pl.concat(tables).sort(ROW), refusals + more_refusals

    def alone(self, chunk: Chunk, row: int) -> Mapping[str, Value] | None:
        """The checked facts of one row, if it is in the chunk. Raises ``FactError`` as for one person."""
        found = [apart for apart in chunk.apart if apart.row == row]
        found += self._set_apart(chunk.table.filter(pl.col(ROW) == row), chunk.decimal_mark)
        if not found:
            return None
        if found[0].stated is None:
            raise refused(f"row {row} cannot be read: {found[0].reason}")
        return check_facts(self.content, self._stated(found[0].stated))

    def why(self, chunk: Chunk, problems: Mapping[int, str]) -> list[Refused]:
        """For rows that got no advice, by their numbers, what a single person is told."""
        wanted = chunk.table.filter(pl.col(ROW).is_in(list(problems)))
        rows = self._set_apart(wanted, chunk.decimal_mark)
        rows += [apart for apart in chunk.apart if apart.row in problems]
        _, refusals = self._each(rows, self._values)
        told = {refusal.row for refusal in refusals}
        # What remains are people about whom rules disagree, and that the table says as it is said of one.
        return refusals + [Refused(r.row, problems[r.row], r.written) for r in rows if r.row not in told]

    def _facts(self, table: pl.DataFrame) -> list[str]:
        facts = self.content.facts
        return [name for name in table.columns if name in facts and facts[name].can_be_stated]

    def _typed(self, table: pl.DataFrame, name: str, decimal_mark: str) -> pl.Expr:
        """Cells of the fact's type; null where a text is not one."""
        column, fact, dtype = pl.col(name), self.content.facts[name], table.schema[name]
        if isinstance(dtype, pl.Categorical | pl.Enum):
            column, dtype = column.cast(pl.String), pl.String()
        if fact.type is FactType.NUMBER and (dtype == pl.String or dtype.is_integer() or dtype.is_float()):
            has_comma = dtype == pl.String and decimal_mark == ","
            column = _with_points(column).alias(name) if has_comma else column
            return column.cast(pl.Float64, strict=False)
        if fact.type is FactType.BOOLEAN and dtype == pl.String:
            yes, no = column.is_in(_YES), column.is_in(_NO)
            return pl.when(yes).then(True).when(no).then(False).otherwise(None).alias(name)
        return column

    def _is_exact(self, column: pl.Series) -> bool:
        """Whether a column of numbers has to be converted, or holds decimals, which no double may hold."""
        number = self.content.facts[column.name].type is FactType.NUMBER
        return number and (
            column.dtype.is_decimal() or (column.name in self.units and column.dtype.is_float())
        )

    def _exactly(self, column: pl.Series) -> pl.Series:
        """The numbers as those of single persons; null where one cannot be used."""
        found = {cell: self._value(column.name, cell) for cell in column.unique()}
        return pl.Series(column.name, [found.get(cell) for cell in column], pl.Float64)

    def _value(self, name: str, cell: Any) -> Value | None:
        try:
            return check_facts(self.content, self._stated({name: cell})).get(name)
        except FactError:
            return None

    def _set_apart(self, table: pl.DataFrame, decimal_mark: str) -> list[Apart]:
        """The rows of a table one by one, with what its texts say, or the numbers that can be two."""
        apart = []
        for cells in table.to_dicts():
            row = cells.pop(ROW)
            known = {name: cell for name, cell in cells.items() if cell is not None}
            written = json.dumps(known, ensure_ascii=False, default=str)
            stated, unclear = {}, []
            for name, cell in known.items():
                try:
                    stated[name] = self._said(name, cell, decimal_mark)
                except TwoReadings as two:
                    shown = json.dumps(cell[:60], ensure_ascii=False)
                    message = f"`{name}` is {shown}, which can be two numbers"
                    unclear.append(str(refused(message, f"write {two.whole} or {two.decimal}")))
            apart.append(Apart(row, written, None if unclear else stated, "; ".join(unclear)))
        return apart

    def _said(self, name: str, cell: Any, decimal_mark: str) -> Any:
        """The number, or the true or false, that a text is where there is nothing but texts."""
        fact = self.content.facts.get(name)
        if fact is None or not isinstance(cell, str):
            return cell
        text = cell.strip()
        if fact.type is FactType.BOOLEAN:
            word = text.lower()
            return True if word in YES else False if word in NO else cell
        if fact.type is not FactType.NUMBER:
            return cell
        if decimal_mark == ",":
            text = _with_point(text)
        if NUMBER.fullmatch(text):
            return plain_number(float(text))
        return cell if decimal_mark == "." else text

    def _stated(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """What a row states of a person: its cells but for those only passed on, with their units."""
        facts = self.content.facts
        stated = {name: cell for name, cell in cells.items() if name in facts or name not in self.keep}
        for name, unit in self.units.items():
            if isinstance(stated.get(name), int | float | Decimal) and not isinstance(stated[name], bool):
                stated[name] = f"{stated[name]} {unit}"
        return stated

    def _each(
        self, rows: Iterable[Apart], read: Callable[[Mapping[str, Any]], dict[str, Any]]
    ) -> tuple[dict[int, dict[str, Any]], list[Refused]]:
        """What is read of each row by its number, and the rows of which nothing can be."""
        found, refusals = {}, []
        for row in rows:
            try:
                if row.stated is None:
                    raise refused(row.reason)
                found[row.row] = {**read(row.stated), ROW: row.row}
            except FactError as error:
                refusals.append(Refused(row.row, "; ".join(str(error).splitlines()), row.written))
        return found, refusals

    def _values(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The values of what is stated; numbers as they are stated, since the table rounds them."""
        stated = self._stated(cells)
        values = dict(check_facts(self.content, stated))
        return values | {name: float(cell) for name, cell in stated.items() if type(cell) in (int, float)}

    def _whole(self, cells: Mapping[str, Any], schema: Mapping[str, pl.DataType]) -> dict[str, Any]:
        """The values of what is stated, and what is passed on."""
        values = self._values(cells)
        kept = [name for name in self.keep if name not in self.content.facts]
        return {name: _fitting(name, cells.get(name), schema[name]) for name in kept} | values


def _with_points(texts: pl.Expr) -> pl.Expr:
    """Numbers with a point where they have a comma; null where one can be two."""
    point = texts.str.replace(",", ".", literal=True)
    read = pl.when(texts.str.contains(WITH_COMMA)).then(point).otherwise(texts)
    return pl.when(~texts.str.contains(GROUPED)).then(read)


def _with_point(text: str) -> str:
    """A number with its unit, with a point where it has a comma. Raises ``TwoReadings``."""
    amount = None if _POWER.search(text) else AMOUNT.fullmatch(text)
    number = None if amount is None else plain_number_text(amount["number"], ",")
    return text if amount is None or number is None else f"{number} {amount['unit'] or ''}".strip()


def check_units(content: Content, units: Units) -> None:
    """Raises ``FactError`` for a unit that does not measure what its fact does."""
    for fact, unit in units.items():
        check_unit(content, fact, unit)


def _columns(
    rows: Mapping[int, Mapping[str, Any]], schema: Mapping[str, pl.DataType], names: Iterable[str]
) -> list[pl.Series]:
    return [pl.Series(name, [values.get(name) for values in rows.values()], schema[name]) for name in names]


def _fitting(name: str, cell: Any, dtype: pl.DataType) -> Any:
    """What is passed on, as the type of its column; a column of texts takes anything."""
    if cell is None or (dtype == pl.String and isinstance(cell, str)):
        return cell
    if dtype == pl.String:
        return json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, bool) == (dtype == pl.Boolean):
        with suppress(TypeError, OverflowError):
            return pl.Series([cell], dtype=dtype, strict=True)[0]
    shown = json.dumps(cell, ensure_ascii=False)
    raise refused(f"`{name}` is {shown}, and in the first lines it is {_HOLDS[type(dtype)]}")


_HOLDS = {pl.Boolean: "true or false", pl.Int64: "a whole number", pl.Float64: "a number"}
