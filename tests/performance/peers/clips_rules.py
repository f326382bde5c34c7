"""CLIPS through clipspy: a person is one fact of a template, what is derived is a fact of its own.

Negated derived facts are looked at when all that could derive them has been, by salience.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any as Anything

from tests.performance.peers.plain import Evaluate, Plain, bound_of, compiled, with_computed
from wellfounded.model.core import All, Any, Comparison, OneOf, Test, facts_in_test

PACKAGE = "clipspy"


def source(rules: Plain) -> Anything:
    return {"python": with_computed(rules), "clips": list(_Author(rules).constructs())}


class _Author:
    def __init__(self, rules: Plain) -> None:
        self.rules = rules
        self.level: dict[str, int] = {}
        for fact, test in rules.derived:
            self.level[fact] = 1 + max((self.level.get(f, 0) for f in facts_in_test(test)), default=0)

    def constructs(self) -> Iterable[str]:
        slots = [*self.rules.inputs, *(fact for fact, _ in self.rules.computed)]
        yield f"(deftemplate person {' '.join(f'(slot {slot})' for slot in slots)})"
        yield "(defglobal ?*given* = (create$))"
        for fact in self.level:
            yield f"(deftemplate {fact})"
        for fact, test in self.rules.derived:
            members = test.members if isinstance(test, Any) else (test,)
            for place, member in enumerate(members):
                yield self.rule(f"{fact}-{place}", member, f"(assert ({fact}))", -self.level[fact])
        last = -1 - max(self.level.values(), default=0)
        for rule, test in self.rules.rules:
            yield self.rule(rule, test, f"(bind ?*given* (create$ ?*given* {rule}))", last)

    def rule(self, name: str, test: Test, action: str, salience: int) -> str:
        members = test.members if isinstance(test, All) else (test,)
        stated = [member for member in members if not self.derives(member)]
        parts = [self.derived(member) for member in members if self.derives(member)]
        if stated:
            parts.append(_person(stated))
        return f"(defrule {name} (declare (salience {salience})) {' '.join(parts)} => {action})"

    def derives(self, test: Test) -> bool:
        return any(fact in self.level for fact in facts_in_test(test))

    def derived(self, test: Test) -> str:
        """A condition in which derived facts take part, as a pattern."""
        match test:
            case OneOf() if test.fact in self.level:
                return f"({test.fact})" if test.values == (True,) else f"(not ({test.fact}))"
            case All() | Any():
                word = "and" if isinstance(test, All) else "or"
                return f"({word} {' '.join(map(self.derived, test.members))})"
        return _person([test])


def _person(tests: list[Test]) -> str:
    """A pattern for the person; what compares several facts is tested after it."""
    facts = dict.fromkeys(fact for test in tests for fact in facts_in_test(test))
    simple = {test.fact: test for test in tests if isinstance(test, OneOf | Comparison)}
    groups = [
        test for test in tests if not isinstance(test, OneOf | Comparison) or simple[test.fact] is not test
    ]
    inside = {fact for group in groups for fact in facts_in_test(group)}
    slots = []
    for fact in facts:
        constraint = _constraint(simple[fact]) if fact in simple else ""
        if fact in inside or constraint.startswith("&"):
            constraint = (
                f"?{fact}{constraint if constraint.startswith('&') else '&' + constraint * bool(constraint)}"
            )
            constraint = constraint.removesuffix("&")
        slots.append(f"({fact} {constraint})")
    after = "".join(f" (test {_expression(group)})" for group in groups)
    return f"(person {' '.join(slots)}){after}"


def _constraint(test: OneOf | Comparison) -> str:
    if isinstance(test, Comparison):
        return f"&:{_expression(test)}"
    return "|".join(_symbol(value) for value in test.values)


def _expression(test: Test) -> str:
    match test:
        case OneOf():
            either = [f"(eq ?{test.fact} {_symbol(value)})" for value in test.values]
            return either[0] if len(either) == 1 else f"(or {' '.join(either)})"
        case Comparison():
            return f"({test.relation} ?{test.fact} {bound_of(test)!r})"
        case All() | Any():
            word = "and" if isinstance(test, All) else "or"
            return f"({word} {' '.join(map(_expression, test.members))})"


def _symbol(value: Anything) -> str:
    return str(value).upper() if isinstance(value, bool) else str(value)


def prepare(written: Anything) -> Evaluate:
    import clips  # type: ignore[import-not-found]  # noqa: PLC0415  # a peer's package, in its process only

    environment = clips.Environment()
    for construct in written["clips"]:
        environment.build(construct)
    computed, symbol = compiled(written["python"], "computed"), clips.Symbol
    person_template, given = environment.find_template("person"), environment.find_global("given")
    symbols: dict[Anything, Anything] = {True: symbol("TRUE"), False: symbol("FALSE")}

    def as_clips(value: Anything) -> Anything:
        if isinstance(value, float):
            return value
        return symbols[value] if value in symbols else symbols.setdefault(value, symbol(value))

    def evaluate(person: Anything) -> tuple[str, ...]:
        environment.reset()
        person_template.assert_fact(**{fact: as_clips(value) for fact, value in computed(person).items()})
        environment.run()
        return tuple(given.value)

    return evaluate
