"""The rules of a core as every peer can take them: numbers to compute, facts to derive, rules to recommend.

Peers know true and false but not unknown, so this is for people of whom everything is known. Numbers are
computed before the rules are asked, by one function of plain Python: no peer has a faster way. Its time
counts for every peer alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any as Anything

from wellfounded.model.content import FactType
from wellfounded.model.core import (
    All,
    Any,
    Arithmetic,
    Comparison,
    Conclusion,
    Constant,
    Core,
    FactNumber,
    Formula,
    OneOf,
    Rounded,
    Term,
    Test,
    facts_in_term,
)

Person = Mapping[str, Anything]
Evaluate = Callable[[Person], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plain:
    """``inputs`` are the facts people state; what is derived stands in an order that can be followed."""

    inputs: Mapping[str, FactType]
    computed: tuple[tuple[str, Rounded], ...]
    derived: tuple[tuple[str, Test], ...]
    rules: tuple[tuple[str, Test], ...]


def plain(core: Core) -> Plain:
    """The rules of a core. Raises ``NotImplementedError`` for what not every peer can say."""
    computed = tuple((d.fact, d.result) for d in core.definitions if isinstance(d, Formula))
    derived = tuple(
        (d.fact, _either(tuple(branch.test for branch in d.branches)))
        for d in core.definitions
        if isinstance(d, Conclusion)
    )
    if len(computed) + len(derived) < len(core.definitions):
        raise NotImplementedError("derived choices")
    names = {fact for fact, _ in computed}
    inputs = {i.fact: i.type for i in core.inputs if i.fact not in names}
    return Plain(inputs, computed, derived, tuple((rule.rule, rule.test) for rule in core.recommending))


def _either(tests: tuple[Test, ...]) -> Test:
    return tests[0] if len(tests) == 1 else Any(tests)


def bound_of(test: Comparison) -> float:
    """The number a fact is compared with."""
    if not isinstance(test.bound.term, Constant):
        raise NotImplementedError("a comparison with a number that depends on facts")
    return test.bound.term.value


def with_computed(rules: Plain) -> str:
    """The Python source of ``computed``, which adds the computed numbers to a person's facts."""
    names = [fact for fact, _ in rules.computed]
    needed = dict.fromkeys(fact for _, result in rules.computed for fact in facts_in_term(result.term))
    lines = [f"{fact} = facts[{fact!r}]" for fact in needed if fact not in names]
    lines += [f"{fact} = {rounded(result)}" for fact, result in rules.computed]
    added = "".join(f", {fact!r}: {fact}" for fact in names)
    body = "\n    ".join([*lines, f"return {{**facts{added}}}"])
    return f"def computed(facts):\n    {body}\n"


def compiled(source: str, name: str) -> Callable[[Person], Anything]:
    """A function of that name out of its source."""
    names: dict[str, Anything] = {}
    exec(compile(source, f"<{name}>", "exec"), names)  # noqa: S102  # written by the functions here
    function: Callable[[Person], Anything] = names[name]
    return function


def rounded(result: Rounded) -> str:
    """A formula in Python, rounded as the engine rounds."""
    scale = 10.0**result.decimals
    return f"round({term(result.term)} * {scale}) / {scale}"


def term(written: Term) -> str:
    """A term as nearly every language writes it."""
    match written:
        case Constant():
            return repr(written.value)
        case FactNumber():
            return written.fact
        case Arithmetic():
            return f"({term(written.left)} {written.symbol} {term(written.right)})"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a language with infix operators writes conditions.

    ``among`` says how it lists values; names in ``earlier`` are written with ``$.`` before them.
    """

    both: str = "and"
    either: str = "or"
    negation: str = "not "
    equals: str = "=="
    true: str = "True"
    false: str = "False"
    among: str = "({})"
    earlier: frozenset[str] = frozenset()

    def test(self, test: Test) -> str:
        """A condition, in parentheses where it needs them."""
        match test:
            case OneOf():
                return self._one_of(test)
            case Comparison():
                return f"{test.fact} {test.relation} {bound_of(test)!r}"
            case All():
                return self._joined(test.members, self.both, self.true)
            case Any():
                return self._joined(test.members, self.either, self.false)

    def _one_of(self, test: OneOf) -> str:
        if all(isinstance(value, bool) for value in test.values):
            name = f"$.{test.fact}" if test.fact in self.earlier else test.fact
            truths = {True: name, False: f"{self.negation}{name}"}
            return truths[bool(test.values[0])] if len(test.values) == 1 else self.true
        values = [f"'{value}'" for value in test.values]
        if len(values) == 1:
            return f"{test.fact} {self.equals} {values[0]}"
        return f"{test.fact} in {self.among.format(', '.join(values))}"

    def _joined(self, members: tuple[Test, ...], word: str, nothing: str) -> str:
        if not members:
            return nothing
        return f"({f' {word} '.join(self.test(member) for member in members)})"
