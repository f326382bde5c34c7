"""Advice: recommendations with their sources, what is undecided, and what to ask next.

The records are the document that ``schemas/advice.schema.json`` describes: each field is a key, and a field
left at its default is left out. ``Advice.to_dict`` gives that document as plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

from wellfounded.model.content import Lifecycle, Locator, Status, Support, Verdict
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.values import Value, plain_number
from wellfounded.model.word import Word

#: A value as documents hold it: a whole number is an ``int``.
Shown: TypeAlias = bool | int | float | str


class Via(Word):
    """How a claim came to back a recommendation, strongest first."""

    RULE = "rule"
    PARAMETER = "parameter"
    CHAIN = "chain"


class Quantity(Record, frozen=True, omit_defaults=True):
    """A value in the unit of its fact; an unknown one is ``None``."""

    value: Shown | None
    unit: str = ""


class TargetRange(Record, frozen=True, omit_defaults=True, rename={"exactly": "is"}):
    """What a target asks for: bounds, one of which may be open, or one value exactly."""

    low: int | float | None = None
    high: int | float | None = None
    exactly: Shown | None = None
    unit: str = ""


class CitedReference(Record, frozen=True, omit_defaults=True):
    """A reference, with what it was found to say of the claim and, where known, the place in it."""

    reference: int
    support: Support
    locator: Locator | None = None


class FurtherWork(Record, frozen=True, omit_defaults=True):
    """Evidence the source does not cite, with its stance towards the claim."""

    work: str
    stance: Support
    formatted: str
    locator: Locator | None = None


class Source(Record, frozen=True, omit_defaults=True):
    """A claim behind a recommendation.

    Editorial claims, claims about the scope, and those that are not in force are listed, and do not count as
    support.
    """

    claim: str
    says: str
    section: str
    editorial: bool
    via: Via
    cites: tuple[CitedReference, ...]
    further: tuple[FurtherWork, ...] = ()
    status: Lifecycle = Lifecycle.ACTIVE
    counts: bool = True


class Recommendation(Record, frozen=True, omit_defaults=True):
    """``table`` are rows: of ``columns``, or the causes of what the recommendation is about.

    ``status`` is that of its rule; a draft gives advice only to who asks for drafts.
    """

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
    status: Lifecycle = Lifecycle.ACTIVE


class Undecided(Record, frozen=True):
    """A recommendation that cannot be given or withheld yet, and the facts that are waited for."""

    id: str
    title: str
    waits_for: tuple[str, ...]


class Question(Record, frozen=True, omit_defaults=True):
    """A fact worth asking: what it helps decide, and what it would sharpen from ``meet``."""

    fact: str
    question: str
    decides: tuple[str, ...]
    sharpens: tuple[str, ...]
    help: str = ""


class StatedNote(Record, frozen=True, tag_field="kind", tag="stated-against-derived"):
    """A stated number that differs from what the other facts give."""

    text: str
    fact: str
    stated: int | float
    derived: int | float


class ContradictionNote(Record, frozen=True, tag_field="kind", tag="contradicting-claims"):
    """A claim among the sources that another claim contradicts."""

    text: str
    claims: tuple[str, ...]


class LeftOut(Record, frozen=True):
    """A recommendation that holds and is not given, for want of support or since its rule is not in force."""

    id: str
    title: str
    reason: str


class ListedReference(Record, frozen=True):
    """A reference that sources cite: as it is cited, and whether it was found."""

    number: int
    csl: Mapping[str, Any]
    status: Status
    formatted: str


class Asked(Record, frozen=True):
    """What was asked of the advice: the least support, and whether drafts count."""

    min_support: Support
    drafts: bool


class Identity(Record, frozen=True):
    """Which knowledge base gave the advice; the digest identifies its rules' meaning and texts exactly."""

    id: str
    version: str
    digest: str


class Advice(Record, frozen=True):
    """What a knowledge base advises one person, in one language."""

    knowledge_base: Identity
    engine: str
    language: str
    policy: Asked
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
        document: dict[str, Any] = msgspec.json.decode(self.to_json())
        return document

    def to_json(self) -> bytes:
        """The same document as JSON in UTF-8."""
        return msgspec.json.encode(self)

    def _repr_html_(self) -> str:
        """The advice as a notebook shows it."""
        from wellfounded.interfaces.notebook import advice_as_html  # noqa: PLC0415  # only in a notebook

        return advice_as_html(self)


def shown(value: Value | None) -> Shown | None:
    """A value as documents hold it."""
    return plain_number(value) if isinstance(value, float) else value
