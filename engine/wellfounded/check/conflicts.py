"""Two rules of one topic, or of one derived choice, that give different answers and can both hold.

This is a quick look and not a proof: conditions are taken apart into ways of holding, and two ways clash
where they ask different things of one fact. What it cannot tell apart it reports; what it passes is excluded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import combinations, product

from wellfounded.model.content import Content
from wellfounded.model.core import (
    All,
    Any,
    Comparison,
    Conclusion,
    Constant,
    Core,
    OneOf,
    Relation,
    Selection,
    Test,
    negated,
)
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.record import Record
from wellfounded.model.values import Value

#: More ways of holding than this are not looked through.
MOST_WAYS = 2000

Way = tuple[OneOf | Comparison, ...]


class _Answer(Record, frozen=True):
    """A rule with what it answers about a topic or a fact."""

    rule: str
    test: Test
    answer: object


class _TooMany(Exception):
    """A condition has more ways of holding than are worth listing."""


def check_conflicts(content: Content, core: Core) -> Iterator[Diagnostic]:
    """Pairs of rules that answer one question differently and could hold together."""
    lister = _Lister(content, core)
    for about, answers in _questions(core):
        if len(answers) == 1:
            continue
        ways = {answer.rule: lister.ways_of(answer.test) for answer in answers}
        for one, other in combinations(answers, 2):
            if one.answer != other.answer and lister.together(ways[one.rule], ways[other.rule]):
                yield _conflict(about, one.rule, other.rule, content)


def _conflict(about: str, one: str, other: str, content: Content) -> Diagnostic:
    first = content.rules[one].position
    return Diagnostic(
        "conflicting-rules",
        f"`{one}` and `{other}` can both hold and give `{about}` different values",
        content.rules[other].position,
        f"narrow one of them, so that they exclude each other; `{one}` stands at {first}",
        f"rule {other}",
    )


def _questions(core: Core) -> Iterator[tuple[str, list[_Answer]]]:
    topics: dict[str, list[_Answer]] = {}
    for rule in core.giving:
        topics.setdefault(rule.topic, []).append(_Answer(rule.rule, rule.test, (rule.verdict, rule.target)))
    yield from topics.items()
    for definition in core.definitions:
        if isinstance(definition, Selection):
            yield definition.fact, [_Answer(b.rule, b.test, b.value) for b in definition.branches]


class _Ways(Record, frozen=True):
    """How many ways a rule has of holding, and those whose tests do not exclude each other."""

    count: int
    possible: tuple[Way, ...]


class _Lister:
    """Lists the ways tests can hold; those of a derived fact are listed once for all that look at it."""

    def __init__(self, content: Content, core: Core) -> None:
        self.definitions = {definition.fact: definition for definition in core.definitions}
        self.choices = {fact.id: fact.values for fact in content.facts.values()}
        self.behind: dict[OneOf, list[Way] | None] = {}

    def together(self, one: _Ways, other: _Ways) -> bool:
        """Whether two rules can hold together, each in one of its ways."""
        if one.count * other.count > MOST_WAYS:
            return False
        pairs = product(one.possible, other.possible)
        return any(_can_hold((*way, *another), self.choices) for way, another in pairs)

    def ways_of(self, test: Test) -> _Ways:
        try:
            ways = self.ways(test)
        except _TooMany:
            return _Ways(MOST_WAYS + 1, ())
        return _Ways(len(ways), tuple(way for way in ways if _can_hold(way, self.choices)))

    def ways(self, test: Test) -> list[Way]:
        """The ways a test can hold, each a tuple of single tests; derived yes/no facts are followed back."""
        match test:
            case All():
                parts = [self.ways(member) for member in test.members]
                if math.prod(len(part) for part in parts) > MOST_WAYS:
                    raise _TooMany
                return [tuple(single for way in ways for single in way) for ways in product(*parts)]
            case Any():
                ways = [way for member in test.members for way in self.ways(member)]
                if len(ways) > MOST_WAYS:
                    raise _TooMany
                return ways
            case OneOf():
                if test not in self.behind:
                    self.behind[test] = self.followed_back(test)
                known = self.behind[test]
                if known is None:
                    raise _TooMany
                return known
        return [(test,)]

    def followed_back(self, test: OneOf) -> list[Way] | None:
        """The ways of the rules that conclude a derived yes/no; ``None`` if they are too many."""
        definition = self.definitions.get(test.fact)
        if not isinstance(definition, Conclusion) or len(test.values) != 1:
            return [(test,)]
        behind: Test = Any(tuple(branch.test for branch in definition.branches))
        if test.values == (False,):
            behind = negated(behind, self.choices)
        try:
            return [(test, *way) for way in self.ways(behind)]
        except _TooMany:
            return None


def _can_hold(way: Way, choices: Mapping[str, tuple[Value, ...]]) -> bool:
    """Whether no two tests of a way ask opposite things of one fact."""
    allowed: dict[str, set[Value]] = {}
    sides: dict[tuple[str, object], set[str]] = {}
    low: dict[str, tuple[float, bool]] = {}
    high: dict[str, tuple[float, bool]] = {}
    for single in way:
        if isinstance(single, OneOf):
            allowed.setdefault(single.fact, set(choices[single.fact])).intersection_update(single.values)
        elif isinstance(single.bound.term, Constant):
            _narrow(single, single.bound.term.value, low, high)
        else:
            key = (single.fact, single.bound.term)
            sides.setdefault(key, {"<", "=", ">"}).intersection_update(_SIDES[single.relation])
    return (
        all(allowed.values())
        and all(sides.values())
        and all(_nonempty(low[fact], high[fact]) for fact in low.keys() & high.keys())
    )


_SIDES = {
    Relation.BELOW: {"<"},
    Relation.AT_MOST: {"<", "="},
    Relation.ABOVE: {">"},
    Relation.AT_LEAST: {">", "="},
}


def _narrow(
    single: Comparison,
    bound: float,
    low: dict[str, tuple[float, bool]],
    high: dict[str, tuple[float, bool]],
) -> None:
    """Take in one comparison; a bound is a number and whether it is itself left out."""
    strict = single.relation in (Relation.BELOW, Relation.ABOVE)
    if single.relation in (Relation.ABOVE, Relation.AT_LEAST):
        low[single.fact] = max(low.get(single.fact, (-math.inf, False)), (bound, strict))
    else:
        number, not_strict = min(
            (high.get(single.fact, (math.inf, False))[0], not high.get(single.fact, (math.inf, False))[1]),
            (bound, not strict),
        )
        high[single.fact] = (number, not not_strict)


def _nonempty(low: tuple[float, bool], high: tuple[float, bool]) -> bool:
    return low[0] < high[0] or (low[0] == high[0] and not low[1] and not high[1])
