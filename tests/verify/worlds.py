"""Strategies for small worlds: one, and one with the same but for a single change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.verify.everyone import KINDS, NUMBERS, Condition, Group, Guarantee, Leaf, Rule, World

FORMULAS = [
    (("+", "light", "age"), (0, 5)),
    (("-", "light", "age"), (-2, 3)),
    (("*", "light", "age"), (0, 6)),
    (("*", 2, "light"), (0, 6)),
    (("/", "light", ("+", "age", 1)), (0, 3)),
]
LINEAR = FORMULAS[:2]


@st.composite
def worlds(draw: Any) -> World:
    formula = draw(st.none() | st.tuples(st.sampled_from(FORMULAS), st.booleans()))
    formula = formula and (*formula[0], formula[1])
    facts = ["wet", "kind", "light", "age", *(["sum"] if formula else [])]
    rules: list[Rule] = []
    for fact, most in (("soaked", 3), ("thirst", 3)):
        count = draw(st.integers(0, most))
        for place in range(count):
            value = True if fact == "soaked" else draw(st.sampled_from(["low", "some", "high"]))
            when = draw(conditions(tuple(facts)))
            rules.append(Rule(f"{fact}-{place}", when, conclude=(fact, value)))
        facts += [fact] if count else []
    some = [rule(tuple(facts), place) for place in range(draw(st.integers(1, 4)))]
    rules += [draw(each) for each in some]
    giving = [rule for rule in rules if not rule.conclude]
    guarantees = [draw(guarantee(tuple(facts), giving, place)) for place in range(draw(st.integers(0, 2)))]
    return World(rules, guarantees, formula)


@st.composite
def conditions(draw: Any, facts: tuple[str, ...], depth: int = 0) -> Condition:
    if depth < 2 and draw(st.integers(0, 2)) == 0:
        members = draw(st.lists(conditions(facts, depth + 1), min_size=1, max_size=3))
        return Group(draw(st.sampled_from(["all", "any", "none"])), tuple(members))
    leaf: Leaf = draw(leaves(facts))
    return leaf


@st.composite
def leaves(draw: Any, facts: tuple[str, ...]) -> Leaf:
    fact = draw(st.sampled_from(facts))
    if fact in ("wet", "soaked"):
        return Leaf(fact, "is", draw(st.booleans()))
    if fact in ("kind", "thirst"):
        values = list(KINDS) if fact == "kind" else ["low", "some", "high"]
        some = draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
        return Leaf(fact, "is", some if len(some) > 1 else some[0])
    word = draw(st.sampled_from(["below", "at_least", "at_most", "above", "within", "is"]))
    return Leaf(fact, word, draw(operands(fact, word)))


@st.composite
def operands(draw: Any, fact: str, word: str) -> Any:
    if word == "within":
        return sorted(draw(st.lists(st.integers(0, NUMBERS[fact]), min_size=2, max_size=2, unique=True)))
    if word != "is" and fact == "light" and draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(["age", ("+", "age", 1)]))
    return draw(st.integers(0, NUMBERS[fact]))


@st.composite
def rule(draw: Any, facts: tuple[str, ...], place: int) -> Rule:
    id = f"rule-{place}"
    topic = draw(st.sampled_from(["", "one", "one", "two"]))
    when = draw(conditions(facts))
    if draw(st.booleans()):
        return Rule(id, when, draw(st.sampled_from(["do", "avoid"])), topic=topic)
    fact = draw(st.sampled_from([f for f in facts if f in ("wet", "light", "age", "sum")]))
    if fact == "wet":
        return Rule(id, when, target=(fact, "is", draw(st.booleans())), topic=topic)
    word = draw(st.sampled_from(["at_least", "at_most", "within", "is"]))
    return Rule(id, when, target=(fact, word, draw(operands(fact, word))), topic=topic)


@st.composite
def guarantee(draw: Any, facts: tuple[str, ...], giving: list[Rule], place: int) -> Guarantee:
    """Often about those of whom a rule holds, and what they are asked."""
    rule = draw(st.sampled_from(giving))
    where = rule.when if draw(st.booleans()) else draw(conditions(facts))
    gets: dict[str, Any] = {"topic": rule.about} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        of_target = (
            ["start", "stop", "keep", "meet"] if rule.aim == "wet" else ["raise", "lower", "keep", "meet"]
        )
        verdicts = of_target if rule.target else ["do", "avoid"]
        gets["verdict"] = draw(st.lists(st.sampled_from(verdicts), min_size=1, max_size=3, unique=True))
    if not gets or draw(st.integers(0, 2)) == 0:
        gets["target"] = draw(st.sampled_from(["any", "light", "wet"]))
    stating = draw(st.lists(st.sampled_from(["wet", "light", "kind"]), max_size=2, unique=True))
    kind = draw(st.sampled_from(["every", "nobody"]))
    return Guarantee(f"guarantee-{place}", kind, where, tuple(stating), gets)


@st.composite
def changes(draw: Any) -> tuple[World, World]:
    """A world, and the same with one condition or one answer of a rule changed."""
    world = draw(worlds())
    place = draw(st.integers(0, len(world.rules) - 1))
    rule = world.rules[place]
    if rule.conclude is None and draw(st.integers(0, 3)) == 0:
        other = replace(rule, verdict="do", target=None) if rule.target else replace(rule, verdict="consider")
    else:
        leaf = draw(st.sampled_from(rule.when.leaves()))
        other = replace(rule, when=instead(rule.when, leaf, draw(changed(leaf))))
    return world, replace(world, rules=[*world.rules[:place], other, *world.rules[place + 1 :]])


@st.composite
def changed(draw: Any, leaf: Leaf) -> Condition:
    stricter = {"below": "at_most", "at_most": "below", "above": "at_least", "at_least": "above"}
    ways: list[Condition] = [
        Group("none", (leaf,)),
        Group("any", (leaf, draw(leaves(("wet", "kind", "light"))))),
    ]
    if leaf.word in stricter:
        ways += [replace(leaf, word=stricter[leaf.word])] * 2
        if isinstance(leaf.operand, int) and leaf.operand > 0:
            ways += [replace(leaf, operand=leaf.operand - 1)] * 2
    way: Condition = draw(st.sampled_from(ways))
    return way


def instead(condition: Condition, leaf: Leaf, other: Condition) -> Condition:
    if condition is leaf:
        return other
    if isinstance(condition, Leaf):
        return condition
    return replace(condition, members=tuple(instead(member, leaf, other) for member in condition.members))
