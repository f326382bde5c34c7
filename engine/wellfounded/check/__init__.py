"""``Content`` → diagnostics: one file per kind of check, each a function that yields what it finds.

Enters: content as it was read, broken things left out. Leaves: diagnostics, all of them in one run. A check
says nothing of what another one reports, and nothing of things that could not be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellfounded.check.conditions import check_conditions
from wellfounded.check.conflicts import check_conflicts
from wellfounded.check.formulas import check_formulas
from wellfounded.check.names import check_names
from wellfounded.check.rules import check_rules
from wellfounded.check.texts import check_texts
from wellfounded.check.unused import check_unused
from wellfounded.check.values import check_values
from wellfounded.model.content import Content
from wellfounded.model.diagnostic import Diagnostic

__all__ = ["check_conflicts", "check_content"]


def check_content(content: Content, declared: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    """Everything wrong with content. ``declared`` has the ids of things that could not be read, too."""
    yield from check_names(content, declared)
    yield from check_values(content)
    yield from check_conditions(content)
    yield from check_formulas(content, declared)
    yield from check_rules(content, declared)
    yield from check_texts(content)
    yield from check_unused(content)
