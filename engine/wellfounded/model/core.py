"""The small core that every reasoner reads: what lowering makes of the content.

Parameters and units are folded into numbers, ranges into bounds, negation is pushed down to the tests,
and definitions stand in an order in which each uses only what comes before it. Each test keeps the
claims of the parameters it used, so that sources can be read off afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from msgspec.structs import replace

from wellfounded.model.content import FactType, Verdict
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.values import Value
from wellfounded.model.word import Word


class Constant(Record, frozen=True):
    value: float


class FactNumber(Record, frozen=True):
    """The value of a number fact."""

    fact: str


class Arithmetic(Record, frozen=True):
    """``symbol`` is one of + - * /, on doubles."""

    symbol: str
    left: Term
    right: Term


Term: TypeAlias = Constant | FactNumber | Arithmetic


class Rounded(Record, frozen=True):
    """A term whose result is rounded once. A constant is rounded when it is folded.

    ``parameters`` are those it was made with, ``claims`` those that give them their numbers.
    """

    term: Term
    decimals: int
    claims: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


class Relation(Word):
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


OPPOSITE = {
    Relation.BELOW: Relation.AT_LEAST,
    Relation.AT_LEAST: Relation.BELOW,
    Relation.ABOVE: Relation.AT_MOST,
    Relation.AT_MOST: Relation.ABOVE,
}


class Comparison(Record, frozen=True):
    """A number fact held against a bound."""

    fact: str
    relation: Relation
    bound: Rounded


class OneOf(Record, frozen=True):
    """A yes/no or a choice has one of these values."""

    fact: str
    values: tuple[Value, ...]


class All(Record, frozen=True):
    members: tuple[Test, ...]


class Any(Record, frozen=True):
    members: tuple[Test, ...]


Test: TypeAlias = Comparison | OneOf | All | Any


class Branch(Record, frozen=True):
    """A rule that gives a derived fact a value."""

    rule: str
    value: Value
    test: Test
    claims: tuple[str, ...]


class Formula(Record, frozen=True):
    """A derived number. A stated one goes before its formula where ``statable``."""

    fact: str
    result: Rounded
    statable: bool


class Conclusion(Record, frozen=True):
    """A derived yes/no: true if a branch holds, false if every branch is false, else unknown."""

    fact: str
    branches: tuple[Branch, ...]


class Selection(Record, frozen=True):
    """A derived choice: the value of a branch that holds, else unknown or ``otherwise``."""

    fact: str
    branches: tuple[Branch, ...]
    otherwise: str


Definition: TypeAlias = Formula | Conclusion | Selection


class NumberTarget(Record, frozen=True):
    """Bounds on a number; ``exact`` where both are one number asked for exactly."""

    fact: str
    low: Rounded | None
    high: Rounded | None
    exact: bool = False


class ValueTarget(Record, frozen=True):
    """A yes/no to be reached."""

    fact: str
    value: bool


class Recommending(Record, frozen=True):
    """A rule that recommends: when ``test`` holds and its target can be computed.

    ``claims`` are those it names; ``shown`` those of the parameters whose numbers its texts show. One that is
    not ``in_force``, a draft or a retired rule, is looked at and gives no advice.
    """

    rule: str
    topic: str
    test: Test
    target: NumberTarget | ValueTarget | None
    verdict: Verdict | None
    claims: tuple[str, ...]
    shown: tuple[str, ...] = ()
    in_force: bool = True


class Input(Record, frozen=True):
    """A fact that can be stated, or one that nothing in force concludes and so stays unknown."""

    fact: str
    type: FactType


class TableRow(Record, frozen=True):
    """When a row of a table is left out (``test`` false), and when each of its remarks is made (true)."""

    row: str
    test: Test | None
    remarks: tuple[Test | None, ...]


class Core(Record, frozen=True):
    inputs: tuple[Input, ...]
    definitions: tuple[Definition, ...]
    recommending: tuple[Recommending, ...]
    tables: Mapping[str, tuple[TableRow, ...]] = EMPTY

    @property
    def giving(self) -> tuple[Recommending, ...]:
        """The rules that give advice: those in force."""
        return tuple(rule for rule in self.recommending if rule.in_force)


def terms(term: Term) -> tuple[Term, ...]:
    """A term's direct parts: the one place that knows them."""
    return (term.left, term.right) if isinstance(term, Arithmetic) else ()


def facts_in_term(term: Term) -> Iterator[str]:
    """The facts a term uses, from left to right."""
    if isinstance(term, FactNumber):
        yield term.fact
    for part in terms(term):
        yield from facts_in_term(part)


def facts_in_test(test: Test) -> Iterator[str]:
    """The facts a test looks at, in the order written."""
    match test:
        case OneOf():
            yield test.fact
        case Comparison():
            yield test.fact
            yield from facts_in_term(test.bound.term)
        case All() | Any():
            for member in test.members:
                yield from facts_in_test(member)


def tests_in(core: Core) -> Iterator[Test]:
    """Every part of every test of the core."""
    waiting: list[Test] = [rule.test for rule in core.recommending]
    for definition in core.definitions:
        if not isinstance(definition, Formula):
            waiting.extend(branch.test for branch in definition.branches)
    while waiting:
        test = waiting.pop()
        yield test
        if isinstance(test, All | Any):
            waiting.extend(test.members)


def negated(test: Test, choices: dict[str, tuple[Value, ...]]) -> Test:
    """The test that is true where ``test`` is false, false where it is true, unknown where it is."""
    match test:
        case OneOf():
            rest = tuple(value for value in choices[test.fact] if value not in test.values)
            return OneOf(test.fact, rest)
        case Comparison():
            return Comparison(test.fact, OPPOSITE[test.relation], test.bound)
        case All():
            return Any(tuple(negated(member, choices) for member in test.members))
        case Any():
            return All(tuple(negated(member, choices) for member in test.members))


def unknown_in(core: Core, facts: frozenset[str]) -> Core:
    """A core in which derived choices stay unknown."""
    if not facts:
        return core
    inputs = (*core.inputs, *(Input(fact, FactType.CHOICE) for fact in sorted(facts)))
    definitions = tuple(definition for definition in core.definitions if definition.fact not in facts)
    return replace(core, inputs=inputs, definitions=definitions)
