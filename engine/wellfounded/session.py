"""A conversation with one person: facts come, change and go, and the advice follows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from operator import ne
from typing import TYPE_CHECKING, Any

from wellfounded.load.stated import in_order, valued
from wellfounded.model.advice import Advice
from wellfounded.model.errors import ConflictError, FactError, FactProblem, ReasonerError
from wellfounded.model.frozen import frozen
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.model.values import Value

if TYPE_CHECKING:
    from wellfounded.advise.advisor import Advisor
    from wellfounded.advise.policy import EvidencePolicy
    from wellfounded.advise.topics import Topics
    from wellfounded.model.content import Content
    from wellfounded.model.valuation import Valuation
    from wellfounded.reason.memory import Memory


class Changes(Record, frozen=True):
    """What the last statement changed, each as before and after.

    ``facts`` has derived and stated facts, unknown as ``None``; ``recommendations`` has verdicts,
    ``undecided``, ``left-out`` where the evidence policy leaves a recommendation out, or ``absent`` where
    there is none.
    """

    facts: Mapping[str, tuple[Value | None, Value | None]]
    recommendations: Mapping[str, tuple[str, str]]


class Session:
    """The facts of one person over time. Not to be shared between threads; close it when it is done.

    What is stated is taken in even where rules disagree about it, since a later statement may settle that;
    until then, whoever asks what follows meets the ``ConflictError``.
    """

    def __init__(
        self, content: Content, advisor: Advisor, topics: Topics, memory: Memory, policy: EvidencePolicy
    ) -> None:
        self._content = content
        self._advisor = advisor
        self._topics = topics
        self._memory = memory
        self._policy = policy
        self._closed = False
        self._stated: dict[str, Value] = {}
        self._now = self._valued()
        self._before = self._now

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def facts(self) -> Mapping[str, Value]:
        """What is stated now, in the knowledge base's order."""
        return in_order(self._content, self._stated)

    def state(self, /, **facts: Any) -> None:
        """State facts, in place of what was stated of them before; all or none of them.

        Raises ``FactError`` naming every problem, and then nothing has changed.
        """
        self._refuse_closed()
        values, problems = valued(self._content, facts)
        if problems:
            raise FactError(tuple(problems))
        for fact, value in values.items():
            self._memory.state(fact, value)
            self._stated[fact] = value
        self._value()

    def retract(self, *facts: str) -> None:
        """Take facts back, so that they are unknown again. Raises ``FactError`` for one not stated."""
        self._refuse_closed()
        named = dict.fromkeys(facts)
        problems = [
            FactProblem(fact, f"`{fact}` is not stated", suggestion(fact, self._stated))
            for fact in named
            if fact not in self._stated
        ]
        if problems:
            raise FactError(tuple(problems))
        for fact in named:
            self._memory.retract(fact)
            del self._stated[fact]
        self._value()

    def valuation(self) -> Valuation:
        """The value of every fact and the outcome of every rule as they stand.

        Raises ``ConflictError`` where two rules give one fact different values.
        """
        return _unless_conflict(self._now)

    def advice(self) -> Advice:
        """The advice for what is stated now. Raises ``ConflictError`` where two rules disagree."""
        return self._advisor.advise(self.facts, self.valuation(), self._policy)

    def changes(self) -> Changes:
        """What the last ``state`` or ``retract`` changed.

        Raises ``ConflictError`` where two rules disagree now or did so before: there is no advice to compare.
        """
        before, now = _unless_conflict(self._before), self.valuation()
        changed = compress(now.layout.facts, map(ne, before.row, now.row))
        return Changes(
            frozen((fact, (before[fact], now[fact])) for fact in changed),
            frozen(self._topics.changed(before, now)),
        )

    def close(self) -> None:
        """Let go of what the reasoner keeps for this session. What it found last can still be read."""
        self._closed = True
        self._memory.close()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise ReasonerError("this session is closed; open another one")

    def _value(self) -> None:
        self._before, self._now = self._now, self._valued()

    def _valued(self) -> Valuation | ConflictError:
        try:
            return self._memory.valuation()
        except ConflictError as conflict:
            return conflict.with_traceback(None)  # which would keep this session alive


def _unless_conflict(found: Valuation | ConflictError) -> Valuation:
    if isinstance(found, ConflictError):
        raise ConflictError(found.about, found.rules)
    return found
