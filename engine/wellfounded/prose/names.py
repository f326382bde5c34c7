"""What facts, parameters, values and formulas are called in a reading.

A name that another fact, or another choice, has too is followed by its id, so that no two read the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from wellfounded.advise.numbers import decimals_of, number_text
from wellfounded.advise.wording import Wording
from wellfounded.lower.formulas import Formulas, bounds
from wellfounded.model.content import Content, Fact, FactType, Parameter
from wellfounded.model.core import Constant
from wellfounded.model.expression import Between, End, Formula, Name, Negative, Number, Operation
from wellfounded.model.text import Text
from wellfounded.model.thing import Kind, Thing
from wellfounded.model.values import Value
from wellfounded.prose.reading import Said, filled, ours
from wellfounded.prose.words import words

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}


class Names:
    """Names the things of one knowledge base in one language."""

    def __init__(self, content: Content, language: str) -> None:
        self.content = content
        self.words = words(language)
        self.wording = Wording(content, language)
        self.formulas = Formulas(content)
        self.facts = self._unlike((fact.id, fact.label) for fact in content.facts.values())

    def _unlike(self, texts: Iterable[tuple[str, Text]]) -> Mapping[str, str]:
        """The texts by id, those that are not alone in what they say with their id behind."""
        worded = {id: self.wording.plain(text) for id, text in texts}
        times = Counter(worded.values())
        return {id: text if times[text] == 1 else f"{text} ({id})".strip() for id, text in worded.items()}

    def fact(self, id: str) -> tuple[Said, ...]:
        return (Said(self.facts[id], Thing(Kind.FACT, id)),)

    def parameter(self, parameter: Parameter, end: End | None = None) -> tuple[Said, ...]:
        """A parameter's number, or an end of its range."""
        if parameter.is_range and end is None:
            number = self.wording.range(parameter.low, parameter.high, parameter.unit)
        else:
            single = parameter.high if end is End.HIGH else parameter.low
            number = self.wording.quantity(single, parameter.unit)
        return (Said(number, Thing(Kind.PARAMETER, parameter.id)),)

    def values(self, fact: Fact, values: Iterable[Value]) -> tuple[Said, ...]:
        """One value, or several of which any will do; texts among several stand in quotes."""
        named = [self._value(fact, value) for value in values]
        if len(named) > 1 and fact.type is FactType.CHOICE:
            named = [(*ours("“"), *name, *ours("”")) for name in named]
        made: tuple[Said, ...] = ()
        for name in named:
            made += (*(ours(self.words["or"]) if made else ()), *name)
        return made

    def _value(self, fact: Fact, value: Value) -> tuple[Said, ...]:
        if isinstance(value, bool):
            return ours(self.words["yes" if value else "no"])
        if isinstance(value, str):
            return (Said(self._unlike(fact.choices.items()).get(value, value)),)
        return filled(self.words["is"], number=(Said(self.wording.quantity(value, fact.unit)),))

    def operand(self, operand: Formula | Between, fact: Fact, end: End | None) -> tuple[Said, ...]:
        """What a fact is held against: a number in words, and how it comes about where that is not plain.

        ``end`` is the end of a range that counts; without it the range counts as a whole.
        """
        written = self._written(operand, fact, end)
        if isinstance(operand, Between) or self._plain(operand, fact):
            return written
        worked_out = self._worked_out(operand, fact, end)
        return (*worked_out, *ours(" ("), *written, *ours(")")) if worked_out else written

    def _written(self, operand: Formula | Between, fact: Fact, end: End | None) -> tuple[Said, ...]:
        if isinstance(operand, Between):
            low, high = (self._alone(formula, fact, end) for formula in bounds(operand))
            return filled(self.words["between"], low=low, high=high)
        return self._alone(operand, fact, end)

    def _alone(self, formula: Formula, fact: Fact, end: End | None) -> tuple[Said, ...]:
        """A number that stands alone is in the unit of the fact it is held against."""
        if isinstance(formula, Number):
            return (Said(self.wording.quantity(formula.value, fact.unit)),)
        return self.formula(formula, end)

    def formula(self, formula: Formula, end: End | None = None) -> tuple[Said, ...]:
        """A formula with its facts by name and its parameters by their numbers."""
        match formula:
            case Number():
                return (Said(number_text(formula.value, self.wording.language)),)
            case Name():
                parameter = self.content.parameters.get(formula.name)
                if parameter is None:
                    return self.fact(formula.name)
                return self.parameter(parameter, formula.end or end)
            case Negative():
                return (*ours("−"), *self._inside(formula.operand, "+-*/", end))
            case Operation():
                is_sum = formula.symbol in "+-"
                left = self._inside(formula.left, "" if is_sum else "+-", end)
                right = self._inside(formula.right, "+-" if is_sum else "+-*/", end)
                return (*left, *ours(_SIGNS[formula.symbol]), *right)

    def _inside(self, formula: Formula, symbols: str, end: End | None) -> tuple[Said, ...]:
        """A part of a formula, in parentheses if it is an operation with one of these symbols."""
        said = self.formula(formula, end)
        apart = isinstance(formula, Operation) and formula.symbol in symbols
        return (*ours("("), *said, *ours(")")) if apart else said

    def _plain(self, formula: Formula, fact: Fact) -> bool:
        """Whether a formula is one number in the unit of the fact, with nothing to work out."""
        parameter = self.content.parameters.get(formula.name) if isinstance(formula, Name) else None
        return isinstance(formula, Number) or (parameter is not None and parameter.unit == fact.unit)

    def _worked_out(self, formula: Formula, fact: Fact, end: End | None) -> tuple[Said, ...]:
        """What a formula comes to, if that is the same for everyone."""
        ends = [end] if end is not None else list(End)
        terms = [self.formulas.result(formula, fact.id, each).term for each in ends]
        numbers = [term.value for term in terms if isinstance(term, Constant)]
        if len(numbers) < len(terms):
            return ()
        decimals = decimals_of(fact.step)
        rounded = [round(number, decimals) for number in numbers]
        if len(set(rounded)) > 1:
            text = self.wording.range(rounded[0], rounded[-1], fact.unit)
        else:
            text = self.wording.quantity(rounded[0], fact.unit)
        said = (Said(text),)
        return said if rounded == numbers else filled(self.words["about"], number=said)
