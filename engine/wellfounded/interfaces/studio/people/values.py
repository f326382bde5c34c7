"""The values of facts as people read and write them in a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from wellfounded.advise.numbers import number_text
from wellfounded.advise.wording import Wording
from wellfounded.interfaces.studio.people.words import people_words
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.values import Value


class Values:
    """Says values by the words of a language.

    They are understood in every language: an address keeps what was written when its language changes.
    """

    def __init__(self, content: Content, language: str) -> None:
        self.content = content
        self.wording = Wording(content, language)
        self.language = language
        self.said = people_words(language)

    @cached_property
    def _others(self) -> tuple[Values, ...]:
        languages = self.content.header.languages
        return tuple(Values(self.content, language) for language in languages if language != self.language)

    def options(self, fact: Fact) -> Mapping[str, Value]:
        """What can be chosen of a fact, each by how it is called here; of a number, nothing."""
        if fact.type is FactType.BOOLEAN:
            return {self.said["yes"]: True, self.said["no"]: False}
        return {self.wording.plain(label) or choice: choice for choice, label in fact.choices.items()}

    def understood(self, fact: Fact, written: str) -> Value | None:
        """The choice that is meant, whatever its capitals; the language of the page comes first."""
        known = {str(value).lower(): value for value in fact.values}
        for said in (*self._others, self):
            known |= {name.lower(): value for name, value in said.options(fact).items()}
        return known.get(written.lower())

    def means_unknown(self, written: str) -> bool:
        """Whether that a value is not known is meant."""
        return written.lower() in {"unknown", *(said.said["unknown"] for said in (*self._others, self))}

    def text(self, fact: Fact, value: Value | None) -> str:
        """A value as it is read."""
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return number_text(value, self.language)
        return next((name for name, one in self.options(fact).items() if one == value), str(value))
