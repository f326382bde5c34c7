"""Random people for tests and benchmarks: values on, beside and away from every boundary."""

from __future__ import annotations

import random
from typing import Any

from wellfounded.model.content import Content, Fact, FactType


def random_person(content: Content, chance: random.Random, known: float = 1.0) -> dict[str, Any]:
    """Each fact a person states with probability ``known``; derived facts are never stated."""
    return {
        fact.id: random_value(fact, chance)
        for fact in content.facts.values()
        if not fact.derived and chance.random() < known
    }


def random_value(fact: Fact, chance: random.Random) -> Any:
    """A value the fact can have; numbers are whole steps within the span."""
    match fact.type:
        case FactType.BOOLEAN:
            return chance.random() < 0.5
        case FactType.CHOICE:
            return chance.choice(list(fact.choices))
        case FactType.NUMBER:
            assert fact.span is not None
            assert fact.step is not None
            low, high = fact.span
            steps = round((high - low) / fact.step)
            return round(low + chance.randint(0, steps) * fact.step, 9)
