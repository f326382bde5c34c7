"""Which scenarios are meant by words such as ``fern and not pot``: those whose name or file has them."""

from __future__ import annotations

import re
from collections.abc import Callable

from wellfounded.review.scenarios import Scenario

Meant = Callable[[str], bool]


class SelectionError(ValueError):
    """Words that cannot be read as a selection."""


def selection(words: str) -> Callable[[Scenario], bool]:
    """Whether a scenario is meant: ``and``, ``or``, ``not`` and parentheses, and capitals do not matter.

    Words that stand side by side all have to be there; no words mean all. Raises ``SelectionError``.
    """
    if not words.strip():
        return lambda _: True
    meant = _Reader(re.findall(r"[()]|[^\s()]+", words)).whole()
    return lambda scenario: meant(f"{scenario.name}\n{scenario.position.file}".casefold())


class _Reader:
    """Reads a selection from left to right; ``or`` binds least, then ``and``, then ``not``."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def whole(self) -> Meant:
        meant = self.any()
        if self.tokens:
            raise SelectionError(f"`{self.tokens[0]}` does not fit there")
        return meant

    def any(self) -> Meant:
        members = [self.all()]
        while self.follows("or"):
            self.tokens.pop(0)
            members.append(self.all())
        return lambda text: any(member(text) for member in members)

    def all(self) -> Meant:
        members = [self.one()]
        while self.tokens and not self.follows("or", ")"):
            if self.follows("and"):
                self.tokens.pop(0)
            members.append(self.one())
        return lambda text: all(member(text) for member in members)

    def one(self) -> Meant:
        if not self.tokens or self.follows("and", "or", ")"):
            raise SelectionError("a word is missing at the end" if not self.tokens else "a word is missing")
        token = self.tokens.pop(0)
        if token.lower() == "not":
            other = self.one()
            return lambda text: not other(text)
        if token == "(":
            inside = self.any()
            if not self.follows(")"):
                raise SelectionError("a `(` is not closed")
            self.tokens.pop(0)
            return inside
        word = token.casefold()
        return lambda text: word in text

    def follows(self, *tokens: str) -> bool:
        return bool(self.tokens) and self.tokens[0].lower() in tokens
