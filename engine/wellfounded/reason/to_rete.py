"""The core → a Rete network of durable-rules, for one person whose facts come, change and go.

Facts are told one at a time, the network says which rules fire, and what they conclude is told in turn, until
nothing fires. What is known stands in our own working memory with the rules that justify it; a conclusion
that loses its last justification is taken back. What is guarded against: ``docs/decisions/durable-rules.md``.
"""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from wellfounded.model.core import Core, Formula
from wellfounded.model.errors import ConflictError, ReasonerError
from wellfounded.model.valuation import Valuation, bounds_with_ends, layout_of
from wellfounded.model.values import Value
from wellfounded.reason.arithmetic import compared, number_of
from wellfounded.reason.network import Computed, Found, Network, NetworkRule, Told, network_of, place_of

Reasoner = Callable[[Mapping[str, Value]], Valuation]

_COMPARISONS = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "!=": "$neq"}
_sessions: dict[str, Memory] = {}
_session_numbers = itertools.count(1)
_registering = threading.Lock()


def to_rete(core: Core) -> Reasoner:
    """A function that values checked facts. Raises ``ReasonerError`` where durable-rules is missing."""
    program = RetePlan(core)

    def reason(facts: Mapping[str, Value]) -> Valuation:
        with program.memory() as memory:
            for fact, value in facts.items():
                memory.state(fact, value)
            return memory.valuation()

    return reason


@cache
def _host() -> Any:
    """The one host of this process, without the dispatcher threads that its own constructor starts."""
    try:
        from durable.engine import Host  # noqa: PLC0415  # an extra, imported when it is asked for
    except ImportError as error:
        message = (
            "the reasoner `rete` needs durable-rules, which works on Python 3.11 and 3.12: "
            "install wellfounded[durable]"
        )
        raise ReasonerError(message) from error

    class _Host(Host):  # type: ignore[misc]  # durable-rules has no types
        def _run(self) -> None:
            """Start no threads: what fires is run by who tells."""

    return _Host()


