"""Which derived fact rests on which other facts, and an order in which each comes after those it uses."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from wellfounded.model.content import Content, Fact, Lifecycle
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
    """For every fact the facts it is derived from, in author's order; none for a stated one.

    Drafts count, since they are to become active; retired rules do not.
    """
    uses: dict[str, list[str]] = {id: list(_in_formula(fact)) for id, fact in content.facts.items()}
    for rule in content.rules.values():
        fact = content.facts.get(rule.conclude.fact) if rule.conclude is not None else None
        if fact is not None and fact.derived and rule.status is not Lifecycle.RETIRED:
            uses[fact.id].extend(facts_of_condition(rule.when))
    return {
        id: tuple(name for name in dict.fromkeys(names) if name in content.facts)
        for id, names in uses.items()
    }


def _in_formula(fact: Fact) -> tuple[str, ...]:
    return () if fact.formula is None else tuple(name.name for name in names_in(fact.formula))


def in_dependency_order(content: Content) -> tuple[str, ...]:
    """Every fact after those it uses. Raises ``graphlib.CycleError`` if there is a cycle."""
    return tuple(TopologicalSorter(dependencies(content)).static_order())


def find_cycles(content: Content) -> Iterator[tuple[str, ...]]:
    """Cycles that share no fact: each fact rests on the next, and the first is repeated at the end."""
    uses = dependencies(content)
    while True:
        try:
            TopologicalSorter(uses).prepare()
        except CycleError as error:
            cycle = tuple(reversed(error.args[1]))
            yield cycle
            uses = {id: others for id, others in uses.items() if id not in cycle}
        else:
            return
