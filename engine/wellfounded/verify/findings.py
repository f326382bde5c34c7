"""What verification gives: for each question, what was proved, what was found, or that it was not decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record
from wellfounded.model.values import Value, plain_number
from wellfounded.model.word import Word


class Kind(Word):
    """What is wrong where something is found."""

    NEVER_HOLDS = "never-holds"
    ALWAYS_HOLDS = "always-holds"
    IDLE_CONDITION = "idle-condition"
    VALUE_NEVER_REACHED = "value-never-reached"
    CONFLICT = "conflict"
    GAP = "gap"
    OVERLAP = "overlap"
    BROKEN_GUARANTEE = "broken-guarantee"
    EMPTY_GUARANTEE = "empty-guarantee"
    IMPOSSIBLE_TARGETS = "impossible-targets"


#: What is proved where nothing of a kind is found.
PROVED: Mapping[Kind, str] = {
    Kind.NEVER_HOLDS: "rules that hold for someone",
    Kind.ALWAYS_HOLDS: "rules that do not hold for someone",
    Kind.IDLE_CONDITION: "conditions that matter",
    Kind.VALUE_NEVER_REACHED: "values of derived facts that someone has",
    Kind.CONFLICT: "pairs of rules that never disagree",
    Kind.GAP: "borders of ranges without a gap",
    Kind.OVERLAP: "borders of ranges without an overlap",
    Kind.BROKEN_GUARANTEE: "guarantees that hold for everyone",
    Kind.EMPTY_GUARANTEE: "guarantees that are about someone",
    Kind.IMPOSSIBLE_TARGETS: "sets of targets that can be met together, or of which people are told",
}


class Finding(Record, frozen=True):
    """Something that is wrong, for whom, and where it stands.

    ``person`` is the smallest person it is wrong for; there is none where it is wrong that there is nobody.
    ``details`` say what this person gets.
    """

    kind: Kind
    about: str
    message: str
    help: str
    position: Position = NOWHERE
    person: Mapping[str, Value] | None = None
    details: tuple[str, ...] = ()


class Proof(Record, frozen=True):
    """Nothing of this kind is wrong, for any possible person; ``note`` says what else is to be known."""

    kind: Kind
    about: str
    note: str = ""


class Open(Record, frozen=True):
    """It was not decided whether something of this kind is wrong."""

    kind: Kind
    about: str
    reason: str
    position: Position = NOWHERE


Result = Finding | Proof | Open


class Verification(Record, frozen=True):
    """All results, each in the order its question was asked in."""

    found: tuple[Finding, ...]
    proved: tuple[Proof, ...]
    open: tuple[Open, ...]

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How much of each kind was proved."""
        return Counter(proof.kind for proof in self.proved)

    def to_dict(self) -> dict[str, Any]:
        """The results as plain data: what is found, what was not decided, and what was proved."""
        return {
            "found": [_finding(finding) for finding in self.found],
            "open": [
                {"kind": str(item.kind), "about": item.about, "reason": item.reason, **_place(item.position)}
                for item in self.open
            ],
            "proved": [
                {"kind": str(item.kind), "about": item.about, **({"note": item.note} if item.note else {})}
                for item in self.proved
            ],
        }


def _finding(finding: Finding) -> dict[str, Any]:
    made = {
        "kind": str(finding.kind),
        "about": finding.about,
        "message": finding.message,
        "help": finding.help,
    }
    person = None if finding.person is None else as_written(finding.person)
    return {**made, **_place(finding.position), "person": person, "details": list(finding.details)}


def _place(position: Position) -> dict[str, Any]:
    return {"file": position.file, "line": position.line, "column": position.column} if position.file else {}


def as_written(person: Mapping[str, Value]) -> dict[str, Any]:
    """A person as an author would write one: 80 and not 80.0."""
    return {
        fact: plain_number(value) if isinstance(value, float) else value for fact, value in person.items()
    }
