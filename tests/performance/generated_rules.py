"""A seeded generator of large knowledge bases, the workload of the benchmarks.

So many rules over thirty facts that people state: numbers, yes/no and choices. Four rules in ten conclude
derived facts, which rest on each other four deep; the others each recommend something. For every 25 rules
there is also a number that is computed. A rule looks at two to five facts, and it is written only if it
holds for some of a sample of people and not for nearly all, so that every person takes other ways through.

What is generated is plain data: conditions, groups of them and formulas of one operation.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import yaml

import wellfounded
from wellfounded import KnowledgeBase

NUMBERS, ANSWERS, CHOICES = 14, 9, 7
LEVELS = 4
SAMPLE = 64
NEVER_ZERO = ("number_1", "number_2", "number_3")
RULES_IN_A_FILE = 1000

Person: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact people state: a number from ``low`` in steps, one of ``choices``, or else a yes/no."""

    id: str
    choices: tuple[str, ...] = ()
    low: float = 0.0
    step: float = 0.0
    steps: int = 0

    @property
    def is_number(self) -> bool:
        return self.steps > 0

    def value(self, random: Random) -> bool | float | str:
        """One of its values, each as likely."""
        if self.is_number:
            return round(self.low + random.randint(0, self.steps) * self.step, 9)
        return random.choice(self.choices) if self.choices else random.random() < 0.5


@dataclass(frozen=True, slots=True)
class Computed:
    """A number that is worked out: ``left symbol right``, where ``right`` may be a number."""

    id: str
    left: str
    symbol: str
    right: str | float

    def of(self, values: Mapping[str, Any]) -> float:
        right = values[self.right] if isinstance(self.right, str) else self.right
        return round(float(_OPERATIONS[self.symbol](values[self.left], right)), 9)


@dataclass(frozen=True, slots=True)
class Holds:
    """A fact held against a value. ``relation`` is ``is``, or a comparison as the rule language names it."""

    fact: str
    relation: str
    value: bool | float | str


@dataclass(frozen=True, slots=True)
class Group:
    """``any`` or ``none`` of its members."""

    grouping: str
    members: tuple[Holds, ...]


Condition: TypeAlias = Holds | Group


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule holds where all of ``when`` does. It makes ``concludes`` true, or else recommends itself."""

    id: str
    when: tuple[Condition, ...]
    concludes: str = ""


@dataclass(frozen=True, slots=True)
class Generated:
    """All of one knowledge base; what is computed and the rules stand in an order that can be followed."""

    facts: tuple[Fact, ...]
    computed: tuple[Computed, ...]
    rules: tuple[Rule, ...]

    def files(self) -> dict[str, str]:
        """The knowledge base as YAML: file name → text."""
        files = {"facts.yaml": _yaml({**_HEADER, "facts": self._facts()})}
        for start in range(0, len(self.rules), RULES_IN_A_FILE):
            rules = [_rule(rule) for rule in self.rules[start : start + RULES_IN_A_FILE]]
            files[f"rules-{start // RULES_IN_A_FILE + 1:02}.yaml"] = _yaml({"rules": rules})
        return files

    def load(self, folder: Path) -> KnowledgeBase:
        """Write the knowledge base into a folder and load it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.files().items():
            (folder / name).write_text(text, encoding="utf-8")
        return wellfounded.load(folder)

    def people(self, count: int, seed: object = 0, known: float = 1.0) -> list[Person]:
        """Random people; each fact is stated with probability ``known``."""
        random = Random(f"people {seed}")
        return [
            {fact.id: fact.value(random) for fact in self.facts if random.random() < known}
            for _ in range(count)
        ]

    def _facts(self) -> dict[str, Any]:
        stated = {fact.id: _stated(fact) for fact in self.facts}
        computed = {
            c.id: {"type": "number", "formula": f"{c.left} {c.symbol} {c.right}", "label": _text(c.id)}
            for c in self.computed
        }
        concluded = {
            rule.concludes: {"type": "boolean", "derived": True, "label": _text(rule.concludes)}
            for rule in self.rules
            if rule.concludes
        }
        return stated | computed | concluded


