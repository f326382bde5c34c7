"""Everything the authors of a knowledge base wrote, as frozen records.

``Content`` is what loading gives, what checking judges and what lowering reads. Equality and the digest
see meaning and texts, never positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wellfounded.model.expression import Between, Condition, Formula
from wellfounded.model.frozen import EMPTY
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record
from wellfounded.model.text import NO_TEXT, Text
from wellfounded.model.unit import DimensionKind, Unit
from wellfounded.model.values import Value
from wellfounded.model.word import Word


class FactType(Word):
    BOOLEAN = "boolean"
    NUMBER = "number"
    CHOICE = "choice"

    @property
    def called(self) -> str:
        """The word people use for it, in messages."""
        return "yes/no" if self is FactType.BOOLEAN else str(self)


class Support(Word):
    """How far a cited work supports a claim, strongest first."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    UNCHECKED = "unchecked"
    NOT_ESTABLISHED = "not-established"
    ABOUT_SOMETHING_ELSE = "about-something-else"
    CONTRADICTS = "contradicts"
    UNCITED = "uncited"


STRENGTH = {support: rank for rank, support in enumerate(reversed(Support))}


def strongest(supports: list[Support]) -> Support:
    """The best of several supports; nothing at all is ``uncited``."""
    return max(supports, key=STRENGTH.__getitem__, default=Support.UNCITED)


class Status(Word):
    """What is on record about a reference. ``not-found`` never means proven not to exist."""

    UNCHECKED = "unchecked"
    CONFIRMED = "confirmed"
    CONFIRMED_WITH_DIFFERENT_DETAILS = "confirmed-with-different-details"
    NOT_FOUND = "not-found"


class Lifecycle(Word):
    """Whether a rule or a claim is in force: not yet, now, or no more."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Verdict(Word):
    """What a recommendation asks for."""

    AVOID = "avoid"
    DO = "do"
    RAISE = "raise"
    LOWER = "lower"
    START = "start"
    STOP = "stop"
    MEET = "meet"
    CONSIDER = "consider"
    KEEP = "keep"
    INFORM = "inform"


#: Verdicts an ``advise`` rule can give; the others come from targets.
ADVISABLE = (Verdict.DO, Verdict.CONSIDER, Verdict.AVOID, Verdict.INFORM)

#: Verdicts that ask for a change.
CHANGES = frozenset({Verdict.AVOID, Verdict.DO, Verdict.RAISE, Verdict.LOWER, Verdict.START, Verdict.STOP})


class Section(Record, frozen=True):
    """A part of the source that claims come from; an editorial one holds claims of our own."""

    id: str
    title: Text
    editorial: bool = False
    position: Position = NOWHERE


class Header(Record, frozen=True):
    """What the knowledge base says about itself."""

    id: str
    title: Text
    version: str
    languages: tuple[str, ...]
    about: Text
    notice: Text
    maintainers: tuple[str, ...] = ()
    review_every_months: int | None = None
    source: Mapping[str, Any] = EMPTY
    sections: Mapping[str, Section] = EMPTY
    order: tuple[str, ...] = ()
    order_positions: tuple[Position, ...] = ()
    position: Position = NOWHERE


class Fact(Record, frozen=True):
    """Something known of a person: stated by them, or derived by rules or a formula.

    ``span`` is inclusive and in the fact's unit. ``statable`` marks a derived number a person may know;
    ``changeable`` is false for what somebody cannot change by deciding to, such as an age.
    """

    id: str
    type: FactType
    label: Text
    question: Text = NO_TEXT
    help: Text = NO_TEXT
    choices: Mapping[str, Text] = EMPTY
    unit: str = ""
    span: tuple[float, float] | None = None
    step: float | None = None
    derived: bool = False
    statable: bool = False
    changeable: bool = True
    formula: Formula | None = None
    otherwise: str | None = None
    position: Position = NOWHERE
    unit_position: Position = NOWHERE
    span_position: Position = NOWHERE
    otherwise_position: Position = NOWHERE

    @property
    def values(self) -> tuple[Value, ...]:
        """The values of a yes/no or a choice, in the author's order; a number has none to list."""
        return (True, False) if self.type is FactType.BOOLEAN else tuple(self.choices)

    @property
    def can_be_stated(self) -> bool:
        return self.statable or not self.derived


