"""Which scenarios are meant by words such as ``fern and not pot``: those whose name or file has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from wellfounded.review.scenarios import Scenario

Meant = Callable[[str], bool]

#: More words than anyone types, and fewer than it takes to nest them too deep.
MOST = 100


class SelectionError(ValueError):
    """Words that cannot be read as a selection."""


def selection(words: str, folder: Path = Path()) -> Callable[[Scenario], bool]:
    """Whether a scenario is meant, by its name or by its file as seen from a folder.

    ``and``, ``or``, ``not`` and parentheses may be used; words that stand side by side all have to be there;
    no words mean all. Capitals do not matter. Raises ``SelectionError``.
    """
    tokens = re.findall(r"[()]|[^\s()]+", words)
    if not tokens:
        return lambda _: True
    if len(tokens) > MOST:
        raise SelectionError(f"at most {MOST} words are read")
    meant = _Reader(tokens).whole()

    def is_meant(scenario: Scenario) -> bool:
        file = Path(scenario.position.file)
        seen = file.relative_to(folder) if file.is_relative_to(folder) and file != folder else file.name
        return meant(f"{scenario.name}\n{seen}".casefold())

    return is_meant


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