def generated(count: int, seed: int = 0) -> Generated:
    """A knowledge base of ``count`` rules, at least 50. The same count and seed always give the same."""
    return _Author(count, seed).written()


class _Author:
    """Writes one knowledge base. Columns of a sample of people show for whom each part is true."""

    def __init__(self, count: int, seed: int) -> None:
        self.count = count
        self.random = Random(f"rules {count} {seed}")
        self.facts = tuple(_facts())
        self.stated = [fact.id for fact in self.facts]
        self.numbers = [fact.id for fact in self.facts if fact.is_number]
        self.columns: dict[str, list[Any]] = {
            f.id: [f.value(self.random) for _ in range(SAMPLE)] for f in self.facts
        }
        self.computed: list[Computed] = []
        self.rules: list[Rule] = []
        self.turns: dict[str, Iterator[str]] = {}

    def written(self) -> Generated:
        lower: list[str] = []
        derived: list[str] = []
        for level in range(1, LEVELS + 1):
            self.compute(level)
            lower = self.conclude(level, lower)
            derived += lower
        for place in range(1, self.count - len(self.rules) + 1):
            when = self.condition(self.some("derived", derived, 1), _SOMETIMES)
            self.rules.append(Rule(f"advice-{place}", when))
        return Generated(self.facts, tuple(self.computed), tuple(self.rules))

    def compute(self, level: int) -> None:
        """Numbers computed from stated ones; above the first level, from computed ones too."""
        below = [c.id for c in self.computed if c.id.startswith(f"computed_{level - 1}_")]
        for place in range(1, max(self.count // 25 // LEVELS, 1) + 1):
            left = self.random.choice(below or self.numbers)
            symbol = self.random.choice("+-*/")
            others: list[str | float] = [number for number in self.numbers if number != left]
            if symbol == "*":
                others = [self.random.randint(50, 150) / 100]
            elif symbol == "/":
                others = [number for number in NEVER_ZERO if number != left]
            computed = Computed(f"computed_{level}_{place}", left, symbol, self.random.choice(others))
            self.computed.append(computed)
            self.columns[computed.id] = [computed.of(person) for person in self.people()]

    def people(self) -> Iterator[Person]:
        return (
            dict(zip(self.columns, values, strict=True))
            for values in zip(*self.columns.values(), strict=True)
        )

    def conclude(self, level: int, lower: Sequence[str]) -> list[str]:
        """A tenth of all rules; each fourth fact is concluded by two of them. The facts they conclude."""
        facts: list[str] = []
        for place in range(self.count // 10):
            if place % 5 != 4:
                facts.append(f"derived_{level}_{len(facts) + 1}")
            when = self.condition(self.some(f"level {level}", lower, 1), _OFTEN)
            self.rules.append(Rule(f"derives-{level}-{place + 1}", when, facts[-1]))
            before = self.columns.get(facts[-1], [False] * SAMPLE)
            self.columns[facts[-1]] = [x or y for x, y in zip(before, self.truth(when), strict=True)]
        return facts

    def condition(self, derived: Sequence[str], wanted: range) -> tuple[Condition, ...]:
        """A condition that looks at these facts and a few more, true of about as many as wanted."""
        facts = [*derived, *self.some("stated", self.stated, self.random.randint(2, 3))]
        if self.random.random() < 0.4:
            facts += self.some("computed", [computed.id for computed in self.computed], 1)
        best: tuple[Condition, ...] = ()
        distance = SAMPLE
        for _ in range(12):
            when = self.members([self.holds(fact) for fact in facts])
            number = sum(self.truth(when))
            if abs(number - wanted[len(wanted) // 2]) < distance:
                best, distance = when, abs(number - wanted[len(wanted) // 2])
            if number in wanted:
                break
        return best

    def some(self, name: str, facts: Sequence[str], count: int) -> list[str]:
        """The next of some facts; all of them have their turn before one comes again."""
        turn = self.turns.get(name, iter(()))
        chosen: list[str] = []
        while facts and len(chosen) < count:
            fact = next(turn, None)
            if fact is None:
                turn = self.turns[name] = iter(self.random.sample(facts, len(facts)))
            elif fact not in chosen:
                chosen.append(fact)
        return chosen

    def members(self, parts: list[Holds]) -> tuple[Condition, ...]:
        """The last two parts often stand in a group; the first, which makes the chain, by itself."""
        if len(parts) > 2 and self.random.random() < 0.6:
            grouping = self.random.choice(("any", "any", "none"))
            return (*parts[:-2], Group(grouping, tuple(parts[-2:])))
        return tuple(parts)

    def holds(self, fact: str) -> Holds:
        values = self.columns[fact]
        if fact.startswith("derived"):
            return Holds(fact, "is", True)
        if isinstance(values[0], float):
            place = self.random.randint(6, SAMPLE - 6)
            few_are_below = place < SAMPLE // 2
            relation = self.random.choice(("at_least", "above") if few_are_below else ("below", "at_most"))
            return Holds(fact, relation, round(sorted(values)[place], 2))
        return Holds(fact, "is", self.random.choice(values))

    def truth(self, when: tuple[Condition, ...]) -> list[bool]:
        """Of whom in the sample a condition is true."""
        return [all(members) for members in zip(*map(self.truth_of, when), strict=True)]

    def truth_of(self, condition: Condition) -> list[bool]:
        if isinstance(condition, Group):
            members = zip(*map(self.truth_of, condition.members), strict=True)
            return [any(member) is (condition.grouping == "any") for member in members]
        relation, value = _RELATIONS[condition.relation], condition.value
        return [relation(of_one, value) for of_one in self.columns[condition.fact]]


def _facts() -> Iterator[Fact]:
    for place in range(1, NUMBERS + 1):
        step = (0.5, 0.1, 0.25, 1.0)[place % 4]
        yield Fact(
            f"number_{place}",
            low=1.0 if f"number_{place}" in NEVER_ZERO else 0.0,
            step=step,
            steps=40 * place,
        )
    for place in range(1, ANSWERS + 1):
        yield Fact(f"answer_{place}")
    for place in range(1, CHOICES + 1):
        yield Fact(f"choice_{place}", tuple(f"option_{option}" for option in range(1, place % 4 + 3)))


#: Of how many of the sample a condition is to be true.
_OFTEN = range(24, 57)
_SOMETIMES = range(6, 33)

_OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
_RELATIONS = {
    "is": operator.eq,
    "below": operator.lt,
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
}

_HEADER = {
    "knowledge_base": {
        "id": "generated",
        "title": {"en": "Generated rules"},
        "version": "1.0.0",
        "languages": ["en"],
        "about": {"en": "A workload for benchmarks."},
        "notice": {"en": "Made up."},
        "sections": {"all": {"title": {"en": "All"}}},
    },
    "claims": {"so": {"section": "all", "kind": "action", "says": {"en": "It is so."}}},
}


def _text(text: str) -> dict[str, str]:
    return {"en": text.replace("_", " ")}


def _stated(fact: Fact) -> dict[str, Any]:
    texts = {"label": _text(fact.id), "question": {"en": f"What is {fact.id}?"}}
    if fact.is_number:
        high = round(fact.low + fact.steps * fact.step, 9)
        return {"type": "number", "span": [fact.low, high], "step": fact.step, **texts}
    if fact.choices:
        return {"type": "choice", "choices": {choice: _text(choice) for choice in fact.choices}, **texts}
    return {"type": "boolean", **texts}


def _rule(rule: Rule) -> dict[str, Any]:
    written = {"id": rule.id, "title": _text(rule.id), "when": _when(rule.when)}
    if rule.concludes:
        written["conclude"] = {rule.concludes: True}
    else:
        written |= {"advise": "consider", "says": _text(f"This is {rule.id}.")}
    return {**written, "because": ["so"]}


def _when(conditions: tuple[Condition, ...]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for condition in conditions:
        if isinstance(condition, Group):
            written[condition.grouping] = [_when((member,)) for member in condition.members]
        else:
            is_value = condition.relation == "is"
            written[condition.fact] = condition.value if is_value else {condition.relation: condition.value}
    return written


def _yaml(document: Mapping[str, Any]) -> str:
    return yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False, width=110)
