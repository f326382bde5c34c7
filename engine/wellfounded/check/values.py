"""Numbers and choices that cannot be: spans and ranges upside down, an ``otherwise`` that is no choice."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.model.content import Content, FactType
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.position import Position
from wellfounded.model.suggest import suggestion
from wellfounded.model.values import decimals_for

#: Values beyond this cannot be rounded to whole numbers exactly.
LARGEST = 1e12


def check_values(content: Content) -> Iterator[Diagnostic]:
    yield from _facts(content)
    yield from _parameters(content)


def _facts(content: Content) -> Iterator[Diagnostic]:
    for fact in content.facts.values():
        about = f"fact {fact.id}"
        if fact.span is not None:
            low, high = fact.span
            yield from _order("span", low, high, fact.position, about)
            if not decimals_for(*fact.span) and max(map(abs, fact.span)) > LARGEST:
                message = f"the span of `{fact.id}` is too wide to compute with exactly"
                yield Diagnostic(
                    "outside-span", message, fact.position, f"at most {LARGEST:.0f}", about=about
                )
        if fact.otherwise is not None and fact.otherwise not in fact.choices:
            message = f"`otherwise` is `{fact.otherwise}`, which is not one of the choices of `{fact.id}`"
            help = suggestion(fact.otherwise, fact.choices)
            yield Diagnostic("unknown-choice", message, fact.position, help, about=about)
        if fact.type is FactType.CHOICE and fact.derived and fact.otherwise is None:
            message = f"the derived choice `{fact.id}` has no `otherwise`"
            help = "say which choice holds for everyone no rule gives another"
            yield Diagnostic("missing-key", message, fact.position, help, about=about)


def _parameters(content: Content) -> Iterator[Diagnostic]:
    for parameter in content.parameters.values():
        about = f"parameter {parameter.id}"
        yield from _order("range", parameter.low, parameter.high, parameter.position, about)
        if not parameter.claim:
            message = f"the parameter `{parameter.id}` names no claim"
            help = "say where the number comes from: add `claim: …`"
            yield Diagnostic("parameter-without-source", message, parameter.position, help, about=about)
        if parameter.id in content.facts:
            message = f"`{parameter.id}` is a parameter and a fact"
            help = f"the fact stands at {content.facts[parameter.id].position}; a formula could mean either"
            yield Diagnostic("duplicate-id", message, parameter.position, help, about=about)


def _order(what: str, low: float, high: float, position: Position, about: str) -> Iterator[Diagnostic]:
    if low > high:
        message = f"this {what} starts at {low:g} and ends at {high:g}"
        yield Diagnostic("range-order", message, position, "write the lower number first", about=about)
