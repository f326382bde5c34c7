"""Why one recommendation is given, is not given or is undecided for a person: the records.

``Explanation.to_dict`` gives the document that ``schemas/explanation.schema.json`` describes; a field left at
its default is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from wellfounded.explain.chain import Chain, Edge, Node, State, StatedFact, Trail
from wellfounded.model.advice import Identity
from wellfounded.model.content import Verdict
from wellfounded.model.document import Document
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record


class MissingFact(Record, frozen=True, omit_defaults=True):
    """A fact that is waited for; ``help`` says how one comes to know it."""

    fact: str
    label: str
    question: str
    help: str = ""


class Fulfilled(Record, frozen=True):
    """Something that is asked for and is so already: what is asked of the fact, and its value."""

    fact: str
    label: str
    asks: str
    worded: str


class Explanation(Document, frozen=True, omit_defaults=True):
    """Why a recommendation is as it is.

    ``facts`` is the smallest set of stated facts that fixes it: with only these stated it is already so, and
    it stays so whatever the others are. ``unless_stated`` are numbers worked out on the way, for as long as
    nobody states them otherwise. Of one that is not given, ``also`` has further sets, without a fact in
    common, each of which is enough to keep it away. ``sharpened_by`` are unstated facts that would turn
    ``meet`` into keep, raise or lower. An undecided one has no such set: it ``waits_for`` facts, and what is
    asked and so already is ``fulfilled``. ``reason`` says why one is left out, by policy or since its rule is
    not in force. ``nodes`` and ``edges`` are the way from the facts, as in a chain.
    """

    knowledge_base: Identity
    engine: str
    language: str
    recommendation: str
    title: str
    state: State
    sentences: tuple[str, ...]
    verdict: Verdict | None = None
    reason: str = ""
    facts: tuple[StatedFact, ...] = ()
    also: tuple[tuple[StatedFact, ...], ...] = ()
    unless_stated: tuple[str, ...] = ()
    sharpened_by: tuple[str, ...] = ()
    waits_for: tuple[MissingFact, ...] = ()
    fulfilled: tuple[Fulfilled, ...] = ()
    nodes: Mapping[str, Node] = EMPTY
    edges: tuple[Edge, ...] = ()

    @property
    def chain(self) -> Chain:
        """The way from the facts as a chain of one trail, for whoever draws or prints chains."""
        trails = (Trail(self.recommendation, self.edges),) if self.edges else ()
        return Chain(
            self.knowledge_base, self.engine, self.language, self.title, "", self.nodes, trails, (), ()
        )

    def having(self, **fields: Any) -> Explanation:
        """The same explanation with more said."""
        return replace(self, **fields)
