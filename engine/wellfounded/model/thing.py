"""One thing of a knowledge base, by what kind of thing it is and its id."""

from __future__ import annotations

from wellfounded.model.record import Record
from wellfounded.model.word import Word


class Kind(Word):
    """The kinds of things that refer to each other. A recommendation's id is its topic."""

    RECOMMENDATION = "recommendation"
    RULE = "rule"
    CLAIM = "claim"
    REFERENCE = "reference"
    FACT = "fact"
    PARAMETER = "parameter"


class Thing(Record, frozen=True):
    kind: Kind
    id: str
