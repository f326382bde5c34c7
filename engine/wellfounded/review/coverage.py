"""What scenarios reach of a knowledge base, in its authors' terms: rules, conditions, thresholds, claims.

A scenario counts for a rule if it expects something of a topic that rests on the rule: who merely walks past
notices nothing. It counts for a table, or a claim, if a recommendation it expects something of shows that
table, or has that claim among its sources. What no value within the facts' spans can reach is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Identity
from wellfounded.model.content import Lifecycle
from wellfounded.model.errors import ConflictError, FactError, LanguageError
from wellfounded.model.frozen import frozen
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.version import VERSION
from wellfounded.model.word import Word
from wellfounded.review.audit import claims_of
from wellfounded.review.probes import RULES, TABLES, Probe, Probes
from wellfounded.review.rests_on import RulesBehind
from wellfounded.review.scenarios import Scenario

REACHED = "reached"
CLAIMS = "claims"


class Kind(Word):
    """What is looked at; ``beside`` is within one step of a threshold, and not on it."""

    RULES = "rules"
    VERDICTS = "verdicts"
    CONDITIONS = "conditions"
    THRESHOLDS = "thresholds"
    BESIDE = "beside"
    CLAIMS = "claims"
    CITATIONS = "citations"


class Covered(Record, frozen=True):
    """One thing scenarios can reach: ``seen`` has for each outcome how many scenarios show it.

    ``of`` is the id of a thing of the ``collection``: a rule, a table or a claim; ``text`` says what of it,
    as its author wrote it.
    """

    kind: Kind
    of: str
    text: str
    seen: Mapping[str, int]
    position: Position
    collection: str = RULES

    @property
    def missing(self) -> tuple[str, ...]:
        """The outcomes that no scenario shows."""
        return tuple(outcome for outcome, count in self.seen.items() if not count)


class Share(Record, frozen=True):
    """How many of the outcomes of one kind are shown by some scenario."""

    reached: int
    possible: int

    @property
    def percent(self) -> float | None:
        """Rounded down to a tenth, so that it is 100 only where nothing is missing; ``None`` of nothing."""
        return self.reached * 1000 // self.possible / 10 if self.possible else None


class Coverage(Record, frozen=True):
    """What so many scenarios reach of a knowledge base."""

    knowledge_base: Identity
    scenarios: int
    items: tuple[Covered, ...]

    def of(self, kind: Kind) -> tuple[Covered, ...]:
        return tuple(item for item in self.items if item.kind is kind)

    def share(self, kind: Kind) -> Share:
        counts = [count for item in self.of(kind) for count in item.seen.values()]
        return Share(sum(map(bool, counts)), len(counts))

    @property
    def lowest(self) -> float | None:
        """The percentage of the kind of which least is reached; ``None`` where there is nothing to reach."""
        shares = (self.share(kind).percent for kind in Kind)
        return min((percent for percent in shares if percent is not None), default=None)

    def to_dict(self) -> dict[str, Any]:
        """The document that ``schemas/coverage.schema.json`` describes."""
        shares = {str(kind): self.share(kind) for kind in Kind}
        document: dict[str, Any] = {
            "knowledge_base": msgspec.to_builtins(self.knowledge_base),
            "engine": VERSION,
            "scenarios": self.scenarios,
            "shares": {
                kind: {"reached": share.reached, "possible": share.possible, "percent": share.percent}
                for kind, share in shares.items()
            },
            "items": [
                {
                    "kind": str(item.kind),
                    "collection": item.collection,
                    "of": item.of,
                    "text": item.text,
                    "file": item.position.file,
                    "line": item.position.line,
                    "seen": dict(item.seen),
                }
                for item in self.items
            ],
        }
        return document


def coverage(knowledge_base: KnowledgeBase, scenarios: Iterable[Scenario]) -> Coverage:
    """What scenarios reach. One whose person can get no advice reaches nothing."""
    counting = _Counting(knowledge_base)
    number = 0
    for scenario in scenarios:
        number += 1
        counting.add(scenario)
    identity = Identity(knowledge_base.id, knowledge_base.version, knowledge_base.digest)
    return Coverage(identity, number, tuple(counting.items()))


class _Counting:
    """Counts scenario by scenario. What drafts do counts only where a scenario asks for drafts."""

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self.knowledge_base = knowledge_base
        rules = knowledge_base.content.rules.values()
        has_drafts = any(rule.status is Lifecycle.DRAFT for rule in rules)
        self.whole = knowledge_base.with_drafts() if has_drafts else knowledge_base
        self.behind = RulesBehind(knowledge_base.content)
        self.behind_with_drafts = RulesBehind(self.whole.content) if has_drafts else self.behind
        self.probes = list(Probes(self.whole.content, self.whole.core))
        self.seen = [dict.fromkeys(probe.possible, 0) for probe in self.probes]
        self.about: dict[tuple[str, str], list[tuple[Probe, dict[str, int]]]] = {}
        for probe, seen in zip(self.probes, self.seen, strict=True):
            self.about.setdefault((probe.collection, probe.of), []).append((probe, seen))
        self.claims, self.citations = _claims(self.whole)

    def add(self, scenario: Scenario) -> None:
        asked = self.knowledge_base.with_drafts() if scenario.drafts else self.knowledge_base
        try:
            advice = asked.advise(scenario.given, scenario.language, min_support=scenario.min_support)
        except (ConflictError, FactError, LanguageError):
            return
        valuation = asked.reason(scenario.given)
        values = valuation.values
        behind = self.behind_with_drafts if scenario.drafts else self.behind
        expected = [given for given in advice.recommendations if given.id in scenario.expect]
        tables = {self.whole.content.rules[given.rule].table for given in expected}
        about = [*((RULES, rule) for rule in behind.of(scenario.expect)), *((TABLES, id) for id in tables)]
        for thing in about:
            for probe, seen in self.about.get(thing, ()):
                outcome = probe.outcome(values, valuation)
                if outcome in seen:
                    seen[outcome] += 1
        sources = {source.claim: source for given in expected for source in given.sources}
        for claim, source in sources.items():
            self.claims[claim] += 1
            for cited in source.cites:
                self.citations[claim, str(cited.reference)] += 1

    def items(self) -> Iterator[Covered]:
        for kind in Kind:
            for probe, seen in zip(self.probes, self.seen, strict=True):
                if probe.kind == kind and seen:
                    yield Covered(kind, probe.of, probe.text, frozen(seen), probe.position, probe.collection)
        claims = self.whole.content.claims
        for claim, count in self.claims.items():
            yield Covered(Kind.CLAIMS, claim, "", frozen({REACHED: count}), claims[claim].position, CLAIMS)
        for (claim, reference), count in self.citations.items():
            place = next(cite.position for cite in claims[claim].cites if cite.reference == reference)
            yield Covered(Kind.CITATIONS, claim, f"[{reference}]", frozen({REACHED: count}), place, CLAIMS)


def _claims(knowledge_base: KnowledgeBase) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Every claim that can stand behind a recommendation, and every citation of theirs, counted as 0."""
    content, core = knowledge_base.content, knowledge_base.core
    definitions = {definition.fact: definition for definition in core.definitions}
    behind = {claim for rule in core.giving for claim in claims_of(rule, definitions)}
    claims = [claim for claim in content.claims.values() if claim.id in behind]
    cited = [(claim.id, cite.reference) for claim in claims for cite in claim.cites]
    return dict.fromkeys((claim.id for claim in claims), 0), dict.fromkeys(cited, 0)
