"""Advice, facts and valuation → the chain behind that advice, or behind the recommendations asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wellfounded.advise.advisor import Advisor
from wellfounded.advise.edition import Edition
from wellfounded.advise.policy import EVERYTHING, EvidencePolicy
from wellfounded.explain.chain import Absent, Chain, GivenRecommendation, Node, State, Trail
from wellfounded.explain.trace import Tracer
from wellfounded.explain.wording import Nodes
from wellfounded.explain.words import words
from wellfounded.model.advice import Advice, Recommendation
from wellfounded.model.errors import RecommendationError
from wellfounded.model.frozen import frozen
from wellfounded.model.suggest import suggestion
from wellfounded.model.valuation import Valuation
from wellfounded.reason.arithmetic import Values


def chain(
    advisor: Advisor,
    stated: Values,
    valuation: Valuation,
    policy: EvidencePolicy = EVERYTHING,
    wanted: Sequence[str] = (),
) -> Chain:
    """The chain behind a person's advice, of the recommendations in ``wanted`` if there are any.

    Raises ``RecommendationError`` for one that the knowledge base does not have, and ``ConflictError`` where
    two rules disagree.
    """
    edition = advisor.edition
    rules = {rule.topic: rule.rule for rule in reversed(edition.core.recommending)}
    for id in wanted:
        if id not in rules:
            raise RecommendationError(f"there is no recommendation `{id}`; {suggestion(id, rules)}")
    advice = advisor.advise(stated, valuation, policy)
    tracer = Tracer(edition, stated, valuation)
    given = [item.id for item in advice.recommendations if not wanted or item.id in wanted]
    trails = tuple(tracer.trail(id) for id in given)
    nodes = Nodes(edition, valuation.values, stated, tracer.holds)
    return Chain(
        knowledge_base=advice.knowledge_base,
        engine=advice.engine,
        language=advice.language,
        title=advice.title,
        notice=advice.notice,
        nodes=frozen(_nodes(advice, trails, nodes)),
        trails=trails,
        absent=tuple(_absent({id: edition.titles[rules[id]] for id in wanted}, advice, edition)),
        left_out=tuple(item for item in advice.left_out if not wanted),
    )


def _nodes(advice: Advice, trails: Iterable[Trail], nodes: Nodes) -> Iterator[tuple[str, Node]]:
    given = {f"recommendation:{item.id}": item for item in advice.recommendations}
    for id in dict.fromkeys(id for trail in trails for id in trail.nodes):
        if id not in given:
            yield id, nodes.node(id)
            continue
        yield id, given_node(given[id])


def given_node(item: Recommendation) -> GivenRecommendation:
    """The node of a recommendation that is given."""
    return GivenRecommendation(
        item.id, item.title, item.verdict, item.text, item.support, item.target, item.current, item.status
    )


def _absent(wanted: Mapping[str, str], advice: Advice, edition: Edition) -> Iterator[Absent]:
    """What was asked for, by its title, and is not given, with the reason."""
    given = {item.id for item in advice.recommendations}
    undecided = {item.id: item for item in advice.undecided}
    left_out = {item.id: item.reason for item in advice.left_out}
    said = words(advice.language)
    for id, title in wanted.items():
        if id in undecided:
            facts = [edition.wording.plain(edition.content.facts[f].label) for f in undecided[id].waits_for]
            reason = said["absent_undecided"].format(facts=", ".join(facts))
            yield Absent(id, title, State.UNDECIDED, reason)
        elif id in left_out:
            reason = said["absent_left-out"].format(reason=left_out[id])
            yield Absent(id, title, State.LEFT_OUT, reason)
        elif id not in given:
            yield Absent(id, title, State.NOT_GIVEN, said["absent_not-given"])