class Parameter(Record, frozen=True):
    """A number, or a range, with its one source. ``low`` equals ``high`` for a single number."""

    id: str
    low: float
    high: float
    is_range: bool
    unit: str
    claim: str
    label: Text
    position: Position = NOWHERE
    unit_position: Position = NOWHERE
    claim_position: Position = NOWHERE
    range_position: Position = NOWHERE


class Checked(Record, frozen=True):
    """When, by whom and how something was checked. ``on`` is an ISO date."""

    on: str
    by: str
    how: Text = NO_TEXT
    position: Position = NOWHERE


class Locator(Record, frozen=True):
    """Where in a work something stands: ``label`` is a locator of CSL, such as ``page``."""

    label: str
    value: str

    def __str__(self) -> str:
        return f"{self.label} {self.value}"


class Citation(Record, frozen=True):
    """A claim's citation of a numbered reference, with the verdict on whether the work supports it."""

    reference: str
    support: Support = Support.UNCHECKED
    reason: Text = NO_TEXT
    checked: Checked | None = None
    locator: Locator | None = None
    position: Position = NOWHERE


class FurtherEvidence(Record, frozen=True):
    """A work the source itself does not cite, and where it stands towards the claim."""

    work: str
    stance: Support
    finding: Text = NO_TEXT
    checked: Checked | None = None
    locator: Locator | None = None
    position: Position = NOWHERE


class Claim(Record, frozen=True):
    """What the source says, or what we say ourselves where the section is editorial."""

    id: str
    section: str
    kind: str
    says: Text
    cites: tuple[Citation, ...] = ()
    further_evidence: tuple[FurtherEvidence, ...] = ()
    contradicts: tuple[str, ...] = ()
    contradiction: Text = NO_TEXT
    status: Lifecycle = Lifecycle.ACTIVE
    maintainers: tuple[str, ...] = ()
    review_by: str = ""
    position: Position = NOWHERE
    section_position: Position = NOWHERE
    contradicts_positions: tuple[Position, ...] = ()
    review_by_position: Position = NOWHERE

    @property
    def checks(self) -> tuple[Checked, ...]:
        """The checks of what it cites and of further evidence."""
        checks = [*(cite.checked for cite in self.cites), *(item.checked for item in self.further_evidence)]
        return tuple(checked for checked in checks if checked is not None)


class Work(Record, frozen=True):
    """A publication outside the numbered references; ``csl`` is a CSL-JSON item."""

    id: str
    csl: Mapping[str, Any]
    position: Position = NOWHERE


class OnRecord(Record, frozen=True):
    """What could be established about a reference, kept apart from how it is cited."""

    status: Status = Status.UNCHECKED
    csl: Mapping[str, Any] = EMPTY
    differences: tuple[str, ...] = ()
    probably_meant: tuple[str, ...] = ()
    note: Text = NO_TEXT
    checked: Checked | None = None
    probably_meant_positions: tuple[Position, ...] = ()


class Reference(Record, frozen=True):
    """A numbered reference of the source, exactly as the source cites it, and as it is on record."""

    number: str
    as_cited: Mapping[str, Any]
    on_record: OnRecord
    review_by: str = ""
    position: Position = NOWHERE
    review_by_position: Position = NOWHERE
    doi_position: Position = NOWHERE


class Remark(Record, frozen=True):
    says: Text
    when: Condition | None = None


class Row(Record, frozen=True):
    """A row of a table; left out for a person of whom ``when`` is false."""

    id: str
    cells: Mapping[str, Text]
    when: Condition | None = None
    remarks: tuple[Remark, ...] = ()
    position: Position = NOWHERE


class Table(Record, frozen=True):
    id: str
    title: Text
    claim: str
    columns: Mapping[str, Text]
    rows: tuple[Row, ...]
    position: Position = NOWHERE
    claim_position: Position = NOWHERE


def conditions_in(table: Table) -> Iterator[Condition]:
    """The conditions of a table's rows and of their remarks, in the order written."""
    for row in table.rows:
        conditions = (row.when, *(remark.when for remark in row.remarks))
        yield from (condition for condition in conditions if condition is not None)


class Bound(Record, frozen=True):
    """One bound of a target as written: ``kind`` is within, at_least, at_most or is."""

    kind: str
    value: Formula | Between | Value
    position: Position = NOWHERE


