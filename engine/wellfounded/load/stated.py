"""What is stated of a person → checked values in their facts' units, or a problem for each that cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import nan
from numbers import Real
from typing import Any

from wellfounded.load.unit_text import UnitTextError, parse_unit, without_kinds
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.dependencies import dependencies
from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.frozen import FrozenMap, frozen
from wellfounded.model.suggest import suggestion
from wellfounded.model.unit import NO_UNIT, Dimension, DimensionKind, Unit
from wellfounded.model.values import Value, decimals_for, plain_number, rounded, rounded_exactly

_QUANTITY = re.compile(
    r"\s*(?P<number>[-+]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,3})?)\s*(?P<unit>\S.*?)?\s*"
)

_DECIMAL_COMMA = re.compile(r"\s*([-+]?[0-9]{1,30}),([0-9]{1,30})(?![0-9,])")


#: Numbers that can be compared with a double; made once, since it is asked of every number.
_WRITTEN_OUT = (int, float, Decimal)

#: Exponents beyond this are beyond those of any double.
HUGE = 400


class _Problem(Exception):
    def __init__(self, message: str, help: str = "") -> None:
        self.message, self.help = message, help


def check_facts(content: Content, stated: Mapping[str, Any]) -> FrozenMap[str, Value]:
    """The facts stated of a person, in the knowledge base's order. Raises ``FactError`` naming every problem.

    ``None`` states nothing: such a fact is unknown. A number may be text with a unit, such as ``"90 min"``.
    """
    if not isinstance(stated, Mapping):
        raise FactError((FactProblem("", f"facts are a mapping of names to values, not {_written(stated)}"),))
    values, problems = valued(content, stated)
    if problems:
        raise FactError(tuple(problems))
    return in_order(content, values)


def valued(content: Content, stated: Mapping[str, Any]) -> tuple[dict[str, Value], list[FactProblem]]:
    """The values of what is stated, and a problem for each that cannot be used."""
    values: dict[str, Value] = {}
    problems = []
    for name, value in stated.items():
        if value is None and name in content.facts:
            continue
        try:
            values[name] = _value(content, name, value)
        except _Problem as problem:
            problems.append(FactProblem(str(name), problem.message, problem.help))
    return values, problems


def check_unit(content: Content, name: str, unit: str) -> None:
    """Raises ``FactError`` if numbers of a fact cannot be stated in a unit."""
    fact = content.facts.get(name)
    try:
        if fact is None or fact.type is not FactType.NUMBER or not fact.can_be_stated:
            known = [
                fact.id
                for fact in content.facts.values()
                if fact.can_be_stated and fact.type is FactType.NUMBER
            ]
            raise _Problem(f"`{_short(name)}` is not a number that can be stated", suggestion(name, known))
        try:
            _quantity(content, fact, f"1 {unit}")
        except _Problem:
            own = content.units.get(fact.unit, NO_UNIT).shown
            message = f"numbers of `{name}` cannot be in `{_short(unit)}`"
            raise _Problem(message, f"its unit is {own}" if own else "it has no unit") from None
    except _Problem as problem:
        raise FactError((FactProblem(name, problem.message, problem.help),)) from None


def in_order(content: Content, values: Mapping[str, Value]) -> FrozenMap[str, Value]:
    """The values in the order the knowledge base gives its facts."""
    return frozen([(fact, values[fact]) for fact in content.facts if fact in values])


def _value(content: Content, name: str, value: Any) -> Value:
    fact = content.facts.get(name) if isinstance(name, str) else None
    if fact is None:
        known = [fact.id for fact in content.facts.values() if fact.can_be_stated]
        raise _Problem(f"`{_short(name)}` is not a fact that is known here", suggestion(str(name), known))
    if not fact.can_be_stated:
        inputs = ", ".join(f"`{id}`" for id in stated_inputs(content, name))
        raise _Problem(f"`{name}` is worked out and cannot be stated", f"state {inputs} instead")
    match fact.type:
        case FactType.BOOLEAN:
            return _boolean(fact, value)
        case FactType.CHOICE:
            return _choice(fact, value)
        case FactType.NUMBER:
            return _number(content, fact, value)


def stated_inputs(content: Content, fact: str) -> tuple[str, ...]:
    """The facts a derived fact rests on in the end, in the knowledge base's order."""
    uses, found, waiting = dependencies(content), set(), [fact]
    while waiting:
        for name in uses[waiting.pop()]:
            if content.facts[name].derived:
                waiting.append(name)
            else:
                found.add(name)
    return tuple(name for name in content.facts if name in found)


