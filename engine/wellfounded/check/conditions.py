"""Tests a fact cannot meet: a value of another type, an unknown choice, a comparison that does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.check.walk import conditions, number_text, span_of
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import Compares, Is, tests_in
from wellfounded.model.interval import EVERYTHING
from wellfounded.model.position import Position
from wellfounded.model.suggest import allowed, suggestion
from wellfounded.model.values import Value


def check_conditions(content: Content) -> Iterator[Diagnostic]:
    for condition, about in conditions(content):
        for test in tests_in(condition):
            fact = content.facts.get(test.fact)
            if fact is None:
                continue
            if isinstance(test, Is):
                for value, position in zip(test.values, test.value_positions, strict=True):
                    yield from check_value(fact, value, position, about)
            else:
                yield from _comparison(fact, test, about)
    yield from _conclusions(content)


def check_value(fact: Fact, value: Value, position: Position, about: str) -> Iterator[Diagnostic]:
    """Whether a fact can have a value that is written in a condition or a conclusion."""
    fits = {FactType.BOOLEAN: bool, FactType.NUMBER: float, FactType.CHOICE: str}[fact.type]
    if not isinstance(value, fits):
        message = f"`{fact.id}` is a {fact.type.called} and cannot be {_shown(value)}"
        yield Diagnostic("wrong-type", message, position, _wanted(fact), about=about)
    elif isinstance(value, str) and value not in fact.choices:
        help = suggestion(value, fact.choices)
        yield Diagnostic(
            "unknown-choice", f"`{value}` is not a choice of `{fact.id}`", position, help, about=about
        )
    elif isinstance(value, float) and not (span_of(fact) or EVERYTHING).holds(value):
        low, high = (number_text(end) for end in fact.span or ())
        help = f"its span is {low} to {high} {fact.unit}".rstrip()
        message = f"`{fact.id}` is never {number_text(value)} {fact.unit}".rstrip()
        yield Diagnostic("outside-span", message, position, help, about=about)


def _shown(value: Value) -> str:
    """A value of the wrong type, so that the text "true" is told from the yes/no."""
    if isinstance(value, str):
        return f'the text "{value}"'
    return f"`{str(value).lower() if isinstance(value, bool) else number_text(value)}`"


def _wanted(fact: Fact) -> str:
    match fact.type:
        case FactType.BOOLEAN:
            return "write true or false, without quotes"
        case FactType.NUMBER:
            return "write a number, or a comparison such as {below: …}"
        case FactType.CHOICE:
            return f"allowed: {allowed(fact.choices)}"


def _comparison(fact: Fact, test: Compares, about: str) -> Iterator[Diagnostic]:
    if fact.type is not FactType.NUMBER:
        message = f"`{fact.id}` is a {fact.type.called}, and `{test.comparator}` compares numbers"
        yield Diagnostic("wrong-type", message, test.position, _wanted(fact), about=about)


def _conclusions(content: Content) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        about = f"rule {rule.id}"
        if rule.conclude is not None and rule.conclude.fact in content.facts:
            fact, conclusion = content.facts[rule.conclude.fact], rule.conclude
            if not fact.derived or fact.formula is not None:
                why = "has a formula" if fact.formula is not None else "is stated by the person"
                message = f"`{fact.id}` {why} and cannot be concluded"
                help = "mark the fact `derived: true`, or conclude another one"
                yield Diagnostic("not-concludable", message, conclusion.position, help, about=about)
            elif fact.type is FactType.BOOLEAN and conclusion.value is False:
                message = f"only `true` can be concluded of `{fact.id}`"
                help = "it is false by itself where every rule that could make it true is false"
                yield Diagnostic("concludes-false", message, conclusion.value_position, help, about=about)
            else:
                yield from check_value(fact, conclusion.value, conclusion.value_position, about)
