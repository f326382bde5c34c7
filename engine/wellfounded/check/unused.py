"""What is written and used by nothing: a warning each, since it may be a name mistyped elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wellfounded.check.walk import conditions, formulas
from wellfounded.model.content import Content, Lifecycle
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import names_in, tests_in
from wellfounded.model.template import slots


def check_unused(content: Content) -> Iterator[Diagnostic]:
    names = set(_names(content))
    units = {fact.unit for fact in content.facts.values()}
    units |= {parameter.unit for parameter in content.parameters.values()}
    yield from _unused("fact", content.facts, names)
    yield from _unused("parameter", content.parameters, names)
    current = {id: claim for id, claim in content.claims.items() if claim.status is not Lifecycle.RETIRED}
    yield from _unused("claim", current, set(_claims(content)))
    yield from _unused("reference", content.references, set(_references(content)))
    yield from _unused("work", content.works, set(_works(content)))
    yield from _unused("table", content.tables, {rule.table for rule in content.rules.values()})
    yield from _unused("unit", content.units, units)
    words = {word for unit in content.units for word in re.split(r"[\s*/·^]+", unit)}
    words |= {word.removesuffix("s") for word in words}
    yield from _unused("dimension", content.dimension_positions, words)


def _unused(kind: str, things: Mapping[str, Any], used: set[str]) -> Iterator[Diagnostic]:
    """``things`` are things that know their position, or the positions themselves."""
    for id, thing in things.items():
        if id not in used:
            position = getattr(thing, "position", thing)
            message = f"nothing uses the {kind} `{id}`"
            help = _HELP.get(kind, "use it, or leave it out")
            yield Diagnostic(f"unused-{kind}", message, position, help, f"{kind} {id}")


_HELP = {"claim": "name it in `because` or `background` of a rule, or as the `claim` of a parameter"}


def _names(content: Content) -> Iterable[str]:
    """Facts and parameters that conditions, formulas, targets and texts use."""
    for condition, _ in conditions(content):
        yield from (test.fact for test in tests_in(condition))
    for placed in formulas(content):
        yield from (name.name for name in names_in(placed.formula))
    for rule in content.rules.values():
        if rule.target is not None:
            yield rule.target.of
        yield rule.causes_of
        for text in (rule.title, *rule.says.values()):
            yield from (slot.name for wording in text.values() for slot in slots(wording))
    for claim in content.claims.values():
        yield from (slot.name for wording in claim.says.values() for slot in slots(wording))


def _claims(content: Content) -> Iterable[str]:
    for rule in content.rules.values():
        yield from (*rule.because, *rule.background)
    yield from (parameter.claim for parameter in content.parameters.values())
    yield from (table.claim for table in content.tables.values())


def _references(content: Content) -> Iterable[str]:
    return (cite.reference for claim in content.claims.values() for cite in claim.cites)


def _works(content: Content) -> Iterable[str]:
    for claim in content.claims.values():
        yield from (item.work for item in claim.further_evidence)
    for reference in content.references.values():
        yield from reference.on_record.probably_meant
