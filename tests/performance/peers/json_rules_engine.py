"""json-rules-engine for Node: derived facts are told by the rules that conclude them, in order of priority.

``node/worker.js`` loads what is written here and measures in its own process.
"""

from __future__ import annotations

from typing import Any as Anything

from tests.performance.peers.plain import Plain, bound_of, term
from wellfounded.model.core import All, Any, Comparison, OneOf, Rounded, Test, facts_in_term, facts_in_test

PACKAGE = "json-rules-engine"


def source(rules: Plain) -> Anything:
    level: dict[str, int] = {}
    for fact, test in rules.derived:
        level[fact] = 1 + max((level.get(f, 0) for f in facts_in_test(test)), default=0)
    deepest = max(level.values(), default=0)
    derived = [_rule(fact, test, "derived", 2 + deepest - level[fact]) for fact, test in rules.derived]
    return {
        "computed": _computed(rules),
        "derived": list(level),
        "rules": derived + [_rule(rule, test, "recommended", 1) for rule, test in rules.rules],
    }


def _rule(name: str, test: Test, type: str, priority: int) -> Anything:
    grouped = test if isinstance(test, All | Any) else All((test,))
    event = {"type": type, "params": {"name": name}}
    return {"name": name, "conditions": _condition(grouped), "event": event, "priority": priority}


_OPERATORS = {
    "<": "lessThan",
    "<=": "lessThanInclusive",
    ">": "greaterThan",
    ">=": "greaterThanInclusive",
}


def _condition(test: Test) -> Anything:
    match test:
        case OneOf(values=(value,)):
            return {"fact": test.fact, "operator": "equal", "value": value}
        case OneOf():
            return {"fact": test.fact, "operator": "in", "value": test.values}
        case Comparison():
            return {"fact": test.fact, "operator": _OPERATORS[str(test.relation)], "value": bound_of(test)}
        case All() | Any():
            return {
                "all" if isinstance(test, All) else "any": [_condition(member) for member in test.members]
            }


def _computed(rules: Plain) -> str:
    """The body of the JavaScript function that adds the computed numbers to a person's facts."""
    names = [fact for fact, _ in rules.computed]
    needed = dict.fromkeys(fact for _, result in rules.computed for fact in facts_in_term(result.term))
    lines = [f"const {fact} = facts.{fact};" for fact in needed if fact not in names]
    lines += [f"const {fact} = {_rounded(result)};" for fact, result in rules.computed]
    return "\n".join([*lines, f"return {{{', '.join(['...facts', *names])}}};"])


def _rounded(result: Rounded) -> str:
    scale = 10**result.decimals
    return f"Math.round({term(result.term)} * {scale}) / {scale}"