def _boolean(fact: Fact, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _Problem(f"`{fact.id}` is {_written(value)}, and has to be true or false", _boolean_help(value))


def _boolean_help(value: Any) -> str:
    text = str(value).strip().lower()
    meant = {"1": "true", "yes": "true", "true": "true", "0": "false", "no": "false", "false": "false"}
    return f"write {meant[text]} without quotes" if text in meant else "write true or false, without quotes"


def _choice(fact: Fact, value: Any) -> str:
    if isinstance(value, str) and value in fact.choices:
        return str(value)
    help = (
        suggestion(str(value), fact.choices)
        if isinstance(value, str)
        else f"allowed: {', '.join(fact.choices)}"
    )
    raise _Problem(f"`{fact.id}` is {_written(value)}, which is not one of its choices", help)


def _number(content: Content, fact: Fact, value: Any) -> float:
    assert fact.span is not None
    low, high = fact.span
    decimals = decimals_for(low, high)
    if isinstance(value, _WRITTEN_OUT) and not isinstance(value, bool):
        try:
            double = float(value)
        except (OverflowError, ValueError):  # more than a double can hold, or no number
            double = nan
        if low <= double <= high:
            return rounded(double, decimals)  # as in a table, to the bit
    number = _quantity(content, fact, value) if isinstance(value, str) else _exactly(content, fact, value)
    result = rounded_exactly(number, decimals) if low <= number <= high else None
    if result is None:
        unit = content.units.get(fact.unit, NO_UNIT).shown
        converted = f" ({_roughly(number)} {unit})" if isinstance(value, str) else ""
        raise _Problem(
            f"`{fact.id}` is {_written(value)}{converted}, which is outside what is allowed",
            _span_help(content, fact),
        )
    return result


def _roughly(number: Fraction) -> str:
    """A converted number as a message shows it."""
    return f"{plain_number(round(float(number), 3))}" if abs(number) < 10**15 else "a very large number"


def _exactly(content: Content, fact: Fact, value: Any) -> Fraction:
    """The decimal that was stated, of whatever type of number."""
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise _Problem(f"`{fact.id}` is {_written(value)}, and has to be a number", _span_help(content, fact))
    if isinstance(value, int | Fraction):
        return Fraction(value)
    decimal = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not decimal.is_finite():
        raise _Problem(f"`{fact.id}` is {_written(value)}, which is not a number", _span_help(content, fact))
    # A fraction writes its digits out; one of a huge exponent would take for ever, and is 0 or outside.
    if decimal and abs(decimal.adjusted()) > HUGE:
        return Fraction(0) if decimal.adjusted() < 0 else Fraction(10**HUGE * (-1 if decimal < 0 else 1))
    return Fraction(decimal)


def _quantity(content: Content, fact: Fact, text: str) -> Fraction:
    """A number with a unit, as a number in the fact's unit."""
    comma = _DECIMAL_COMMA.match(text[:200])
    if comma is not None:
        help = f"write {comma[1]}.{comma[2]}, with a point"
        raise _Problem(f"`{fact.id}` is {_written(text)}, with a comma in the number", help)
    match = _QUANTITY.fullmatch(text[:200])
    if match is None:
        raise _Problem(f"`{fact.id}` is {_written(text)}, and has to be a number", _span_help(content, fact))
    if match["unit"] is None:
        help = f"write {match['number']} without quotes"
        raise _Problem(f"`{fact.id}` is {_written(text)}, which is a text and not a number", help)
    unit = content.units.get(fact.unit, NO_UNIT)
    try:
        if match["unit"] == unit.shown:
            factor, dimension = unit.factor, unit.dimension
        else:
            factor, dimension = parse_unit(match["unit"], content.dimensions)
    except UnitTextError as error:
        raise _Problem(f"`{fact.id}` is {_written(text)}: {error}", _span_help(content, fact)) from None
    if dimension not in measures(content, unit):
        wanted = f"its unit is {unit.shown}" if unit.shown else "it has no unit"
        message = f"`{fact.id}` is {_written(text)}, and `{match['unit']}` measures something else"
        raise _Problem(message, f"{wanted}; {_span_help(content, fact)}")
    return Fraction(match["number"]) * factor / unit.factor


def measures(content: Content, unit: Unit) -> tuple[Dimension, ...]:
    """What a written unit may measure to be converted to this one.

    A person need not say of what a unit is, or what is counted.
    """
    plain = without_kinds(unit.dimension)
    counted = {name for name, kind in content.dimensions.items() if kind is DimensionKind.COUNT}
    return unit.dimension, plain, tuple(part for part in plain if part[0] not in counted)


def _span_help(content: Content, fact: Fact) -> str:
    assert fact.span is not None
    low, high = (plain_number(end) for end in fact.span)
    unit = content.units.get(fact.unit, NO_UNIT).shown
    return f"allowed: {low} to {high} {unit}".rstrip()


def _written(value: Any) -> str:
    """What was stated, as a message shows it."""
    if isinstance(value, str):
        return f'"{_short(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set):
        return "a list"
    return _short(value)


def _short(value: Any) -> str:
    try:
        text = str(value)
    except ValueError:  # an integer of more digits than Python prints
        return "a very large number"
    return f"{text[:60]}…" if len(text) > 60 else text
