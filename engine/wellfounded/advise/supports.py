"""How much support stands behind what holds, without the sources themselves: for sessions and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wellfounded.advise.policy import EvidencePolicy
from wellfounded.advise.reading import truth
from wellfounded.advise.sources import Grounds, grounds_of_rule
from wellfounded.model.content import STRENGTH, Content, Support, counts_as_support, strongest
from wellfounded.model.core import All, Any, Comparison, Core, OneOf, Recommending, Test
from wellfounded.model.frozen import frozen
from wellfounded.model.required import RequiredSupport, SupportCase
from wellfounded.reason.arithmetic import Values


def support_of(content: Content, claims: Iterable[str]) -> Support:
    """The best support among the citations of claims that count as support."""
    counted = (content.claims[claim] for claim in claims)
    return strongest(
        [cite.support for claim in counted if counts_as_support(content, claim) for cite in claim.cites]
    )


def required_support(content: Content, core: Core, policy: EvidencePolicy) -> RequiredSupport:
    """What a policy asks of the rules of a knowledge base, and what they have."""
    definitions = {definition.fact: definition for definition in core.definitions}
    cases = (
        (rule.rule, tuple(_cases(grounds_of_rule(rule, definitions), content))) for rule in core.recommending
    )
    exempt = frozenset(rule.id for rule in content.rules.values() if rule.first)
    return RequiredSupport(policy.min_support, frozen(cases), exempt)


def too_little(holding: Sequence[Recommending], required: RequiredSupport, values: Values) -> Support | None:
    """The support of the rules that hold for a topic, if it is left out for having no more than that."""
    if holding[0].rule in required.exempt or required.is_always_met(holding):
        return None
    support = strongest([_support(required.cases[rule.rule], values) for rule in holding])
    return None if required.is_met_by(support) else support


def _support(cases: tuple[SupportCase, ...], values: Values) -> Support:
    return next(case.support for case in cases if case.test is None or truth(case.test, values))


def _cases(grounds: Grounds, content: Content) -> Iterator[SupportCase]:
    """The support of a rule in each case, strongest first, as far as it is more than that in any case."""
    always = support_of(content, (*grounds.claims, *grounds.parameters))
    ways: dict[Support, dict[Test, None]] = {}
    for part in grounds.open:
        for claims, way in _ways(part, ()):
            ways.setdefault(support_of(content, claims), {})[All(way)] = None
    for support, tests in sorted(ways.items(), key=lambda item: -STRENGTH[item[0]]):
        if STRENGTH[support] > STRENGTH[always]:
            yield SupportCase(support, Any(tuple(tests)))
    yield SupportCase(always)


def _ways(part: Test, so_far: tuple[Test, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Test, ...]]]:
    """For each comparison in a part that is true, its parameters' claims and when they count.

    A true *all* rests on every member; a true *any* on those that are true, so each on the way has to be.
    """
    match part:
        case OneOf():
            return
        case Comparison():
            yield part.bound.claims, so_far
        case All():
            for member in part.members:
                yield from _ways(member, so_far)
        case Any():
            for member in part.members:
                yield from _ways(member, (*so_far, member))
