"""What would fall if a reference were withdrawn: recommendations, and the advice of the scenarios' people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Via
from wellfounded.model.content import Content
from wellfounded.model.document import Document
from wellfounded.model.errors import ConflictError, FactError
from wellfounded.model.frozen import frozen
from wellfounded.model.record import Record
from wellfounded.review.audit import Link

#: The support that advice is held to where no other is asked for.
POLICY = "partly"


class KeepsAnother(Record, frozen=True):
    """A recommendation that cites other references, too."""

    id: str
    references: tuple[int, ...]


class Withdrawal(Document, frozen=True):
    """``claims`` cite the reference. Recommendations cite it directly, or only through derived facts.

    ``people`` are those who can be advised; ``changed`` of them would get other recommendations if
    ``min_support`` were asked for.
    """

    reference: int
    claims: tuple[str, ...]
    lose_their_only_citation: tuple[str, ...]
    keep_another: tuple[KeepsAnother, ...]
    through_chains: tuple[str, ...]
    min_support: str
    people: int
    changed: int


def withdraw(
    knowledge_base: KnowledgeBase,
    links: tuple[Link, ...],
    reference: int,
    people: Iterable[Mapping[str, Any]],
    min_support: str = POLICY,
) -> Withdrawal:
    """What falls with a reference. Raises ``SupportError`` for a support that there is not."""
    counted = [link for link in links if link.counts and link.reference is not None]
    direct: dict[str, set[int]] = {}
    for link in counted:
        if link.via is not Via.CHAIN and link.reference is not None:
            direct.setdefault(link.recommendation, set()).add(link.reference)
    concerned = [topic for topic, references in direct.items() if reference in references]
    chained = dict.fromkeys(link.recommendation for link in counted if link.reference == reference)
    before, after = knowledge_base, _without(knowledge_base, reference)
    pairs = [
        (given, _given(after, facts, min_support))
        for facts in people
        if (given := _given(before, facts, min_support)) is not None
    ]
    return Withdrawal(
        reference,
        tuple(
            claim.id
            for claim in knowledge_base.content.claims.values()
            if any(cite.reference == str(reference) for cite in claim.cites)
        ),
        tuple(topic for topic in concerned if direct[topic] == {reference}),
        tuple(
            KeepsAnother(topic, tuple(sorted(direct[topic] - {reference})))
            for topic in concerned
            if direct[topic] != {reference}
        ),
        tuple(topic for topic in chained if topic not in concerned),
        min_support,
        len(pairs),
        sum(one != other for one, other in pairs),
    )


def _without(knowledge_base: KnowledgeBase, reference: int) -> KnowledgeBase:
    """The same knowledge base with every citation of a reference taken out."""
    content: Content = knowledge_base.content
    claims = {
        id: replace(claim, cites=tuple(c for c in claim.cites if c.reference != str(reference)))
        for id, claim in content.claims.items()
    }
    changed = replace(content, claims=frozen(claims))
    return KnowledgeBase(changed, knowledge_base.core, knowledge_base.digest)


def _given(knowledge_base: KnowledgeBase, facts: Mapping[str, Any], min_support: str) -> list[str] | None:
    """The recommendations that a person gets; ``None`` where their facts cannot be used or rules disagree."""
    try:
        advice = knowledge_base.advise(facts, min_support=min_support)
    except (FactError, ConflictError):
        return None
    return [item.id for item in advice.recommendations]
