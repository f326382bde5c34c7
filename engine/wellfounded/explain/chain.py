"""The chain behind one person's advice: what it rests on as nodes, and how each leads to the next as edges.

A node is there once, under an id such as ``fact:age``; each recommendation has the edges of its own trail.
``Chain.to_dict`` gives all of it as plain data; a field left at its default is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from wellfounded.model.advice import Identity, LeftOut, Quantity, Shown, TargetRange, Via
from wellfounded.model.content import Lifecycle, Locator, Status, Support, Verdict
from wellfounded.model.document import Document
from wellfounded.model.record import Record
from wellfounded.model.word import Word


class Meaning(Word):
    """What an edge says: where it starts, this word, where it ends."""

    GIVES = "gives"
    DOES_NOT_GIVE = "does-not-give"
    TESTED_BY = "tested-by"
    SET_AGAINST_TARGET_OF = "set-against-target-of"
    NUMBER_FOR = "number-for"
    SHOWN_BY = "shown-by"
    CONCLUDES = "concludes"
    DOES_NOT_CONCLUDE = "does-not-conclude"
    BACKS = "backs"
    CITED_BY = "cited-by"


class State(Word):
    """What became of a recommendation that was asked for."""

    GIVEN = "given"
    UNDECIDED = "undecided"
    LEFT_OUT = "left-out"
    NOT_GIVEN = "not-given"


class StatedFact(Record, frozen=True, omit_defaults=True, tag_field="kind", tag="stated"):
    """A fact the person stated. ``worded`` is its value as people read it."""

    fact: str
    label: str
    value: Shown
    worded: str
    unit: str = ""


class DerivedFact(Record, frozen=True, omit_defaults=True, tag_field="kind", tag="derived"):
    """A fact that follows: by ``formula`` where it is a number, else by rules."""

    fact: str
    label: str
    value: Shown
    worded: str
    unit: str = ""
    formula: str = ""


class AppliedRule(Record, frozen=True, omit_defaults=True, tag_field="kind", tag="rule"):
    """A rule that holds, or that does not and so leaves a fact at what it is."""

    rule: str
    title: str
    holds: bool
    status: Lifecycle = Lifecycle.ACTIVE


class GivenRecommendation(Record, frozen=True, omit_defaults=True, tag_field="kind", tag="recommendation"):
    recommendation: str
    title: str
    verdict: Verdict
    text: str
    support: Support
    target: TargetRange | None = None
    current: Quantity | None = None
    status: Lifecycle = Lifecycle.ACTIVE


class WithheldRecommendation(Record, frozen=True, tag_field="kind", tag="not-given"):
    """A recommendation that is not given, where what stands in its way is explained."""

    recommendation: str
    title: str


class UsedParameter(Record, frozen=True, omit_defaults=True, tag_field="kind", tag="parameter"):
    """A number of the knowledge base. ``low`` equals ``high`` for a single one."""

    parameter: str
    label: str
    low: int | float
    high: int | float
    worded: str
    unit: str = ""


class BackingClaim(Record, frozen=True, omit_defaults=True, tag_field="kind", tag="claim"):
    """A claim; ``counts`` is false for editorial ones, those about the scope, and those not in force."""

    claim: str
    says: str
    section: str
    editorial: bool
    counts: bool
    status: Lifecycle = Lifecycle.ACTIVE


class CitedWork(Record, frozen=True, tag_field="kind", tag="reference"):
    """A reference as it is cited, and whether it was found."""

    number: int
    formatted: str
    status: Status


Node: TypeAlias = (
    StatedFact
    | DerivedFact
    | AppliedRule
    | GivenRecommendation
    | WithheldRecommendation
    | UsedParameter
    | BackingClaim
    | CitedWork
)


class Tested(Record, frozen=True):
    """One thing a rule asks of a fact, as people read it, and whether it is so."""

    asks: str
    holds: bool


class Edge(Record, frozen=True, omit_defaults=True):
    """``start`` and ``end`` are ids of nodes.

    ``tests`` are what a rule asks of the fact; ``support`` is what a reference was found to say of the claim
    that cites it, and ``locator`` where in it; ``via`` is the strongest way in which the claim comes to back
    the recommendation.
    """

    start: str
    meaning: Meaning
    end: str
    tests: tuple[Tested, ...] = ()
    support: Support | None = None
    locator: Locator | None = None
    via: Via | None = None


class Trail(Record, frozen=True):
    """All that one recommendation rests on for this person: the edges that lead to it, nearest first."""

    recommendation: str
    edges: tuple[Edge, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The ids of its nodes, the recommendation first."""
        ends = (id for edge in self.edges for id in (edge.end, edge.start))
        return tuple(dict.fromkeys(ends))


class Absent(Record, frozen=True):
    """A recommendation that was asked for and is not given, and why, in a sentence."""

    recommendation: str
    title: str
    state: State
    reason: str


class Chain(Document, frozen=True):
    """What a person's advice rests on, in one language; trails are in the order of the advice."""

    knowledge_base: Identity
    engine: str
    language: str
    title: str
    notice: str
    nodes: Mapping[str, Node]
    trails: tuple[Trail, ...]
    absent: tuple[Absent, ...]
    left_out: tuple[LeftOut, ...]


def kind_of(id: str) -> str:
    """What a node is: fact, rule, recommendation, parameter, claim or reference."""
    return id.partition(":")[0]


def name_of(id: str) -> str:
    """The name that a node has in the knowledge base."""
    return id.partition(":")[2]
