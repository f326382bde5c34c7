"""Names that stand for nothing: facts, claims, topics, references, sections, tables, works and units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellfounded.check.walk import conditions
from wellfounded.model.content import Content
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import tests_in
from wellfounded.model.position import Position
from wellfounded.model.suggest import did_you_mean, suggestion

Declared = Mapping[str, frozenset[str]]


def check_names(content: Content, declared: Declared) -> Iterator[Diagnostic]:
    """Every name that is used and not declared, with the closest that is."""
    yield from _claims(content, declared)
    yield from _evidence(content, declared)
    yield from _facts(content, declared)
    yield from _units(content, declared)
    yield from _header(content, declared)
    yield from _guarantees(content, declared)
    for rule in content.rules.values():
        at = rule.positions.get("table", rule.position)
        if rule.table:
            yield from _unknown("table", rule.table, declared["tables"], at, f"rule {rule.id}")


def _unknown(
    kind: str, name: str, known: Iterable[str], position: Position, about: str
) -> Iterator[Diagnostic]:
    if name not in known:
        message = f"there is no {kind} `{name}`"
        yield Diagnostic(f"unknown-{kind}", message, position, suggestion(name, sorted(known)), about=about)


def _claims(content: Content, declared: Declared) -> Iterator[Diagnostic]:
    known = declared["claims"]
    for rule in content.rules.values():
        for claim in (*rule.because, *rule.background):
            yield from _unknown("claim", claim, known, rule.claim_positions[claim], f"rule {rule.id}")
    for parameter in content.parameters.values():
        if parameter.claim:
            about = f"parameter {parameter.id}"
            yield from _unknown("claim", parameter.claim, known, parameter.claim_position, about)
    for table in content.tables.values():
        yield from _unknown("claim", table.claim, known, table.claim_position, f"table {table.id}")


def _evidence(content: Content, declared: Declared) -> Iterator[Diagnostic]:
    sections = content.header.sections
    for claim in content.claims.values():
        about = f"claim {claim.id}"
        yield from _unknown("section", claim.section, sections, claim.section_position, about)
        for other, position in zip(claim.contradicts, claim.contradicts_positions, strict=True):
            yield from _unknown("claim", other, declared["claims"], position, about)
        for cite in claim.cites:
            yield from _unknown("reference", cite.reference, declared["references"], cite.position, about)
        for further in claim.further_evidence:
            yield from _unknown("work", further.work, declared["works"], further.position, about)
    for reference in content.references.values():
        record = reference.on_record
        for work, position in zip(record.probably_meant, record.probably_meant_positions, strict=True):
            yield from _unknown("work", work, declared["works"], position, f"reference {reference.number}")


def _facts(content: Content, declared: Declared) -> Iterator[Diagnostic]:
    known = declared["facts"]
    for condition, about in conditions(content):
        for test in tests_in(condition):
            yield from _unknown("fact", test.fact, known, test.position, about)
    for rule in content.rules.values():
        about = f"rule {rule.id}"
        if rule.target is not None:
            yield from _unknown("fact", rule.target.of, known, rule.target.position, about)
        if rule.conclude is not None:
            yield from _unknown("fact", rule.conclude.fact, known, rule.conclude.position, about)
        if rule.causes_of:
            yield from _unknown("fact", rule.causes_of, known, rule.positions["causes_of"], about)


def _units(content: Content, declared: Declared) -> Iterator[Diagnostic]:
    known = declared["units"]
    things = [(f"fact {f.id}", f.unit, f.unit_position) for f in content.facts.values()]
    things += [(f"parameter {p.id}", p.unit, p.unit_position) for p in content.parameters.values()]
    for about, unit, position in things:
        if unit and unit not in known:
            message = f"the unit `{unit}` is not declared"
            help = did_you_mean(unit, sorted(known)) or "declare it under `units`"
            yield Diagnostic("unknown-unit", message, position, help, about=about)


def _topics(content: Content, declared: Declared) -> frozenset[str]:
    """Topics, and what a rule that could not be read may have as its own."""
    return declared["rules"] | {rule.topic for rule in content.rules.values() if rule.recommends}


def _header(content: Content, declared: Declared) -> Iterator[Diagnostic]:
    topics = _topics(content, declared)
    for topic, position in zip(content.header.order, content.header.order_positions, strict=True):
        yield from _unknown("topic", topic, topics, position, "the order of recommendations")


def _guarantees(content: Content, declared: Declared) -> Iterator[Diagnostic]:
    topics = _topics(content, declared) - {rule.id for rule in content.rules.values() if not rule.recommends}
    for guarantee in content.guarantees.values():
        about = f"guarantee {guarantee.id}"
        for fact, position in zip(guarantee.stating, guarantee.stating_positions, strict=True):
            yield from _unknown("fact", fact, declared["facts"], position, about)
        named = [*zip(guarantee.together, guarantee.together_positions, strict=True)]
        named += [(guarantee.told_by, guarantee.told_by_position)] if guarantee.told_by else []
        if guarantee.gets is not None:
            gets = guarantee.gets
            named += [(gets.topic, gets.topic_position)] if gets.topic else []
            if gets.target not in ("", "any"):
                yield from _unknown("fact", gets.target, declared["facts"], gets.target_position, about)
        for topic, position in named:
            yield from _unknown("topic", topic, topics, position, about)
