"""The parts of a core that decide a topic each, kept for the next person who is explained the same topic."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from wellfounded.advise.edition import Edition
from wellfounded.explain.part import Part, put_aside
from wellfounded.model.content import Content
from wellfounded.model.core import Core
from wellfounded.model.values import Value

#: There is one for each topic and set of derived numbers that people state; of more than this, none is kept.
MOST_KEPT = 500


class Parts:
    """Makes parts, and remembers them. Threads can share it."""

    def __init__(self, content: Content, core: Core) -> None:
        self.content = content
        self.core = core
        self._kept: dict[Hashable, tuple[Part, Edition]] = {}

    def of(self, topic: str, stated: Mapping[str, Value], language: str) -> tuple[Part, Edition]:
        """What decides a topic for whoever states the derived numbers that are stated here."""
        aside = put_aside(self.core, stated)
        key = (topic, aside, language)
        known = self._kept.get(key)
        if known is not None:
            return known
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        part = Part(self.core, topic, aside)
        return self._kept.setdefault(key, (part, Edition(self.content, part.core, language)))
