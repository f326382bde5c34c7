"""What a recommendation sees of a person: whoever looks the same to it is told the same.

A recommendation looks at the facts in its rules and texts, and at nothing else. Of a derived fact it sees the
value, the claims that are passed on with it and the facts that are waited for on its behalf. Two people of
whom all that is equal get one and the same recommendation, so it need be made for the first of them only.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from wellfounded.advise.sources import Sources
from wellfounded.advise.waiting import stated_inputs
from wellfounded.model.content import Content
from wellfounded.model.core import Core, Definition, Formula, Recommending, facts_in_term, facts_in_test
from wellfounded.model.template import slots
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.model.values import Value
from wellfounded.reason.arithmetic import Values

#: Takes what is seen of some facts out of what is seen of all.
Look: TypeAlias = Callable[[Mapping[str, Any]], Hashable]

Kept = TypeVar("Kept")

#: More than this is not kept; it is forgotten at once, and made anew when it is needed.
MOST_KEPT = 20_000


class Derived:
    """A derived fact as it is seen: one for all people of whom it is equal, and it equals no other."""

    __slots__ = ("claims", "value")

    def __init__(self, value: Value | None, claims: tuple[str, ...]) -> None:
        self.value = value
        self.claims = claims


class Sight:
    """Sees the people who are advised by one knowledge base in one language. Threads can share it."""

    def __init__(self, content: Content, core: Core, topics: Mapping[str, Iterable[Recommending]]) -> None:
        self.content = content
        self.core = core
        self.definitions = {definition.fact: definition for definition in core.definitions}
        self.derived = [(d.fact, look_at(_facts_in(d))) for d in core.definitions]
        self.looks = {topic: look_at(self._facts_of(rules)) for topic, rules in topics.items()}
        self._kept: dict[Hashable, Derived] = {}
        self._alike: dict[Hashable, Derived] = {}

    def of(self, values: Values, sources: Sources) -> Mapping[str, Any]:
        """What is seen of a person: of each fact that is stated the value, else how it is derived."""
        seen: dict[str, Any] = dict(values)
        for fact, look in self.derived:
            key = (fact, values[fact], fact in sources.stated, look(seen))
            known = self._kept.get(key)
            if known is None:
                known = keep(self._kept, key, self._alike_to(fact, values, sources))
            sources.passed_on[fact] = known.claims
            seen[fact] = known
        return seen

    def _alike_to(self, fact: str, values: Values, sources: Sources) -> Derived:
        """The one for all people with whom this fact has the same value, claims and facts to wait for."""
        claims = sources.of_fact(fact)
        key = (fact, values[fact], claims, frozenset(stated_inputs([fact], self.definitions, values)))
        known = self._alike.get(key)
        return known if known is not None else keep(self._alike, key, Derived(values[fact], claims))

    def _facts_of(self, rules: Iterable[Recommending]) -> Iterator[str]:
        """The facts that the rules of a topic look at, and those that fill what they say."""
        for rule in rules:
            authored = self.content.rules[rule.rule]
            yield from facts_in_test(rule.test)
            yield from (fact for _, bound in bounds_with_ends(rule) for fact in facts_in_term(bound.term))
            if rule.target is not None:
                yield rule.target.fact
            yield from self._shown_by(rule.rule)
            for row in self.core.tables.get(authored.table, ()):
                yield from (fact for test in (row.test, *row.remarks) if test for fact in facts_in_test(test))
            if authored.causes_of:
                yield from self._behind(authored.causes_of)

    def _shown_by(self, rule: str) -> Iterator[str]:
        """The facts whose values stand in the texts of a rule."""
        authored = self.content.rules[rule]
        for text in (authored.title, *authored.says.values()):
            for wording in text.values():
                yield from (slot.name for slot in slots(wording) if slot.name in self.content.facts)

    def _behind(self, fact: str) -> Iterator[str]:
        """A derived fact and all that it rests on, with what the rules in between show."""
        found, waiting = {fact}, [fact]
        while waiting:
            definition = self.definitions.get(waiting.pop())
            used = set() if definition is None else set(_facts_in(definition))
            if definition is not None and not isinstance(definition, Formula):
                used |= {shown for branch in definition.branches for shown in self._shown_by(branch.rule)}
            waiting += used - found
            found |= used
        yield from found


def look_at(facts: Iterable[str]) -> Look:
    """Takes these facts out of what is seen."""
    names = tuple(dict.fromkeys(facts))
    return itemgetter(*names) if names else _nothing


def _nothing(_: Mapping[str, Any]) -> Hashable:
    return ()


def _facts_in(definition: Definition) -> Iterator[str]:
    if isinstance(definition, Formula):
        yield from facts_in_term(definition.result.term)
    else:
        for branch in definition.branches:
            yield from facts_in_test(branch.test)


def keep(kept: dict[Hashable, Kept], key: Hashable, item: Kept) -> Kept:
    """What is kept under a key from now on; two threads that make it get one and the same."""
    if len(kept) >= MOST_KEPT:
        kept.clear()
    return kept.setdefault(key, item)
