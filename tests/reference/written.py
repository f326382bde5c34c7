"""What rule files say, as plain records. The files are taken to be right: nothing is checked here.

YAML is read without any idea of types, since YAML 1.1 takes words such as `on` for booleans; what a word
means follows from the fact it is about.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Value: TypeAlias = bool | Fraction | str

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)")
_NUMBER = re.compile(r"-?[0-9.]+([eE][-+]?[0-9]+)?")


@dataclass(frozen=True)
class Formula:
    """The arithmetic of rules is a part of Python's, so Python's own parser reads it."""

    tree: ast.expr


Operand: TypeAlias = Fraction | Formula


@dataclass(frozen=True)
class Has:
    """A fact has one of these values."""

    fact: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Compares:
    """A number is `below`, `at_least`, `at_most` or `above` an operand."""

    fact: str
    word: str
    operand: Operand


@dataclass(frozen=True)
class Group:
    """`all`, `any` or `none` of the members."""

    word: str
    members: tuple[Condition, ...]


Condition: TypeAlias = Has | Compares | Group


@dataclass(frozen=True)
class Fact:
    id: str
    type: str
    unit: str
    span: tuple[Fraction, Fraction] | None
    choices: tuple[str, ...]
    derived: bool
    statable: bool
    formula: Formula | None
    otherwise: str

    @property
    def can_be_stated(self) -> bool:
        return self.statable or not self.derived

    @cached_property
    def decimals(self) -> int:
        """Nine, or fewer where the span is so wide that a double cannot hold them all."""
        widest = 0 if self.span is None else max(map(abs, self.span))
        return next(places for places in range(9, -1, -1) if places == 0 or widest * 10**places < 2**53)


@dataclass(frozen=True)
class Parameter:
    low: Fraction
    high: Fraction
    unit: str
    claim: str


@dataclass(frozen=True)
class Target:
    """``bounds`` are comparisons of the fact; ``value`` is what it must be, where that is asked for."""

    fact: str
    low: Operand | None = None
    high: Operand | None = None
    exactly: bool = False
    value: bool | None = None


@dataclass(frozen=True)
class Rule:
    """``shows`` are the names in the placeholders of its texts."""

    id: str
    topic: str
    when: Condition
    concludes: tuple[str, Value] | None
    advises: str
    target: Target | None
    because: tuple[str, ...]
    shows: tuple[str, ...]
    table: str
    causes_of: str
    first: bool
    status: str


@dataclass(frozen=True)
class Claim:
    """``counts`` is false for editorial and scope claims, and for those that are not in force."""

    supports: tuple[str, ...]
    counts: bool


@dataclass(frozen=True)
class Row:
    id: str
    when: Condition | None


@dataclass
class Book:
    """All that the rule files say. ``factors`` gives the size of units that have to be converted."""

    factors: Mapping[str, Fraction] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    claims: dict[str, Claim] = field(default_factory=dict)
    tables: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    order: tuple[str, ...] = ()

    def in_base_units(self, number: Fraction, unit: str) -> Fraction:
        return number * self.factors[unit] if unit in self.factors else number

    def from_base_units(self, number: Fraction, unit: str) -> Fraction:
        return number / self.factors[unit] if unit in self.factors else number

    def concluding(self, fact: str) -> list[Rule]:
        """The rules that can give a derived fact its value."""
        return [
            rule
            for rule in self.rules
            if rule.concludes is not None and rule.concludes[0] == fact and rule.status == "active"
        ]

    def recommending(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.concludes is None]


def read(folder: Path, factors: Mapping[str, Fraction] | None = None) -> Book:
    """The rule files of a folder, as one book."""
    documents = [
        yaml.load(path.read_text(encoding="utf-8"), _LOADER) or {}
        for path in sorted(folder.rglob("*.yaml"))
        if not path.name.endswith(".scenarios.yaml")
    ]
    book = Book(factors or {})
    header = next(document["knowledge_base"] for document in documents if "knowledge_base" in document)
    book.order = tuple(header.get("order", ()))
    for id, item in _things(documents, "facts"):
        book.facts[id] = _fact(id, item)
    for id, item in _things(documents, "parameters"):
        low, high = item.get("range", (item.get("value"), item.get("value")))
        book.parameters[id] = Parameter(_number(low), _number(high), item.get("unit", ""), item["claim"])
    for id, item in _things(documents, "claims"):
        editorial = header["sections"][item["section"]].get("editorial") == "true"
        supports = tuple(cited.get("support", "unchecked") for cited in item.get("cites", ()))
        active = item.get("status", "active") == "active"
        book.claims[id] = Claim(supports, counts=not editorial and item["kind"] != "scope" and active)
    for id, item in _things(documents, "tables"):
        book.tables[id] = tuple(Row(row["id"], _optional_condition(book, row)) for row in item["rows"])
    for document in documents:
        book.rules.extend(_rule(book, item) for item in document.get("rules", ()))
    return book


def _things(documents: list[dict[str, Any]], kind: str) -> Iterator[tuple[str, Any]]:
    for document in documents:
        yield from document.get(kind, {}).items()


def _number(text: str) -> Fraction:
    """A number exactly as written, and not the double nearest to it."""
    return Fraction(text)


def _fact(id: str, item: dict[str, Any]) -> Fact:
    span = item.get("span")
    formula = item.get("formula")
    return Fact(
        id,
        item["type"],
        item.get("unit", ""),
        None if span is None else (_number(span[0]), _number(span[1])),
        tuple(item.get("choices", ())),
        item.get("derived") == "true" or formula is not None,
        item.get("statable") == "true",
        None if formula is None else _formula(formula),
        item.get("otherwise", ""),
    )


def _rule(book: Book, item: dict[str, Any]) -> Rule:
    concludes = next(iter(item["conclude"].items())) if "conclude" in item else None
    return Rule(
        item["id"],
        item.get("topic", item["id"]),
        _condition(book, item["when"]),
        None if concludes is None else (concludes[0], _value(book.facts[concludes[0]], concludes[1])),
        item.get("advise", ""),
        _target(book, item["target"]) if "target" in item else None,
        tuple(item.get("because", ())),
        tuple(name for text in _texts(item.get("says", {})) for name in _PLACEHOLDER.findall(text)),
        item.get("table", ""),
        item.get("causes_of", ""),
        item.get("first") == "true",
        item.get("status", "active"),
    )


def _texts(item: Any) -> Iterator[str]:
    """Every wording in a text, or in a text per verdict."""
    if isinstance(item, str):
        yield item
    else:
        for part in item.values():
            yield from _texts(part)


def _target(book: Book, item: dict[str, Any]) -> Target:
    fact = item["of"]
    if "is" in item:
        if book.facts[fact].type == "boolean":
            return Target(fact, value=item["is"] == "true")
        number = _operand(item["is"])
        return Target(fact, number, number, exactly=True)
    if "within" in item:
        return Target(fact, *_two_ends(item["within"]))
    if "at_least" in item:
        return Target(fact, low=_operand(item["at_least"]))
    return Target(fact, high=_operand(item["at_most"]))


def _two_ends(written: Any) -> tuple[Operand, Operand]:
    """The ends of `within`: two operands, or one that has a range, of which each end uses its own."""
    if isinstance(written, list):
        return _operand(written[0]), _operand(written[1])
    return _operand(written), _operand(written)


def _optional_condition(book: Book, item: dict[str, Any]) -> Condition | None:
    return _condition(book, item["when"]) if "when" in item else None


def _condition(book: Book, written: dict[str, Any]) -> Condition:
    """A map is read as *and*."""
    members = tuple(_entry(book, key, item) for key, item in written.items())
    return members[0] if len(members) == 1 else Group("all", members)


def _entry(book: Book, key: str, item: Any) -> Condition:
    if key in ("all", "any", "none"):
        maps = item if isinstance(item, list) else [{name: test} for name, test in item.items()]
        return Group(key, tuple(_condition(book, one) for one in maps))
    fact = book.facts[key]
    if isinstance(item, dict):
        tests = [test for word, operand in item.items() for test in _comparisons(key, word, operand)]
        return tests[0] if len(tests) == 1 else Group("all", tuple(tests))
    values = item if isinstance(item, list) else [item]
    return Has(key, tuple(_value(fact, value) for value in values))


def _comparisons(fact: str, word: str, operand: Any) -> list[Compares]:
    """`within` is *at least the low end and at most the high end*."""
    if word != "within":
        return [Compares(fact, word, _operand(operand))]
    low, high = _two_ends(operand)
    return [Compares(fact, "at_least", low), Compares(fact, "at_most", high)]


def _value(fact: Fact, text: str) -> Value:
    match fact.type:
        case "boolean":
            return text == "true"
        case "number":
            return _number(text)
        case _:
            return text


def _operand(text: str) -> Operand:
    """A number that stands alone is in the fact's own unit; anything else is a formula."""
    return _number(text) if _NUMBER.fullmatch(text.strip()) else _formula(text)


def _formula(text: str) -> Formula:
    return Formula(ast.parse(text.strip(), mode="eval").body)
