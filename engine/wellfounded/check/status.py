"""What is in force and rests on what is not: facts that only drafts conclude, claims that are retired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellfounded.check.walk import conditions, formulas
from wellfounded.model.content import Content, Lifecycle, Rule
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import names_in, tests_in
from wellfounded.model.position import Position

#: What a thing of each status may rest on.
_BELOW = {
    Lifecycle.ACTIVE: {Lifecycle.ACTIVE},
    Lifecycle.DRAFT: {Lifecycle.ACTIVE, Lifecycle.DRAFT},
}


def check_facts_in_force(content: Content) -> Iterator[Diagnostic]:
    """Rules and tables that use a fact which no rule they may rest on concludes: it would stay unknown."""
    concluding: dict[str, set[Lifecycle]] = {}
    for rule in content.rules.values():
        if rule.conclude is not None:
            concluding.setdefault(rule.conclude.fact, set()).add(rule.status)
    for fact, position, about in _uses(content):
        status = _status(about, content.rules)
        found = concluding.get(fact, set())
        if status in _BELOW and found and not found & _BELOW[status]:
            which = " or ".join(sorted(found))
            message = f"`{fact}` is concluded by nothing but {which} rules, so it stays unknown here"
            help = "make a rule that concludes it active, or make this one a draft"
            yield Diagnostic("inactive-fact", message, position, help, about)


def _uses(content: Content) -> Iterator[tuple[str, Position, str]]:
    """Facts that conditions and formulas use, where, and in what."""
    for condition, about in conditions(content):
        for test in tests_in(condition):
            yield test.fact, test.position, about
    for placed in formulas(content):
        for name in names_in(placed.formula):
            yield name.name, placed.position, placed.about
    for rule in content.rules.values():
        about = f"rule {rule.id}"
        if rule.target is not None:
            yield rule.target.of, rule.target.position, about
        if rule.causes_of:
            yield rule.causes_of, rule.positions["causes_of"], about


def _status(about: str, rules: Mapping[str, Rule]) -> Lifecycle:
    """The status of what something stands in; tables and facts have none and are always in force."""
    kind, _, id = about.partition(" ")
    return rules[id].status if kind == "rule" else Lifecycle.ACTIVE


def check_claims_in_force(content: Content) -> Iterator[Diagnostic]:
    """What is in force and rests on a claim that is not."""
    for claim, position, about, status in _named(content):
        its_status = content.claims[claim].status
        if status in _BELOW and its_status not in _BELOW[status]:
            message = f"the claim `{claim}` is {_CALLED[its_status]}, so it does not count as support"
            help = "make the claim active, or rest on another one"
            yield Diagnostic("inactive-claim", message, position, help, about)


_CALLED = {Lifecycle.DRAFT: "a draft", Lifecycle.RETIRED: "retired"}


def _named(content: Content) -> Iterator[tuple[str, Position, str, Lifecycle]]:
    for rule in content.rules.values():
        for claim in rule.because:
            yield claim, rule.claim_positions[claim], f"rule {rule.id}", rule.status
    for parameter in content.parameters.values():
        about = f"parameter {parameter.id}"
        yield parameter.claim, parameter.claim_position, about, Lifecycle.ACTIVE
    for table in content.tables.values():
        yield table.claim, table.claim_position, f"table {table.id}", Lifecycle.ACTIVE
