"""What is written in the box of a node, in the chain's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellfounded.advise.phrases import phrases
from wellfounded.explain.chain import (
    AppliedRule,
    BackingClaim,
    Chain,
    CitedWork,
    DerivedFact,
    Edge,
    GivenRecommendation,
    StatedFact,
    UsedParameter,
    WithheldRecommendation,
    name_of,
)
from wellfounded.explain.words import words
from wellfounded.model.content import Lifecycle, Status
from wellfounded.model.record import Record


class Label(Record, frozen=True):
    """``kind`` says what a node is, ``title`` what it is about, ``text`` what there is to say of it."""

    kind: str
    title: str
    text: str


class Labels:
    """Labels the nodes of one picture, which has these edges."""

    def __init__(self, chain: Chain, edges: Iterable[Edge]) -> None:
        self.nodes = chain.nodes
        self.words: Mapping[str, str] = words(chain.language)
        self.phrases: Mapping[str, str] = phrases(chain.language)
        self.into: dict[str, list[Edge]] = {}
        for edge in edges:
            self.into.setdefault(edge.end, []).append(edge)

    def label(self, id: str) -> Label:
        """The label of a node."""
        said = self.words
        match self.nodes[id]:
            case StatedFact() as fact:
                return Label(_joined(said["fact"], said["stated"]), fact.label, fact.worded)
            case DerivedFact() as fact:
                return Label(_joined(said["fact"], self.derived(fact)), fact.label, fact.worded)
            case AppliedRule() as rule:
                return Label(_joined(said["rule"], rule.rule, *self.remarks(rule)), rule.title, "")
            case GivenRecommendation() as given:
                verdict = said[f"verdict_{given.verdict}"]
                status = self.in_force(given.status)
                return Label(_joined(said["recommendation"], verdict, status), given.title, given.text)
            case WithheldRecommendation() as withheld:
                return Label(_joined(said["recommendation"], said["not_given"]), withheld.title, "")
            case UsedParameter() as parameter:
                return Label(
                    _joined(said["parameter"], parameter.parameter), parameter.label, parameter.worded
                )
            case BackingClaim() as claim:
                return Label(_joined(said["claim"], claim.section, *self.standing(id, claim)), "", claim.says)
            case CitedWork() as work:
                return Label(
                    _joined(f"{said['reference']} [{work.number}]", self.status(work)), "", work.formatted
                )

    def derived(self, fact: DerivedFact) -> str:
        """How a derived fact came by its value."""
        if not fact.formula:
            return self.words["derived"]
        return self.words["formula"].format(formula=fact.formula)

    def notes(self, id: str) -> tuple[str, ...]:
        """What the edges into a node say: what a rule asks, and what a claim's references say of it."""
        said = (
            self._asked(edge) if edge.tests else self.citation(edge)
            for edge in self.into.get(id, ())
            if edge.tests or edge.support is not None
        )
        return tuple(dict.fromkeys(said))

    def _asked(self, edge: Edge) -> str:
        fact = self.nodes[edge.start]
        assert isinstance(fact, StatedFact | DerivedFact)
        asks = "; ".join(
            test.asks if test.holds else f"{test.asks} ({self.words['not_so']})" for test in edge.tests
        )
        return f"{fact.label}: {asks}"

    def in_force(self, status: Lifecycle) -> str:
        """That something is a draft or retired; nothing of what is in force."""
        return "" if status is Lifecycle.ACTIVE else self.words[status]

    def remarks(self, rule: AppliedRule) -> list[str]:
        """What sets a rule apart: that it does not hold, or is a draft."""
        holds = "" if rule.holds else self.words["does_not_hold"]
        return [remark for remark in (holds, self.in_force(rule.status)) if remark]

    def standing(self, id: str, claim: BackingClaim) -> list[str]:
        """What to know of a claim as support: why it does not count, or that nothing is cited for it."""
        own = self.words["own"] if claim.editorial else ""
        status = self.in_force(claim.status)
        scope = "" if claim.counts or own or status else self.words["scope"]
        uncited = "" if own or scope or id in self.into else self.words["uncited"]
        return [remark for remark in (own, scope, uncited, status) if remark]

    def citation(self, edge: Edge) -> str:
        """A reference, where in it, and what it was found to say of the claim."""
        at = edge.locator
        place = "" if at is None else f", {self.phrases[f'at_{at.label}']} {at.value}"
        return f"[{name_of(edge.start)}]{place} {self.of_edge(edge)}"

    def status(self, work: CitedWork) -> str:
        """What is on record about a reference."""
        return self.phrases["reference_unchecked" if work.status is Status.UNCHECKED else work.status]

    def of_edge(self, edge: Edge) -> str:
        """What an edge says, in as few words as there are."""
        if edge.tests:
            return self.tests(edge)
        if edge.support is not None:
            return self.phrases[edge.support]
        return self.words[edge.meaning]

    def tests(self, edge: Edge) -> str:
        """What a rule asks of the fact that an edge starts at."""
        return "; ".join(
            self.words["asks" if test.holds else "asks_not_met"].format(asks=test.asks) for test in edge.tests
        )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
