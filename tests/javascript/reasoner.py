"""The core in JavaScript as one more reasoner, which runs the cases and comparisons of all the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.javascript.node import node
from wellfounded import ConflictError, Valuation
from wellfounded.interfaces.javascript.module import runtime
from wellfounded.model.core import Core
from wellfounded.model.valuation import layout_of
from wellfounded.model.values import Value
from wellfounded.reason.to_javascript import to_javascript
from wellfounded.reason.to_python import Reasoner

Facts = Mapping[str, Value]


def in_node(core: Core) -> Reasoner:
    """Values checked facts under Node. Raises ``ReasonerError`` where there is none."""
    value = many_in_node(core)

    def reasoner(facts: Facts) -> Valuation:
        [found] = value([facts])
        if isinstance(found, ConflictError):
            raise found
        return found

    return reasoner


def many_in_node(core: Core) -> Callable[[list[Facts]], list[Valuation | ConflictError]]:
    """Values people by the list: most of the time for one goes into asking."""
    layout = layout_of(core)
    source = f"{runtime(['errors', 'numbers'])}\n{to_javascript(core).source}\nexport {{ reason }};\n"
    running = node()

    def found(answer: Mapping[str, Any]) -> Valuation | ConflictError:
        if "error" in answer:
            assert answer["error"] == "ConflictError", answer
            return ConflictError(answer["about"], tuple(answer["rules"]))
        values = (as_python(answer["values"][fact]) for fact in layout.facts)
        holds = (answer["rules"][rule]["holds"] for rule in layout.rules)
        bounds = (as_python(answer["rules"][rule][end]) for rule, end in layout.bounds)
        return Valuation(layout, (*values, *holds, *bounds))

    return lambda people: [found(json.loads(answer)) for answer in running.ask(source, people, "reason")]


def as_python(value: Any) -> Any:
    """A number as a double: JSON does not say that it is one."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
