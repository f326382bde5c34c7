"""What the record holds of an advice: who asked and when, which rules answered, and the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from wellfounded.model.advice import Advice, Identity
from wellfounded.model.errors import RecordError
from wellfounded.model.record import Record

#: ASCII, so that nobody is on record under two spellings of what looks like one name.
_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")


class Entry(Record, frozen=True):
    """One advice on record, without what it says.

    ``who`` is a pseudonym, and ``at`` when the advice was recorded, in UTC. ``facts`` is false where what was
    stated was left out.
    """

    id: int
    who: str
    at: datetime
    knowledge_base: Identity
    engine: str
    language: str
    facts: bool
    encrypted: bool


class RecordedAdvice(Record, frozen=True):
    """An advice on record. ``document`` is the advice as it was, or its outline where facts were left out."""

    entry: Entry
    document: Mapping[str, Any]

    def advice(self) -> Advice:
        """The advice itself. Raises ``RecordError`` for an outline, and for what this engine cannot read."""
        if not self.entry.facts:
            raise RecordError(
                f"entry {self.entry.id} was recorded without facts, so only an outline is there"
            )
        try:
            return msgspec.convert(self.document, Advice)
        except msgspec.ValidationError as error:
            message = f"entry {self.entry.id} is of engine {self.entry.engine}, and this one cannot read it"
            raise RecordError(f"{message}: {error}; as JSON it can be shown") from None


class Unreadable(Record, frozen=True):
    """An entry that is damaged, was changed, or was encrypted with another key; ``reason`` is a sentence."""

    entry: Entry
    reason: str


def pseudonym(who: str) -> str:
    """The same, if it can be one. Raises ``RecordError`` if not."""
    if isinstance(who, str) and _PSEUDONYM.fullmatch(who):
        return who
    allowed = (
        "1 to 128 letters without accents, digits, `.`, `_`, `:` or `-`, beginning with a letter or digit"
    )
    raise RecordError(
        f"`{_visible(str(who))}` cannot stand for a person; a pseudonym is {allowed}, so that no name or "
        "address gets in by mistake"
    )


def _visible(text: str) -> str:
    """The beginning of a text in one line, with a code for each sign that does not show."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text[:60]
    )


def without_facts(document: Mapping[str, Any]) -> dict[str, Any]:
    """The outline of an advice: which rules gave it, and what came of each recommendation.

    No fact is in it, no derived one, and no text, target or question from which one could be read.
    """
    kept = ("knowledge_base", "engine", "language", "policy")
    return {
        **{key: document[key] for key in kept},
        "recommendations": [
            {key: item[key] for key in ("id", "verdict")} for item in document["recommendations"]
        ],
        "undecided": [{"id": item["id"]} for item in document["undecided"]],
        "left_out": [{"id": item["id"]} for item in document["left_out"]],
    }
