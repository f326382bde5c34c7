"""What becomes of a topic for one person, with its units and facts as a knowledge base says them."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.advise.numbers import decimals_of, shown_together
from wellfounded.advise.wording import Wording
from wellfounded.interfaces.retold import Say
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Recommendation
from wellfounded.model.content import FactType
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.values import Value
from wellfounded.prose.words import words


def outcome_said(
    known: KnowledgeBase, topic: str, facts: Mapping[str, Value], language: str, say: Say
) -> str:
    """The verdict with its target, or what is waited for; empty where advice is none of these."""
    try:
        advice = known.advise(facts, language)
    except WellfoundedError:
        return ""
    wording = Wording(known.content, language)
    for item in advice.recommendations:
        if item.id == topic:
            target, verdict = _target(wording, item), say(str(item.verdict), "outcome")
            return f"{verdict} ({target})" if target else verdict
    for waiting in advice.undecided:
        if waiting.id == topic:
            labels = (wording.plain(known.content.facts[fact].label) or fact for fact in waiting.waits_for)
            return say(f"undecided, waits for {', '.join(labels)}", "outcome")
    return ""


def _target(wording: Wording, item: Recommendation) -> str:
    """A target on a number; of others the verdict says it."""
    aims = wording.content.rules[item.rule].target
    fact = None if aims is None else wording.content.facts[aims.of]
    if item.target is None or fact is None or fact.type is not FactType.NUMBER:
        return ""
    exactly = None if item.target.exactly is None else float(item.target.exactly)
    ends = (item.target.low, item.target.high) if exactly is None else (exactly, exactly)
    low, high, _ = shown_together(ends[0], ends[1], None, decimals_of(fact.step))
    if low is not None and high is not None and low != high:
        return wording.range(low, high, fact.unit)
    number = wording.quantity((low if high is None else high) or 0.0, fact.unit)
    bound = "" if low == high else "at_least" if high is None else "at_most"
    return words(wording.language)[bound].format(number=number) if bound else number
