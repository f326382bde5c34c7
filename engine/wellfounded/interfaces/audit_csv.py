"""The matrix of an audit as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from wellfounded.review.audit import Audit


def matrix_csv(audit: Audit) -> str:
    """The matrix: a row for each way from a reference to a recommendation."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("reference", "support", "claim", "section", "counts", "parameters", "via", "rule", "recommendation")
    )
    for link in audit.matrix:
        reference = "" if link.reference is None else link.reference
        counts = "yes" if link.counts else "no"
        row = (link.section, counts, " ".join(link.parameters), link.via, link.rule, link.recommendation)
        writer.writerow((reference, link.support, link.claim, *row))
    return out.getvalue()