class RetePlan:
    """A core's network, registered once per process under the digest of its rules."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.layout = layout_of(core)
        self.network = network_of(core)
        self.facts = {name: fact for fact, name in self.network.names.items()}
        self.statable = {d.fact for d in core.definitions if isinstance(d, Formula) and d.statable}
        self.depending: dict[str, list[int]] = {}
        for index, rule in enumerate(self.network.rules):
            for name in dict.fromkeys(told.name for told in rule.when):
                self.depending.setdefault(name, []).append(index)
        self.ruleset = f"wellfounded-{hashlib.sha256(repr(self.network).encode()).hexdigest()[:32]}"
        self.register()

    def register(self) -> None:
        """Hand the rules to the engine, which never forgets a ruleset: an equal one is used again."""
        host = _host()
        with _registering:
            if self.ruleset not in host._ruleset_directory:  # it offers no question for this
                host.set_rulesets({self.ruleset: _definition(self.network)})

    def memory(self) -> Memory:
        """A working memory for one person; close it, or use it in a ``with``."""
        return Memory(self)


def _definition(network: Network) -> dict[str, Any]:
    return {
        f"r{index}": {"all": _conditions(rule), "run": _action(index)}
        for index, rule in enumerate(network.rules)
    }


def _conditions(rule: NetworkRule) -> list[dict[str, Any]]:
    """One condition per name: the engine never lets one message serve two conditions of a rule."""
    by_name: dict[str, list[Told]] = {}
    for told in rule.when:
        by_name.setdefault(told.name, []).append(told)
    return [{f"m{index}": _pattern(group)} for index, group in enumerate(by_name.values())]


def _pattern(group: list[Told]) -> dict[str, Any]:
    patterns = [_one(told) for told in group]
    return patterns[0] if len(patterns) == 1 else {"$and": patterns}


def _one(told: Told) -> dict[str, Any]:
    if told.relation == "==":
        return {told.name: told.number}
    return {_COMPARISONS[told.relation]: {told.name: told.number}}


def _action(index: int) -> Callable[[Any], None]:
    """An action knows neither its rule nor its session; it is bound to the one and looks up the other."""

    def fire(context: Any) -> None:
        _sessions[context.s.sid].fired.append(index)

    return fire


class Memory:
    """What is known of one person: told facts and what follows, with what justifies it.

    ``told`` has what the engine was told, by name; ``justified`` the rules behind each conclusion.
    """

    def __init__(self, plan: RetePlan) -> None:
        self.plan = plan
        self.session = f"s{next(_session_numbers)}"
        self.begun = False
        self.fired: list[int] = []
        self.stated: dict[str, Value] = {}
        self.computed: dict[str, float | bool] = {}
        self.told: dict[str, int] = {}
        self.justified: dict[Found, set[int]] = {}
        _sessions[self.session] = self
        for found in plan.network.always:
            self._justify(found, -1)

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the engine forget this session; it keeps at most 1,024."""
        if _sessions.pop(self.session, None) is not None and self.begun:
            _host().delete_state(self.plan.ruleset, self.session)

    def state(self, fact: str, value: Value) -> None:
        """Tell a fact, in place of what was told of it before."""
        if self.stated.get(fact) == value and fact in self.stated:
            return
        self._untell(self.plan.network.names[fact])
        self.stated[fact] = value
        self._tell(self.plan.network.names[fact], self._number(fact, value))

    def retract(self, fact: str) -> None:
        """Take a stated fact back, and all that rests on it alone."""
        if fact not in self.stated:
            return
        name = self.plan.network.names[fact]
        self._untell(name)
        del self.stated[fact]
        if fact in self.computed:
            self._tell(name, self._number(fact, self.computed[fact]))

    def valuation(self) -> Valuation:
        """The values of all facts and the outcomes of all rules as they stand."""
        values = {fact: self._value(fact) for fact in self.plan.layout.facts}
        holds: dict[str, bool | None] = {}
        bounds: dict[tuple[str, str], float | None] = {}
        for rule in self.plan.core.recommending:
            truth = self._truth(self.plan.network.holds[rule.rule])
            ends = {end: number_of(bound, values) for end, bound in bounds_with_ends(rule)}
            if truth and None in ends.values():
                truth = None
            holds[rule.rule] = truth
            bounds.update({(rule.rule, end): number if truth else None for end, number in ends.items()})
        layout = self.plan.layout
        row = [*values.values(), *holds.values(), *(bounds[bound] for bound in layout.bounds)]
        return Valuation(layout, tuple(row))

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

    def _tell(self, name: str, number: int) -> None:
        """Tell the engine one thing, and all that follows from it."""
        waiting = [(name, number)]
        while waiting:
            name, number = waiting.pop()
            self.told[name] = number
            if name not in self.plan.depending:
                continue
            self._assert(name, number)
            fired, self.fired = self.fired, []
            for index in fired:
                waiting.extend(self._follow(index))

    def _assert(self, name: str, number: int) -> None:
        from durable.engine import MessageNotHandledException  # noqa: PLC0415  # an extra

        host = _host()
        self.begun = True
        message = {"sid": self.session, "id": name, name: number}
        try:
            host.assert_fact(self.plan.ruleset, message)
        except MessageNotHandledException:
            return  # no rule looks at this value of it
        problem = host.get_state(self.plan.ruleset, self.session).get("exception")
        if problem:
            raise ReasonerError(f"durable-rules failed inside: {problem}")

    def _follow(self, index: int) -> list[tuple[str, int]]:
        """What a rule that fired concludes and was not known yet."""
        then = self.plan.network.rules[index].then
        if isinstance(then, Found):
            return self._newly(then, index)
        return self._compute(then, index)

    def _newly(self, found: Found, index: int) -> list[tuple[str, int]]:
        rules = self.justified.setdefault(found, set())
        rules.add(index)
        if found.name in self.told:
            if self.told[found.name] != found.number:
                self._conflict(found)
            return []
        return [(found.name, found.number)]

    def _conflict(self, found: Found) -> None:
        fact = self.plan.facts.get(found.name, found.name)
        raise ConflictError(fact, tuple(sorted(self._rules_of(fact))))

    def _rules_of(self, fact: str) -> set[str]:
        """The authors' rules that conclude something about a fact."""
        return {
            branch.rule
            for definition in self.plan.core.definitions
            if definition.fact == fact and not isinstance(definition, Formula)
            for branch in definition.branches
        }

    def _justify(self, found: Found, index: int) -> None:
        for name, number in self._newly(found, index):
            self._tell(name, number)

    def _compute(self, then: Computed, index: int) -> list[tuple[str, int]]:
        calculation = self.plan.network.calculations[then.name]
        values = {fact: self._value(fact) for fact in self.plan.layout.facts}
        if isinstance(calculation, Formula):
            number = number_of(calculation.result, values)
            assert number is not None
            self.computed[calculation.fact] = number
            self.justified.setdefault(Found(then.name, 0), set()).add(index)
            if calculation.fact in self.stated:
                return []
            return [(then.name, self._number(calculation.fact, number))]
        test = calculation.test
        number, bound = values[test.fact], number_of(test.bound, values)  # type: ignore[assignment]  # a number fact
        assert isinstance(number, float) and bound is not None
        return self._newly(Found(then.name, int(compared(test.relation, number, bound))), index)

    def _untell(self, name: str) -> None:
        """Take back one thing the engine was told, and every conclusion that loses its last justification."""
        waiting = [name]
        while waiting:
            name = waiting.pop()
            number = self.told.pop(name, None)
            if number is None:
                continue
            if name in self.plan.depending:
                _host().retract_fact(self.plan.ruleset, {"sid": self.session, "id": name, name: number})
            for index in self.plan.depending.get(name, ()):
                waiting.extend(self._unfollow(index))

    def _unfollow(self, index: int) -> list[str]:
        """What a rule that no longer holds leaves without a justification."""
        then = self.plan.network.rules[index].then
        if isinstance(then, Found):
            return self._no_longer(then, index)
        calculation = self.plan.network.calculations[then.name]
        if isinstance(calculation, Formula):
            self.computed.pop(calculation.fact, None)
            self.justified.pop(Found(then.name, 0), None)
            return [] if calculation.fact in self.stated else [then.name]
        return [*self._no_longer(Found(then.name, 0), index), *self._no_longer(Found(then.name, 1), index)]

    def _no_longer(self, found: Found, index: int) -> list[str]:
        rules = self.justified.get(found)
        if rules is None or index not in rules:
            return []
        rules.discard(index)
        if rules:
            return []
        del self.justified[found]
        return [found.name]
