"""What an undecided recommendation waits for: the facts a person could state that would help decide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellfounded.advise.reading import undecided_parts, unknown_facts
from wellfounded.model.core import Definition, Formula, Recommending, Test, facts_in_term
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.arithmetic import Values

Definitions = Mapping[str, Definition]


def waits_for(rule: Recommending, definitions: Definitions, values: Values) -> set[str]:
    """The unstated facts inside the undecided parts of a rule's needs and of its target's formula."""
    bounds = (fact for _, bound in bounds_with_ends(rule) for fact in facts_in_term(bound.term))
    return set(stated_inputs((*_unknown_in(rule.test, values), *bounds), definitions, values))


def stated_inputs(facts: Iterable[str], definitions: Definitions, values: Values) -> Iterator[str]:
    """The facts a person could state that keep these unknown, reached through derived facts; each once."""
    waiting = [fact for fact in facts if values[fact] is None]
    seen: set[str] = set()
    for fact in waiting:  # grows while it is gone through
        if fact in seen:
            continue
        seen.add(fact)
        definition = definitions.get(fact)
        if definition is None:
            yield fact
        else:
            waiting += unknown_inputs(definition, values)


def unknown_inputs(definition: Definition, values: Values) -> Iterator[str]:
    """The unknown facts, derived ones too, that keep a derived fact unknown."""
    if isinstance(definition, Formula):
        yield from (fact for fact in facts_in_term(definition.result.term) if values[fact] is None)
    else:
        for branch in definition.branches:
            yield from _unknown_in(branch.test, values)


def _unknown_in(test: Test, values: Values) -> Iterator[str]:
    """The unknown facts in the parts of a test that keep it unknown."""
    for part in undecided_parts(test, values):
        yield from unknown_facts(part, values)
