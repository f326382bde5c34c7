"""Straight-line Python as one would write it: two-valued, each rule an expression, rounding the same.

It gives what our default reasoner gives, a row of all facts and of whether each rule holds.
"""

from __future__ import annotations

from itertools import compress
from typing import Any

from tests.performance.peers.plain import Dialect, Evaluate, Plain, compiled, rounded

PACKAGE = ""


def source(rules: Plain) -> Any:
    python = Dialect()
    lines = [f"{fact} = facts[{fact!r}]" for fact in rules.inputs]
    lines += [f"{fact} = {rounded(result)}" for fact, result in rules.computed]
    lines += [f"{fact} = {python.test(test)}" for fact, test in rules.derived]
    names = [*rules.inputs, *(fact for fact, _ in (*rules.computed, *rules.derived))]
    row = [*names, *(python.test(test) for _, test in rules.rules)]
    lines.append(f"return ({', '.join(row)},)")
    body = "\n    ".join(lines)
    rule_ids = [rule for rule, _ in rules.rules]
    return {"python": f"def advise(facts):\n    {body}\n", "facts": len(names), "rules": rule_ids}


def prepare(written: Any) -> Evaluate:
    advise, facts, rules = compiled(written["python"], "advise"), written["facts"], tuple(written["rules"])

    def evaluate(person: Any) -> tuple[str, ...]:
        return tuple(compress(rules, advise(person)[facts:]))

    return evaluate


def prepare_row(written: Any) -> Any:
    """The function itself, whose answer is the row."""
    return compiled(written["python"], "advise")
