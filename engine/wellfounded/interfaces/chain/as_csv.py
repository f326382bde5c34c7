"""A chain → CSV: a row for each edge of each recommendation's trail."""

from __future__ import annotations

import csv
import io

from wellfounded.explain.chain import Chain
from wellfounded.model.cell import written_cell

COLUMNS = ("recommendation", "start", "meaning", "end", "asks", "holds", "support", "via")


def as_csv(chain: Chain) -> str:
    """The edges as a table; ids are those of the JSON document's nodes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for trail in chain.trails:
        for edge in trail.edges:
            asks = "; ".join(test.asks for test in edge.tests)
            holds = "; ".join("yes" if test.holds else "no" for test in edge.tests)
            row = (edge.start, edge.meaning, edge.end, asks, holds, edge.support or "", edge.via or "")
            writer.writerow(map(written_cell, (trail.recommendation, *row)))
    return out.getvalue()
