"""What a recommendation sees of a person: whoever looks the same to it is told the same.

A recommendation looks at the facts in its rules and texts, and at nothing else. Of a number that is only
compared with others that are the same for everyone, it sees between which of those it lies. Of a derived fact
it sees as well which claims are passed on with it and which facts are waited for on its behalf. Two people of
whom all that is equal get one and the same recommendation, so it need be made for the first of them only.
While it is undecided it sees less: no texts, and no numbers for their own sake.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from wellfounded.advise.sources import Sources
from wellfounded.advise.waiting import unknown_inputs
from wellfounded.model.content import Content, FactType
from wellfounded.model.core import (
    Comparison,
    Constant,
    Core,
    Definition,
    Formula,
    OneOf,
    Recommending,
    Test,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.template import slots
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.arithmetic import Values

#: Takes what is seen of some facts out of what is seen of all.
Look: TypeAlias = Callable[[Mapping[str, Any]], Hashable]

Kept = TypeVar("Kept")

#: More than this is not kept; it is forgotten at once, and made anew when it is needed.
MOST_KEPT = 20_000


class Derived:
    """How a derived fact came about: one for all people of whom that is equal, and it equals no other.

    ``waits_for`` are the facts a person could state that keep it unknown.
    """

    __slots__ = ("claims", "waits_for")

    def __init__(self, claims: tuple[str, ...], waits_for: frozenset[str]) -> None:
        self.claims = claims
        self.waits_for = waits_for


class Sight:
    """Sees the people who are advised by one knowledge base in one language. Threads can share it."""

    def __init__(self, content: Content, core: Core, topics: Mapping[str, Iterable[Recommending]]) -> None:
        self.content = content
        self.core = core
        self.definitions = {definition.fact: definition for definition in core.definitions}
        borders = _borders(core)
        self.numbers = [
            (fact.id, among(fact.id), sorted(borders.get(fact.id, ())))
            for fact in content.facts.values()
            if fact.type is FactType.NUMBER
        ]
        self.derived = [(d, among(d.fact), look_at(_seen_by(d))) for d in core.definitions]
        self.given = {topic: look_at(self._seen_of(rules)) for topic, rules in topics.items()}
        self.undecided = {topic: look_at(_seen_while_undecided(rules)) for topic, rules in topics.items()}
        self._kept: dict[Hashable, Derived] = {}
        self._alike: dict[Hashable, Derived] = {}

    def of(self, values: Values, sources: Sources) -> Mapping[str, Any]:
        """What is seen of a person: of each fact the value, and of numbers also among which others it lies.

        Of a derived fact, either goes together with how it came about.
        """
        seen: dict[str, Any] = dict(values)
        for fact, place, borders in self.numbers:
            number: Any = values[fact]
            if number is not None:  # on a border is neither below nor above it
                number = bisect_left(borders, number) + bisect_right(borders, number)
            seen[place] = number
        came: dict[str, Derived] = {}
        for definition, place, look in self.derived:  # each uses only what comes before it
            fact = definition.fact
            roughly = seen.get(place, values[fact])
            key = (fact, roughly, fact in sources.stated, look(seen))
            known = self._kept.get(key)
            if known is None:
                waits_for = _waits_for(definition, values, came)
                known = keep(self._kept, key, self._alike_to(fact, roughly, sources.of_fact(fact), waits_for))
            sources.passed_on[fact] = known.claims
            came[fact] = known
            seen[fact], seen[place] = (values[fact], known), known
        return seen

    def _alike_to(
        self, fact: str, roughly: Hashable, claims: tuple[str, ...], waits_for: frozenset[str]
    ) -> Derived:
        """The one for all people of whom this fact is roughly, rests on and waits for the same."""
        key = (fact, roughly, claims, waits_for)
        known = self._alike.get(key)
        return known if known is not None else keep(self._alike, key, Derived(claims, waits_for))

    def _seen_of(self, rules: Iterable[Recommending]) -> Iterator[str]:
        """What the rules of a topic look at, and the facts that fill what they say."""
        for rule in rules:
            authored = self.content.rules[rule.rule]
            yield from _seen_in(rule.test)
            yield from (fact for _, bound in bounds_with_ends(rule) for fact in facts_in_term(bound.term))
            if rule.target is not None:
                yield rule.target.fact
            yield from self._shown_by(rule.rule)
            for row in self.core.tables.get(authored.table, ()):
                yield from (seen for test in (row.test, *row.remarks) if test for seen in _seen_in(test))
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
        yield fact
        found, waiting = {fact}, [fact]
        while waiting:
            definition = self.definitions.get(waiting.pop())
            if definition is None:
                continue
            yield from _seen_by(definition)
            if not isinstance(definition, Formula):
                yield from (shown for branch in definition.branches for shown in self._shown_by(branch.rule))
            used = set(_facts_in(definition)) - found
            waiting += used
            found |= used


def _waits_for(definition: Definition, values: Values, came: Mapping[str, Derived]) -> frozenset[str]:
    """The facts a person could state that keep a derived one unknown, by what it is derived from."""
    if values[definition.fact] is not None:
        return frozenset()
    unknown = set(unknown_inputs(definition, values))
    return frozenset().union(*(came[fact].waits_for if fact in came else (fact,) for fact in unknown))


def among(fact: str) -> str:
    """Under what is seen among which others a number lies."""
    return f"{fact} among others"


def look_at(names: Iterable[str]) -> Look:
    """Takes these out of what is seen. Of a number whose value is seen, it is no matter where that lies."""
    every = dict.fromkeys(names)
    exactly = {among(name) for name in every}
    wanted = [name for name in every if name not in exactly]
    return itemgetter(*wanted) if wanted else _nothing


def _nothing(_: Mapping[str, Any]) -> Hashable:
    return ()


def _seen_in(test: Test) -> Iterator[str]:
    """What the truth of a test, and what that rests on, depend on."""
    match test:
        case OneOf():
            yield test.fact
        case Comparison(bound=bound) if isinstance(bound.term, Constant):
            yield among(test.fact)
        case Comparison():
            yield from facts_in_test(test)
        case _:
            for member in test.members:
                yield from _seen_in(member)


def _seen_by(definition: Definition) -> Iterator[str]:
    """What a derived fact rests on, as far as it matters to how it comes about."""
    if isinstance(definition, Formula):
        yield from map(among, facts_in_term(definition.result.term))
    else:
        for branch in definition.branches:
            yield from _seen_in(branch.test)


def _seen_while_undecided(rules: Iterable[Recommending]) -> Iterator[str]:
    """What decides which facts the rules of a topic wait for."""
    for rule in rules:
        yield from _seen_in(rule.test)
        for _, bound in bounds_with_ends(rule):
            yield from map(among, facts_in_term(bound.term))


def _borders(core: Core) -> Mapping[str, set[float]]:
    """The numbers with which facts are compared, whoever they are of."""
    found: dict[str, set[float]] = {}
    definitions = (d for d in core.definitions if not isinstance(d, Formula))
    branches = (branch.test for definition in definitions for branch in definition.branches)
    rows = (row for rows in core.tables.values() for row in rows)
    remarks = (test for row in rows for test in (row.test, *row.remarks) if test is not None)
    for test in chain((rule.test for rule in core.recommending), branches, remarks):
        for single in _comparisons(test):
            if isinstance(single.bound.term, Constant):
                found.setdefault(single.fact, set()).add(single.bound.term.value)
    return found


def _comparisons(test: Test) -> Iterator[Comparison]:
    if isinstance(test, Comparison):
        yield test
    elif not isinstance(test, OneOf):
        for member in test.members:
            yield from _comparisons(member)


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
