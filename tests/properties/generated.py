"""Small random knowledge bases, as the YAML an author would write.

Facts of every type, parameters in several units, nested conditions, chains of derived facts and targets of
every kind. All of it is meant to be right: what checking refuses is a finding, but for numbers outside a
span, which chance cannot always avoid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import ceil, floor
from random import Random
from typing import Any

from tests.properties.laid_out import Thing, Written, text

#: Size of each unit, and what it measures: powers of time and length.
UNITS: dict[str, tuple[Fraction, tuple[int, int]]] = {
    "": (Fraction(1), (0, 0)),
    "h": (Fraction(3600), (1, 0)),
    "min": (Fraction(60), (1, 0)),
    "km": (Fraction(1000), (0, 1)),
    "m": (Fraction(1), (0, 1)),
    "km/h": (Fraction(1000, 3600), (-1, 1)),
}
FACTORS = {unit: size for unit, (size, _) in UNITS.items()}
SUPPORTS = ["supports", "partly", "unchecked", "not-established", "about-something-else", "contradicts"]


@dataclass(frozen=True)
class Term:
    """A formula with all it can give, in base units."""

    text: str
    measures: tuple[int, int]
    low: Fraction
    high: Fraction
    ranged: bool = False


class Author:
    """Writes one knowledge base. The same seed always gives the same."""

    def __init__(self, seed: int | str) -> None:
        self.random = Random(f"author {seed}")
        self.facts: dict[str, Thing] = {}
        self.parameters: dict[str, Thing] = {}
        self.claims: dict[str, Thing] = {}
        self.rules: list[Thing] = []
        self.terms: dict[str, Term] = {}
        self.numbers = count(1)
        self.write_stated_facts()
        for _ in range(self.random.randint(2, 5)):
            self.random.choice((self.derive_yes_no, self.derive_choice, self.derive_number))()
        for _ in range(self.random.randint(3, 7)):
            self.recommend()
        apart = Random(f"changeable {seed}")  # so that all else stays as it was
        for fact in self.facts.values():
            if "question" in fact and apart.random() < 0.2:
                fact["changeable"] = False

    # Facts.

    def write_stated_facts(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.facts[self.new("yes")] = {"type": "boolean", **stated_texts()}
        for _ in range(self.random.randint(1, 2)):
            self.facts[self.new("kind")] = {"type": "choice", "choices": self.choices(), **stated_texts()}
        for _ in range(self.random.randint(2, 5)):
            self.stated_number(self.random.choice(list(UNITS)))

    def stated_number(self, unit: str) -> str:
        low = self.random.choice((0, 0, 1, 2, -5))
        high = low + self.random.choice((4, 10, 60))
        return self.number_fact(unit, Fraction(low), Fraction(high), stated_texts())

    def number_fact(self, unit: str, low: Fraction, high: Fraction, rest: Thing) -> str:
        size, measures = UNITS[unit]
        id = self.new("num")
        span = [as_number(low), as_number(high)]
        self.facts[id] = {"type": "number", **with_unit(unit), "span": span, "step": 0.5, **rest}
        self.terms[id] = Term(id, measures, low * size, high * size)
        return id

    def choices(self) -> dict[str, Thing]:
        return {f"v{place}": text(f"v{place}") for place in range(self.random.randint(2, 4))}

    def derive_yes_no(self) -> None:
        id = self.new("is")
        conditions = [self.condition() for _ in range(self.random.randint(1, 3))]
        self.facts[id] = {"type": "boolean", "derived": True, "label": text(id)}
        for when in conditions:
            self.conclude(id, True, when, may_be_inactive=when is not conditions[0])

    def derive_choice(self) -> None:
        id = self.new("sort")
        choices = self.choices()
        otherwise = self.random.choice(list(choices))
        conditions = [self.condition() for _ in range(self.random.randint(1, 3))]
        self.facts[id] = {"type": "choice", "derived": True, "choices": choices, "otherwise": otherwise}
        self.facts[id]["label"] = text(id)
        for when in conditions:
            value = self.random.choice(list(choices))
            self.conclude(id, value, when, may_be_inactive=when is not conditions[0])

    def conclude(self, fact: str, value: bool | str, when: Thing, may_be_inactive: bool) -> None:
        rule = {"id": self.new("rule"), "title": text("t"), "when": when, "conclude": {fact: value}}
        status = self.status() if may_be_inactive else {}
        self.rules.append({**rule, **status, **self.reason(self.random.random() < 0.2)})

    def status(self) -> Thing:
        """Now and then something is not in force."""
        chance = self.random.random()
        return {"status": "draft"} if chance < 0.08 else {"status": "retired"} if chance < 0.12 else {}

    def reason(self, definition: bool) -> Thing:
        return {"definition": True} if definition else {"because": self.two_claims()}

    def derive_number(self) -> None:
        term = self.formula(ranges=False)
        unit = self.unit_for(term)
        size = UNITS[unit][0]
        low, high = Fraction(floor(term.low / size)), Fraction(ceil(term.high / size))
        if high - low > 20_000:
            return  # such numbers have fewer decimals, which a test of its own looks at
        statable = self.random.random() < 0.5
        rest = {"statable": True, **stated_texts()} if statable else {"label": text("n")}
        self.number_fact(unit, low, high + (low == high), {"formula": term.text, **rest})

    # Formulas.

    def formula(self, ranges: bool) -> Term:
        """A random formula whose units come out, with at most one range if any."""
        term = self.leaf(ranges)
        for _ in range(self.random.randint(0, 3)):
            term = self.random.choice((self.longer_sum, self.longer_product, self.longer_quotient))(term)
        return term

    def leaf(self, ranges: bool) -> Term:
        if self.random.random() < 0.6:
            return self.random.choice(list(self.terms.values()))
        unit = self.random.choice(list(UNITS))
        return self.parameter(unit, Fraction(1, 2), Fraction(12), ranges)

    def longer_sum(self, term: Term) -> Term:
        fitting = [other for other in self.terms.values() if other.measures == term.measures]
        if not fitting or self.random.random() < 0.4:
            fitting = [self.parameter(self.unit_for(term), Fraction(1), Fraction(20), ranges=False)]
        other = self.random.choice(fitting)
        if self.random.random() < 0.5:
            low, high = term.low + other.low, term.high + other.high
            left, right = self.random.sample((term.text, other.text), 2)
            return Term(f"{left} + {right}", term.measures, low, high, term.ranged)
        low, high = term.low - other.high, term.high - other.low
        return Term(f"{term.text} - ({other.text})", term.measures, low, high, term.ranged)

    def longer_product(self, term: Term) -> Term:
        return self.scaled(term, "*", lambda a, b: a * b, 1)

    def longer_quotient(self, term: Term) -> Term:
        return self.scaled(term, "/", lambda a, b: a / b, -1)

    def scaled(
        self, term: Term, symbol: str, compute: Callable[[Fraction, Fraction], Fraction], sign: int
    ) -> Term:
        """The term times or over something that is always positive, if there is a unit for the result."""
        known = {measures for _, measures in UNITS.values()}
        fitting = [
            other
            for other in self.terms.values()
            if other.low > 0
            and (term.measures[0] + sign * other.measures[0], term.measures[1] + sign * other.measures[1])
            in known
        ]
        if not fitting or self.random.random() < 0.4:
            fitting = [self.parameter("", Fraction(1, 2), Fraction(4), ranges=False)]
        other = self.random.choice(fitting)
        corners = [compute(a, b) for a in (term.low, term.high) for b in (other.low, other.high)]
        measures = (
            term.measures[0] + sign * other.measures[0],
            term.measures[1] + sign * other.measures[1],
        )
        written = f"({term.text}) {symbol} ({other.text})"
        return Term(written, measures, min(corners), max(corners), term.ranged)

    def unit_for(self, term: Term) -> str:
        fitting = [unit for unit, (_, measures) in UNITS.items() if measures == term.measures]
        return self.random.choice(fitting)

    def parameter(self, unit: str, low: Fraction, high: Fraction, ranges: bool) -> Term:
        """A new parameter somewhere between two numbers of that unit: a single number, or a range."""
        id = self.new("par")
        size, measures = UNITS[unit]
        a, b = sorted(self.between(low, high) for _ in range(2))
        ranged = a < b and self.random.random() < 0.5
        numbers = {"range": [as_number(a), as_number(b)]} if ranged else {"value": as_number(a)}
        self.parameters[id] = {**numbers, **with_unit(unit), "claim": self.claim(), "label": text(id)}
        if ranged and not ranges:
            end, number = self.random.choice((("low", a), ("high", b)))
            return Term(f"{id}.{end}", measures, number * size, number * size)
        return Term(id, measures, a * size, (b if ranged else a) * size, ranged)

    def between(self, low: Fraction, high: Fraction) -> Fraction:
        return low + round((high - low) * Fraction(self.random.randint(0, 20), 20), 2)

    # Conditions.

    def condition(self, depth: int = 0) -> Thing:
        when: Thing = {}
        for _ in range(self.random.choice((1, 1, 2, 3))):
            when.update(self.group(depth) if depth < 2 and self.random.random() < 0.35 else self.test())
        return when

    def group(self, depth: int) -> Thing:
        word = self.random.choice(("all", "any", "none"))
        if self.random.random() < 0.3:
            return {word: self.condition(depth + 1)}
        return {word: [self.condition(depth + 1) for _ in range(self.random.randint(1, 3))]}

    def test(self) -> Thing:
        fact = self.random.choice(list(self.facts))
        match self.facts[fact]["type"]:
            case "boolean":
                return {fact: self.random.random() < 0.6}
            case "choice":
                choices = list(self.facts[fact]["choices"])
                some = self.random.sample(choices, self.random.randint(1, len(choices) - 1))
                return {fact: some if len(some) > 1 or self.random.random() < 0.3 else some[0]}
        return {fact: self.number_test(fact)}

    def number_test(self, fact: str) -> Any:
        if self.random.random() < 0.15:
            return as_number(self.within_span(fact))
        words = self.random.sample(
            ("below", "at_least", "at_most", "above", "within"), self.random.choice((1, 1, 2))
        )
        return {word: self.within(fact) if word == "within" else self.operand(fact) for word in words}

    def within_span(self, fact: str) -> Fraction:
        low, high = map(Fraction, self.facts[fact]["span"])
        return self.between(low, high)

    def operand(self, fact: str) -> Any:
        """A number, a parameter in any unit that fits, or a formula."""
        if self.random.random() < 0.1:
            return as_number(self.within_span(fact))
        if self.random.random() < 0.3:
            term = self.formula(ranges=True)
            if term.measures == self.terms[fact].measures and self.within_reach(fact, term):
                return term.text
        return self.parameter_within(fact, ranges=True).text

    def within_reach(self, fact: str, term: Term) -> bool:
        return term.low >= self.terms[fact].low and term.high <= self.terms[fact].high

    def parameter_within(self, fact: str, ranges: bool) -> Term:
        """A parameter, in the fact's unit or another that fits, within the fact's span."""
        whole = self.terms[fact]
        unit = self.unit_for(whole)
        size = UNITS[unit][0]
        low, high = whole.low / size, whole.high / size
        if ceil(100 * low) >= floor(100 * high):
            unit, (low, high) = self.facts[fact].get("unit", ""), map(Fraction, self.facts[fact]["span"])
        return self.parameter(unit, Fraction(ceil(100 * low), 100), Fraction(floor(100 * high), 100), ranges)

    def within(self, fact: str) -> Any:
        for _ in range(5):
            term = self.parameter_within(fact, ranges=True)
            if term.ranged:
                return term.text
        low, high = sorted(self.within_span(fact) for _ in range(2))
        return [as_number(low), as_number(high)]

    # Recommendations.

    def recommend(self) -> None:
        rule: Thing = {"id": self.new("rule"), "title": text("t"), "when": self.condition()}
        rule.update(self.random.choice((self.advice, self.target_on_number, self.target_on_yes_no))())
        rule["because"] = self.two_claims()
        rule |= self.status()
        if self.random.random() < 0.3 and self.rules and "conclude" not in self.rules[-1]:
            rule["topic"] = self.rules[-1].get("topic", self.rules[-1]["id"])
        self.rules.append(rule)

    def advice(self) -> Thing:
        word = self.random.choice(("do", "consider", "avoid", "inform"))
        return {"advise": word, "says": text(f"{word} something")}

    def target_on_yes_no(self) -> Thing:
        fact = self.random.choice([id for id, fact in self.facts.items() if fact["type"] == "boolean"])
        wanted = self.random.random() < 0.5
        verdicts = ("start" if wanted else "stop", "keep", "meet")
        says = {verdict: text(verdict) for verdict in verdicts}
        return {"target": {"of": fact, "is": wanted}, "says": says}

    def target_on_number(self) -> Thing:
        term = self.formula(ranges=True)
        fact, written = self.fact_that_holds(term), term.text
        kind = "within" if term.ranged else self.random.choice(("at_least", "at_most", "is"))
        if self.random.random() < 0.3:
            fact = self.random.choice(list(self.terms))
            kind = self.random.choice(("within", "at_least", "at_most"))
            written = self.within(fact) if kind == "within" else self.parameter_within(fact, ranges=True).text
        verdicts = {"at_least": ["raise"], "at_most": ["lower"]}.get(kind, ["raise", "lower"])
        says = {verdict: text(f"{verdict}: {{target}}; now {{current}}.") for verdict in (*verdicts, "keep")}
        return {
            "target": {"of": fact, kind: written},
            "says": {**says, "meet": text("meet: {target}.")},
        }

    def fact_that_holds(self, term: Term) -> str:
        """A new stated fact in whose span every result of the formula lies."""
        unit = self.unit_for(term)
        size = UNITS[unit][0]
        low, high = Fraction(floor(term.low / size)), Fraction(ceil(term.high / size))
        return self.number_fact(unit, low - 2, high + 2, stated_texts())

    def two_claims(self) -> list[str]:
        return list({self.claim(): None, self.claim(): None})

    def claim(self) -> str:
        if self.claims and self.random.random() < 0.4:
            return self.random.choice(list(self.claims))
        id = self.new("claim")
        cites = [
            {"reference": reference, "support": self.random.choice(SUPPORTS)}
            for reference in self.random.sample((1, 2, 3), self.random.choice((0, 0, 1, 2)))
        ]
        section = self.random.choice(("first", "second", "ours"))
        kind = self.random.choice(("action", "action", "scope"))
        self.claims[id] = {"section": section, "kind": kind, "says": text(id), **self.status()}
        if cites:
            self.claims[id]["cites"] = cites
        return id

    def new(self, kind: str) -> str:
        return f"{kind}{next(self.numbers)}"


def random_knowledge_base(seed: int | str) -> Written:
    """The knowledge base that belongs to a seed."""
    author = Author(seed)
    header: Thing = {
        "knowledge_base": {
            "id": "generated",
            "title": text("Generated"),
            "version": "1.0.0",
            "languages": ["en"],
            "about": text("about"),
            "notice": text("notice"),
            "sections": {
                "first": {"title": text("First")},
                "second": {"title": text("Second")},
                "ours": {"title": text("Ours"), "editorial": True},
            },
        },
        "units": {unit: {"says": {"en": f"{{number}} {unit}"}} for unit in UNITS if unit},
        "references": {
            str(number): {"as_cited": {"title": f"Work {number}"}, "on_record": {"status": "not-found"}}
            for number in (1, 2, 3)
        },
    }
    return Written(header, author.facts, author.parameters, author.claims, author.rules)


def stated_texts() -> Thing:
    return {"label": text("a fact"), "question": text("What is it?")}


def with_unit(unit: str) -> Thing:
    return {"unit": unit} if unit else {}


def as_number(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)
