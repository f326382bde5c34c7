"""The core → a Rete network of durable-rules, for one person whose facts come, change and go.

Facts are told one at a time, the network says which rules fire, and what they conclude is told in turn, until
nothing fires. What is known stands in our own working memory with the rules that justify it; a conclusion
that loses its last justification is taken back. What is guarded against: ``docs/decisions/durable-rules.md``.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from wellfounded.model.core import Constant, Core, Formula, Recommending, Rounded, facts_in_term
from wellfounded.model.errors import ConflictError, ReasonerError
from wellfounded.model.record import Record
from wellfounded.model.valuation import Valuation, bounds_with_ends, layout_of
from wellfounded.model.values import Value
from wellfounded.reason.arithmetic import compared, number_of
from wellfounded.reason.network import (
    Computed,
    Found,
    Network,
    NetworkRule,
    Told,
    network_of,
    place_of,
)
from wellfounded.reason.shards import Pattern, patterns_of, shards_of

Reasoner = Callable[[Mapping[str, Value]], Valuation]

#: How many sessions of one ruleset the engine can hold; one more, and the process may end.
MOST_SESSIONS = 1024

_COMPARISONS = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "!=": "$neq"}
#: Network and seat → who sits there. A memory that nobody holds any more is not kept by this.
_memories: weakref.WeakValueDictionary[tuple[str, str], Memory] = weakref.WeakValueDictionary()
#: Network → the names that sessions can have. They are few and used again, since the engine knows a session
#: by a hash of its name only.
_seats: dict[str, list[str]] = {}
_one_at_a_time = threading.Lock()
#: The rule that justifies what holds for everyone.
_NO_RULE = -1
#: The rule that fires first in every session. The engine may crash where it forgets one in which none fired.
_BEGIN = "begin"


def to_rete(core: Core) -> Reasoner:
    """A function that values checked facts. Raises ``ReasonerError`` where durable-rules is missing."""
    plan = RetePlan(core)

    def reason(facts: Mapping[str, Value]) -> Valuation:
        with plan.memory() as memory:
            for fact, value in facts.items():
                memory.state(fact, value)
            return memory.valuation()

    return reason


@cache
def _host() -> Any:
    """The one host of this process, without the dispatcher threads that its own constructor starts."""
    try:
        from durable import engine  # noqa: PLC0415  # an extra, imported when it is asked for
    except ImportError as error:
        message = (
            "the reasoner `rete` needs durable-rules, which works on Python 3.11 and 3.12: "
            "install wellfounded[durable]"
        )
        raise ReasonerError(message) from error

    class _Host(engine.Host):  # type: ignore[misc]  # durable-rules has no types
        def _run(self) -> None:
            """Start no threads: what fires is run by who tells."""

    # It drops an action during which the clock is set, and its way of asking the time is deprecated.
    engine._unix_now = lambda: 0.0
    return _Host()


class Reading(Record, frozen=True):
    """Where what becomes of a recommending rule stands in a row, and what it is read from.

    ``statement`` says whether its test holds; ``bounds`` has those that depend on facts, by their places.
    """

    place: int
    statement: str
    bounds: tuple[tuple[int, Rounded], ...]


class RetePlan:
    """A core's network, registered once per process under the digest of its rules.

    ``looking`` gives the rulesets whose rules look at a name, ``depending`` the rules themselves, and
    ``reading`` the recommending rules of which it may change what becomes.
    """

    def __init__(self, core: Core) -> None:
        self.core = core
        self.layout = layout_of(core)
        self.network = network_of(core)
        self.choices = {self.network.names[fact]: fact for fact in self.network.choosing}
        self.depending: dict[str, list[int]] = {}
        for index, rule in enumerate(self.network.rules):
            for name in dict.fromkeys(told.name for told in rule.when):
                self.depending.setdefault(name, []).append(index)
        self.facts = {name: fact for fact, name in self.network.names.items()}
        self.reading: dict[str, list[Reading]] = {}
        for recommending in core.recommending:
            self._read(recommending)
        self.digest = hashlib.sha256(repr(self.network).encode()).hexdigest()[:32]
        self.looking: dict[str, list[str]] = {}
        with _one_at_a_time:
            self.host = _host()
            self.seats = _seats.setdefault(self.digest, [f"s{seat}" for seat in range(MOST_SESSIONS)])
            for number, shard in enumerate(shards_of(self.network.rules)):
                self._register(f"wellfounded-{self.digest}-{number}", shard)

    def _read(self, rule: Recommending) -> None:
        bounds = {
            self.layout.place_of_bound[rule.rule, end]: bound
            for end, bound in bounds_with_ends(rule)
            if not isinstance(bound.term, Constant)
        }
        statement = self.network.holds[rule.rule]
        reading = Reading(self.layout.place_of_rule[rule.rule], statement, tuple(bounds.items()))
        facts = [fact for bound in bounds.values() for fact in facts_in_term(bound.term)]
        for name in dict.fromkeys([statement, *(self.network.names[fact] for fact in facts)]):
            self.reading.setdefault(name, []).append(reading)

    def _register(self, ruleset: str, shard: tuple[int, ...]) -> None:
        """Hand rules to the engine, which never forgets a ruleset: an equal one is used again."""
        if ruleset not in self.host._ruleset_directory:  # it offers no question for this
            self.host.set_rulesets({ruleset: _definition(self.network, self.digest, shard)})
        for name in dict.fromkeys(told.name for index in shard for told in self.network.rules[index].when):
            self.looking.setdefault(name, []).append(ruleset)

    def memory(self) -> Memory:
        """A working memory for one person; close it, or use it in a ``with``."""
        return Memory(self)


def _definition(network: Network, digest: str, shard: tuple[int, ...]) -> dict[str, Any]:
    rules = {
        f"r{index}": {"all": _conditions(network.rules[index]), "run": _action(digest, index)}
        for index in shard
    }
    return rules | {_BEGIN: {"all": [{"m": {_BEGIN: 1}}], "run": _nothing}}


def _conditions(rule: NetworkRule) -> list[dict[str, Any]]:
    return [{f"m{index}": _written(pattern)} for index, pattern in enumerate(patterns_of(rule))]


def _written(pattern: Pattern) -> dict[str, Any]:
    parts = [_one(told) for told in pattern]
    return parts[0] if len(parts) == 1 else {"$and": parts}


def _one(told: Told) -> dict[str, Any]:
    if told.relation == "==":
        return {told.name: told.number}
    return {_COMPARISONS[told.relation]: {told.name: told.number}}


def _action(digest: str, index: int) -> Callable[[Any], None]:
    """An action knows neither its rule nor its session; it is bound to the one and looks up the other."""

    def fire(context: Any) -> None:
        _memories[digest, context.s.sid].fired.append(index)

    return fire


def _nothing(context: Any) -> None:
    """What a session begins with."""


def _leave(host: Any, seats: list[str], seat: str, begun: set[str]) -> None:
    """Let the engine forget a session, so that another can have its seat."""
    for ruleset in begun:
        host.delete_state(ruleset, seat)
    seats.append(seat)


class Memory:
    """What is known of one person: told facts and what follows, with what justifies it.

    ``told`` has what the engine was told, by name; ``justified`` the rules behind each conclusion;
    ``disputed`` the names of which more than one thing was concluded. ``row`` is the valuation's row as it
    was read last, and ``touched`` has the names of which something else is known since.
    """

    def __init__(self, plan: RetePlan) -> None:
        self.plan = plan
        self.seat = self._seat()
        self.begun: set[str] = set()
        self.leave = weakref.finalize(self, _leave, plan.host, plan.seats, self.seat, self.begun)
        self.leave.atexit = False
        self.fired: list[int] = []
        self.stated: dict[str, Value] = {}
        self.computed: dict[str, float] = {}
        self.told: dict[str, int] = {}
        self.justified: dict[Found, set[int]] = {}
        self.disputed: set[str] = set()
        layout = plan.layout
        self.row: list[Value | None] = [None] * sum(map(len, (layout.facts, layout.rules, layout.bounds)))
        self.touched: set[str] = set()
        _memories[plan.digest, self.seat] = self
        for then in plan.network.always:
            self._tell(self._concluded(then, _NO_RULE))

    def _seat(self) -> str:
        try:
            return self.plan.seats.pop()
        except IndexError:
            message = f"durable-rules holds at most {MOST_SESSIONS} sessions at once; close one first"
            raise ReasonerError(message) from None

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the engine forget this session. One that is forgotten without it is closed all the same."""
        self.leave()

    def state(self, fact: str, value: Value) -> None:
        """Tell a fact, in place of what was told of it before."""
        if self.stated.get(fact) == value and fact in self.stated:
            return
        name = self.plan.network.names[fact]
        self._untell(name)
        self.stated[fact] = value
        self._tell([(name, self._number(fact, value))])

    def retract(self, fact: str) -> None:
        """Take a stated fact back, and all that rests on it alone."""
        if fact not in self.stated:
            return
        name = self.plan.network.names[fact]
        self._untell(name)
        del self.stated[fact]
        if fact in self.computed:
            self._tell([(name, self._number(fact, self.computed[fact]))])

    def valuation(self) -> Valuation:
        """The values of all facts and the outcomes of all rules as they stand.

        Raises ``ConflictError`` while two rules give one derived choice different values.
        """
        self._refuse_conflicts()
        touched, self.touched = self.touched, set()
        for name in touched & self.plan.facts.keys():
            fact = self.plan.facts[name]
            self.row[self.plan.layout.place_of_fact[fact]] = self._value(fact)
        for name in touched & self.plan.reading.keys():
            for reading in self.plan.reading[name]:
                self._read(reading)
        return Valuation(self.plan.layout, tuple(self.row))

    def _read(self, reading: Reading) -> None:
        """Put what becomes of a rule into the row."""
        truth = self._truth(reading.statement)
        numbers = [
            number_of(bound, self._values(facts_in_term(bound.term))) if truth else None
            for _, bound in reading.bounds
        ]
        self.row[reading.place] = None if truth and None in numbers else truth
        for (place, _), number in zip(reading.bounds, numbers, strict=True):
            self.row[place] = None if None in numbers else number

    def _truth(self, statement: str) -> bool | None:
        number = self.told.get(statement)
        return None if number is None else bool(number)

    def _value(self, fact: str) -> Value | None:
        if fact in self.stated:
            return self.stated[fact]
        if fact in self.computed:
            return self.computed[fact]
        number = self.told.get(self.plan.network.names[fact])
        return None if number is None else self.plan.network.values[fact][number]

    def _number(self, fact: str, value: Value) -> int:
        """The number that stands for a value in the network."""
        network = self.plan.network
        if isinstance(value, float):
            return place_of(value, network.places.get(fact, ()))
        values = network.values.get(fact, ())
        return values.index(value) if value in values else len(values)

    def _refuse_conflicts(self) -> None:
        """Raise for the first derived choice that two rules give different values."""
        for name, fact in self.plan.choices.items() if self.disputed else ():
            if name in self.disputed:
                self._refuse_conflict(fact)

    def _refuse_conflict(self, fact: str) -> None:
        holding = [rule for rule in self.plan.network.choosing[fact] if self._holds(rule.when)]
        others = [rule for rule in holding if rule.value != holding[0].value]
        if others:
            raise ConflictError(fact, (holding[0].rule, others[0].rule))

    def _holds(self, when: tuple[Told, ...] | None) -> bool:
        return when is not None and all(_is_met(told, self.told.get(told.name)) for told in when)

    def _tell(self, waiting: list[tuple[str, int]]) -> None:
        """Tell the engine things, and all that follows from them."""
        while waiting:
            name, number = waiting.pop()
            if name in self.told:
                if self.told[name] != number:
                    self.disputed.add(name)
                continue
            self.told[name] = number
            self.touched.add(name)
            self._assert(name, number)
            fired, self.fired = self.fired, []
            for index in fired:
                waiting.extend(self._concluded(self.plan.network.rules[index].then, index))

    def _assert(self, name: str, number: int) -> None:
        for ruleset in self.plan.looking.get(name, ()):
            if ruleset not in self.begun:
                self.begun.add(ruleset)
                self._ask("assert_fact", ruleset, _BEGIN, 1)
            self._ask("assert_fact", ruleset, name, number)
            problem = self.plan.host.get_state(ruleset, self.seat).get("exception")
            if problem:
                raise ReasonerError(f"durable-rules failed inside: {problem}")

    def _ask(self, what: str, ruleset: str, name: str, number: int) -> None:
        from durable.engine import MessageNotHandledException  # noqa: PLC0415  # an extra

        if not self.leave.alive:
            raise ReasonerError("this session is closed")
        try:
            getattr(self.plan.host, what)(ruleset, {"sid": self.seat, "id": name, name: number})
        except MessageNotHandledException:
            return  # no rule looks at this value of it
        except Exception as error:
            raise ReasonerError(f"durable-rules failed: {type(error).__name__} {error}") from error

    def _concluded(self, then: Found | Computed, index: int) -> list[tuple[str, int]]:
        """What a rule that fired concludes, to be told."""
        if isinstance(then, Found):
            self.justified.setdefault(then, set()).add(index)
            return [(then.name, then.number)]
        calculation = self.plan.network.calculations[then.name]
        if isinstance(calculation, Formula):
            number = number_of(calculation.result, self._values(facts_in_term(calculation.result.term)))
            assert number is not None
            self.computed[calculation.fact] = number
            if calculation.fact in self.stated:
                return []
            return [(then.name, self._number(calculation.fact, number))]
        test = calculation.test
        values = self._values([test.fact, *facts_in_term(test.bound.term)])
        number, bound = values[test.fact], number_of(test.bound, values)  # type: ignore[assignment]  # a number fact
        assert isinstance(number, float) and bound is not None
        return self._concluded(Found(then.name, int(compared(test.relation, number, bound))), index)

    def _values(self, facts: Iterable[str]) -> dict[str, Value | None]:
        return {fact: self._value(fact) for fact in facts}

    def _untell(self, name: str) -> None:
        """Take back one thing the engine was told, and every conclusion that loses its last justification."""
        waiting, again = [name], []
        while waiting:
            name = waiting.pop()
            number = self.told.pop(name, None)
            if number is None:
                continue
            self.touched.add(name)
            for ruleset in self.plan.looking.get(name, ()):
                self._ask("retract_fact", ruleset, name, number)
            for index in self.plan.depending.get(name, ()):
                waiting.extend(self._no_longer(self.plan.network.rules[index].then, index))
            if name in self.disputed:
                again.append(name)
        for name in again:
            self.disputed.discard(name)
            self._tell([(found.name, found.number) for found in self.justified if found.name == name])

    def _no_longer(self, then: Found | Computed, index: int) -> list[str]:
        """What a rule that no longer holds leaves without a justification."""
        if isinstance(then, Found):
            return self._unjustified(then, index)
        calculation = self.plan.network.calculations[then.name]
        if isinstance(calculation, Formula):
            self.computed.pop(calculation.fact, None)
            return [] if calculation.fact in self.stated else [then.name]
        return [name for number in (0, 1) for name in self._unjustified(Found(then.name, number), index)]

    def _unjustified(self, found: Found, index: int) -> list[str]:
        rules = self.justified.get(found)
        if rules is None or index not in rules:
            return []
        rules.discard(index)
        if rules:
            return []
        del self.justified[found]
        return [found.name] if self.told.get(found.name) == found.number else []


def _is_met(told: Told, number: int | None) -> bool:
    match told.relation:
        case "==":
            return number == told.number
        case "!=":
            return number is not None and number != told.number
    return number is not None and compared(told.relation, number, told.number)
