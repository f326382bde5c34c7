"""The causes that hold: which rules make a fact true for a person, each with the chain behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellfounded.advise.edition import Edition
from wellfounded.advise.reading import deciding, truth
from wellfounded.advise.sources import Sources
from wellfounded.model.core import Branch, Conclusion
from wellfounded.model.frozen import frozen
from wellfounded.reason.arithmetic import Values


def cause_rows(
    fact: str, edition: Edition, values: Values, sources: Sources
) -> tuple[Mapping[str, Any], ...]:
    """One row per rule that makes ``fact`` true: its words, its claims, and the rows of what it rests on."""
    definition = sources.definitions.get(fact)
    if not isinstance(definition, Conclusion):
        return ()
    return tuple(
        _row(branch, edition, values, sources) for branch in definition.branches if truth(branch.test, values)
    )


def _row(branch: Branch, edition: Edition, values: Values, sources: Sources) -> Mapping[str, Any]:
    true = dict.fromkeys(t.fact for t in deciding(branch.test, values) if values[t.fact] is True)
    behind = tuple(row for fact in true for row in cause_rows(fact, edition, values, sources))
    row: dict[str, Any] = {
        "rule": branch.rule,
        "cause": edition.worded(branch.rule, "", values, None),
        "claims": tuple(dict.fromkeys(sources.of_branch(branch))),
    }
    return frozen({**row, "because": behind} if behind else row)
