"""Which derived fact rests on which other facts, and an order in which each comes after those it uses."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from wellfounded.model.content import Content, Fact
from wellfounded.model.expression import Compares, Condition, names_in, tests_in


def facts_of_condition(condition: Condition) -> list[str]:
    """Every fact or parameter a condition names, in the order written, each once."""
    names: list[str] = []
    for test in tests_in(condition):
        names.append(test.fact)
        if isinstance(test, Compares):
            names.extend(name.name for name in names_in(test.operand))
    return list(dict.fromkeys(names))


def dependencies(content: Content) -> dict[str, tuple[str, ...]]:
    """For every fact the facts it is derived from, in author's order; none for a stated one."""
    uses: dict[str, list[str]] = {id: list(_in_formula(fact)) for id, fact in content.facts.items()}
    for rule in content.rules.values():
        if rule.conclude is not None and rule.conclude.fact in uses:
            uses[rule.conclude.fact].extend(facts_of_condition(rule.when))
    return {
        id: tuple(name for name in dict.fromkeys(names) if name in content.facts)
        for id, names in uses.items()
    }


def _in_formula(fact: Fact) -> tuple[str, ...]:
    return () if fact.formula is None else tuple(name.name for name in names_in(fact.formula))


def in_dependency_order(content: Content) -> tuple[str, ...]:
    """Every fact after those it uses. Raises ``graphlib.CycleError`` if there is a cycle."""
    return tuple(TopologicalSorter(dependencies(content)).static_order())


def find_cycle(content: Content) -> tuple[str, ...]:
    """The facts of one cycle, each resting on the next, the first repeated at the end; empty if none."""
    try:
        in_dependency_order(content)
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()
