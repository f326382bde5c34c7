"""What uses what in a knowledge base, both ways.

Enters: ``Content``. Leaves: for each thing the things it names, in the authors' order. A recommendation uses
its rules, and a derived fact the rules that give it its value. Tables and works are part of what names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wellfounded.model.content import Content, Rule
from wellfounded.model.dependencies import facts_of_condition
from wellfounded.model.expression import Between, Condition, Formula, names_in
from wellfounded.model.frozen import frozen
from wellfounded.model.record import Record
from wellfounded.model.template import slots
from wellfounded.model.text import Text
from wellfounded.model.thing import Kind, Thing


class Uses(Record, frozen=True):
    """``of`` has what each thing names, and ``by`` what names it."""

    of: Mapping[Thing, tuple[Thing, ...]]
    by: Mapping[Thing, tuple[Thing, ...]]


def uses(content: Content) -> Uses:
    """Every thing of a knowledge base, with what it uses and what uses it."""
    names = {
        thing: tuple(dict.fromkeys(other for other in used if other != thing))
        for thing, used in _all(content)
    }
    by: dict[Thing, list[Thing]] = {thing: [] for thing in names}
    for thing, others in names.items():
        for other in others:
            by.setdefault(other, []).append(thing)
    return Uses(frozen(names), frozen((thing, tuple(others)) for thing, others in by.items()))


def topics(content: Content) -> Mapping[str, Sequence[Rule]]:
    """The recommendations with their rules, in force or not, in the authors' order."""
    found: dict[str, list[Rule]] = {topic: [] for topic in content.header.order}
    for rule in content.rules.values():
        if rule.recommends:
            found.setdefault(rule.topic, []).append(rule)
    return {topic: rules for topic, rules in found.items() if rules}


def _all(content: Content) -> Iterator[tuple[Thing, Iterable[Thing]]]:
    for topic, rules in topics(content).items():
        yield Thing(Kind.RECOMMENDATION, topic), [Thing(Kind.RULE, rule.id) for rule in rules]
    for rule in content.rules.values():
        yield Thing(Kind.RULE, rule.id), _of_rule(rule, content)
    concluding: dict[str, list[Thing]] = {}
    for rule in content.rules.values():
        if rule.conclude is not None:
            concluding.setdefault(rule.conclude.fact, []).append(Thing(Kind.RULE, rule.id))
    for fact in content.facts.values():
        in_formula = () if fact.formula is None else _in_formula(fact.formula, content)
        yield Thing(Kind.FACT, fact.id), (*in_formula, *concluding.get(fact.id, ()))
    for parameter in content.parameters.values():
        source = Thing(Kind.CLAIM, parameter.claim)
        yield Thing(Kind.PARAMETER, parameter.id), (source, *_in_text(parameter.label, content))
    for claim in content.claims.values():
        cited = [Thing(Kind.REFERENCE, cite.reference) for cite in claim.cites]
        against = [Thing(Kind.CLAIM, other) for other in claim.contradicts]
        yield Thing(Kind.CLAIM, claim.id), (*cited, *against, *_in_text(claim.says, content))
    for number in content.references:
        yield Thing(Kind.REFERENCE, number), ()


def _of_rule(rule: Rule, content: Content) -> Iterator[Thing]:
    yield from _in_condition(rule.when, content)
    if rule.target is not None:
        yield Thing(Kind.FACT, rule.target.of)
        if isinstance(rule.target.bound.value, Formula | Between):
            yield from _in_formula(rule.target.bound.value, content)
    if rule.causes_of:
        yield Thing(Kind.FACT, rule.causes_of)
    for text in (rule.title, *rule.says.values()):
        yield from _in_text(text, content)
    yield from (Thing(Kind.CLAIM, claim) for claim in (*rule.because, *rule.background))
    if rule.table:
        table = content.tables[rule.table]
        yield Thing(Kind.CLAIM, table.claim)
        for row in table.rows:
            for when in (row.when, *(remark.when for remark in row.remarks)):
                yield from () if when is None else _in_condition(when, content)


def _in_condition(condition: Condition, content: Content) -> Iterator[Thing]:
    return _named(facts_of_condition(condition), content)


def _in_formula(formula: Formula | Between, content: Content) -> Iterator[Thing]:
    return _named((name.name for name in names_in(formula)), content)


def _in_text(text: Text, content: Content) -> Iterator[Thing]:
    return _named((slot.name for wording in text.values() for slot in slots(wording)), content)


def _named(names: Iterable[str], content: Content) -> Iterator[Thing]:
    for name in names:
        if name in content.parameters:
            yield Thing(Kind.PARAMETER, name)
        elif name in content.facts:
            yield Thing(Kind.FACT, name)
