"""What leads to what, for one person: read off core and valuation, edge by edge, back from a recommendation.

``Tracer.into`` knows what leads directly into a node; a trail is all that is reached by asking again and
again. Only what the outcome rests on for this person is followed, as ``advise.reading.deciding`` says: of a
true *any* the members that hold, of a false *all* those that do not. A stated fact ends the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wellfounded.advise.edition import Edition
from wellfounded.advise.reading import deciding, truth
from wellfounded.advise.sources import Sources
from wellfounded.explain.chain import Edge, Meaning, Tested, Trail, kind_of, name_of
from wellfounded.explain.wording import asked
from wellfounded.lower.to_core import shown_parameters
from wellfounded.model.advice import Via
from wellfounded.model.core import Branch, Comparison, Formula, Recommending, Rounded, Test, facts_in_term
from wellfounded.model.valuation import Valuation, bounds_with_ends
from wellfounded.reason.arithmetic import Values


class Tracer:
    """Knows what leads into each node for one valuation."""

    def __init__(self, edition: Edition, stated: Values, valuation: Valuation) -> None:
        self.edition = edition
        self.content = edition.content
        self.values = valuation.values
        self.valuation = valuation
        self.sources = Sources(edition.definitions, self.values, stated)
        self.recommending = {rule.rule: rule for rule in edition.core.recommending}
        self.concluding: dict[str, Branch] = {
            branch.rule: branch
            for definition in edition.core.definitions
            if not isinstance(definition, Formula)
            for branch in definition.branches
        }

    def trail(self, topic: str) -> Trail:
        """All that a recommendation rests on: one that is given, or why one that is not is not."""
        edges: dict[Edge, None] = {}
        waiting = [f"recommendation:{topic}"]
        seen = set(waiting)
        for node in waiting:  # grows while it is gone through
            for edge in self.into(node):
                edges[edge] = None
                if edge.start not in seen:
                    seen.add(edge.start)
                    waiting.append(edge.start)
        return Trail(topic, tuple(_with_ways(tuple(edges))))

    def into(self, node: str) -> Iterator[Edge]:
        """The edges that lead directly into a node."""
        name = name_of(node)
        match kind_of(node):
            case "recommendation":
                yield from self._into_recommendation(name, node)
            case "rule" if name in self.recommending:
                yield from self._into_recommending(self.recommending[name], node)
            case "rule":
                yield from self._into_concluding(self.concluding[name], node)
            case "fact":
                yield from self._into_fact(name, node)
            case "parameter":
                yield Edge(f"claim:{self.content.parameters[name].claim}", Meaning.BACKS, node)
            case "claim":
                for cite in self.content.claims[name].cites:
                    reference = f"reference:{cite.reference}"
                    yield Edge(reference, Meaning.CITED_BY, node, (), cite.support, cite.locator)

    def holds(self, rule: str) -> bool:
        """Whether a rule on a trail holds; what one that does not leaves a fact at is part of a trail too."""
        if rule in self.recommending:
            return bool(self.valuation.holds(rule))
        return bool(truth(self.concluding[rule].test, self.values))

    def _into_recommendation(self, topic: str, node: str) -> Iterator[Edge]:
        """The rules that give a recommendation, or where none does, all that do not."""
        rules = self.edition.topics[topic]
        holding = [rule for rule in rules if self.valuation.holds(rule.rule)]
        meaning = Meaning.GIVES if holding else Meaning.DOES_NOT_GIVE
        yield from (Edge(f"rule:{rule.rule}", meaning, node) for rule in holding or rules)

    def _into_recommending(self, rule: Recommending, node: str) -> Iterator[Edge]:
        if not self.valuation.holds(rule.rule):
            # The claims of what it would say do not stand in its way.
            yield from self._tested(rule.test, node)
            yield from self._numbers(rule.test, (), node)
            return
        bounds = [bound for _, bound in bounds_with_ends(rule)]
        yield from self._tested(rule.test, node)
        if rule.target is not None and self.values[rule.target.fact] is not None:
            yield Edge(f"fact:{rule.target.fact}", Meaning.SET_AGAINST_TARGET_OF, node)
        numbers = list(self._numbers(rule.test, bounds, node))
        yield from numbers
        used = {edge.start for edge in numbers}
        for parameter in shown_parameters(self.content.rules[rule.rule], self.content):
            if f"parameter:{parameter.id}" not in used:
                yield Edge(f"parameter:{parameter.id}", Meaning.SHOWN_BY, node)
        yield from _backed(rule.claims, node)

    def _into_concluding(self, branch: Branch, node: str) -> Iterator[Edge]:
        yield from self._tested(branch.test, node)
        yield from self._numbers(branch.test, (), node)
        yield from _backed(branch.claims, node)

    def _into_fact(self, fact: str, node: str) -> Iterator[Edge]:
        definition = self.edition.definitions.get(fact)
        if definition is None or fact in self.sources.stated:
            return
        if isinstance(definition, Formula):
            yield from _used(definition.result, node)
            return
        for branch in self.sources.deciding_branches(definition.branches, fact):
            meaning = Meaning.CONCLUDES if self.holds(branch.rule) else Meaning.DOES_NOT_CONCLUDE
            yield Edge(f"rule:{branch.rule}", meaning, node)

    def _tested(self, test: Test, node: str) -> Iterator[Edge]:
        """One edge for each fact that decides a test, with all that is asked of it."""
        tests: dict[str, list[Tested]] = {}
        for single in deciding(test, self.values):
            says = asked(single, self.edition.wording, self.values)
            tests.setdefault(single.fact, []).append(Tested(says, bool(truth(single, self.values))))
        for fact, found in tests.items():
            yield Edge(f"fact:{fact}", Meaning.TESTED_BY, node, tuple(dict.fromkeys(found)))

    def _numbers(self, test: Test, bounds: Iterable[Rounded], node: str) -> Iterator[Edge]:
        """The facts and parameters whose numbers a rule compares with, or makes its target of."""
        compared = (single for single in deciding(test, self.values) if isinstance(single, Comparison))
        results = (*(single.bound for single in compared), *bounds)
        yield from dict.fromkeys(edge for result in results for edge in _used(result, node))


def _used(result: Rounded, node: str) -> Iterator[Edge]:
    for fact in facts_in_term(result.term):
        yield Edge(f"fact:{fact}", Meaning.NUMBER_FOR, node)
    for parameter in result.parameters:
        yield Edge(f"parameter:{parameter}", Meaning.NUMBER_FOR, node)


def _backed(claims: Iterable[str], node: str) -> Iterator[Edge]:
    yield from (Edge(f"claim:{claim}", Meaning.BACKS, node) for claim in claims)


def _with_ways(edges: tuple[Edge, ...]) -> Iterator[Edge]:
    """The edges, those from claims and references with the strongest way the claim comes.

    A claim comes by a rule that gives the recommendation, by a number of such a rule, or further back.
    """
    giving = {edge.start for edge in edges if edge.meaning in (Meaning.GIVES, Meaning.DOES_NOT_GIVE)}
    numbers = {edge.start for edge in edges if edge.end in giving and kind_of(edge.start) == "parameter"}
    ways: dict[str, Via] = {}
    for via, ends in ((Via.RULE, giving), (Via.PARAMETER, numbers), (Via.CHAIN, None)):
        for edge in edges:
            if edge.meaning is Meaning.BACKS and (ends is None or edge.end in ends):
                ways.setdefault(edge.start, via)
    for edge in edges:
        claim = edge.end if edge.meaning is Meaning.CITED_BY else edge.start
        yield replace(edge, via=ways[claim]) if claim in ways else edge
