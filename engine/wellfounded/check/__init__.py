"""``Content`` → diagnostics: one file per kind of check, each a function that yields what it finds.

Enters: content as it was read, broken things left out. Leaves: diagnostics, all of them in one run. A check
says nothing of what another one reports, and nothing of things that could not be read. What is unused, which
rules conflict and the like can only be told of content without errors, and is checked apart; so is what
depends on the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellfounded.check.conditions import check_conditions
from wellfounded.check.conflicts import check_conflicts
from wellfounded.check.dates import check_dates
from wellfounded.check.evidence import check_cited_dois, check_cited_once, check_recorded_once
from wellfounded.check.formulas import check_formulas
from wellfounded.check.names import check_names
from wellfounded.check.rules import check_rules
from wellfounded.check.status import check_claims_in_force, check_facts_in_force
from wellfounded.check.texts import check_texts
from wellfounded.check.unused import check_unused
from wellfounded.check.values import check_values
from wellfounded.model.content import Content
from wellfounded.model.core import Core
from wellfounded.model.diagnostic import Diagnostic

__all__ = ["check_content", "check_dates", "check_sound"]

Declared = Mapping[str, frozenset[str]]

#: What cannot be said where a file could not be read: what seems to be missing may be in it.
_MISSING = frozenset(f"unknown-{kind}" for kind in ("claim", "fact", "name", "placeholder", "reference"))
_MISSING |= {f"unknown-{kind}" for kind in ("table", "topic", "unit", "work")}
_MISSING |= {"never-concluded", "rule-without-source"}


def check_content(content: Content, declared: Declared, complete: bool) -> Iterator[Diagnostic]:
    """Every error in content, and warnings about its formulas.

    ``declared`` has the ids of things that could not be read, too; ``complete`` is whether it has them all.
    """
    for diagnostic in _everything(content, declared):
        if complete or diagnostic.code not in _MISSING:
            yield diagnostic


def _everything(content: Content, declared: Declared) -> Iterator[Diagnostic]:
    yield from check_names(content, declared)
    yield from check_values(content)
    yield from check_conditions(content)
    yield from check_formulas(content, declared)
    yield from check_rules(content, declared)
    yield from check_cited_once(content)
    yield from check_facts_in_force(content)
    yield from check_texts(content, declared)


def check_sound(content: Content, core: Core) -> Iterator[Diagnostic]:
    """Warnings about content without errors, and its core."""
    yield from check_unused(content)
    yield from check_cited_dois(content)
    yield from check_recorded_once(content)
    yield from check_claims_in_force(content)
    yield from check_conflicts(content, core)
