"""The package rule-engine: each condition is a compiled rule. It has no chains: Python asks them in order.

Types are declared and names looked up as items, which is the faster of the ways it offers.
"""

from __future__ import annotations

from typing import Any

from tests.performance.peers.plain import Dialect, Evaluate, Plain, compiled, with_computed
from wellfounded.model.content import FactType

PACKAGE = "rule-engine"


def source(rules: Plain) -> Any:
    text = Dialect(true="true", false="false", among="[{}]")
    types = {fact: str(type) for fact, type in rules.inputs.items()}
    types |= {fact: str(FactType.NUMBER) for fact, _ in rules.computed}
    types |= {fact: str(FactType.BOOLEAN) for fact, _ in rules.derived}
    return {
        "python": with_computed(rules),
        "types": types,
        "derived": [(fact, text.test(test)) for fact, test in rules.derived],
        "rules": [(rule, text.test(test)) for rule, test in rules.rules],
    }


def prepare(written: Any) -> Evaluate:
    import rule_engine  # type: ignore[import-not-found]  # noqa: PLC0415  # a peer's package, in its process only

    data = rule_engine.DataType
    types = {"boolean": data.BOOLEAN, "number": data.FLOAT, "choice": data.STRING}
    resolver = rule_engine.type_resolver_from_dict({f: types[type] for f, type in written["types"].items()})
    context = rule_engine.Context(type_resolver=resolver, resolver=rule_engine.resolve_item)
    derived = [(fact, rule_engine.Rule(text, context=context).matches) for fact, text in written["derived"]]
    rules = [(rule, rule_engine.Rule(text, context=context).matches) for rule, text in written["rules"]]
    computed = compiled(written["python"], "computed")

    def evaluate(person: Any) -> tuple[str, ...]:
        facts = computed(person)
        for fact, matches in derived:
            facts[fact] = matches(facts)
        return tuple(rule for rule, matches in rules if matches(facts))

    return evaluate
