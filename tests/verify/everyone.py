"""Small knowledge bases of which everyone can be listed, and what each of them gets, worked out here anew.

Numbers take the parts 0, 0.3, 0.5 and 0.7 of a step. However numbers and their sums and differences are held
against whole numbers or each other, some such people come out each way: so what is so of all of these is so
of everyone, as long as no numbers are multiplied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from itertools import product
from operator import add, ge, gt, le, lt, mul, sub, truediv
from typing import Any, TypeAlias

from tests.properties.laid_out import Thing, text

Truth: TypeAlias = bool | None
Values: TypeAlias = Mapping[str, Any]
Term: TypeAlias = "str | int | tuple[str, Term, Term]"

#: The numbers, each with the highest that rules hold it against.
NUMBERS = {"light": 3, "age": 2, "sum": 5}
KINDS = ("moss", "fern", "cactus")
WORDS = {"below": lt, "at_least": ge, "at_most": le, "above": gt}
SYMBOLS: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul, "/": truediv}
PARTS = [Fraction(part, 10) for part in (0, 3, 5, 7)]

#: What can be concluded; each may look at those before it.
CONCLUDED: dict[str, Thing] = {
    "soaked": {"type": "boolean"},
    "thirst": {
        "type": "choice",
        "choices": {"low": text("l"), "some": text("s"), "high": text("h")},
        "otherwise": "some",
    },
}


@dataclass(frozen=True)
class Leaf:
    """A fact held against something: a value, values, a term, or two of them."""

    fact: str
    word: str
    operand: Any

    def written(self) -> Thing:
        return {self.fact: self.operand if self.word == "is" else {self.word: _written(self.operand)}}

    def truth(self, values: Values) -> Truth:
        value = values[self.fact]
        if self.word == "is":
            return None if value is None else value in listed(self.operand)
        if self.word == "within":
            return all_of(
                [self.against(ge, self.operand[0], values), self.against(le, self.operand[1], values)]
            )
        return self.against(WORDS[self.word], self.operand, values)

    def against(self, relation: Callable[[Any, Any], bool], term: Term, values: Values) -> Truth:
        value, bound = values[self.fact], number(term, values)
        return None if value is None or bound is None else relation(value, bound)

    def facts(self) -> set[str]:
        terms = self.operand if self.word == "within" else [] if self.word == "is" else [self.operand]
        return {self.fact}.union(*map(facts_in, terms))

    def leaves(self) -> list[Leaf]:
        return [self]


@dataclass(frozen=True)
class Group:
    word: str
    members: tuple[Condition, ...]

    def written(self) -> Thing:
        return {self.word: [member.written() for member in self.members]}

    def truth(self, values: Values) -> Truth:
        truths = [member.truth(values) for member in self.members]
        if self.word == "all":
            return all_of(truths)
        some = any_of(truths)
        return some if self.word == "any" else None if some is None else not some

    def facts(self) -> set[str]:
        return set[str]().union(*(member.facts() for member in self.members))

    def leaves(self) -> list[Leaf]:
        return [leaf for member in self.members for leaf in member.leaves()]


Condition: TypeAlias = Leaf | Group


@dataclass(frozen=True)
class Rule:
    """``says`` is a verdict, a target as written, or a fact with the value it is given."""

    id: str
    when: Condition
    verdict: str = ""
    target: tuple[str, str, Any] | None = None
    conclude: tuple[str, Any] | None = None
    topic: str = ""

    @property
    def about(self) -> str:
        """The topic."""
        return self.topic or self.id

    @property
    def aim(self) -> str:
        return self.target[0] if self.target else ""

    @property
    def answer(self) -> object:
        return self.conclude or self.target or self.verdict

    def written(self) -> Thing:
        rule = {"id": self.id, "title": text(self.id), "when": self.when.written(), "because": ["so"]}
        if self.conclude:
            return {**rule, "conclude": dict([self.conclude])}
        if self.topic:
            rule["topic"] = self.topic
        if self.target is None:
            return {**rule, "advise": self.verdict, "says": text("s")}
        fact, word, operand = self.target
        if fact == "wet":
            verdicts = ["start" if operand else "stop"]
        else:
            verdicts = {"at_least": ["raise"], "at_most": ["lower"]}.get(word, ["raise", "lower"])
        says = {verdict: text("s") for verdict in (*verdicts, "keep", "meet")}
        target = {"of": fact, word: operand if fact == "wet" else _written(operand)}
        return {**rule, "target": target, "says": says}

    def terms(self) -> list[Term]:
        if self.target is None or self.target[0] == "wet":
            return []
        _, word, operand = self.target
        return list(operand) if word == "within" else [operand]

    def facts(self) -> set[str]:
        aim = {self.target[0]} if self.target else set[str]()
        return self.when.facts().union(aim, *map(facts_in, self.terms()))

    def holds(self, values: Values) -> Truth:
        holds = self.when.truth(values)
        return None if holds and any(number(term, values) is None for term in self.terms()) else holds

    def asks(self, values: Values) -> Any:
        """What the rule asks of somebody of whom it holds."""
        if self.target is None:
            return self.verdict
        fact, word, operand = self.target
        return (fact, word == "is", *self.bounds(values)) if fact != "wet" else (fact, operand)

    def bounds(self, values: Values) -> tuple[Any, Any]:
        assert self.target is not None
        numbers = [number(term, values) for term in self.terms()]
        word = self.target[1]
        return (None if word == "at_most" else numbers[0]), (None if word == "at_least" else numbers[-1])

    def gives(self, values: Values) -> str:
        """The verdict for somebody of whom the rule holds."""
        if self.target is None:
            return self.verdict
        fact, _, operand = self.target
        value = values[fact]
        if value is None:
            return "meet"
        if fact == "wet":
            return "keep" if value == operand else "start" if operand else "stop"
        low, high = self.bounds(values)
        return (
            "raise"
            if low is not None and value < low
            else "lower"
            if high is not None and value > high
            else "keep"
        )


@dataclass(frozen=True)
class Guarantee:
    id: str
    kind: str
    where: Condition
    stating: tuple[str, ...]
    gets: Thing

    def written(self) -> Thing:
        stating = {"stating": list(self.stating)} if self.stating else {}
        return {
            "id": self.id,
            "title": text(self.id),
            self.kind: self.where.written(),
            **stating,
            "gets": self.gets,
        }

    def meant(self, values: Values, person: Values) -> bool:
        return self.where.truth(values) is True and all(fact in person for fact in self.stating)

    def speaks_of(self, rule: Rule) -> bool:
        aim = self.gets.get("target")
        is_aimed = not aim or (rule.aim != "" and aim in ("any", rule.aim))
        return is_aimed and self.gets.get("topic", rule.about) == rule.about

    def given_by(self, rule: Rule, values: Values) -> bool:
        """Whether a rule that is spoken of gives somebody what is spoken of."""
        return rule.holds(values) is True and rule.gives(values) in listed(
            self.gets.get("verdict", rule.gives(values))
        )


@dataclass(frozen=True)
class World:
    """One knowledge base: rules over ``wet``, ``kind``, ``light``, ``age`` and what is derived of them."""

    rules: list[Rule]
    guarantees: list[Guarantee] = field(default_factory=list)
    #: The formula of ``sum`` with its span, and whether it can be stated; and ``otherwise`` of ``thirst``.
    formula: tuple[Term, tuple[int, int], bool] | None = None

    def written(self) -> Thing:
        facts: Thing = {
            "wet": {"type": "boolean", **asked()},
            "kind": {"type": "choice", "choices": {kind: text(kind) for kind in KINDS}, **asked()},
            "light": {"type": "number", "span": [0, 3], "step": 1, **asked()},
            "age": {"type": "number", "span": [0, 2], "step": 1, **asked()},
        }
        if self.formula:
            term, span, statable = self.formula
            more = {"statable": True, **asked()} if statable else {"label": text("sum")}
            facts["sum"] = {
                "type": "number",
                "span": list(span),
                "step": 1,
                "formula": _written(term),
                **more,
            }
        for fact in self.concluded:
            facts[fact] = {"derived": True, "label": text(fact), **CONCLUDED[fact]}
        things = {"facts": facts, "rules": [rule.written() for rule in self.rules]}
        return {
            **things,
            **({"guarantees": [g.written() for g in self.guarantees]} if self.guarantees else {}),
        }

    @cached_property
    def concluded(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.conclude:
                found.setdefault(rule.conclude[0], []).append(rule)
        return dict(sorted(found.items()))

    @property
    def stated(self) -> dict[str, list[Any]]:
        facts: dict[str, list[Any]] = {
            "wet": [True, False],
            "kind": list(KINDS),
            "light": grid(0, 3, PARTS),
            "age": grid(0, 2, PARTS),
        }
        if self.formula and self.formula[2]:
            facts["sum"] = grid(*self.formula[1], PARTS[::2])
        return facts

    def people(self, facts: set[str]) -> Iterator[Values]:
        """Everyone who states some of these facts and nothing else."""
        known = {fact: values for fact, values in self.stated.items() if fact in facts}
        for values in product(*([None, *some] for some in known.values())):
            yield {fact: value for fact, value in zip(known, values, strict=True) if value is not None}

    def span(self, number: str) -> tuple[int, int]:
        """The numbers that a target can ask for; any, where a number is only worked out."""
        if number != "sum" or not self.formula:
            return 0, NUMBERS[number]
        return self.formula[1] if self.formula[2] else (-99, 99)

    def behind(self, facts: set[str]) -> set[str]:
        """The facts with all that they rest on."""
        found: set[str] = set()
        waiting = set(facts)
        while waiting:
            fact = waiting.pop()
            found.add(fact)
            used = set[str]().union(*(rule.when.facts() for rule in self.concluded.get(fact, ())))
            if fact == "sum" and self.formula:
                used |= facts_in(self.formula[0])
            waiting |= used - found
        return found

    def values(self, person: Values, wanted: Collection[str] = CONCLUDED) -> dict[str, Any]:
        """What follows for a person; ``disagree`` lists the derived choices that rules disagree about.

        Of the facts that rules conclude only those that are wanted, which need what they rest on, too.
        """
        disagree: set[str] = set()
        values: dict[str, Any] = {fact: person.get(fact) for fact in ("wet", "kind", "light", "age", "sum")}
        if self.formula and values["sum"] is None:
            values["sum"] = number(self.formula[0], values)
        values["disagree"] = disagree
        for fact, rules in self.concluded.items():
            if fact not in wanted:
                continue
            truths = [rule.when.truth(values) for rule in rules]
            if fact == "soaked":
                values[fact] = any_of(truths)
                continue
            given = {
                rule.conclude[1] for rule, truth in zip(rules, truths, strict=True) if truth and rule.conclude
            }
            values[fact] = next(iter(given), None if None in truths else CONCLUDED[fact]["otherwise"])
            if len(given) > 1:
                disagree.add(fact)
        return values


def number(term: Term, values: Values) -> Any:
    if isinstance(term, int):
        return whole(term)
    if isinstance(term, str):
        return values[term]
    left, right = number(term[1], values), number(term[2], values)
    return None if left is None or right is None else SYMBOLS[term[0]](left, right)


@cache
def whole(number: int) -> Fraction:
    return Fraction(number)


def facts_in(term: Term) -> set[str]:
    if isinstance(term, tuple):
        return facts_in(term[1]) | facts_in(term[2])
    return {term} if isinstance(term, str) else set()


def _written(operand: Any) -> Any:
    if isinstance(operand, list):
        return [_written(term) for term in operand]
    if isinstance(operand, tuple):
        left, right = (f"({_written(p)})" if isinstance(p, tuple) else _written(p) for p in operand[1:])
        return f"{left} {operand[0]} {right}"
    return operand


def grid(low: int, high: int, parts: list[Fraction]) -> list[Fraction]:
    return [whole + part for whole in range(low, high) for part in parts] + [Fraction(high)]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def asked() -> Thing:
    return {"label": text("l"), "question": text("Q?")}


def all_of(truths: list[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def any_of(truths: list[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False