class Target(Record, frozen=True):
    of: str
    bound: Bound
    position: Position = NOWHERE


class Conclusion(Record, frozen=True):
    fact: str
    value: Value
    position: Position = NOWHERE
    value_position: Position = NOWHERE


class Rule(Record, frozen=True):
    """Exactly one of ``target``, ``conclude`` and ``advise`` is given.

    ``says`` holds a text per verdict for a target, and one text under the verdict or ``""`` otherwise.
    """

    id: str
    title: Text
    when: Condition
    target: Target | None = None
    conclude: Conclusion | None = None
    advise: Verdict | None = None
    says: Mapping[str, Text] = EMPTY
    topic: str = ""
    because: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    definition: bool = False
    first: bool = False
    table: str = ""
    causes_of: str = ""
    status: Lifecycle = Lifecycle.ACTIVE
    maintainers: tuple[str, ...] = ()
    review_by: str = ""
    position: Position = NOWHERE
    positions: Mapping[str, Position] = EMPTY
    claim_positions: Mapping[str, Position] = EMPTY

    @property
    def recommends(self) -> bool:
        return self.conclude is None


class Gets(Record, frozen=True):
    """A recommendation a guarantee speaks of: of a topic, with one of some verdicts, with a target on a fact.

    What is left out may be anything; ``target`` is ``any`` for a target on any fact.
    """

    topic: str = ""
    verdicts: tuple[Verdict, ...] = ()
    target: str = ""
    position: Position = NOWHERE
    topic_position: Position = NOWHERE
    target_position: Position = NOWHERE


class GuaranteeKind(Word):
    """How a guarantee begins."""

    EVERY = "every"
    NOBODY = "nobody"
    TOGETHER = "together"


class Guarantee(Record, frozen=True):
    """What the authors hold to be so of every possible person; it changes no advice.

    Every person, or nobody, of whom ``where`` is true and who states the facts in ``stating``, gets what
    ``gets`` describes. Or: everyone who is given targets in all the topics ``together`` and cannot meet them
    at once, and nobody else, is given the topic ``told_by``.
    """

    id: str
    title: Text
    kind: GuaranteeKind
    where: Condition | None = None
    stating: tuple[str, ...] = ()
    gets: Gets | None = None
    together: tuple[str, ...] = ()
    told_by: str = ""
    position: Position = NOWHERE
    stating_positions: tuple[Position, ...] = ()
    together_positions: tuple[Position, ...] = ()
    told_by_position: Position = NOWHERE


class Content(Record, frozen=True):
    """All that the files of a knowledge base say, in the authors' order.

    ``with_drafts`` is not said by the files: whoever asks for drafts has them counted as if they were active.
    """

    header: Header
    dimensions: Mapping[str, DimensionKind] = EMPTY
    units: Mapping[str, Unit] = EMPTY
    facts: Mapping[str, Fact] = EMPTY
    parameters: Mapping[str, Parameter] = EMPTY
    works: Mapping[str, Work] = EMPTY
    references: Mapping[str, Reference] = EMPTY
    claims: Mapping[str, Claim] = EMPTY
    tables: Mapping[str, Table] = EMPTY
    rules: Mapping[str, Rule] = EMPTY
    guarantees: Mapping[str, Guarantee] = EMPTY
    dimension_positions: Mapping[str, Position] = EMPTY
    with_drafts: bool = False

    @property
    def in_force(self) -> frozenset[Lifecycle]:
        """The statuses of rules and claims that count."""
        drafts = {Lifecycle.DRAFT} if self.with_drafts else set()
        return frozenset({Lifecycle.ACTIVE, *drafts})


def editorial(content: Content, claim: Claim) -> bool:
    """Whether a claim is the knowledge base's own and not its source's."""
    section = content.header.sections.get(claim.section)
    return section is not None and section.editorial


def can_be_supported(content: Content, claim: Claim) -> bool:
    """Whether a claim is one for references to support: no editorial one, and none about the scope."""
    return not editorial(content, claim) and claim.kind != "scope"


def counts_as_support(content: Content, claim: Claim) -> bool:
    """Whether a claim's citations count: it can be supported, and is in force."""
    return can_be_supported(content, claim) and claim.status in content.in_force
