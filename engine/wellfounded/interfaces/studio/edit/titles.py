"""What things are called where people read them, instead of by their ids."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.advise.wording import Wording
from wellfounded.interfaces.interview_words import words
from wellfounded.model.content import Content
from wellfounded.model.values import Value

#: A claim or a work is named by at most so many characters of what it says.
_LONGEST = 90


class Titles:
    """What things are called in a language, as far as the rules that can be used know them."""

    def __init__(self, content: Content | None, language: str) -> None:
        self.content = content
        self.language = language
        self.wording = None if content is None else Wording(content, language)

    def of(self, kind: str, id: str) -> str:
        """The title of a thing; its id where it has none."""
        if self.content is None or self.wording is None:
            return id
        match kind:
            case "parameter" if id in self.content.parameters:
                return self.wording.plain(self.content.parameters[id].label) or id
            case "fact" if id in self.content.facts:
                return self.wording.plain(self.content.facts[id].label) or id
            case "rule" if id in self.content.rules:
                return self.wording.plain(self.content.rules[id].title) or id
            case "claim" if id in self.content.claims:
                return _short(self.wording.plain(self.content.claims[id].says)) or id
        return id

    def reference(self, id: str) -> str:
        """A reference by its number and its title."""
        known = None if self.content is None else self.content.references.get(id)
        title = "" if known is None else str(known.as_cited.get("title", ""))
        return f"[{id}] {_short(title)}".strip()

    def work(self, id: str) -> str:
        known = None if self.content is None else self.content.works.get(id)
        return id if known is None else _short(str(known.csl.get("title", id)))

    def topic(self, id: str) -> str:
        """The title of a topic: that of the first rule that gives it."""
        rules = () if self.content is None else self.content.rules.values()
        return next((self.of("rule", rule.id) for rule in rules if rule.topic == id), id)

    def person(self, facts: Mapping[str, Value]) -> str:
        """A person in words; nothing where a fact is not known."""
        if self.content is None or self.wording is None or not facts.keys() <= self.content.facts.keys():
            return ""
        said = words(self.language)
        return "; ".join(
            f"{self.of('fact', id)}: "
            + (
                said["yes" if value else "no"]
                if isinstance(value, bool)
                else self.wording.value(self.content.facts[id], value)
            )
            for id, value in facts.items()
        )

    def unit(self, kind: str, id: str) -> str:
        """The words that stand around a number of a thing."""
        if self.content is None:
            return ""
        things = self.content.parameters if kind == "parameter" else self.content.facts
        known = things.get(id)
        unit = "" if known is None else known.unit
        pattern = self.content.units[unit].says.get(self.language) if unit else None
        return unit if pattern is None else pattern.other.replace("{number}", "").strip()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"
