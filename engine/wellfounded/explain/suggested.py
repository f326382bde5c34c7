"""What to change for a recommendation: the records.

``Suggestions.to_dict`` gives the document that ``schemas/suggestions.schema.json`` describes.
"""

from __future__ import annotations

from wellfounded.explain.chain import StatedFact
from wellfounded.explain.what_if import Standing
from wellfounded.model.advice import Identity, Shown, TargetRange
from wellfounded.model.document import Document
from wellfounded.model.errors import RecommendationError
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.model.word import Word

#: Changes of more facts than this are not looked for unless asked for.
AT_MOST = 4
#: Nor are changes of more facts than this if asked for.
MOST_CHANGED = 8


class Want(Word):
    """What is wanted of a recommendation: to be there, to say ``keep``, or not to be there."""

    GIVEN = "given"
    KEEP = "keep"
    GONE = "gone"


class SuggestedChange(Record, frozen=True, omit_defaults=True):
    """A fact to change; ``None`` is unknown. ``works`` are the values around ``after`` that do as well."""

    fact: str
    label: str
    before: Shown | None
    after: Shown
    after_worded: str
    before_worded: str = ""
    unit: str = ""
    works: TargetRange | None = None
    works_worded: str = ""


class Suggestion(Record, frozen=True):
    """Changes that together do it, and what the recommendation then is: found by giving the advice."""

    changes: tuple[SuggestedChange, ...]
    steps: float
    then: Standing


class Suggestions(Document, frozen=True, omit_defaults=True):
    """The smallest changes that make a recommendation what is wanted, the smallest first.

    ``already`` where it is so. Where there are none: ``impossible`` are facts that cannot be changed and that
    alone keep it from being so; ``unknown`` are facts that cannot be changed, and have to be known first.
    Else all that is said is that none was found among changes of ``at_most`` facts. ``every_value`` says
    whether all of those were looked at. ``more`` is how many ways there are besides, which change as many
    facts by no fewer steps. ``not_in_force`` says that no rule which gives it is in force, and ``left_out``
    why it would be left out where too little stands behind it.
    """

    knowledge_base: Identity
    engine: str
    language: str
    recommendation: str
    title: str
    want: Want
    at_most: int
    every_value: bool
    now: Standing
    already: bool = False
    not_in_force: bool = False
    left_out: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    more: int = 0
    impossible: tuple[StatedFact, ...] = ()
    unknown: tuple[str, ...] = ()


def want_of(written: str) -> Want:
    """What is wanted, from its name. Raises ``RecommendationError``."""
    names = [str(want) for want in Want]
    if written not in names:
        help = suggestion(str(written), names)
        raise RecommendationError(f"`{written}` is nothing a recommendation can be wanted to be; {help}")
    return Want(written)
