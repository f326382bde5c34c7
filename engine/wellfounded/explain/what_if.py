"""A person and changes of what is stated → what else changes, and which of the changes it takes.

``WhatIf.to_dict`` gives the document that ``schemas/what-if.schema.json`` describes; a field left at its
default is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from wellfounded.advise.edition import Edition
from wellfounded.explain.chain import State
from wellfounded.explain.wording import worded
from wellfounded.model.advice import Advice, Identity, Recommendation, Shown, TargetRange, shown
from wellfounded.model.content import Verdict
from wellfounded.model.document import Document
from wellfounded.model.errors import ConflictError, FactError, FactProblem
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.model.values import Value
from wellfounded.model.word import Word

#: Gives the advice for facts.
Advise = Callable[[Mapping[str, Value]], Advice]


class Became(Word):
    """What a change does to a recommendation: with ``verdict`` and what follows, it is given all along.

    What ``appears`` was not given before, what ``disappears`` was; what is ``ruled-out`` was undecided.
    """

    APPEARS = "appears"
    DISAPPEARS = "disappears"
    BECOMES_UNDECIDED = "becomes-undecided"
    RULED_OUT = "ruled-out"
    LEFT_OUT = "left-out"
    WAITS_FOR = "waits-for"
    VERDICT = "verdict"
    TARGET = "target"
    TEXT = "text"


class ChangedFact(Record, frozen=True, omit_defaults=True):
    """A fact before and after; ``None`` is unknown. ``because`` are the changes that a derived one takes."""

    fact: str
    label: str
    before: Shown | None
    after: Shown | None
    before_worded: str = ""
    after_worded: str = ""
    unit: str = ""
    because: tuple[str, ...] = ()


class Standing(Record, frozen=True, omit_defaults=True):
    """What becomes of a recommendation, at one time."""

    state: State
    verdict: Verdict | None = None
    text: str = ""
    target: TargetRange | None = None
    waits_for: tuple[str, ...] = ()


class ChangedRecommendation(Record, frozen=True):
    """A recommendation before and after, and the changed facts that it takes."""

    recommendation: str
    title: str
    became: Became
    before: Standing
    after: Standing
    because: tuple[str, ...]


class WhatIf(Document, frozen=True):
    """What other facts change: ``changed`` are those that were asked about, ``derived`` those that follow.

    ``because`` names, of several changes, those without which a consequence would not be what it is.
    """

    knowledge_base: Identity
    engine: str
    language: str
    changed: tuple[ChangedFact, ...]
    derived: tuple[ChangedFact, ...]
    recommendations: tuple[ChangedRecommendation, ...]


def refuse_unstated(stated: Mapping[str, Value], facts: Iterable[str]) -> None:
    """Raises ``FactError`` for facts that cannot be left unstated, since they are not stated."""
    problems = tuple(
        FactProblem(fact, f"`{fact}` is not stated", suggestion(fact, stated))
        for fact in facts
        if fact not in stated
    )
    if problems:
        raise FactError(problems)


def what_if(
    advise: Advise, edition: Edition, stated: Mapping[str, Value], wanted: Mapping[str, Value | None]
) -> WhatIf:
    """What changes if these facts are stated, or no longer stated (``None``). Raises ``ConflictError``."""
    changes = {fact: value for fact, value in wanted.items() if stated.get(fact) != value}
    compared = _Compared(advise, edition, stated, changes)
    before = compared.before
    return WhatIf(
        before.knowledge_base,
        before.engine,
        before.language,
        tuple(compared.fact(fact, stated.get(fact), value) for fact, value in changes.items()),
        tuple(compared.derived()),
        tuple(compared.recommendations()),
    )


class _Compared:
    """Advice with all changes, with none, and with some of them."""

    def __init__(
        self,
        advise: Advise,
        edition: Edition,
        stated: Mapping[str, Value],
        changes: Mapping[str, Value | None],
    ) -> None:
        self.advise = advise
        self.edition = edition
        self.stated = stated
        self.changes = changes
        self.before = self._advice(frozenset())
        self.after = self._advice(frozenset(changes))
        self.kept: dict[frozenset[str], Advice | None] = {frozenset(changes): self.after}

    def _advice(self, some: frozenset[str]) -> Advice:
        changed = {**self.stated, **{f: v for f, v in self.changes.items() if f in some}}
        known = {fact: value for fact, value in changed.items() if value is not None}
        return self.advise({fact: known[fact] for fact in self.edition.place if fact in known})

    def advice(self, some: frozenset[str]) -> Advice | None:
        """The advice with some of the changes; none where rules disagree then."""
        if some not in self.kept:
            try:
                self.kept[some] = self._advice(some)
            except ConflictError:
                self.kept[some] = None
        return self.kept[some]

    def because(self, read: Callable[[Advice], object]) -> tuple[str, ...]:
        """Changes that make what is read what it is with all of them, none of which can be left out."""
        wanted, some = read(self.after), frozenset(self.changes)
        for fact in self.changes:
            without = self.advice(some - {fact})
            if without is not None and read(without) == wanted:
                some -= {fact}
        return tuple(fact for fact in self.changes if fact in some)

    def fact(
        self, id: str, before: Value | None, after: Value | None, because: tuple[str, ...] = ()
    ) -> ChangedFact:
        """A fact before and after; a number is rounded unless that hides the change."""
        fact, wording = self.edition.content.facts[id], self.edition.wording
        said = [
            "" if value is None else worded(fact, value, wording, (other,))
            for value, other in ((before, after), (after, before))
        ]
        unit = self.edition.units[id]
        return ChangedFact(
            id, wording.plain(fact.label), shown(before), shown(after), said[0], said[1], unit, because
        )

    def derived(self) -> Iterator[ChangedFact]:
        for id, before in self.before.derived.items():
            after = self.after.derived[id]
            if before != after and id not in self.changes:
                values = [_valued(item.value) for item in (before, after)]
                yield self.fact(id, values[0], values[1], self.because(_derived_fact(id)))

    def recommendations(self) -> Iterator[ChangedRecommendation]:
        """What changes in the order of the advice after, and then what is no longer there."""
        for id in dict.fromkeys(id for id, _ in (*_titles(self.after), *_titles(self.before))):
            before, after = standing(self.before, id), standing(self.after, id)
            if before != after:
                yield ChangedRecommendation(
                    id, self._title(id), _became(before, after), before, after, self.because(_standing(id))
                )

    def _title(self, id: str) -> str:
        return next(
            title for advice in (self.after, self.before) for of, title in _titles(advice) if of == id
        )


def _valued(value: Shown | None) -> Value | None:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _derived_fact(id: str) -> Callable[[Advice], object]:
    return lambda advice: advice.derived[id]


def _standing(id: str) -> Callable[[Advice], object]:
    return lambda advice: standing(advice, id)


def _titles(advice: Advice) -> Iterator[tuple[str, str]]:
    """All that advice speaks of, each with its title."""
    yield from ((item.id, item.title) for item in advice.recommendations)
    yield from ((item.id, item.title) for item in advice.undecided)
    yield from ((item.id, item.title) for item in advice.left_out)


def standing(advice: Advice, id: str) -> Standing:
    """What becomes of a recommendation in advice."""
    given: Recommendation | None = next((item for item in advice.recommendations if item.id == id), None)
    if given is not None:
        return Standing(State.GIVEN, given.verdict, given.text, given.target)
    waiting = next((item for item in advice.undecided if item.id == id), None)
    if waiting is not None:
        return Standing(State.UNDECIDED, waits_for=waiting.waits_for)
    left_out = any(item.id == id for item in advice.left_out)
    return Standing(State.LEFT_OUT if left_out else State.NOT_GIVEN)


def _moved(before: State, after: State) -> Became:
    match after:
        case State.GIVEN:
            return Became.APPEARS
        case State.UNDECIDED:
            return Became.BECOMES_UNDECIDED
        case State.LEFT_OUT if before is not State.GIVEN:
            return Became.LEFT_OUT
    return Became.DISAPPEARS if before is State.GIVEN else Became.RULED_OUT


def _became(before: Standing, after: Standing) -> Became:
    if before.state is not after.state:
        return _moved(before.state, after.state)
    if after.state is State.UNDECIDED:
        return Became.WAITS_FOR
    if before.verdict is not after.verdict:
        return Became.VERDICT
    return Became.TARGET if before.target != after.target else Became.TEXT
