"""The questions of ``verify`` about a small world, answered by looking at everyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations, permutations
from typing import Any, NamedTuple, TypeAlias

from tests.verify.everyone import NUMBERS, Condition, Group, Guarantee, Leaf, Rule, Values, World
from tests.verify.worlds import LINEAR
from wellfounded.verify.findings import Kind

#: A number, and whether it is included.
End: TypeAlias = tuple[int, bool]


class Question(NamedTuple):
    """What may be wrong, whether it is, and the people of whom, where it is wrong of somebody."""

    kind: Kind
    about: str
    is_wrong: bool
    people: list[Values]


class Everyone:
    """What is so of everyone in a world, by looking at them one by one."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.listed: dict[frozenset[str], list[tuple[Values, Values]]] = {}
        self.giving = [rule for rule in world.rules if not rule.conclude]
        self.topics: dict[str, list[Rule]] = {}
        for rule in self.giving:
            self.topics.setdefault(rule.about, []).append(rule)
        #: Whether there is nobody of whom something is so that is not so of anybody who is listed.
        self.exact = world.formula is None or world.formula[:2] in LINEAR

    def of(self, facts: set[str]) -> list[tuple[Values, Values]]:
        """Everyone about whom rules do not disagree, as far as these facts go, with all that follows."""
        behind = frozenset(self.world.behind(facts))
        if behind not in self.listed:
            people = [(p, self.world.values(p, behind)) for p in self.world.people(set(behind))]
            self.listed[behind] = [(p, v) for p, v in people if not v["disagree"] & behind]
        return self.listed[behind]

    def outcome(self, topic: str, values: Values) -> object:
        """What comes of a topic for somebody."""
        rules = self.topics.get(topic, [])
        given = {(rule.gives(values), rule.asks(values)) for rule in rules if rule.holds(values) is True}
        return given or any(rule.holds(values) is None for rule in rules)

    @cached_property
    def questions(self) -> list[Question]:
        kinds = (self._rules, self._values, self._topics, self._choices, self._guarantees)
        return [
            question for kind in (*kinds, self._gaps, self._overlaps, self._targets) for question in kind()
        ]

    def _rules(self) -> Iterator[Question]:
        for rule in self.world.rules:
            about, everyone = f"rule {rule.id}", self.of(rule.facts())
            truths = {rule.holds(values) for _, values in everyone}
            yield Question(Kind.NEVER_HOLDS, about, True not in truths, [])
            yield Question(Kind.ALWAYS_HOLDS, about, False not in truths, [])
            leaves = rule.when.leaves()
            for leaf in leaves if len(leaves) > 1 else []:
                left = without(rule.when, leaf)
                assert left is not None
                idle = all(rule.when.truth(v) is left.truth(v) for _, v in self.of(rule.when.facts()))
                yield Question(Kind.IDLE_CONDITION, f"{about}: {shown(leaf)}", idle, [])

    def _values(self) -> Iterator[Question]:
        for fact, rules in self.world.concluded.items():
            values = [True, False] if fact == "soaked" else ["low", "some", "high"]
            reached = {v[fact] for _, v in self.of({fact})}
            for value in values if fact == "thirst" or len(rules) > 1 else []:
                about = f"fact {fact}: {str(value).lower()}"
                yield Question(Kind.VALUE_NEVER_REACHED, about, value not in reached, [])

    def _topics(self) -> Iterator[Question]:
        for topic, rules in self.topics.items():
            for one, other in combinations(rules, 2):
                both = self._both_hold(one, other, one.facts() | other.facts())
                people = [p for p, v in both if one.asks(v) != other.asks(v)]
                yield Question(Kind.CONFLICT, f"topic {topic}: {one.id} and {other.id}", bool(people), people)

    def _choices(self) -> Iterator[Question]:
        for fact, rules in self.world.concluded.items():
            for one, other in combinations(rules, 2):
                if one.conclude != other.conclude:
                    people = [p for p, _ in self._both_hold(one, other, one.facts() | other.facts())]
                    about = f"fact {fact}: {one.id} and {other.id}"
                    yield Question(Kind.CONFLICT, about, bool(people), people)

    def _both_hold(self, one: Rule, other: Rule, facts: set[str]) -> list[tuple[Values, Values]]:
        return [(p, v) for p, v in self.of(facts) if one.holds(v) is True and other.holds(v) is True]

    def _guarantees(self) -> Iterator[Question]:
        for each in self.world.guarantees:
            about = f"guarantee {each.id}"
            facts = each.where.facts().union(each.stating)
            concerned = [rule for rule in self.giving if each.speaks_of(rule)]
            meant = any(each.meant(v, p) for p, v in self.of(facts))
            given = any(each.given_by(rule, v) for rule in concerned for _, v in self.of(rule.facts()))
            yield Question(Kind.EMPTY_GUARANTEE, about, not (meant and given), [])
            everyone = self.of(facts.union(*(rule.facts() for rule in concerned)))
            people = [p for p, v in everyone if each.meant(v, p) and self._breaks(each, concerned, v)]
            yield Question(Kind.BROKEN_GUARANTEE, about, bool(people), people)

    def _breaks(self, each: Guarantee, rules: list[Rule], values: Values) -> bool:
        return any(each.given_by(rule, values) for rule in rules) is (each.kind == "nobody")

    # Borders.

    def _answering(self) -> Iterator[list[Rule]]:
        """Rules of one topic, or that conclude one fact."""
        yield from self.topics.values()
        yield from self.world.concluded.values()

    def _gaps(self) -> Iterator[Question]:
        for rules in self._answering():
            everyone = self.of(set[str]().union(*(rule.when.facts() for rule in rules)))
            nothing = [(p, v) for p, v in everyone if all(rule.when.truth(v) is False for rule in rules)]
            for one, other in permutations(rules, 2):
                for fact, low, high in borders(one.when, other.when):
                    if fact not in self.world.stated:
                        continue
                    there = [p for p, _ in nothing if fact in p and low <= p[fact] <= high]
                    people = [
                        p
                        for p in there
                        if self._with_another(p, one, fact, low - 1, low)
                        and self._with_another(p, other, fact, high, high + 1)
                    ]
                    at = low if low == high else f"{low} to {high}"
                    about = f"{one.id} and {other.id}: {fact} at {at}"
                    yield Question(Kind.GAP, about, bool(people), people)

    def _with_another(self, person: Values, rule: Rule, fact: str, low: int, high: int) -> bool:
        """Whether a rule holds for the same person with some number from ``low`` to ``high``."""
        numbers = (number for number in self.world.stated[fact] if low <= number <= high)
        behind = self.world.behind(rule.when.facts())
        moved = (self.world.values({**person, fact: number}, behind) for number in numbers)
        return any(rule.when.truth(v) is True and not v["disagree"] & behind for v in moved)

    def _overlaps(self) -> Iterator[Question]:
        """Of rules that give the same answer."""
        for rules in self._answering():
            for one, other in combinations(rules, 2):
                ranges = [*overlapping(one, other), *overlapping(other, one)]
                if not ranges or one.answer != other.answer:
                    continue
                facts = one.when.facts() | other.when.facts()
                both = [(p, v) for p, v in self.of(facts) if one.when.truth(v) and other.when.truth(v)]
                only = all(any(lies_within(v[fact], *ends) for fact, *ends in ranges) for _, v in both)
                about = f"{one.id} and {other.id}"
                yield Question(Kind.OVERLAP, about, bool(both) and only, [p for p, _ in both])

    # Targets.

    def _targets(self) -> Iterator[Question]:
        """Two targets on one fact that nobody could meet together."""
        for one, other in combinations([rule for rule in self.giving if rule.target], 2):
            if one.about != other.about and one.aim == other.aim:
                both = self._both_hold(one, other, one.facts() | other.facts())
                people = [p for p, v in both if self._apart(one, other, v)]
                about = f"topics {one.about}, {other.about}"
                yield Question(Kind.IMPOSSIBLE_TARGETS, about, bool(people), people)

    def _apart(self, one: Rule, other: Rule, values: Values) -> bool:
        assert one.target and other.target
        if one.aim == "wet":
            return bool(one.target[2] != other.target[2])
        ends = [rule.bounds(values) for rule in (one, other)] + [self.world.span(one.aim)]
        low = max(low for low, _ in ends if low is not None)
        return bool(low > min(high for _, high in ends if high is not None))


