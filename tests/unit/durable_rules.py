"""durable-rules with nothing around it, and small knowledge bases for the reasoner that runs on it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import pytest

from wellfounded import KnowledgeBase

#: Makes a knowledge base of the facts below and what is given.
Ours = Callable[[str], KnowledgeBase]
FACTS = """
facts:
  n: {type: number, span: [0, 1000], step: 1, label: {en: "n"}, question: {en: "n?"}}
  m: {type: number, span: [0, 1000], step: 1, label: {en: "m"}, question: {en: "m?"}}
  a: {type: boolean, label: {en: "a"}, question: {en: "a?"}}
  b: {type: boolean, label: {en: "b"}, question: {en: "b?"}}
  kind: {type: choice, choices: {x: {en: "x"}, y: {en: "y"}}, label: {en: "kind"}, question: {en: "Which?"}}
"""
#: The rest of a rule that says what to do, and of one that concludes something.
DO = 'title: {en: "t"}, advise: do, says: {en: "s"}, because: [so]'
SO = 'title: {en: "t"}, because: [so]'

#: A yes/no that two rules conclude, and another that rests on it.
CHAIN = f"""
facts:
  c: {{type: boolean, derived: true, label: {{en: "c"}}}}
  d: {{type: boolean, derived: true, label: {{en: "d"}}}}
rules:
  - {{id: one, when: {{a: true}}, conclude: {{c: true}}, {SO}}}
  - {{id: other, when: {{b: true}}, conclude: {{c: true}}, {SO}}}
  - {{id: further, when: {{c: true, n: 1}}, conclude: {{d: true}}, {SO}}}
  - {{id: r, when: {{d: true}}, {DO}}}
"""

#: With this, what a C library was given and did not fill holds rubbish, as it may at any time. glibc only.
RUBBISH: dict[str, Any] = {"MALLOC_PERTURB_": "170"}
crashes = pytest.mark.skipif(
    sys.platform != "linux", reason="memory can only be filled with rubbish on Linux"
)

_numbers = count(1)


class Raw:
    """A ruleset of durable-rules and nothing around it, but for its dispatcher threads."""

    def __init__(self, **rules: list[dict[str, Any]]) -> None:
        from durable.engine import Host  # noqa: PLC0415  # an extra

        class Quiet(Host):  # type: ignore[misc]  # durable-rules has no types
            def _run(self) -> None:
                pass

        self.host = Quiet()
        self.fired: list[str] = []
        self.load({rule: self.rule(rule, when) for rule, when in rules.items()})

    def load(self, rules: dict[str, Any]) -> None:
        """Have these rules instead, written as the package wants them."""
        self.name = f"raw{next(_numbers)}"
        self.host.set_rulesets({self.name: rules})

    def rule(self, name: str, when: list[dict[str, Any]]) -> dict[str, Any]:
        return {"all": when, "run": lambda context: self.fired.append(name)}

    def tell(self, **message: Any) -> list[str]:
        """Assert a fact; gives the names of the rules that have fired so far."""
        self.host.assert_fact(self.name, {"sid": "1", **message})
        return self.fired


def held(knowledge_base: KnowledgeBase, **facts: Any) -> Mapping[str, Any]:
    """What the reasoner finds of every rule that recommends; it has to be what the plain one finds."""
    valuation = knowledge_base.reason(facts, "rete")
    assert valuation == knowledge_base.reason(facts)
    return {rule: outcome.holds for rule, outcome in valuation.outcomes.items()}


def yes_no_facts(count: int) -> str:
    """So many more facts: ``f0``, ``f1`` and so on."""
    lines = [f'  f{i}: {{type: boolean, label: {{en: "f"}}, question: {{en: "f?"}}}}' for i in range(count)]
    return "\n".join(["facts:", *lines, ""])


def alone(program: str, *arguments: str, seconds: float = 30, **environment: Any) -> Any:
    """What becomes of a program in a process of its own; ``None`` if it had to be ended."""
    try:
        return subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program), *arguments],
            cwd=tempfile.gettempdir(),
            env={**os.environ, **environment},
            timeout=seconds,
            capture_output=True,
            text=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def raw_alone(program: str, seconds: float = 30, **environment: Any) -> Any:
    """The same for a program that uses the package itself: it finds a ``host`` and something to ``run``."""
    return alone(_QUIET + textwrap.dedent(program), seconds=seconds, **environment)


_QUIET = """
from durable.engine import Host, MessageNotHandledException
class Quiet(Host):
    def _run(self): pass
host = Quiet()
fired = []
def run(context): fired.append(1)
"""
