"""The expression language of GoRules ZEN by itself: all rules as one compiled expression, without a decision.

That leaves out the rule engine, its tables and its graph, and is the fastest that ZEN does for few rules.
"""

from __future__ import annotations

from typing import Any

from tests.performance.peers.plain import Dialect, Evaluate, Plain, compiled, with_computed

PACKAGE = "zen-engine"
ZEN = Dialect(true="true", false="false", among="[{}]")


def source(rules: Plain) -> Any:
    derived = "".join(f"{fact} = {ZEN.test(test)};\n" for fact, test in rules.derived)
    return {"python": with_computed(rules), "zen": f"{derived}{recommended(rules, ZEN)}"}


def recommended(rules: Plain, zen: Dialect) -> str:
    """The expression that lists the rules that hold."""
    each = ",\n".join(f"{zen.test(test)} ? '{rule}' : null" for rule, test in rules.rules)
    return f"filter([{each}], # != null)"


def prepare(written: Any) -> Evaluate:
    import zen  # type: ignore[import-not-found]  # noqa: PLC0415  # a peer's package, in its process only

    computed, ask = compiled(written["python"], "computed"), zen.compile_expression(written["zen"]).evaluate

    def evaluate(person: Any) -> tuple[str, ...]:
        return tuple(ask(computed(person)))

    return evaluate
