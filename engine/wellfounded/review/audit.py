"""What stands behind each recommendation, whoever it is given to, and what has nothing behind it.

Enters: a knowledge base. Leaves: the audit, which every rendering reads. Only what the files say is used; no
person is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from wellfounded.advise.wording import Wording
from wellfounded.model.advice import Identity, Via
from wellfounded.model.content import (
    STRENGTH,
    Claim,
    Content,
    Lifecycle,
    Support,
    can_be_supported,
    counts_as_support,
    editorial,
    strongest,
)
from wellfounded.model.core import (
    All,
    Comparison,
    Core,
    Definition,
    Formula,
    Recommending,
    Test,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.core import (
    Any as AnyOf,
)
from wellfounded.model.document import Document
from wellfounded.model.due import due
from wellfounded.model.record import Record
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.model.version import VERSION
from wellfounded.review.ledger import (
    AuditedCitation,
    AuditedClaim,
    AuditedEvidence,
    AuditedReference,
    citations,
    claims,
    further_evidence,
    references,
)


class Link(Record, frozen=True):
    """One way from a reference to a recommendation: a row of the matrix.

    ``reference`` is ``None`` and ``support`` is ``uncited`` where the claim cites nothing; ``parameters`` are
    those whose number is the claim's. ``counts`` is false for editorial claims, claims about the scope, and
    those that are not in force, as ``status`` says.
    """

    reference: int | None
    support: Support
    claim: str
    section: str
    status: Lifecycle
    counts: bool
    parameters: tuple[str, ...]
    via: Via
    rule: str
    recommendation: str


class Backing(Record, frozen=True):
    """The strongest and the weakest support among claims that count; ``None`` where there are none."""

    strongest: Support | None
    weakest: Support | None


class AuditedRecommendation(Record, frozen=True):
    """What stands behind a recommendation directly (rules and their numbers), and through derived facts."""

    id: str
    directly: Backing
    through_chains: Backing
    references: tuple[int, ...]
    title: str = ""
    status: Lifecycle = Lifecycle.ACTIVE


class Contradiction(Record, frozen=True):
    """A claim that another claim of the source contradicts, or a work the source does not cite."""

    claim: str
    by: str
    kind: str
    why: str


class DueForReview(Record, frozen=True):
    """A reference, claim or rule that its maintainers were to look at again by a day that has come."""

    kind: str
    id: str
    by: str
    maintainers: tuple[str, ...]


class NotInForce(Record, frozen=True):
    """A rule or claim that is a draft or retired, and so, unless drafts are asked for, counts for nothing."""

    kind: str
    id: str
    status: Lifecycle


class Gaps(Record, frozen=True):
    """What an auditor looks for first. Claims are those for references to support, and in force."""

    uncited: tuple[str, ...]
    about_something_else: tuple[str, ...]
    contradicted: tuple[str, ...]
    not_established: tuple[str, ...]
    unchecked: tuple[str, ...]
    due: tuple[DueForReview, ...]
    not_in_force: tuple[NotInForce, ...]
    unused_references: tuple[int, ...]
    unused_claims: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]


class Audit(Document, frozen=True):
    """The records are the document: each field is a key."""

    knowledge_base: Identity
    engine: str
    on: str
    language: str
    drafts: bool
    references: tuple[AuditedReference, ...]
    citations: tuple[AuditedCitation, ...]
    further_evidence: tuple[AuditedEvidence, ...]
    recommendations: tuple[AuditedRecommendation, ...]
    gaps: Gaps
    matrix: tuple[Link, ...]
    claims: tuple[AuditedClaim, ...] = ()


def audit(content: Content, core: Core, digest: str, language: str, on: date) -> Audit:
    """The audit of a knowledge base as of a day, with texts in one of its languages."""
    header = content.header
    links = tuple(_links(content, core))
    return Audit(
        Identity(header.id, header.version, digest),
        VERSION,
        on.isoformat(),
        language,
        content.with_drafts,
        tuple(references(content, language, on)),
        tuple(citations(content, language)),
        tuple(further_evidence(content, language)),
        tuple(_recommendations(content, core, links, language)),
        _gaps(content, links, language, on),
        links,
        tuple(claims(content, language)),
    )


def _links(content: Content, core: Core) -> Iterator[Link]:
    definitions = {definition.fact: definition for definition in core.definitions}
    parameters: dict[str, list[str]] = {}
    for parameter in content.parameters.values():
        parameters.setdefault(parameter.claim, []).append(parameter.id)
    for rule in core.giving:
        for name, via in claims_of(rule, definitions).items():
            claim = content.claims[name]
            for reference, support in _cited(claim):
                yield Link(
                    reference,
                    support,
                    name,
                    claim.section,
                    claim.status,
                    counts_as_support(content, claim),
                    tuple(parameters.get(name, ())),
                    via,
                    rule.rule,
                    rule.topic,
                )


def _cited(claim: Claim) -> list[tuple[int | None, Support]]:
    cited: list[tuple[int | None, Support]] = [(int(cite.reference), cite.support) for cite in claim.cites]
    return cited or [(None, Support.UNCITED)]


def claims_of(rule: Recommending, definitions: Mapping[str, Definition]) -> dict[str, Via]:
    """Every claim that can stand behind a rule, each with the strongest way it comes."""
    bounds = [bound for _, bound in bounds_with_ends(rule)]
    facts = [*facts_in_test(rule.test), *(fact for bound in bounds for fact in facts_in_term(bound.term))]
    if rule.target is not None:
        facts.append(rule.target.fact)
    found = dict.fromkeys(rule.claims, Via.RULE)
    numbers = [*_in_test(rule.test), *(claim for bound in bounds for claim in bound.claims), *rule.shown]
    for claim in numbers:
        found.setdefault(claim, Via.PARAMETER)
    for claim in _behind(facts, definitions):
        found.setdefault(claim, Via.CHAIN)
    return found


def _in_test(test: Test) -> Iterator[str]:
    """The claims of the parameters that a test compares with."""
    if isinstance(test, All | AnyOf):
        for member in test.members:
            yield from _in_test(member)
    elif isinstance(test, Comparison):
        yield from test.bound.claims


def _behind(facts: Iterable[str], definitions: Mapping[str, Definition]) -> Iterator[str]:
    """The claims of all that gives derived facts their values, as far back as it goes."""
    waiting, seen = list(facts), set()
    while waiting:
        fact = waiting.pop(0)
        definition = definitions.get(fact)
        if definition is None or fact in seen:
            continue
        seen.add(fact)
        if isinstance(definition, Formula):
            yield from definition.result.claims
            waiting.extend(facts_in_term(definition.result.term))
            continue
        for branch in definition.branches:
            yield from branch.claims
            yield from _in_test(branch.test)
            waiting.extend(facts_in_test(branch.test))


def _recommendations(
    content: Content, core: Core, links: tuple[Link, ...], language: str
) -> Iterator[AuditedRecommendation]:
    wording = Wording(content, language)
    rules = {rule.topic: rule.rule for rule in reversed(core.giving)}
    behind: dict[str, list[Link]] = {topic: [] for topic in rules}
    for link in links:
        if can_be_supported(content, content.claims[link.claim]):
            behind[link.recommendation].append(link)
    for topic in dict.fromkeys(rule.topic for rule in core.giving):
        own = behind[topic]
        cited = {link.reference for link in own if link.counts and link.reference is not None}
        yield AuditedRecommendation(
            topic,
            _backing(link for link in own if link.via is not Via.CHAIN),
            _backing(link for link in own if link.via is Via.CHAIN),
            tuple(sorted(cited)),
            wording.plain(content.rules[rules[topic]].title),
            content.rules[rules[topic]].status,
        )


def _backing(links: Iterable[Link]) -> Backing:
    """What stands behind something; a claim that is not in force leaves it without a reference."""
    by_claim: dict[str, list[Support]] = {}
    for link in links:
        by_claim.setdefault(link.claim, []).append(link.support if link.counts else Support.UNCITED)
    supports = [strongest(found) for found in by_claim.values()]
    if not supports:
        return Backing(None, None)
    return Backing(strongest(supports), min(supports, key=STRENGTH.__getitem__))


def _gaps(content: Content, links: tuple[Link, ...], language: str, on: date) -> Gaps:
    used = {link.claim for link in links}
    for rule in content.rules.values():
        used.update((*rule.because, *rule.background))
    used |= {parameter.claim for parameter in content.parameters.values()}
    used |= {table.claim for table in content.tables.values()}
    cited = {cite.reference for claim in content.claims.values() for cite in claim.cites}

    counting = [claim for claim in content.claims.values() if counts_as_support(content, claim)]

    def with_support(support: Support) -> tuple[str, ...]:
        return tuple(claim.id for claim in counting if support in {found for _, found in _cited(claim)})

    return Gaps(
        uncited=with_support(Support.UNCITED),
        about_something_else=with_support(Support.ABOUT_SOMETHING_ELSE),
        contradicted=with_support(Support.CONTRADICTS),
        not_established=with_support(Support.NOT_ESTABLISHED),
        unchecked=with_support(Support.UNCHECKED),
        due=tuple(DueForReview(item.kind, item.id, item.by, item.maintainers) for item in due(content, on)),
        not_in_force=tuple(_not_in_force(content)),
        unused_references=tuple(int(number) for number in content.references if number not in cited),
        unused_claims=tuple(claim for claim in content.claims if claim not in used),
        contradictions=tuple(_contradictions(content, language)),
    )


def _not_in_force(content: Content) -> Iterator[NotInForce]:
    things = (("claim", content.claims), ("rule", content.rules))
    for kind, ids in things:
        for id, thing in ids.items():
            if thing.status is not Lifecycle.ACTIVE:
                yield NotInForce(kind, id, thing.status)


def _contradictions(content: Content, language: str) -> Iterator[Contradiction]:
    for claim in content.claims.values():
        for other in claim.contradicts:
            yield Contradiction(claim.id, other, "claim", claim.contradiction.get(language, ""))
        for evidence in claim.further_evidence:
            if evidence.stance is Support.CONTRADICTS and not editorial(content, claim):
                yield Contradiction(claim.id, evidence.work, "work", evidence.finding.get(language, ""))
