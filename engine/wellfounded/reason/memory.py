"""The facts of one person over time: what any reasoner offers to a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from wellfounded.model.valuation import Valuation
from wellfounded.model.values import Value


class Memory(Protocol):
    """Facts that come, change and go, and their valuation as it stands."""

    def state(self, fact: str, value: Value) -> None:
        """Take in a checked fact, in place of what was stated of it before."""

    def retract(self, fact: str) -> None:
        """Take back what was stated of a fact; nothing if nothing was."""

    def valuation(self) -> Valuation:
        """The valuation of what is stated now."""

    def close(self) -> None:
        """Let go of what the reasoner keeps."""


class Recomputed:
    """A memory for a reasoner that values a person as a whole: all is valued anew when it is asked for."""

    def __init__(self, reason: Callable[[Mapping[str, Value]], Valuation]) -> None:
        self.reason = reason
        self.stated: dict[str, Value] = {}

    def state(self, fact: str, value: Value) -> None:
        self.stated[fact] = value

    def retract(self, fact: str) -> None:
        self.stated.pop(fact, None)

    def valuation(self) -> Valuation:
        return self.reason(self.stated)

    def close(self) -> None:
        self.stated.clear()
