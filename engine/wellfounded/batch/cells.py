"""Tables whose texts are written into CSV, or read from it, so that no spreadsheet runs them."""

from __future__ import annotations

import polars as pl

from wellfounded.model.cell import ESCAPED, FORMULA, NUMBER, written_cell


def as_cells(table: pl.DataFrame) -> pl.DataFrame:
    """A table as it is written into CSV: texts and names of columns that are no formula for a spreadsheet."""
    texts = [name for name, dtype in table.schema.items() if dtype == pl.String]
    column = pl.col(texts)
    is_formula = column.str.contains(FORMULA) & ~column.str.contains(NUMBER)
    safe = table.with_columns(pl.when(is_formula).then(pl.lit("'") + column).otherwise(column).name.keep())
    return safe.rename({name: written_cell(name) for name in table.columns})


def from_cells(table: pl.DataFrame) -> pl.DataFrame:
    """A table as it was before it was written, with its texts as they were."""
    begun = [
        name
        for name, dtype in table.schema.items()
        if dtype == pl.String and table[name].str.starts_with("'").any()
    ]
    column = pl.col(begun)
    read = pl.when(column.str.contains(ESCAPED)).then(column.str.slice(1)).otherwise(column)
    return table.with_columns(read.name.keep()) if begun else table
