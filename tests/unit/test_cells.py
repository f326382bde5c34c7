"""Cells of CSV: none is a formula, and each is read as it was written."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellfounded.batch.cells import as_cells, from_cells
from wellfounded.model.cell import read_cell, written_cell

TEXTS = st.text(st.sampled_from("'=+-@\t\r\n59.ea\u0660"), max_size=6) | st.text(max_size=6)


@pytest.mark.no_cover
@given(st.lists(TEXTS))
def test_texts_come_back_and_none_is_a_formula(texts: list[str]) -> None:
    table = pl.DataFrame(
        {"text": texts, "number": [-1.5] * len(texts)}, {"text": pl.String, "number": pl.Float64}
    )
    cells = as_cells(table)
    assert from_cells(cells).equals(table)
    for text, cell in zip(texts, cells["text"], strict=True):
        assert cell == written_cell(text) and read_cell(cell) == text
        assert cell[:1] not in [*"=+-@\t\r\n"] or re.fullmatch(r"[-+][0-9.]+(e[-+]?[0-9]+)?", cell.lower())
