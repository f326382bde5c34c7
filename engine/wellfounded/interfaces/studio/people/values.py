"""The values of facts as people read and write them in a language."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.advise.numbers import number_text
from wellfounded.advise.wording import Wording
from wellfounded.interfaces.studio.people.words import people_words
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.values import Value


class Values:
    """Says values, and understands them, by the words of a language and by the words of files."""

    def __init__(self, content: Content, language: str) -> None:
        self.wording = Wording(content, language)
        self.language = language
        self.said = people_words(language)

    def options(self, fact: Fact) -> Mapping[str, Value]:
        """What can be chosen of a fact, each by how it is called here; of a number, nothing."""
        if fact.type is FactType.BOOLEAN:
            return {self.said["yes"]: True, self.said["no"]: False}
        return {self.wording.plain(label) or choice: choice for choice, label in fact.choices.items()}

    def understood(self, fact: Fact, written: str) -> Value | None:
        """The choice that is meant, whatever its capitals."""
        known = {str(value).lower(): value for value in fact.values}
        known |= {name.lower(): value for name, value in self.options(fact).items()}
        return known.get(written.lower())

    def text(self, fact: Fact, value: Value | None) -> str:
        """A value as it is read."""
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return number_text(value, self.language)
        return next((name for name, one in self.options(fact).items() if one == value), str(value))
