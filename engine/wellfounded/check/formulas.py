"""Formulas that do not come out: unknown names, units that do not fit, two ranges, a divisor of 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from wellfounded.check.walk import Place, PlacedFormula, formulas, number_text, span_of
from wellfounded.model.content import Content, Fact, FactType, Parameter
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import (
    Between,
    End,
    Formula,
    Name,
    Negative,
    Number,
    Operation,
    as_written,
    extent,
    names_in,
)
from wellfounded.model.interval import EVERYTHING, Interval, combined
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.model.unit import NO_UNIT, Dimension, Unit, product


class _Measure(Record, frozen=True):
    """What a part of a formula measures: its dimension, and what it can be in base units.

    ``unit`` is as written, where the part is a fact or a parameter.
    """

    dimension: Dimension
    interval: Interval
    unit: str = ""
    is_range: bool = False
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
        fact = content.facts.get(placed.fact)
        if fact is not None and fact.type is not FactType.NUMBER:
            continue  # reported as a comparison or a target that does not fit the fact
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
        if fact is not None:
            yield from _against(fact, part, measure, placed, content)
    if isinstance(written, Between) and measures[0].interval.low > measures[1].interval.high:
        message = "this range ends before it starts"
        raise _Wrong("range-order", message, written.position, "write the lower end first")


def _whole(formula: Formula, fact: Fact | None, content: Content) -> _Measure:
    """A formula as a whole; a number that stands alone is in the unit of the fact."""
    if isinstance(formula, Number) and fact is not None:
        unit = content.units.get(fact.unit, NO_UNIT)
        return _number(formula.value, unit)
    return _measure(formula, content)


def _number(value: float, unit: Unit) -> _Measure:
    in_base = value * float(unit.factor)
    return _Measure(unit.dimension, Interval(in_base, in_base), unit.written, is_constant=True)


def _measure(formula: Formula, content: Content) -> _Measure:
    match formula:
        case Number():
            return _number(formula.value, NO_UNIT)
        case Name():
            return _name(formula, content)
        case Negative():
            operand = _measure(formula.operand, content)
            if operand.is_range:
                raise _Wrong("formula-range", "a range cannot be negated", formula.position, _ONE_END)
            flipped = Interval(-operand.interval.high, -operand.interval.low)
            return _Measure(operand.dimension, flipped, operand.unit, is_constant=operand.is_constant)
        case Operation():
            return _operation(formula, content)


_ONE_END = "write `.low` or `.high` to name one end of the range"


def _name(name: Name, content: Content) -> _Measure:
    parameter, fact = content.parameters.get(name.name), content.facts.get(name.name)
    if parameter is not None:
        return _parameter(name, parameter, content)
    if fact is None:
        known = [id for id, fact in content.facts.items() if fact.type is FactType.NUMBER]
        message = f"there is no fact or parameter `{name.name}`"
        help = suggestion(name.name, [*known, *content.parameters])
        raise _Wrong("unknown-name", message, name.position, help)
    if fact.type is not FactType.NUMBER:
        message = f"`{name.name}` is a {fact.type.called}, and a formula computes with numbers"
        raise _Wrong("wrong-type", message, name.position, "name a number or a parameter")
    if name.end is not None:
        message = f"`{name.name}` is a fact and has no `.{name.end}`"
        raise _Wrong("formula-range", message, name.position, _ONLY_RANGES)
    unit = _unit(fact.unit, content)
    return _Measure(unit.dimension, _scaled(span_of(fact) or EVERYTHING, unit.factor), unit.written)


_ONLY_RANGES = "only a parameter with a range has `.low` and `.high`"


def _parameter(name: Name, parameter: Parameter, content: Content) -> _Measure:
    if name.end is not None and not parameter.is_range:
        message = f"`{name.name}` is one number and has no `.{name.end}`"
        raise _Wrong("formula-range", message, name.position, _ONLY_RANGES)
    unit = _unit(parameter.unit, content)
    low = parameter.high if name.end is End.HIGH else parameter.low
    high = parameter.low if name.end is End.LOW else parameter.high
    interval = _scaled(Interval(low, high), unit.factor)
    is_range = parameter.is_range and name.end is None
    return _Measure(unit.dimension, interval, unit.written, is_range, is_constant=True)


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
        divisor, is_zero = as_written(formula.right), right.interval.low == right.interval.high
        message = f"this divides by `{divisor}`, which {'is' if is_zero else 'can be'} 0"
        if isinstance(formula.right, Number):
            message = "this divides by 0"
        help = "; ".join((*_span_text(formula.right, content), "give the divisor a span without 0"))
        if is_zero:
            help = "divide by another number"
        raise _Wrong("division-by-zero", message, extent(formula.right), help)
    _check_range_use(formula, left, right, content)
    if symbol in "+-":
        if left.dimension != right.dimension:
            one, other = as_written(formula.left), as_written(formula.right)
            message = f"`{one}` and `{other}` cannot be {'added' if symbol == '+' else 'subtracted'}"
            help = _apart(one, left, other, right)
            if isinstance(formula.left, Number) or isinstance(formula.right, Number):
                help += "; a number that has a unit is written as a parameter"
            raise _Wrong("formula-units", message, formula.position, help)
        dimension = left.dimension
    else:
        dimension = product(left.dimension, right.dimension, 1 if symbol == "*" else -1)
    interval = combined(symbol, left.interval, right.interval)
    is_range, is_constant = left.is_range or right.is_range, left.is_constant and right.is_constant
    return _Measure(dimension, interval, "", is_range, is_constant)


def _check_range_use(formula: Operation, left: _Measure, right: _Measure, content: Content) -> None:
    """A range may be added to, or multiplied or divided by something positive; nothing else is allowed."""
    one, other = as_written(formula.left), as_written(formula.right)
    if left.is_range and right.is_range:
        message = f"`{one}` and `{other}` are both ranges, and a formula can hold one"
        raise _Wrong("formula-range", message, extent(formula), _ONE_END)
    if right.is_range and formula.symbol in "-/":
        how = "subtracted" if formula.symbol == "-" else "a divisor"
        message = f"`{other}` is a range, and a range cannot be {how}"
        raise _Wrong("formula-range", message, extent(formula.right), _ONE_END)
    factor, measure = (formula.right, right) if left.is_range else (formula.left, left)
    if (left.is_range or right.is_range) and formula.symbol in "*/" and measure.interval.low <= 0:
        how = "multiplied" if formula.symbol == "*" else "divided"
        message = f"a range is {how} by `{as_written(factor)}`, which is not always above 0"
        help = "; ".join((*_span_text(factor, content), "give it a span above 0"))
        raise _Wrong("formula-range", message, extent(factor), help)


def _check_range(placed: PlacedFormula, part: Formula, measure: _Measure) -> None:
    """Whether there is a range where one is needed, and one number where one number is."""
    if isinstance(placed.formula, Between) or placed.place in (Place.FACT, Place.TARGET_IS):
        if measure.is_range:
            message = f"this has to be one number, and `{as_written(part)}` is a range"
            raise _Wrong("formula-range", message, extent(part), _ONE_END)
    elif placed.place is Place.WITHIN and not measure.is_range:
        message = f"`within` needs a range, and `{as_written(part)}` is one number"
        help = "name a parameter with a range, or write two ends: [low, high]"
        raise _Wrong("formula-range", message, extent(part), help)


def _against(
    fact: Fact, part: Formula, measure: _Measure, placed: PlacedFormula, content: Content
) -> Iterator[Diagnostic]:
    """The result against the fact it is for: the same dimension, and within its span."""
    unit, text, at = _unit(fact.unit, content), as_written(part), extent(part)
    if measure.dimension != unit.dimension:
        message = f"`{text}` does not come out in `{unit.written}`, the unit of `{fact.id}`"
        if not unit.written:
            message = f"`{text}` comes out with a unit, and `{fact.id}` has none"
        of_fact = _Measure(unit.dimension, EVERYTHING, unit.written)
        raise _Wrong("formula-units", message, at, _apart(text, measure, fact.id, of_fact))
    span = span_of(fact)
    if span is None:
        return
    result = _scaled(measure.interval, 1 / unit.factor)
    gives = _numbers(result, unit)
    slack = 1e-9 * max(1.0, abs(span.low), abs(span.high))
    wide = Interval(span.low - slack, span.high + slack)
    help = f"its span is {_numbers(span, unit)}"
    if placed.place is Place.FACT:
        if not wide.covers(result):
            message = f"`{text}` can be {gives}, more than the span of `{fact.id}`"
            yield Diagnostic("formula-outside-span", message, at, help, placed.about)
    elif isinstance(part, Number) and not wide.covers(result):
        raise _Wrong("outside-span", f"`{fact.id}` is never {gives}", at, help)
    elif (measure.is_constant and not wide.covers(result)) or not wide.meets(result):
        raise _Wrong("outside-span", f"`{text}` is {gives}, which `{fact.id}` cannot be", at, help)


def _span_text(formula: Formula, content: Content) -> Iterator[str]:
    """What a fact or a parameter can be, in its own unit."""
    fact = content.facts.get(formula.name) if isinstance(formula, Name) else None
    if fact is not None:
        span, unit = span_of(fact), content.units.get(fact.unit, NO_UNIT)
        yield f"its span is {_numbers(span, unit)}" if span is not None else "it has no span"


def _numbers(interval: Interval, unit: Unit) -> str:
    if interval == EVERYTHING:
        return "any number"
    low, high = number_text(interval.low), number_text(interval.high)
    return f"{low if low == high else f'{low} to {high}'} {unit.written}".rstrip()


def _apart(one: str, measure: _Measure, other: str, other_measure: _Measure) -> str:
    """How two things differ: by their units as written where both have one, or by what they measure."""
    if measure.unit and other_measure.unit:
        return f"`{one}` is in `{measure.unit}`, and `{other}` is in `{other_measure.unit}`"
    return f"`{one}` {_measures(measure)}, and `{other}` {_measures(other_measure)}"


def _measures(measure: _Measure) -> str:
    if not measure.dimension:
        return "is a bare number"
    above = [_power(name, exponent) for name, exponent in measure.dimension if exponent > 0]
    below = [_power(name, -exponent) for name, exponent in measure.dimension if exponent < 0]
    return "measures " + " × ".join(above or ["1"]) + "".join(f" / {name}" for name in below)


def _power(name: str, exponent: int) -> str:
    name = name.replace("[", "").replace("]", "")
    return name if exponent == 1 else f"{name}^{exponent}"
