"""The core → the rules of a Rete network, as data: what has to be known for what to be concluded.

Every part of a test becomes a statement that can be found true or found false; unknown is what was found
neither. So a rule of the network has only positive conditions, and negation is never asked of the engine:

- a part that joins others gives one rule for its truth and one for its falsity per way of getting there;
- a number is told as its place among the numbers it is compared with, which is all that comparing asks, and
  which no notation of numbers can spoil;
- a rule with many conditions is split: the engine takes sixteen at most, and where facts behind more than
  three are taken back again, it reads past the end of what it keeps of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from wellfounded.model.core import (
    All,
    Any,
    Branch,
    Comparison,
    Conclusion,
    Constant,
    Core,
    Definition,
    Formula,
    OneOf,
    Rounded,
    Selection,
    Test,
    facts_in_term,
    tests_in,
)
from wellfounded.model.record import Record
from wellfounded.model.values import Value

#: A rule of more conditions than this is split.
MOST_CONDITIONS = 3


class Told(Record, frozen=True):
    """A condition: ``name`` was told with a number that stands in ``relation`` to ``number``."""

    name: str
    relation: str
    number: int


class Found(Record, frozen=True):
    """A conclusion: the statement ``name`` was found true (1) or false (0), or a choice to be this one."""

    name: str
    number: int


class Computed(Record, frozen=True):
    """A conclusion: all that a formula needs is known, so that ``name`` can be worked out."""

    name: str


class NetworkRule(Record, frozen=True):
    when: tuple[Told, ...]
    then: Found | Computed


class Choosing(Record, frozen=True):
    """A rule that gives a derived choice a value; ``when`` is what has to be told for it to hold."""

    rule: str
    value: Value
    when: tuple[Told, ...] | None


class Comparing(Record, frozen=True):
    """A comparison whose bound depends on facts: worked out when they are known."""

    test: Comparison


Calculation: TypeAlias = Formula | Comparing


class Network(Record, frozen=True):
    """``names`` gives each fact's name in the network, ``places`` the numbers a fact is compared with.

    ``values`` gives the numbers that stand for a fact's values; ``always`` is what holds for everyone;
    ``holds`` the statement that says whether a recommending rule's test does; ``calculations`` what is worked
    out once it can be; ``choosing`` the rules behind each derived choice.
    """

    rules: tuple[NetworkRule, ...]
    names: Mapping[str, str]
    places: Mapping[str, tuple[float, ...]]
    values: Mapping[str, tuple[Value, ...]]
    holds: Mapping[str, str]
    always: tuple[Found | Computed, ...]
    calculations: Mapping[str, Calculation]
    choosing: Mapping[str, tuple[Choosing, ...]]


#: The condition that always holds, and the one that never does.
ALWAYS: tuple[Told, ...] = ()
Condition: TypeAlias = tuple[Told, ...] | None


def network_of(core: Core) -> Network:
    """The network of a core."""
    return _Builder(core).network()


def place_of(number: float, places: tuple[float, ...]) -> int:
    """The place of a number among those it is compared with: odd where it is one of them."""
    index = bisect_left(places, number)
    return 2 * index + (index < len(places) and places[index] == number)


class _Builder:
    def __init__(self, core: Core) -> None:
        self.core = core
        definitions = core.definitions
        facts = dict.fromkeys([*(i.fact for i in core.inputs), *(d.fact for d in definitions)])
        self.names = {fact: f"f{index}" for index, fact in enumerate(facts)}
        self.numbers = {d.fact for d in definitions if isinstance(d, Formula)}
        self.places: dict[str, set[float]] = {}
        self.values: dict[str, tuple[Value, ...]] = {}
        self.statements: dict[Test, str] = {}
        self.rules: list[NetworkRule] = []
        self.always: list[Found | Computed] = []
        self.calculations: dict[str, Calculation] = {}
        self.choosing: dict[str, tuple[Choosing, ...]] = {}
        self._gather(tests_in(core))

    def _gather(self, tests: Iterable[Test]) -> None:
        """The numbers each fact is compared with and the values each is asked for."""
        asked: dict[str, dict[Value, None]] = {}
        for test in tests:
            if isinstance(test, Comparison) and isinstance(test.bound.term, Constant):
                self.places.setdefault(test.fact, set()).add(test.bound.term.value)
            elif isinstance(test, OneOf):
                asked.setdefault(test.fact, {}).update(dict.fromkeys(test.values))
        self.sorted_places = {fact: tuple(sorted(numbers)) for fact, numbers in self.places.items()}
        self.values = {fact: tuple(values) for fact, values in asked.items()}

    def network(self) -> Network:
        for definition in self.core.definitions:
            self._define(definition)
        holds = {rule.rule: self._statement(rule.test) for rule in self.core.recommending}
        return Network(
            tuple(self.rules),
            self.names,
            self.sorted_places,
            self.values,
            holds,
            tuple(self.always),
            self.calculations,
            self.choosing,
        )

    def _define(self, definition: Definition) -> None:
        name = self.names[definition.fact]
        match definition:
            case Formula():
                self._calculation(name, definition, facts_in_term(definition.result.term))
            case Conclusion():
                either = _any_of(definition.branches)
                self._conclude(
                    self._condition(either, True), Found(name, self._number(definition.fact, True))
                )
                self._conclude(
                    self._condition(either, False), Found(name, self._number(definition.fact, False))
                )
            case Selection():
                self._select(definition, name)

    def _select(self, definition: Selection, name: str) -> None:
        groups: dict[Value, list[Branch]] = {}
        for branch in definition.branches:
            groups.setdefault(branch.value, []).append(branch)
        eithers = {value: _any_of(tuple(branches)) for value, branches in groups.items()}
        for value, either in eithers.items():
            self._conclude(self._condition(either, True), Found(name, self._number(definition.fact, value)))
        none = self._both([self._condition(either, False) for either in eithers.values()])
        self._conclude(none, Found(name, self._number(definition.fact, definition.otherwise)))
        self.choosing[definition.fact] = tuple(
            Choosing(branch.rule, branch.value, self._condition(branch.test, True))
            for branch in definition.branches
        )

    def _number(self, fact: str, value: Value) -> int:
        """The number that stands for a value of a yes/no or a choice."""
        values = self.values.get(fact, ())
        if value not in values:
            self.values[fact] = values = (*values, value)
        return values.index(value)

    def _calculation(self, name: str, calculation: Calculation, facts: Iterable[str]) -> None:
        self.calculations[name] = calculation
        known = [(Told(self.names[fact], ">=", 0),) for fact in dict.fromkeys(facts)]
        self._conclude(self._both(list(known)), Computed(name))

    def _conclude(self, when: Condition, then: Found | Computed) -> None:
        if when is None:
            return
        if when == ALWAYS:
            self.always.append(then)
        else:
            self.rules.append(NetworkRule(when, then))

    def _condition(self, test: Test, wanted: bool) -> Condition:
        """What has to be told for a test to be found ``wanted``; ``None`` where that cannot be."""
        match test:
            case OneOf(values=values) if len(values) == 1:
                relation = "==" if wanted else "!="
                return (Told(self.names[test.fact], relation, self._number(test.fact, values[0])),)
            case Comparison(bound=Rounded(term=Constant(value=bound))):
                relation = str(test.relation) if wanted else _OPPOSITE[str(test.relation)]
                place = place_of(bound, self.sorted_places[test.fact])
                return (Told(self.names[test.fact], relation, place),)
            case All(members=()) | Any(members=()):
                return ALWAYS if isinstance(test, All) is wanted else None
        return (Told(self._statement(test), "==", int(wanted)),)

    def _statement(self, test: Test) -> str:
        """The statement that a test holds, with the rules that find it true or false."""
        if test not in self.statements:
            name = self.statements[test] = f"s{len(self.statements)}"
            self._find(test, name)
        return self.statements[test]

    def _find(self, test: Test, name: str) -> None:
        match test:
            case OneOf(values=values) if len(values) != 1:
                for value in values:
                    told = (Told(self.names[test.fact], "==", self._number(test.fact, value)),)
                    self._conclude(told, Found(name, 1))
                others = [
                    Told(self.names[test.fact], "!=", self._number(test.fact, value)) for value in values
                ]
                known = Told(self.names[test.fact], ">=", 0)
                self._conclude((*others, known) if others else (known,), Found(name, 0))
            case Comparison() if not isinstance(test.bound.term, Constant):
                self._calculation(name, Comparing(test), (test.fact, *facts_in_term(test.bound.term)))
            case All() | Any() if test.members:
                self._find_joined(test, name)
            case _:
                self._conclude(self._condition(test, True), Found(name, 1))
                self._conclude(self._condition(test, False), Found(name, 0))

    def _find_joined(self, test: All | Any, name: str) -> None:
        """All members decide together one way; any one of them decides the other way."""
        together = isinstance(test, All)
        self._conclude(
            self._both([self._condition(member, together) for member in test.members]),
            Found(name, int(together)),
        )
        for member in test.members:
            self._conclude(self._condition(member, not together), Found(name, int(not together)))

    def _both(self, conditions: list[Condition]) -> Condition:
        """All of several conditions, as few enough for one rule."""
        told: list[Told] = []
        for condition in conditions:
            if condition is None:
                return None
            told.extend(condition)
        told = list(dict.fromkeys(told))
        while len(told) > MOST_CONDITIONS:
            chunks = [tuple(told[i : i + MOST_CONDITIONS]) for i in range(0, len(told), MOST_CONDITIONS)]
            told = [self._named(chunk) for chunk in chunks]
        return tuple(told)

    def _named(self, conditions: tuple[Told, ...]) -> Told:
        """A statement of its own for several conditions."""
        name = f"c{len(self.rules)}"
        self.rules.append(NetworkRule(conditions, Found(name, 1)))
        return Told(name, "==", 1)


_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _any_of(branches: tuple[Branch, ...]) -> Test:
    tests = tuple(dict.fromkeys(branch.test for branch in branches))
    return tests[0] if len(tests) == 1 else Any(tests)
