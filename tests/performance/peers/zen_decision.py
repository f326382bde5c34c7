"""GoRules ZEN: a decision with one node of expressions, from a static loader, which compiles it once.

A decision made with ``create_decision`` takes longer, compiled beforehand or not, and so does handing facts
over as JSON.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.performance.peers.plain import Dialect, Evaluate, Plain, compiled, with_computed
from tests.performance.peers.zen_expression import recommended

PACKAGE = "zen-engine"


def source(rules: Plain) -> Any:
    derived = frozenset(fact for fact, _ in rules.derived)
    zen = Dialect(true="true", false="false", among="[{}]", earlier=derived)
    expressions = [(fact, zen.test(test)) for fact, test in rules.derived]
    expressions.append(("recommended", recommended(rules, zen)))
    content = [{"id": key, "key": key, "value": value} for key, value in expressions]
    nodes = [
        _node("input", "inputNode", {}),
        _node("rules", "expressionNode", {"content": {"expressions": content}}),
        _node("output", "outputNode", {}),
    ]
    edges = [
        {"id": f"{one['id']}-{other['id']}", "type": "edge", "sourceId": one["id"], "targetId": other["id"]}
        for one, other in pairwise(nodes)
    ]
    decision = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    return {"python": with_computed(rules), "decision": decision}


def _node(id: str, type: str, rest: dict[str, Any]) -> dict[str, Any]:
    return {"id": id, "name": id, "type": type, "position": {"x": 0, "y": 0}, **rest}


def prepare(written: Any) -> Evaluate:
    import zen  # type: ignore[import-not-found]  # noqa: PLC0415  # a peer's package, in its process only

    loader = {"type": "static", "content": {"rules": written["decision"]}}
    ask, computed = zen.ZenEngine({"loader": loader}).evaluate, compiled(written["python"], "computed")

    def evaluate(person: Any) -> tuple[str, ...]:
        return tuple(ask("rules", computed(person))["result"]["recommended"])

    return evaluate
