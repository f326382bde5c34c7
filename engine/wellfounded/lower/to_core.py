"""The whole of the content → the core, with definitions in dependency order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellfounded.lower.conditions import Conditions
from wellfounded.lower.formulas import Formulas, bounds
from wellfounded.model.content import Content, Fact, FactType, Parameter, Rule, Table, Target
from wellfounded.model.core import (
    Branch,
    Conclusion,
    Core,
    Definition,
    Formula,
    Input,
    NumberTarget,
    Recommending,
    Selection,
    TableRow,
    Test,
    ValueTarget,
)
from wellfounded.model.dependencies import in_dependency_order
from wellfounded.model.expression import Condition, End
from wellfounded.model.frozen import frozen
from wellfounded.model.template import slots


def to_core(content: Content) -> Core:
    """The core of a knowledge base whose check found no error."""
    formulas = Formulas(content)
    conditions = Conditions(content, formulas)
    concluding = _concluding(content)
    defined = [
        fact
        for fact in map(content.facts.__getitem__, in_dependency_order(content))
        if fact.formula is not None or fact.id in concluding
    ]
    definitions = tuple(
        _definition(fact, concluding.get(fact.id, ()), formulas, conditions) for fact in defined
    )
    rules = (rule for rule in in_authors_order(content) if rule.recommends)
    recommending = tuple(_recommending(rule, content, formulas, conditions) for rule in rules)
    undefined = content.facts.keys() - {fact.id for fact in defined}
    inputs = tuple(
        Input(fact.id, fact.type)
        for fact in content.facts.values()
        if fact.can_be_stated or fact.id in undefined
    )
    tables = frozen((table.id, _rows(table, conditions)) for table in content.tables.values())
    return Core(inputs, definitions, recommending, tables)


def conditions_of(content: Content) -> Conditions:
    """What lowers further conditions of a knowledge base as those of its rules are lowered."""
    formulas = Formulas(content)
    for fact in map(content.facts.__getitem__, in_dependency_order(content)):
        if fact.formula is not None:
            formulas.derived(fact.formula, fact.id)
    return Conditions(content, formulas)


def _rows(table: Table, conditions: Conditions) -> tuple[TableRow, ...]:
    def test(condition: Condition | None) -> Test | None:
        return None if condition is None else conditions.test(condition)

    return tuple(
        TableRow(row.id, test(row.when), tuple(test(r.when) for r in row.remarks)) for row in table.rows
    )


def in_authors_order(content: Content) -> list[Rule]:
    """Rules by the place of their topic in the header's order; topics not named there come after."""
    place = {topic: index for index, topic in enumerate(content.header.order)}
    return sorted(content.rules.values(), key=lambda rule: place.get(rule.topic, len(place)))


def _concluding(content: Content) -> Mapping[str, list[Rule]]:
    """The rules in force that conclude each fact, in the order written."""
    concluding: dict[str, list[Rule]] = {}
    for rule in content.rules.values():
        if rule.conclude is not None and rule.status in content.in_force:
            concluding.setdefault(rule.conclude.fact, []).append(rule)
    return concluding


def _definition(fact: Fact, rules: Iterable[Rule], formulas: Formulas, conditions: Conditions) -> Definition:
    if fact.formula is not None:
        return Formula(fact.id, formulas.derived(fact.formula, fact.id), fact.statable)
    branches = tuple(_branches(rules, conditions))
    if fact.type is FactType.CHOICE:
        assert fact.otherwise is not None
        return Selection(fact.id, branches, fact.otherwise)
    return Conclusion(fact.id, branches)


def _branches(rules: Iterable[Rule], conditions: Conditions) -> Iterable[Branch]:
    for rule in rules:
        assert rule.conclude is not None
        yield Branch(rule.id, rule.conclude.value, conditions.test(rule.when), rule.because)


def _recommending(rule: Rule, content: Content, formulas: Formulas, conditions: Conditions) -> Recommending:
    target = None if rule.target is None else _target(rule.target, formulas)
    return Recommending(
        rule=rule.id,
        topic=rule.topic,
        test=conditions.test(rule.when),
        target=target,
        verdict=rule.advise,
        claims=rule.because,
        shown=tuple(dict.fromkeys(parameter.claim for parameter in shown_parameters(rule, content))),
        in_force=rule.status in content.in_force,
    )


def shown_parameters(rule: Rule, content: Content) -> tuple[Parameter, ...]:
    """The parameters whose numbers a rule's texts show, whatever its verdict is."""
    names = [slot.name for text in rule.says.values() for wording in text.values() for slot in slots(wording)]
    return tuple(content.parameters[name] for name in dict.fromkeys(names) if name in content.parameters)


def _target(target: Target, formulas: Formulas) -> NumberTarget | ValueTarget:
    bound = target.bound
    if isinstance(bound.value, bool):
        return ValueTarget(target.of, bound.value)
    assert not isinstance(bound.value, float | str)
    low, high = bounds(bound.value)
    at_low = formulas.result(low, target.of, End.LOW)
    at_high = formulas.result(high, target.of, End.HIGH)
    match bound.kind:
        case "at_least":
            return NumberTarget(target.of, at_low, None)
        case "at_most":
            return NumberTarget(target.of, None, at_high)
        case _:
            return NumberTarget(target.of, at_low, at_high, exact=bound.kind == "is")
