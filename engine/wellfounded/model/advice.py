"""Advice: recommendations with their sources, what is undecided, and what to ask next.

``Advice.to_dict`` gives the document that ``schemas/advice.schema.json`` describes.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from wellfounded.model.content import Status, Support, Verdict
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.values import Value, plain_number


class Via(StrEnum):
    """How a claim came to back a recommendation, strongest first."""

    RULE = "rule"
    PARAMETER = "parameter"
    CHAIN = "chain"


class Quantity(Record, frozen=True):
    """A value in the unit of its fact; ``unit`` is empty where there is none."""

    value: Value | None
    unit: str = ""

    def to_dict(self) -> dict[str, Any]:
        return _with_unit({"value": _plain(self.value)}, self.unit)


class TargetRange(Record, frozen=True):
    """What a target asks for: bounds, one of which may be open, or one value exactly."""

    low: float | None = None
    high: float | None = None
    exactly: Value | None = None
    unit: str = ""

    def to_dict(self) -> dict[str, Any]:
        if self.exactly is not None:
            return _with_unit({"is": _plain(self.exactly)}, self.unit)
        ends = (("low", self.low), ("high", self.high))
        return _with_unit({end: _plain(number) for end, number in ends if number is not None}, self.unit)


class CitedReference(Record, frozen=True):
    reference: int
    support: Support


class FurtherWork(Record, frozen=True):
    """Evidence the source does not cite, with its stance towards the claim."""

    work: str
    stance: Support
    formatted: str


class Source(Record, frozen=True):
    """A claim behind a recommendation. Editorial claims are listed, and never counted as support."""

    claim: str
    says: str
    section: str
    editorial: bool
    via: Via
    cites: tuple[CitedReference, ...]
    further: tuple[FurtherWork, ...]

    def to_dict(self) -> dict[str, Any]:
        document: dict[str, Any] = {
            "claim": self.claim,
            "says": self.says,
            "section": self.section,
            "editorial": self.editorial,
            "via": str(self.via),
            "cites": [{"reference": c.reference, "support": str(c.support)} for c in self.cites],
        }
        if self.further:
            document["further"] = [
                {"work": f.work, "stance": str(f.stance), "formatted": f.formatted} for f in self.further
            ]
        return document


class Recommendation(Record, frozen=True):
    id: str
    verdict: Verdict
    title: str
    text: str
    rule: str
    support: Support
    target: TargetRange | None
    current: Quantity | None
    sources: tuple[Source, ...]
    table: tuple[Mapping[str, Any], ...] | None = None
    columns: Mapping[str, str] = EMPTY

    def to_dict(self) -> dict[str, Any]:
        document: dict[str, Any] = {
            "id": self.id,
            "verdict": str(self.verdict),
            "title": self.title,
            "text": self.text,
            "rule": self.rule,
            "support": str(self.support),
            "target": None if self.target is None else self.target.to_dict(),
            "current": None if self.current is None else self.current.to_dict(),
            "sources": [source.to_dict() for source in self.sources],
        }
        if self.table is not None:
            document["table"] = [_thawed(row) for row in self.table]
        if self.columns:
            document["columns"] = dict(self.columns)
        return document


class Undecided(Record, frozen=True):
    """A recommendation that cannot be given or withheld yet, and the facts that are waited for."""

    id: str
    title: str
    waits_for: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "waits_for": list(self.waits_for)}


class Question(Record, frozen=True):
    """A fact worth asking: what it helps decide, and what it would sharpen from ``meet``."""

    fact: str
    question: str
    help: str
    decides: tuple[str, ...]
    sharpens: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        document: dict[str, Any] = {"fact": self.fact, "question": self.question}
        if self.help:
            document["help"] = self.help
        return {**document, "decides": list(self.decides), "sharpens": list(self.sharpens)}


class StatedNote(Record, frozen=True):
    """A stated number that differs from what the other facts give."""

    fact: str
    stated: float
    derived: float
    text: str

    def to_dict(self) -> dict[str, Any]:
        stated, derived = plain_number(self.stated), plain_number(self.derived)
        kind = "stated-against-derived"
        return {"kind": kind, "text": self.text, "fact": self.fact, "stated": stated, "derived": derived}


class ContradictionNote(Record, frozen=True):
    """A claim among the sources that another claim contradicts."""

    claims: tuple[str, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"kind": "contradicting-claims", "text": self.text, "claims": list(self.claims)}


class LeftOut(Record, frozen=True):
    id: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "reason": self.reason}


class ListedReference(Record, frozen=True):
    """A reference that sources cite: as it is cited, and whether it was found."""

    number: int
    csl: Mapping[str, Any]
    status: Status
    formatted: str

    def to_dict(self) -> dict[str, Any]:
        csl = {"id": str(self.number), **_thawed(self.csl)}
        return {"number": self.number, "csl": csl, "status": str(self.status), "formatted": self.formatted}


class Identity(Record, frozen=True):
    """Which knowledge base gave the advice; the digest identifies its rules' meaning and texts exactly."""

    id: str
    version: str
    digest: str


class Advice(Record, frozen=True):
    knowledge_base: Identity
    engine: str
    language: str
    title: str
    notice: str
    facts: Mapping[str, Quantity]
    derived: Mapping[str, Quantity]
    recommendations: tuple[Recommendation, ...]
    undecided: tuple[Undecided, ...]
    questions: tuple[Question, ...]
    notes: tuple[StatedNote | ContradictionNote, ...]
    left_out: tuple[LeftOut, ...]
    references: Mapping[str, ListedReference]

    def to_dict(self) -> dict[str, Any]:
        """The advice as plain data, as ``schemas/advice.schema.json`` describes it."""
        kb = self.knowledge_base
        return {
            "knowledge_base": {"id": kb.id, "version": kb.version, "digest": kb.digest},
            "engine": self.engine,
            "language": self.language,
            "notice": self.notice,
            "facts": {fact: quantity.to_dict() for fact, quantity in self.facts.items()},
            "derived": {fact: quantity.to_dict() for fact, quantity in self.derived.items()},
            "recommendations": [item.to_dict() for item in self.recommendations],
            "undecided": [item.to_dict() for item in self.undecided],
            "questions": [item.to_dict() for item in self.questions],
            "notes": [item.to_dict() for item in self.notes],
            "left_out": [item.to_dict() for item in self.left_out],
            "references": {number: item.to_dict() for number, item in self.references.items()},
        }


def _plain(value: Value | None) -> Any:
    return plain_number(value) if isinstance(value, float) else value


def _with_unit(document: dict[str, Any], unit: str) -> dict[str, Any]:
    return {**document, "unit": unit} if unit else document


def _thawed(item: Any) -> Any:
    """Frozen data as plain dictionaries and lists."""
    kind = type(item)
    if kind is str or kind is int:
        return item
    if isinstance(item, dict):
        return {key: _thawed(value) for key, value in item.items()}
    return [_thawed(value) for value in item] if kind is tuple else item
