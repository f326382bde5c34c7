"""A sentence with places for parts, as it is made in one language and retold in another.

Parts stand between ‹ and ›: ``there is no ‹kind:thing› `‹name›` ``. A part with a vocabulary is retold, too;
one without stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from wellfounded.model.record import Record

#: A vocabulary: sentences, or parts of sentences, with what they are in the other language.
Vocabulary = Mapping[str, str]

#: Longer texts stay as they are, and so do parts that are more deeply in each other than this.
LONGEST, DEEPEST = 2000, 12

_PART = re.compile(r"‹(?P<name>[a-z_]+)(?::(?P<vocabulary>[a-z_]+))?›")


class Template(Record, frozen=True):
    """``literals`` are what stands before, between and after the parts: one more than there are ``parts``.

    Each part has a name, and a vocabulary or none.
    """

    literals: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]

    def taken_apart(self, text: str) -> tuple[str, ...] | None:
        """What stands for each part in a text, if it can be this sentence.

        Each literal is looked for once, from the left, so that no text takes long.
        """
        if not text.startswith(self.literals[0]):
            return None
        found, at = [], len(self.literals[0])
        for literal in self.literals[1:-1]:
            end = text.find(literal, at)
            if end < 0:
                return None
            found.append(text[at:end])
            at = end + len(literal)
        last = len(text) - len(self.literals[-1])
        if last < at or not text.endswith(self.literals[-1]):
            return None
        return (*found, text[at:last])

    def filled(self, parts: Mapping[str, str]) -> str:
        """The sentence with these for its parts."""
        said = [parts[name] for name, _ in self.parts]
        return "".join(piece for pair in zip(self.literals, (*said, ""), strict=True) for piece in pair)


def template(written: str) -> Template:
    """Reads a template."""
    parts = [(match["name"], match["vocabulary"] or "") for match in _PART.finditer(written)]
    return Template(tuple(re.split(r"‹[^›]*›", written)), tuple(parts))


class Catalogue:
    """Vocabularies by name, ready to retell with. Of several that fit, the template that says most counts."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        self._whole = {
            name: {one: other for one, other in words.items() if "‹" not in one}
            for name, words in vocabularies.items()
        }
        self._templates = {
            name: sorted(
                ((template(one), template(other)) for one, other in words.items() if "‹" in one),
                key=lambda pair: -sum(map(len, pair[0].literals)),
            )
            for name, words in vocabularies.items()
        }
        self.retold = lru_cache(maxsize=4096)(self._retold)

    def _retold(self, text: str, vocabulary: str) -> str | None:
        """A text in the other language; ``None`` if it is not one of a vocabulary."""
        return self._said(text, vocabulary, 0) if len(text) <= LONGEST else None

    def _said(self, text: str, vocabulary: str, depth: int) -> str | None:
        if vocabulary == "count":
            return text.translate(_POINTS) if _COUNT.fullmatch(text) else None
        whole = self._whole[vocabulary].get(text)
        if whole is not None or depth > DEEPEST:
            return whole
        for one, other in self._templates[vocabulary]:
            written = one.taken_apart(text)
            if written is not None:
                said = self._parts(one, written, depth)
                if said is not None:
                    return other.filled(said)
        return None

    def _parts(self, one: Template, written: tuple[str, ...], depth: int) -> dict[str, str] | None:
        said: dict[str, str] = {}
        for (name, vocabulary), text in zip(one.parts, written, strict=True):
            part = self._said(text, vocabulary, depth + 1) if vocabulary else text
            if part is None:
                return None
            said[name] = part
        return said


#: A number as English writes it, and its signs as the rest of Europe does.
_COUNT = re.compile(r"[-+]?[0-9][0-9,]*(\.[0-9]+)?")
_POINTS = str.maketrans(",.", ".,")
