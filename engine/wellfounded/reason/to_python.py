"""The core → one straight-line Python function from facts to a valuation's row.

Two functions are written: one for people of whom every fact is known, in plain two-valued logic, and one in
Kleene's three-valued logic for everyone else. A test that several rules share is computed once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from math import inf
from operator import itemgetter
from typing import Any as Anything
from typing import TypeAlias

from wellfounded.model.core import (
    OPPOSITE,
    All,
    Any,
    Arithmetic,
    Branch,
    Comparison,
    Conclusion,
    Constant,
    Core,
    Definition,
    FactNumber,
    Formula,
    OneOf,
    Rounded,
    Selection,
    Term,
    Test,
    facts_in_term,
)
from wellfounded.model.errors import ConflictError
from wellfounded.model.valuation import Layout, Valuation, bounds_with_ends, layout_of
from wellfounded.model.values import WHOLE, Truth, Value

Facts = Mapping[str, Value]
Reasoner = Callable[[Facts], Valuation]
#: Beginnings of an *all* or an *any*: its type, and its first members.
Beginnings: TypeAlias = frozenset[tuple[type, tuple[Test, ...]]]


def to_python(core: Core) -> Reasoner:
    """A function that values checked facts.

    It raises ``ConflictError`` where two rules give one derived choice different values.
    """
    layout = layout_of(core)
    shared = _shared_beginnings(core)
    used: Counter[Test] = Counter()
    _Known(core, layout, shared, used).source()
    when_unknown = _compiled(_Unknown(core, layout, shared, used).source(), layout)
    known = _Known(core, layout, shared, Counter(), used).source()
    return _compiled(known, layout, all_of=_all_of(_needed(core)), when_unknown=when_unknown)


def _compiled(source: str, layout: Layout, **more: Anything) -> Reasoner:
    names = {"valuation": Valuation, "layout": layout, "conflict": _conflict, **more}
    exec(compile(source, "<core>", "exec"), names)  # noqa: S102  # our own source; authors' ids in it are quoted
    function: Reasoner = names["reason"]
    return function


def _all_of(facts: list[str]) -> Callable[[Facts], tuple[Value, ...]]:
    """A function that takes the values of facts; it raises ``KeyError`` if one is unknown."""
    if len(facts) > 1:
        return itemgetter(*facts)
    return lambda stated: tuple(stated[fact] for fact in facts)


def _needed(core: Core) -> list[str]:
    """The facts that nothing gives unless they are stated."""
    derived = {definition.fact for definition in core.definitions}
    return [fact.fact for fact in core.inputs if fact.fact not in derived]


def _conflict(fact: str, branches: tuple[tuple[str, Value, Truth], ...]) -> None:
    """Two rules that hold give a derived choice different values: raise for the first two that do."""
    holding = [(rule, value) for rule, value, truth in branches if truth]
    first, chosen = holding[0]
    other = next(rule for rule, value in holding if value != chosen)
    raise ConflictError(fact, (first, other))


class _Writer(ABC):
    """Writes one function, line by line. Subclasses say how truth is combined."""

    def __init__(self, core: Core, layout: Layout, shared: Beginnings) -> None:
        self.core = core
        self.layout = layout
        self.lines: list[str] = []
        self.variable = {fact: f"f{place}" for place, fact in enumerate(layout.facts)}
        self.done: dict[Test, str] = {}
        self.temporaries = 0
        self.shared = shared
        self.longest = max((len(members) for _, members in shared), default=0)

    def source(self) -> str:
        self.read_inputs()
        for definition in self.core.definitions:
            self.define(definition)
        holds, bounds = [], []
        for rule in self.core.recommending:
            written = [bound for _, bound in bounds_with_ends(rule) if not isinstance(bound.term, Constant)]
            variable, given = self.recommend(self.test(rule.test), written)
            holds.append(variable)
            bounds.extend(given)
        facts = [self.variable[fact] for fact in self.layout.facts]
        row = "".join(f"{variable}, " for variable in [*facts, *holds, *bounds])
        body = "\n    ".join([*self.lines, f"return valuation(layout, ({row}))"])
        return f"def reason(facts):\n    {body}\n"

    @abstractmethod
    def read_inputs(self) -> None:
        """Give every fact that can be stated its variable."""

    def define(self, definition: Definition) -> None:
        match definition:
            case Formula():
                self.formula(definition)
            case Conclusion():
                self.variable[definition.fact] = self.named(self.any_of(definition.branches))
            case Selection():
                self.selection(definition)

    @abstractmethod
    def formula(self, definition: Formula) -> None:
        """Give a computed number its variable."""

    def any_of(self, branches: tuple[Branch, ...]) -> str:
        """An expression that is true if a branch holds."""
        tests = tuple(dict.fromkeys(branch.test for branch in branches))
        return self.test(tests[0] if len(tests) == 1 else Any(tests)) if tests else "False"

    def selection(self, definition: Selection) -> None:
        variable = self.variable[definition.fact]
        groups: dict[Value, list[Branch]] = {}
        for branch in definition.branches:
            groups.setdefault(branch.value, []).append(branch)
        truths = {value: self.any_of(tuple(branches)) for value, branches in groups.items()}
        self.refuse_conflicts(definition, list(truths.values()))
        chosen = self.otherwise(definition, list(truths.values()))
        for value, truth in reversed(truths.items()):
            chosen = f"{value!r} if {truth} else {chosen}"
        self.lines.append(f"{variable} = {chosen}")

    def refuse_conflicts(self, definition: Selection, truths: list[str]) -> None:
        together = " or ".join(f"{one} and {other}" for one, other in combinations(truths, 2))
        if together:
            branches = "".join(
                f"({branch.rule!r}, {branch.value!r}, {self.test(branch.test)}), "
                for branch in definition.branches
            )
            self.lines.append(f"if {together}: conflict({definition.fact!r}, ({branches}))")

    @abstractmethod
    def otherwise(self, definition: Selection, truths: list[str]) -> str:
        """What a choice is where the truths let none of its values be."""

    @abstractmethod
    def recommend(self, test: str, bounds: list[Rounded]) -> tuple[str, list[str]]:
        """The variable that says whether a rule holds, and those of its bounds."""

    def test(self, test: Test) -> str:
        """A variable or a short expression for a test; computed once however often it is used."""
        if test not in self.done:
            written = self.written(test)
            if not written.isidentifier():
                written = self.assign(written)
            self.done[test] = written
        return self.done[test]

    def written(self, test: Test) -> str:
        match test:
            case OneOf():
                return self.one_of(test)
            case Comparison():
                return self.comparison(test)
            case All() | Any():
                return self.group(test)

    def parts(self, group: All | Any) -> tuple[Test, ...]:
        """What a group joins; a beginning that other groups share is one part."""
        kind, members = type(group), group.members
        for length in range(min(len(members) - 1, self.longest), 1, -1):
            if (kind, members[:length]) in self.shared:
                return (kind(members[:length]), *members[length:])
        return members

    def named(self, expression: str) -> str:
        return expression if expression.isidentifier() else self.assign(expression)

    def assign(self, expression: str) -> str:
        self.temporaries += 1
        variable = f"t{self.temporaries}"
        self.lines.append(f"{variable} = {expression}")
        return variable

    @abstractmethod
    def one_of(self, test: OneOf) -> str:
        """An expression for whether a fact is one of some values."""

    @abstractmethod
    def comparison(self, test: Comparison) -> str:
        """An expression for how a number stands to a bound."""

    @abstractmethod
    def group(self, test: All | Any) -> str:
        """An expression for what tests say together."""

    def rounded(self, bound: Rounded) -> str:
        """The one way numbers are rounded: see ``model.values.rounded``."""
        if isinstance(bound.term, Constant):
            return repr(bound.term.value)
        scale = repr(10.0**bound.decimals)
        return f"({self.term(bound.term)} * {scale} + {WHOLE!r} - {WHOLE!r}) / {scale}"

    def term(self, term: Term) -> str:
        match term:
            case Constant():
                return repr(term.value)
            case FactNumber():
                return self.variable[term.fact]
            case Arithmetic():
                return f"({self.term(term.left)} {term.symbol} {self.term(term.right)})"

    def membership(self, test: OneOf) -> str:
        variable = self.variable[test.fact]
        if len(test.values) == 1 and isinstance(test.values[0], bool):
            return variable if test.values[0] else f"not {variable}"
        return (
            f"{variable} == {test.values[0]!r}" if len(test.values) == 1 else f"{variable} in {test.values!r}"
        )


class _Known(_Writer):
    """Every fact is known: plain two-valued logic; a fact that is not there raises ``KeyError``."""

    def __init__(
        self,
        core: Core,
        layout: Layout,
        shared: Beginnings,
        used: Counter[Test],
        uses: Mapping[Test, int] | None = None,
    ) -> None:
        super().__init__(core, layout, shared)
        self.used = used
        self.uses = uses or {}

    def read_inputs(self) -> None:
        variables = "".join(f"{self.variable[fact]}, " for fact in _needed(self.core))
        if variables:
            self.lines += ["try:", f"    {variables}= all_of(facts)"]
            self.lines += ["except KeyError:", "    return when_unknown(facts)"]

    def test(self, test: Test) -> str:
        """A test is written where it is used, unless it is used so often that a variable costs less."""
        self.used[test] += 1
        if test in self.uses and self.uses[test] <= _uses_without_variable(test):
            written = self.written(test)
            return written if written.isidentifier() else f"({written})"
        return super().test(test)

    def formula(self, definition: Formula) -> None:
        fact, variable = definition.fact, self.variable[definition.fact]
        computed = self.rounded(definition.result)
        stated = f"facts[{fact!r}] if {fact!r} in facts else " if definition.statable else ""
        self.lines.append(f"{variable} = {stated}{computed}")

    def otherwise(self, definition: Selection, truths: list[str]) -> str:
        return repr(definition.otherwise)

    def recommend(self, test: str, bounds: list[Rounded]) -> tuple[str, list[str]]:
        return test, [self.assign(f"{self.rounded(bound)} if {test} else None") for bound in bounds]

    def one_of(self, test: OneOf) -> str:
        return self.membership(test)

    def comparison(self, test: Comparison) -> str:
        return f"{self.variable[test.fact]} {test.relation} {self.rounded(test.bound)}"

    def group(self, test: All | Any) -> str:
        word, nothing = ("and", "True") if isinstance(test, All) else ("or", "False")
        return f" {word} ".join(self.test(part) for part in self.parts(test)) or nothing


def _uses_without_variable(test: Test) -> float:
    """How often a test may be written out: most uses stand behind an *and* or *or* that stops before."""
    match test:
        case OneOf(values=(bool(),)):
            return inf
        case OneOf() | Comparison(bound=Rounded(term=Constant())):
            return 4
    return 1


class _Unknown(_Writer):
    """Any fact may be unknown: Kleene's three-valued logic, with ``None`` for unknown.

    A group is true if its members make it true, false if they make it false, and else unknown; Python's *and*
    and *or* ask for the one and for the other, and stop as soon as they can.
    """

    def __init__(self, core: Core, layout: Layout, shared: Beginnings, uses: Mapping[Test, int]) -> None:
        super().__init__(core, layout, shared)
        self.uses = uses

    def read_inputs(self) -> None:
        if self.core.inputs:
            variables = "".join(f"{self.variable[i.fact]}, " for i in self.core.inputs)
            names = tuple(i.fact for i in self.core.inputs)
            self.lines.append(f"{variables}= map(facts.get, {names!r})")

    def formula(self, definition: Formula) -> None:
        variable = self.variable[definition.fact]
        unknown = self.any_unknown(facts_in_term(definition.result.term))
        computed = f"{variable} = None if {unknown} else {self.rounded(definition.result)}"
        self.lines.append(f"if {variable} is None: {computed}" if definition.statable else computed)

    def any_unknown(self, facts: Iterable[str]) -> str:
        return " or ".join(f"{self.variable[fact]} is None" for fact in dict.fromkeys(facts)) or "False"

    def otherwise(self, definition: Selection, truths: list[str]) -> str:
        unknown = " or ".join(f"{truth} is None" for truth in truths)
        return f"None if {unknown} else {definition.otherwise!r}" if unknown else repr(definition.otherwise)

    def recommend(self, test: str, bounds: list[Rounded]) -> tuple[str, list[str]]:
        if not bounds:
            return test, []
        unknown = self.any_unknown(fact for bound in bounds for fact in facts_in_term(bound.term))
        holds = self.assign(f"(None if {unknown} else True) if {test} else {test}")
        return holds, [self.assign(f"{self.rounded(bound)} if {holds} else None") for bound in bounds]

    def one_of(self, test: OneOf) -> str:
        membership = self.membership(test)
        variable = self.variable[test.fact]
        return variable if membership == variable else f"None if {variable} is None else {membership}"

    def comparison(self, test: Comparison) -> str:
        unknown = self.any_unknown([test.fact, *facts_in_term(test.bound.term)])
        return f"None if {unknown} else {self.variable[test.fact]} {test.relation} {self.rounded(test.bound)}"

    def group(self, test: All | Any) -> str:
        return f"True if {self.joined(test, True)} else False if {self.joined(test, False)} else None"

    def joined(self, test: All | Any, truth: bool) -> str:
        """A condition that holds where a group is certainly of this truth."""
        together = isinstance(test, All) is truth
        conditions = [self.certain(part, truth) for part in self.parts(test)]
        return (" and " if together else " or ").join(conditions) or str(together)

    def certain(self, test: Test, truth: bool) -> str:
        """A condition that holds where a test is certainly of this truth."""
        if self.uses.get(test, 1) > _uses_without_variable(test):
            variable = self.test(test)
            return variable if truth else f"{variable} is False"
        match test:
            case All() | Any():
                return f"({self.joined(test, truth)})"
            case OneOf(fact=fact, values=(bool(value),)):
                return self.variable[fact] if value is truth else f"{self.variable[fact]} is False"
            case OneOf():
                return (
                    self.membership(test)
                    if truth
                    else f"({self.known([test.fact])} and not {self.membership(test)})"
                )
            case Comparison():
                relation = test.relation if truth else OPPOSITE[test.relation]
                known = self.known([test.fact, *facts_in_term(test.bound.term)])
                return f"({known} and {self.variable[test.fact]} {relation} {self.rounded(test.bound)})"

    def known(self, facts: Iterable[str]) -> str:
        return " and ".join(
            f"{variable} is not None" for variable in dict.fromkeys(self.variable[f] for f in facts)
        )


def _shared_beginnings(core: Core) -> Beginnings:
    """Beginnings of at least two members that more than one *all* or *any* has."""
    counted: Counter[tuple[type, tuple[Test, ...]]] = Counter()
    for test in _groups(core):
        for length in range(2, len(test.members) + 1):
            counted[type(test), test.members[:length]] += 1
    return frozenset(beginning for beginning, times in counted.items() if times > 1)


def _groups(core: Core) -> list[All | Any]:
    waiting: list[Test] = [rule.test for rule in core.recommending]
    for definition in core.definitions:
        if not isinstance(definition, Formula):
            waiting.extend(branch.test for branch in definition.branches)
    groups = []
    while waiting:
        test = waiting.pop()
        if isinstance(test, All | Any):
            groups.append(test)
            waiting.extend(test.members)
    return groups
