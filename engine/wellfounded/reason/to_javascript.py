"""The core → one straight-line JavaScript function from facts to a valuation and the truth of every test.

Meaning is only here: whoever reads advice off in JavaScript asks for the truth of a test by its number, and
takes what the test is made of from ``tests``. The logic is Kleene's, with ``null`` for unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any as Anything

from wellfounded.model.core import (
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
    Recommending,
    Rounded,
    Selection,
    Term,
    Test,
    facts_in_term,
)
from wellfounded.model.record import Record
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.model.values import Value


class Program(Record, frozen=True):
    """The source of a function, and the number of each test that it says the truth of, in order.

    The function takes facts by name. It gives ``values`` by fact, ``truths`` by number, ``rules`` (what
    became of each recommending rule: ``holds``, ``low``, ``high``) and ``computed``: what the formula of each
    fact that may also be stated comes to. It calls ``rounded`` and ``conflict``.
    """

    source: str
    tests: Mapping[Test, int]


def to_javascript(core: Core, name: str = "reason") -> Program:
    """A function of this name that values checked facts."""
    writer = _Writer(core)
    return Program(writer.source(name), writer.tests)


def literal(value: Anything) -> str:
    """Plain data as JavaScript: ASCII that no HTML around it takes for its own, and no key with a meaning."""
    written = json.dumps(value, separators=(",", ":"), allow_nan=False)
    # In a literal this one key would set the prototype. Within a text its quotes would be escaped.
    return written.replace('"__proto__":', '["__proto__"]:').replace("<", "\\u003c")


class _Writer:
    def __init__(self, core: Core) -> None:
        self.core = core
        self.lines: list[str] = []
        facts = dict.fromkeys([*(i.fact for i in core.inputs), *(d.fact for d in core.definitions)])
        self.variable = {fact: f"f{place}" for place, fact in enumerate(facts)}
        self.tests: dict[Test, int] = {}

    def source(self, name: str) -> str:
        for stated in self.core.inputs:
            self.let(self.variable[stated.fact], f"facts[{literal(stated.fact)}] ?? null")
        computed = [self.define(definition) for definition in self.core.definitions]
        outcomes = [self.recommend(rule) for rule in self.core.recommending]
        for test in _tests_in_tables(self.core):
            self.test(test)
        values = (f"{literal(fact)}: {variable}" for fact, variable in self.variable.items())
        given = {
            "values": _object(values),
            "truths": f"[{', '.join(f't{number}' for number in self.tests.values())}]",
            "rules": _object(outcomes),
            "computed": _object(found for found in computed if found),
        }
        result = ",\n    ".join(f"{part}: {written}" for part, written in given.items())
        body = "\n  ".join([*self.lines, f"return {{\n    {result},\n  }};"])
        return f"function {name}(facts) {{\n  {body}\n}}\n"

    def let(self, variable: str, expression: str) -> str:
        self.lines.append(f"const {variable} = {expression};")
        return variable

    def define(self, definition: Definition) -> str:
        """Give a derived fact its variable; for one that may be stated, what its formula comes to."""
        variable = self.variable[definition.fact]
        match definition:
            case Formula():
                return self.formula(definition, variable)
            case Conclusion():
                self.let(variable, self.any_of(definition.branches))
            case Selection():
                self.let(variable, self.selection(definition))
        return ""

    def formula(self, definition: Formula, variable: str) -> str:
        unknown = self.any_unknown(facts_in_term(definition.result.term))
        number = f"{unknown} ? null : {self.rounded(definition.result)}"
        if not definition.statable:
            self.let(variable, number)
            return ""
        # What is stated has its variable already; from here on the fact is another one.
        computed = self.let(f"computed_{variable}", number)
        self.variable[definition.fact] = self.let(f"known_{variable}", f"{variable} ?? {computed}")
        return f"{literal(definition.fact)}: {computed}"

    def any_of(self, branches: tuple[Branch, ...]) -> str:
        """An expression that is true if a branch holds, false if none does, and else unknown."""
        return _any([self.test(branch.test) for branch in branches])

    def selection(self, definition: Selection) -> str:
        groups: dict[Value, list[Branch]] = {}
        for branch in definition.branches:
            groups.setdefault(branch.value, []).append(branch)
        fact = self.variable[definition.fact]
        truths = [
            self.let(f"{fact}_{place}", self.any_of(tuple(branches)))
            for place, branches in enumerate(groups.values())
        ]
        self.refuse_conflicts(definition, truths)
        unknown = " || ".join(f"{truth} === null" for truth in truths) or "false"
        chosen = f"{unknown} ? null : {literal(definition.otherwise)}"
        for value, truth in reversed(list(zip(groups, truths, strict=True))):
            chosen = f"{truth} ? {literal(value)} : {chosen}"
        return chosen

    def refuse_conflicts(self, definition: Selection, truths: list[str]) -> None:
        together = " || ".join(f"({one} && {other})" for one, other in combinations(truths, 2))
        if together:
            branches = ", ".join(
                f"[{literal(branch.rule)}, {literal(branch.value)}, {self.test(branch.test)}]"
                for branch in definition.branches
            )
            self.lines.append(f"if ({together}) conflict({literal(definition.fact)}, [{branches}]);")

    def recommend(self, rule: Recommending) -> str:
        """What became of a rule, under its name. Bounds are given only where it holds."""
        test, bounds = self.test(rule.test), bounds_with_ends(rule)
        holds = test
        used = dict.fromkeys(fact for _, bound in bounds for fact in facts_in_term(bound.term))
        if used:
            unknown = self.any_unknown(used)
            holds = self.let(f"holds{len(self.lines)}", f"{test} && {unknown} ? null : {test}")
        ends = {"low": "null", "high": "null"}
        ends |= {end: f"{holds} ? {self.rounded(bound)} : null" for end, bound in bounds}
        return f"{literal(rule.rule)}: {{holds: {holds}, low: {ends['low']}, high: {ends['high']}}}"

    def test(self, test: Test) -> str:
        """The variable of a test; it is computed once however often it is used."""
        if test not in self.tests:
            written = self.written(test)
            self.tests[test] = len(self.tests)
            self.let(f"t{self.tests[test]}", written)
        return f"t{self.tests[test]}"

    def written(self, test: Test) -> str:
        match test:
            case OneOf():
                return self.one_of(test)
            case Comparison():
                unknown = self.any_unknown([test.fact, *facts_in_term(test.bound.term)])
                number = self.variable[test.fact]
                return f"{unknown} ? null : {number} {test.relation} {self.rounded(test.bound)}"
            case All():
                return _all([self.test(member) for member in test.members])
            case Any():
                return _any([self.test(member) for member in test.members])

    def one_of(self, test: OneOf) -> str:
        variable = self.variable[test.fact]
        among = " || ".join(f"{variable} === {literal(value)}" for value in test.values) or "false"
        return f"{variable} === null ? null : {among}"

    def any_unknown(self, facts: Iterable[str]) -> str:
        unknown = [f"{self.variable[fact]} === null" for fact in dict.fromkeys(facts)]
        return f"({' || '.join(unknown)})" if len(unknown) > 1 else "".join(unknown) or "false"

    def rounded(self, bound: Rounded) -> str:
        if isinstance(bound.term, Constant):
            return literal(bound.term.value)
        return f"rounded({self.term(bound.term)}, {literal(10.0**bound.decimals)})"

    def term(self, term: Term) -> str:
        match term:
            case Constant():
                return literal(term.value)
            case FactNumber():
                return self.variable[term.fact]
            case Arithmetic():
                return f"({self.term(term.left)} {term.symbol} {self.term(term.right)})"


def _all(truths: list[str]) -> str:
    """True if all are, false if one is, and else unknown: where none is false, ``&&`` stops at an unknown."""
    if len(truths) < 2:
        return "".join(truths) or "true"
    some_false = " || ".join(f"{truth} === false" for truth in truths)
    return f"{some_false} ? false : {' && '.join(truths)}"


def _any(truths: list[str]) -> str:
    """True if one is, false if all are, and else unknown."""
    if len(truths) < 2:
        return "".join(truths) or "false"
    some_unknown = " || ".join(f"{truth} === null" for truth in truths)
    return f"{' || '.join(truths)} || ({some_unknown} ? null : false)"


def _object(entries: Iterable[str]) -> str:
    return "{" + "".join(f"\n      {entry}," for entry in entries) + "\n    }"


def _tests_in_tables(core: Core) -> Iterator[Test]:
    for rows in core.tables.values():
        for row in rows:
            yield from (test for test in (row.test, *row.remarks) if test is not None)
