"""What an undecided recommendation waits for: the facts a person could state that would help decide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellfounded.advise.reading import truth, undecided_parts, unknown_facts
from wellfounded.model.core import Definition, Formula, Recommending, Test, facts_in_term
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.arithmetic import Values

Definitions = Mapping[str, Definition]


def waits_for(rule: Recommending, definitions: Definitions, values: Values) -> set[str]:
    """The unstated facts inside the undecided parts of a rule's needs and of its target's formula."""
    found = set(_of_test(rule.test, definitions, values))
    for _, bound in bounds_with_ends(rule):
        found.update(stated_inputs(facts_in_term(bound.term), definitions, values))
    return found


def stated_inputs(facts: Iterable[str], definitions: Definitions, values: Values) -> Iterator[str]:
    """The facts a person could state that keep these unknown, reached through derived facts."""
    for fact in facts:
        if values[fact] is not None:
            continue
        definition = definitions.get(fact)
        if definition is None:
            yield fact
        elif isinstance(definition, Formula):
            yield from stated_inputs(facts_in_term(definition.result.term), definitions, values)
        else:
            for branch in definition.branches:
                yield from _of_test(branch.test, definitions, values)


def _of_test(test: Test, definitions: Definitions, values: Values) -> Iterator[str]:
    if truth(test, values) is None:
        for part in undecided_parts(test, values):
            yield from stated_inputs(unknown_facts(part, values), definitions, values)
