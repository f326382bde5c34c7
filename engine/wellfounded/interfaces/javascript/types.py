"""The TypeScript types of a module: which facts there are with what they can be, and what advice holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from wellfounded.advise.wording import Wording
from wellfounded.interfaces.javascript.heading import heading
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.content import Content, Fact, FactType, Lifecycle, Status, Support, Verdict
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.values import plain_number
from wellfounded.reason.to_javascript import literal

#: The types that are the same for every knowledge base.
_SHARED = Path(__file__).parent / "runtime" / "advice.d.ts"


def types(knowledge_base: KnowledgeBase, languages: Sequence[str]) -> str:
    """The declarations that belong to ``module`` of the same knowledge base and languages."""
    content, core = knowledge_base.content, knowledge_base.core
    wording = Wording(content, languages[0])
    stated = [fact for fact in content.facts.values() if fact.can_be_stated]
    unions = {
        "Language": languages,
        "Support": map(str, Support),
        "Verdict": map(str, Verdict),
        "Status": map(str, Status),
        "Lifecycle": map(str, Lifecycle),
        "StatableFact": (fact.id for fact in stated),
        "DerivedFact": (fact.id for fact in content.facts.values() if fact.derived),
        "RecommendationId": dict.fromkeys(rule.topic for rule in core.recommending),
        "RuleId": (rule.rule for rule in core.recommending),
        "ClaimId": content.claims,
    }
    return "\n".join(
        [
            heading(knowledge_base),
            *(f"export type {name} = {_union(members)};" for name, members in unions.items()),
            "",
            "/** What is known of a person. A fact that is not there, or `null`, is unknown. */",
            "export interface Facts {",
            *(line for fact in stated for line in _property(wording, fact)),
            "}",
            "",
            _SHARED.read_text(encoding="utf-8"),
        ]
    )


def _union(members: Iterable[str]) -> str:
    return " | ".join(literal(member) for member in members) or "never"


def _property(wording: Wording, fact: Fact) -> Iterator[str]:
    """A fact as an optional property, with its question and span for whoever hovers over it."""
    question = wording.plain(fact.question or fact.label)
    yield f"  /** {_in_comment(' '.join((question, *_span(wording.content, fact))))} */"
    yield f"  {fact.id}?: {_type(fact)} | null;"


def _span(content: Content, fact: Fact) -> Iterator[str]:
    if fact.span is not None:
        low, high = map(plain_number, fact.span)
        yield f"({low} to {high} {content.units.get(fact.unit, NO_UNIT).shown}".rstrip() + ")"


def _type(fact: Fact) -> str:
    match fact.type:
        case FactType.BOOLEAN:
            return "boolean"
        case FactType.CHOICE:
            return _union(fact.choices)
        case FactType.NUMBER:
            return "Quantity"


def _in_comment(text: str) -> str:
    return " ".join(text.split()).replace("*/", "*\\/")
