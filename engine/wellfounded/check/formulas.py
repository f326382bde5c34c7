"""Formulas that do not come out: unknown names, units that do not fit, two ranges, a divisor of 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wellfounded.check.walk import Place, PlacedFormula, formulas
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import Between, Formula, Name, Negative, Number, Operation, names_in
from wellfounded.model.interval import EVERYTHING, Interval, combined
from wellfounded.model.position import Position
from wellfounded.model.suggest import suggestion
from wellfounded.model.unit import DIMENSIONLESS, NO_UNIT, Dimension, Unit, product


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a part of a formula measures: its dimension, what it can be in base units, and how it reads."""

    dimension: Dimension
    interval: Interval
    is_range: bool
    unit: str
    is_constant: bool = False


class _Wrong(Exception):
    def __init__(self, code: str, message: str, position: Position, help: str = "") -> None:
        self.parts = (code, message, position, help)


class _ReportedElsewhere(Exception):
    """A name stands for something broken, so that nothing can be said of the formula."""


def check_formulas(content: Content, declared: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    """At most one diagnostic per formula: the first thing in it that does not come out."""
    broken = (declared["facts"] | declared["parameters"]) - {*content.facts, *content.parameters}
    for placed in formulas(content):
        if broken.intersection(name.name for name in names_in(placed.formula)):
            continue
        try:
            yield from _formula(placed, content)
        except _ReportedElsewhere:
            continue
        except _Wrong as wrong:
            code, message, position, help = wrong.parts
            yield Diagnostic(code, message, position, help, about=placed.about)


def _formula(placed: PlacedFormula, content: Content) -> Iterator[Diagnostic]:
    fact = content.facts.get(placed.fact)
    written = placed.formula
    parts = (written.low, written.high) if isinstance(written, Between) else (written,)
    measures = [_whole(part, fact, content) for part in parts]
    for part, measure in zip(parts, measures, strict=True):
        _check_range(placed, part, measure)
        if fact is not None and fact.type is FactType.NUMBER:
            yield from _against(fact, part, measure, placed, content)
    if len(measures) == 2 and measures[0].interval.low > measures[1].interval.high:
        raise _Wrong(
            "range-order", "this range ends before it starts", placed.position, "write the lower first"
        )


def _whole(formula: Formula, fact: Fact | None, content: Content) -> _Measure:
    """A formula as a whole; a number that stands alone is in the unit of the fact."""
    if isinstance(formula, Number) and fact is not None:
        unit = content.units.get(fact.unit, NO_UNIT)
        return _number(formula.value, unit)
    if isinstance(formula, Negative) and isinstance(formula.operand, Number) and fact is not None:
        return _number(-formula.operand.value, content.units.get(fact.unit, NO_UNIT))
    return _measure(formula, content)


def _number(value: float, unit: Unit) -> _Measure:
    in_base = value * float(unit.factor)
    return _Measure(unit.dimension, Interval(in_base, in_base), False, unit.written, is_constant=True)


def _measure(formula: Formula, content: Content) -> _Measure:
    match formula:
        case Number():
            return _Measure(
                DIMENSIONLESS, Interval(formula.value, formula.value), False, "", is_constant=True
            )
        case Name():
            return _name(formula, content)
        case Negative():
            operand = _measure(formula.operand, content)
            if operand.is_range:
                raise _Wrong("formula-range", "a range cannot be negated", formula.position, _ONE_END)
            flipped = Interval(-operand.interval.high, -operand.interval.low)
            return _Measure(operand.dimension, flipped, False, operand.unit, operand.is_constant)
        case Operation():
            return _operation(formula, content)


_ONE_END = "write `.low` or `.high` to name one end of the range"


def _name(name: Name, content: Content) -> _Measure:
    parameter, fact = content.parameters.get(name.name), content.facts.get(name.name)
    if parameter is not None:
        unit = _unit(parameter.unit, content)
        ends = {
            None: (parameter.low, parameter.high),
            "low": (parameter.low,) * 2,
            "high": (parameter.high,) * 2,
        }
        low, high = ends[name.end]
        interval = _scaled(Interval(low, high), unit.factor)
        return _Measure(unit.dimension, interval, parameter.is_range and name.end is None, unit.written, True)
    if fact is None:
        known = [*content.facts, *content.parameters]
        message = f"there is no fact or parameter `{name.name}`"
        raise _Wrong("unknown-name", message, name.position, suggestion(name.name, known))
    if fact.type is not FactType.NUMBER:
        message = f"`{name.name}` is a {fact.type}, and a formula computes with numbers"
        raise _Wrong("wrong-type", message, name.position)
    if name.end is not None:
        raise _Wrong("formula-range", f"the fact `{name.name}` has no `.{name.end}`", name.position)
    unit = _unit(fact.unit, content)
    span = Interval(*fact.span) if fact.span is not None else EVERYTHING
    return _Measure(unit.dimension, _scaled(span, unit.factor), False, unit.written)


def _unit(written: str, content: Content) -> Unit:
    """A unit that could not be read was reported where it stands; nothing more can be said of the formula."""
    if written and written not in content.units:
        raise _ReportedElsewhere
    return content.units.get(written, NO_UNIT)


def _scaled(interval: Interval, factor: Fraction) -> Interval:
    return Interval(interval.low * float(factor), interval.high * float(factor))


def _operation(formula: Operation, content: Content) -> _Measure:
    left, right = _measure(formula.left, content), _measure(formula.right, content)
    symbol = formula.symbol
    if symbol == "/" and right.interval.holds(0):
        message = f"this divides by something that can be 0 ({_span_text(right)})"
        raise _Wrong("division-by-zero", message, formula.position, "give the divisor a span without 0")
    _check_range_use(formula, left, right)
    if symbol in "+-":
        if left.dimension != right.dimension:
            message = f"`{left.unit or 'a bare number'}` and `{right.unit or 'a bare number'}` cannot be " + (
                "added" if symbol == "+" else "subtracted"
            )
            raise _Wrong("formula-units", message, formula.position, _dimensions_help(left, right))
        dimension = left.dimension
        unit = left.unit
    else:
        dimension = product(left.dimension, right.dimension, 1 if symbol == "*" else -1)
        unit = f"({left.unit or '1'}) {symbol} ({right.unit or '1'})"
    interval = combined(symbol, left.interval, right.interval)
    constant = left.is_constant and right.is_constant
    return _Measure(dimension, interval, left.is_range or right.is_range, unit, constant)


def _check_range_use(formula: Operation, left: _Measure, right: _Measure) -> None:
    """A range may be added to, or multiplied or divided by something positive; nothing else is allowed."""
    if left.is_range and right.is_range:
        raise _Wrong("formula-range", "a formula holds at most one range", formula.position, _ONE_END)
    if right.is_range and formula.symbol in "-/":
        what = "subtracted from something" if formula.symbol == "-" else "divided by"
        raise _Wrong("formula-range", f"a range cannot be {what}", formula.position, _ONE_END)
    other = right if left.is_range else left
    if (left.is_range or right.is_range) and formula.symbol in "*/" and other.interval.low <= 0:
        message = (
            f"a range is multiplied or divided by something that is not always positive ({_span_text(other)})"
        )
        raise _Wrong("formula-range", message, formula.position, _ONE_END)


def _check_range(placed: PlacedFormula, part: Formula, measure: _Measure) -> None:
    if isinstance(placed.formula, Between) or placed.place in (Place.FACT, Place.TARGET_IS):
        if measure.is_range:
            raise _Wrong(
                "formula-range", "this has to be one number, and is a range", placed.position, _ONE_END
            )
    elif placed.place is Place.WITHIN and not measure.is_range:
        help = "name a parameter with a range, or write two ends: [low, high]"
        raise _Wrong("formula-range", "`within` needs a range, and this is one number", placed.position, help)


def _against(
    fact: Fact, part: Formula, measure: _Measure, placed: PlacedFormula, content: Content
) -> Iterator[Diagnostic]:
    """The result against the fact it is for: the same dimension, and within its span."""
    unit = _unit(fact.unit, content)
    at = part.position
    if measure.dimension != unit.dimension:
        wanted_unit = f"`{unit.written}`, the unit of" if unit.written else "a bare number, as does"
        message = f"`{measure.unit or 'a bare number'}` does not come out as {wanted_unit} `{fact.id}`"
        wanted = _Measure(unit.dimension, EVERYTHING, False, unit.written)
        raise _Wrong("formula-units", message, at, _dimensions_help(measure, wanted))
    if fact.span is None:
        return
    span, result = Interval(*fact.span), _scaled(measure.interval, 1 / unit.factor)
    span_text = f"its span is {span.low:g} to {span.high:g} {unit.written}".rstrip()
    slack = 1e-9 * max(1.0, abs(span.low), abs(span.high))
    if placed.place is Place.FACT:
        if result.low < span.low - slack or result.high > span.high + slack:
            message = (
                f"this formula gives {result.low:g} to {result.high:g}, more than the span of `{fact.id}`"
            )
            yield Diagnostic("formula-outside-span", message, at, span_text, placed.about)
    elif (measure.is_range or measure.is_constant) and not (
        span.low - slack <= result.low and result.high <= span.high + slack
    ):
        outside = result.low if result.low < span.low else result.high
        message = f"`{fact.id}` is never {outside:g}"
        raise _Wrong("outside-span", message, at, span_text)
    elif result.high < span.low - slack or result.low > span.high + slack:
        message = f"this is {result.low:g} to {result.high:g}, and `{fact.id}` never is"
        raise _Wrong("outside-span", message, at, span_text)


def _span_text(measure: _Measure) -> str:
    return f"from {measure.interval.low:g} to {measure.interval.high:g} in base units"


def _dimensions_help(left: _Measure, right: _Measure) -> str:
    return f"one measures {_dimension_text(left.dimension)}, the other {_dimension_text(right.dimension)}"


def _dimension_text(dimension: Dimension) -> str:
    if not dimension:
        return "nothing (a bare number)"
    above = [_power(name, exponent) for name, exponent in dimension if exponent > 0]
    below = [_power(name, -exponent) for name, exponent in dimension if exponent < 0]
    return " × ".join(above or ["1"]) + "".join(f" / {name}" for name in below)


def _power(name: str, exponent: int) -> str:
    name = name.replace("[", "").replace("]", "")
    return name if exponent == 1 else f"{name}^{exponent}"
