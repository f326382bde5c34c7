"""The part of a core that decides one topic, as a reasoner of its own: explanations ask it very often.

Stating a derived number puts its formula aside, which is the one way in which stating more can undo what was
so. In the part for a person who states such a number it is a fact like any other, without a formula: it is
known where it is stated, and else unknown. So whatever a part says stays so when more is stated.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wellfounded.advise.topics import ABSENT, UNDECIDED, Topics
from wellfounded.model.core import (
    Core,
    Definition,
    Formula,
    Recommending,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.errors import ConflictError
from wellfounded.model.valuation import Valuation, bounds_with_ends, layout_of
from wellfounded.model.values import Value
from wellfounded.reason.to_python import to_python

#: What becomes of a topic about which rules disagree.
CONFLICT = "conflict"


class Part:
    """What decides one topic, for people who state these derived numbers and no others."""

    def __init__(self, core: Core, topic: str, stated: Collection[str]) -> None:
        self.topic = topic
        rules = tuple(rule for rule in core.giving if rule.topic == topic)
        definitions = {d.fact: d for d in core.definitions if not _put_aside(d, stated)}
        reached = _reached(rules, definitions)
        self.core = Core(
            tuple(i for i in core.inputs if i.fact in reached),
            tuple(d for d in definitions.values() if d.fact in reached),
            rules,
        )
        self.facts = tuple(i.fact for i in self.core.inputs)
        self.value = to_python(self.core)
        self.topics = Topics(self.core)
        first = len(layout_of(self.core).facts)
        self.rules = slice(first, first + len(rules))

    def outcome(self, facts: Mapping[str, Value]) -> str:
        """What becomes of the topic: a verdict, ``undecided``, ``absent``, or ``conflict``."""
        try:
            valuation = self.value(facts)
            holding = valuation.row[self.rules]
            if True in holding:
                return self.topics.outcome(self.topic, valuation)
        except ConflictError:
            return CONFLICT
        return UNDECIDED if None in holding else ABSENT

    def computed(self, valuation: Valuation) -> tuple[str, ...]:
        """The numbers that are worked out here, and that somebody could state otherwise."""
        return tuple(
            d.fact
            for d in self.core.definitions
            if isinstance(d, Formula) and d.statable and valuation[d.fact] is not None
        )


def put_aside(core: Core, stated: Collection[str]) -> tuple[str, ...]:
    """The derived numbers whose formulas do not count for a person, since they are stated."""
    return tuple(d.fact for d in core.definitions if _put_aside(d, stated))


def _put_aside(definition: Definition, stated: Collection[str]) -> bool:
    return isinstance(definition, Formula) and definition.statable and definition.fact in stated


def _reached(rules: tuple[Recommending, ...], definitions: Mapping[str, Definition]) -> set[str]:
    """Every fact that rules look at, themselves or through derived facts."""
    waiting: list[str] = []
    for rule in rules:
        waiting += facts_in_test(rule.test)
        waiting += [fact for _, bound in bounds_with_ends(rule) for fact in facts_in_term(bound.term)]
        waiting += [] if rule.target is None else [rule.target.fact]
    reached: set[str] = set()
    while waiting:
        fact = waiting.pop()
        if fact not in reached:
            reached.add(fact)
            waiting += _looked_at(definitions[fact]) if fact in definitions else ()
    return reached


def _looked_at(definition: Definition) -> list[str]:
    if isinstance(definition, Formula):
        return list(facts_in_term(definition.result.term))
    return [fact for branch in definition.branches for fact in facts_in_test(branch.test)]