def without(condition: Condition, leaf: Leaf) -> Condition | None:
    if condition is leaf:
        return None
    if isinstance(condition, Leaf):
        return condition
    members = tuple(kept for m in condition.members if (kept := without(m, leaf)) is not None)
    return Group(condition.word, members) if members else None


def shown(leaf: Leaf) -> str:
    [(fact, operand)] = leaf.written().items()
    if isinstance(operand, dict):
        [(word, bound)] = operand.items()
        return f"{fact}: {{{word}: {bound}}}"
    if isinstance(operand, list):
        return f"{fact}: [{', '.join(operand)}]"
    return f"{fact}: {str(operand).lower()}"


def borders(one: Condition, other: Condition) -> list[tuple[str, int, int]]:
    """Where ``one`` ends and ``other`` begins, at the same number or up to a step above it."""
    found = (
        (fact, end, start)
        for fact, (end, _) in ends(one, up_to=True)
        for same, (start, _) in ends(other, up_to=False)
        if fact == same and end <= start <= end + 1
    )
    return list(dict.fromkeys(found))


def overlapping(one: Rule, other: Rule) -> Iterator[tuple[str, End, End]]:
    """Where ``other`` begins before ``one`` ends, at the same number or up to a step below it."""
    for fact, end in ends(one.when, up_to=True):
        for same, start in ends(other.when, up_to=False):
            if fact == same and start[0] <= end[0] <= start[0] + 1:
                yield fact, start, end


def lies_within(number: Any, low: End, high: End) -> bool:
    inside = number is not None and low[0] <= number <= high[0]
    return inside and (low[1] or number != low[0]) and (high[1] or number != high[0])


def ends(condition: Condition, up_to: bool, negated: bool = False) -> Iterator[tuple[str, End]]:
    """The whole numbers up to which a condition holds, or else those from which it does."""
    if isinstance(condition, Group):
        for member in condition.members:
            yield from ends(member, up_to, negated is not (condition.word == "none"))
    elif condition.fact in NUMBERS:
        for number, is_end, included in bounds(condition):
            if isinstance(number, int) and (is_end is not negated) is up_to:
                yield condition.fact, (number, included is not negated)


def bounds(leaf: Leaf) -> Iterable[tuple[Any, bool, bool]]:
    """What a number is held against, whether it has to be below that, and whether it may be that."""
    word, operand = leaf.word, leaf.operand
    if word in ("is", "within"):
        low, high = operand if word == "within" else (operand, operand)
        return (high, True, True), (low, False, True)
    return [(operand, word in ("below", "at_most"), word in ("at_least", "at_most"))]
