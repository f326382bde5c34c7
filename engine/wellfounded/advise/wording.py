"""Filling an author's text with a person's numbers, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from wellfounded.advise.numbers import decimals_of, number_text, shown_together, with_unit
from wellfounded.model.content import Content, Fact, Parameter
from wellfounded.model.expression import End
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.template import CURRENT, TARGET, Slot, template
from wellfounded.model.text import Text
from wellfounded.model.unit import Pattern
from wellfounded.model.values import Value
from wellfounded.reason.arithmetic import Values

#: A text cut at the placeholders that a person's values fill.
Prepared: TypeAlias = tuple[str | Slot, ...]


class Aim(Record, frozen=True):
    """A number target as it is worded: its bounds and the present value, in the fact's unit."""

    fact: str
    low: float | None
    high: float | None
    current: float | None


class Wording(Record, frozen=True):
    """Words the texts of one knowledge base in one language."""

    content: Content
    language: str

    def plain(self, text: Text) -> str:
        """A text without placeholders, or with those of parameters only."""
        return self.filled(self.prepared(text), EMPTY, None)

    def prepared(self, text: Text) -> Prepared:
        """A text in this language with its parameters filled in; what is left open depends on a person."""
        pieces: list[str | Slot] = []
        for piece in template(text.get(self.language, "")):
            filled = self._parameter_or_slot(piece) if isinstance(piece, Slot) else piece
            if pieces and isinstance(filled, str) and isinstance(pieces[-1], str):
                pieces[-1] += filled
            else:
                pieces.append(filled)
        return tuple(pieces)

    def filled(self, text: Prepared, values: Values, aim: Aim | None) -> str:
        """A text with its placeholders filled from a person's values and a target."""
        if len(text) == 1 and isinstance(text[0], str):
            return text[0]
        shown = self._shown_aim(aim) if aim is not None else EMPTY
        return "".join(
            piece if isinstance(piece, str) else self._slot(piece, values, shown) for piece in text
        )

    def _parameter_or_slot(self, slot: Slot) -> str | Slot:
        parameter = self.content.parameters.get(slot.name)
        return slot if parameter is None else self.parameter(parameter, slot.end)

    def _slot(self, slot: Slot, values: Values, aim: Mapping[str, str]) -> str:
        if slot.name in (TARGET, CURRENT):
            return aim.get(f"{slot.name}.{slot.end}" if slot.end else slot.name, "")
        fact = self.content.facts[slot.name]
        return self.value(fact, values.get(slot.name))

    def value(self, fact: Fact, value: Value | None) -> str:
        """A fact's value as people read it; empty where it is unknown or a bare yes/no."""
        if isinstance(value, bool) or value is None:
            return ""
        if isinstance(value, str):
            return fact.choices[value].get(self.language, value)
        return self.quantity(shown_together(None, None, value, decimals_of(fact.step))[2] or 0.0, fact.unit)

    def quantity(self, number: float, unit: str) -> str:
        """A number with its unit."""
        return with_unit(number_text(number, self.language), number, self._pattern(unit), self.language)

    def range(self, low: float, high: float, unit: str) -> str:
        """Two numbers with one unit, such as 4–6 meals a day."""
        text = f"{number_text(low, self.language)}–{number_text(high, self.language)}"
        return with_unit(text, high, self._pattern(unit), self.language)

    def _pattern(self, unit: str) -> Pattern | None:
        return self.content.units[unit].says.get(self.language) if unit else None

    def parameter(self, parameter: Parameter, end: End | None = None) -> str:
        """A parameter, or one end of its range, with its unit."""
        if parameter.is_range and end is None:
            return self.range(parameter.low, parameter.high, parameter.unit)
        return self.quantity(parameter.high if end is End.HIGH else parameter.low, parameter.unit)

    def _shown_aim(self, aim: Aim) -> dict[str, str]:
        fact = self.content.facts[aim.fact]
        low, high, current = shown_together(aim.low, aim.high, aim.current, decimals_of(fact.step))
        shown: dict[str, str] = {}
        for end, number in (("low", low), ("high", high)):
            if number is not None:
                shown[f"{TARGET}.{end}"] = shown[TARGET] = self.quantity(number, fact.unit)
        if low is not None and high is not None and low != high:
            shown[TARGET] = self.range(low, high, fact.unit)
        if current is not None:
            shown[CURRENT] = self.quantity(current, fact.unit)
        return shown
