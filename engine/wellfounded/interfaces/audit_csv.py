"""The matrix of an audit, and what falls with a reference, as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io

from wellfounded.review.audit import Audit
from wellfounded.review.withdrawal import Withdrawal


def matrix_csv(audit: Audit) -> str:
    """The matrix: a row for each way from a reference to a recommendation."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        (
            "reference",
            "support",
            "claim",
            "section",
            "counts",
            "parameters",
            "via",
            "rule",
            "recommendation",
            "status",
        )
    )
    for link in audit.matrix:
        reference = "" if link.reference is None else link.reference
        counts = "yes" if link.counts else "no"
        row = (
            link.section,
            counts,
            " ".join(link.parameters),
            link.via,
            link.rule,
            link.recommendation,
            link.status,
        )
        writer.writerow((reference, link.support, link.claim, *row))
    return out.getvalue()


def withdrawal_csv(withdrawal: Withdrawal) -> str:
    """What falls: a row for each recommendation that rests on the reference."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("recommendation", "outcome", "other_references"))
    for id in withdrawal.lose_their_only_citation:
        writer.writerow((id, "loses-its-only-citation", ""))
    for item in withdrawal.keep_another:
        writer.writerow((item.id, "keeps-another", " ".join(map(str, item.references))))
    for id in withdrawal.through_chains:
        writer.writerow((id, "through-chains", ""))
    return out.getvalue()
