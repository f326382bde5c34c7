"""A conversation with one person: facts come, change and go, and the advice follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wellfounded.model.advice import Advice
from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.frozen import frozen
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.model.values import Value

if TYPE_CHECKING:
    from wellfounded.advise.advisor import Advisor
    from wellfounded.model.content import Content
    from wellfounded.model.valuation import Valuation
    from wellfounded.reason.memory import Memory


class Changes(Record, frozen=True):
    """What the last statement changed, each as before and after.

    ``facts`` has derived and stated facts, unknown as ``None``; ``recommendations`` has verdicts,
    ``undecided``, or ``absent`` where a recommendation is not given.
    """

    facts: Mapping[str, tuple[Value | None, Value | None]]
    recommendations: Mapping[str, tuple[str, str]]


class Session:
    """The facts of one person over time. Not to be shared between threads; close it when it is done."""

    def __init__(self, content: Content, advisor: Advisor, memory: Memory, check: Any) -> None:
        self._content = content
        self._advisor = advisor
        self._memory = memory
        self._check = check
        self._stated: dict[str, Value] = {}
        self._now = memory.valuation()
        self._before = self._now
        self._stated_before: Mapping[str, Value] = frozen({})

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def facts(self) -> Mapping[str, Value]:
        """What is stated now, in the knowledge base's order."""
        return frozen((fact, self._stated[fact]) for fact in self._content.facts if fact in self._stated)

    def state(self, **facts: Any) -> None:
        """State facts, in place of what was stated of them before; all or none of them.

        Raises ``FactError`` naming every problem, and then nothing has changed.
        """
        checked = self._check(facts)
        self._remember()
        for fact, value in checked.items():
            self._memory.state(fact, value)
            self._stated[fact] = value
        self._now = self._memory.valuation()

    def retract(self, *facts: str) -> None:
        """Take facts back, so that they are unknown again. Raises ``FactError`` for one not stated."""
        problems = [
            FactProblem(fact, f"`{fact}` is not stated", suggestion(fact, self._stated))
            for fact in facts
            if fact not in self._stated
        ]
        if problems:
            raise FactError(tuple(problems))
        self._remember()
        for fact in facts:
            self._memory.retract(fact)
            del self._stated[fact]
        self._now = self._memory.valuation()

    def valuation(self) -> Valuation:
        """The value of every fact and the outcome of every rule as they stand."""
        return self._now

    def advice(self) -> Advice:
        """The advice for what is stated now. Raises ``ConflictError`` where two rules disagree."""
        return self._advisor.advise(self.facts, self._now)

    def changes(self) -> Changes:
        """What the last ``state`` or ``retract`` changed."""
        before, now = self._before.values, self._now.values
        earlier = _outcomes(self._advisor.advise(self._stated_before, self._before))
        later = _outcomes(self.advice())
        topics = dict.fromkeys([*earlier, *later])
        pairs = {topic: (earlier.get(topic, "absent"), later.get(topic, "absent")) for topic in topics}
        return Changes(
            frozen((fact, (before[fact], now[fact])) for fact in now if before[fact] != now[fact]),
            frozen((topic, pair) for topic, pair in pairs.items() if pair[0] != pair[1]),
        )

    def close(self) -> None:
        """Let go of what the reasoner keeps for this session."""
        self._memory.close()

    def _remember(self) -> None:
        self._before, self._stated_before = self._now, self.facts


def _outcomes(advice: Advice) -> dict[str, str]:
    given = {recommendation.id: str(recommendation.verdict) for recommendation in advice.recommendations}
    return given | {item.id: "undecided" for item in advice.undecided}
