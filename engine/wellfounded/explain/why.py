"""Advice, facts and valuation → why one recommendation is given, is not given or is undecided.

What fixes an outcome is looked for with the part of the core that decides the topic (``explain/part.py``);
the way from those facts to the outcome is then traced as any chain is, as if only they were stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellfounded.advise.advisor import Advisor
from wellfounded.advise.edition import Edition
from wellfounded.advise.policy import EvidencePolicy
from wellfounded.advise.reading import deciding, truth
from wellfounded.advise.waiting import stated_inputs
from wellfounded.explain.build import given_node
from wellfounded.explain.chain import Node, State, StatedFact, WithheldRecommendation
from wellfounded.explain.explanation import Explanation, Fulfilled, MissingFact
from wellfounded.explain.part import Part
from wellfounded.explain.parts import Parts
from wellfounded.explain.sentences import sentences
from wellfounded.explain.smallest import smallest
from wellfounded.explain.trace import Tracer
from wellfounded.explain.wording import Nodes, asked, worded
from wellfounded.model.advice import Recommendation, Undecided
from wellfounded.model.content import Verdict
from wellfounded.model.core import All, Comparison, Core, OneOf, Recommending, Test
from wellfounded.model.errors import RecommendationError
from wellfounded.model.frozen import frozen
from wellfounded.model.suggest import suggestion
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import Value
from wellfounded.reason.arithmetic import Values, number_of


def refuse_unknown(topic: str, core: Core) -> None:
    """Raises ``RecommendationError`` for a recommendation that a knowledge base does not have."""
    topics = dict.fromkeys(rule.topic for rule in core.recommending)
    if not isinstance(topic, str) or topic not in topics:
        known = suggestion(str(topic), topics)
        raise RecommendationError(f"there is no recommendation `{str(topic)[:60]}`; {known}")


def explain(
    advisor: Advisor,
    parts: Parts,
    stated: Mapping[str, Value],
    valuation: Valuation,
    policy: EvidencePolicy,
    topic: str,
) -> Explanation:
    """Why a recommendation is as it is for a person.

    Raises ``RecommendationError`` for one that there is not, and ``ConflictError`` where two rules disagree.
    """
    refuse_unknown(topic, advisor.core)
    advice = advisor.advise(stated, valuation)
    given = next((item for item in advice.recommendations if item.id == topic), None)
    waiting = next((item for item in advice.undecided if item.id == topic), None)
    withheld = next((item.reason for item in advice.left_out if item.id == topic), "")
    if given is not None and not policy.gives(given) and not advisor.content.rules[given.rule].first:
        withheld = policy.left_out(given, advisor.language).reason
    part, edition = parts.of(topic, stated, advisor.language)
    state = State.LEFT_OUT if withheld else _state(given, waiting)
    teller = _Teller(part, edition, stated, given)
    found = Explanation(
        knowledge_base=advice.knowledge_base,
        engine=advice.engine,
        language=advice.language,
        recommendation=topic,
        title=advisor.edition.titles[given.rule if given else _first(advisor.core, topic).rule],
        state=state,
        sentences=(),
        verdict=None if given is None else given.verdict,
        reason=withheld,
    )
    told = teller.undecided(found, waiting) if waiting is not None else teller.fixed(found)
    return told.having(sentences=sentences(told, edition))


def _first(core: Core, topic: str) -> Recommending:
    """The first rule of a topic, in force or not: a topic that is not given is called as it is."""
    return next(rule for rule in core.recommending if rule.topic == topic)


def _state(given: Recommendation | None, waiting: Undecided | None) -> State:
    if given is not None:
        return State.GIVEN
    return State.NOT_GIVEN if waiting is None else State.UNDECIDED


class _Teller:
    """Fills in the explanation of one topic for one person."""

    def __init__(
        self, part: Part, edition: Edition, stated: Mapping[str, Value], given: Recommendation | None
    ) -> None:
        self.part = part
        self.edition = edition
        self.content = edition.content
        self.stated = {fact: stated[fact] for fact in part.facts if fact in stated}
        self.given = given

    def fixed(self, found: Explanation) -> Explanation:
        """With the smallest set of facts that fixes the outcome, and the way from there."""
        if not self.part.core.recommending:
            return found
        facts = self._smallest(tuple(self.stated))
        only = self._only(facts)
        valuation = self.part.value(only)
        tracer = Tracer(self.edition, only, valuation)
        trail = tracer.trail(self.part.topic)
        nodes = Nodes(self.edition, valuation.values, only, tracer.holds)
        made = frozen((id, self._node(id, nodes, found.title)) for id in trail.nodes)
        return found.having(
            facts=tuple(self._stated_fact(nodes, fact) for fact in facts),
            also=tuple(self._also(facts)) if self.given is None else (),
            unless_stated=self.part.computed(valuation),
            sharpened_by=self._sharpened_by(valuation.values),
            nodes=made,
            edges=trail.edges,
        )

    def _smallest(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        """The smallest set of these facts that fixes the outcome."""
        outcome = self.part.outcome(self.stated)
        return smallest(facts, lambda some: self.part.outcome(self._only(some)) == outcome)

    def _also(self, found: tuple[str, ...]) -> Iterator[tuple[StatedFact, ...]]:
        """Further sets that fix the outcome, none of which has a fact of another."""
        outcome, nodes = self.part.outcome(self.stated), Nodes(self.edition, self.stated, self.stated, bool)
        rest = tuple(fact for fact in self.stated if fact not in found)
        while found and self.part.outcome(self._only(rest)) == outcome:
            found = self._smallest(rest)
            rest = tuple(fact for fact in rest if fact not in found)
            if found:
                yield tuple(self._stated_fact(nodes, fact) for fact in found)

    def _only(self, facts: Iterable[str]) -> Mapping[str, Value]:
        kept = frozenset(facts)
        return {fact: value for fact, value in self.stated.items() if fact in kept}

    def _node(self, id: str, nodes: Nodes, title: str) -> Node:
        if id != f"recommendation:{self.part.topic}":
            return nodes.node(id)
        if self.given is None:
            return WithheldRecommendation(self.part.topic, title)
        return given_node(self.given)

    def _stated_fact(self, nodes: Nodes, fact: str) -> StatedFact:
        node = nodes.node(f"fact:{fact}")
        assert isinstance(node, StatedFact)
        return node

    def _sharpened_by(self, values: Values) -> tuple[str, ...]:
        """The unstated facts that would say whether what a target is on meets it."""
        if self.given is None or self.given.verdict is not Verdict.MEET:
            return ()
        rules = {rule.rule: rule for rule in self.part.core.recommending}
        target = rules[self.given.rule].target
        assert target is not None
        return self._in_order(stated_inputs([target.fact], self.edition.definitions, values))

    def _in_order(self, facts: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(facts), key=self.edition.place.__getitem__))

    def undecided(self, found: Explanation, waiting: Undecided) -> Explanation:
        """With what is missing, and what is fulfilled already."""
        return found.having(
            waits_for=tuple(self._missing(fact) for fact in waiting.waits_for),
            fulfilled=tuple(dict.fromkeys(self._fulfilled())),
        )

    def _missing(self, fact: str) -> MissingFact:
        question, help = self.edition.questions[fact]
        return MissingFact(fact, self._label(fact), question, help)

    def _label(self, fact: str) -> str:
        return self.edition.wording.plain(self.content.facts[fact].label)

    def _fulfilled(self) -> Iterator[Fulfilled]:
        valuation = self.part.value(self.stated)
        values, wording = valuation.values, self.edition.wording
        for rule in self.part.core.recommending:
            if valuation.holds(rule.rule) is None:
                for test in _so_already(rule.test, values):
                    value = values[test.fact]
                    assert value is not None
                    bound = number_of(test.bound, values) if isinstance(test, Comparison) else None
                    says = worded(self.content.facts[test.fact], value, wording, (bound,))
                    yield Fulfilled(test.fact, self._label(test.fact), asked(test, wording, values), says)


def _so_already(test: Test, values: Values) -> Iterator[OneOf | Comparison]:
    """The single tests that are true, where all of several are asked for and some are unknown."""
    if truth(test, values):
        yield from deciding(test, values)
    elif isinstance(test, All):
        for member in test.members:
            yield from _so_already(member, values)
