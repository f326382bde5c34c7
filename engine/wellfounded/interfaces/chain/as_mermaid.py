"""A picture → a Mermaid flowchart, as GitHub and mermaid-cli draw it.

Texts are written so that nothing in them is read as Mermaid, Markdown or HTML: but for letters, digits and a
few marks, every character is an entity of Mermaid's, ``#`` with its number.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator

from wellfounded.interfaces.chain.labels import Label
from wellfounded.interfaces.chain.picture import Picture

#: Fill, border and letters of each kind of node, which can be read on a light and on a dark page.
_COLOURS = {
    "stated": ("#dbeafe", "#1d4ed8"),
    "derived": ("#e0f2fe", "#0369a1"),
    "rule": ("#f3f4f6", "#4b5563"),
    "recommendation": ("#dcfce7", "#15803d"),
    "not-given": ("#fee2e2", "#b91c1c"),
    "parameter": ("#fef9c3", "#a16207"),
    "claim": ("#fae8ff", "#a21caf"),
    "reference": ("#ffedd5", "#c2410c"),
}
_PLAIN = frozenset(f"{string.ascii_letters}{string.digits} ,/")

#: What Mermaid reads even when it is written as entities: formulas, line ends, icons, entities of its own
#: making, and a direction. An invisible word joiner parts each of them.
_READ_ANYWAY = re.compile(
    r"(?<=\$)(?=\$)|(?<=\\)(?=n)|(?<=:)(?=fa)|(?<=ﬂ)(?=°)|(?<=¶)(?=ß)|(?<=direction)(?=\s)"
)


def as_mermaid(picture: Picture) -> str:
    """The picture as a flowchart from left to right."""
    return "\n".join(_drawn(picture)) + "\n"


def _drawn(picture: Picture) -> Iterator[str]:
    names = {shape.id: f"n{place}" for place, shape in enumerate(picture.shapes)}
    yield "flowchart LR"
    yield f"  accTitle: {_text(picture.title)}"
    for shape in picture.shapes:
        yield f'  {names[shape.id]}["{_label(shape.label)}"]'
    for line in picture.lines:
        arrow = "-.->" if line.weak else "-->"
        yield f'  {names[line.start]} {arrow}|"{_text(line.text)}"| {names[line.end]}'
    for kind, (fill, border) in _COLOURS.items():
        of_kind = [names[shape.id] for shape in picture.shapes if shape.kind == kind]
        if of_kind:
            yield f"  classDef {kind} fill:{fill},stroke:{border},color:#111827"
            yield f"  class {','.join(of_kind)} {kind}"


def _label(label: Label) -> str:
    return "<br/>".join(_text(part) for part in (label.kind, label.title, label.text) if part)


def _text(text: str) -> str:
    """The text on one line, with every character that could be markup as an entity."""
    parted = _READ_ANYWAY.sub("\N{WORD JOINER}", " ".join(text.split()))
    return "".join(map(_written, parted))


def _written(character: str) -> str:
    if unicodedata.category(character) == "Cc":
        return "\N{REPLACEMENT CHARACTER}"
    return character if character in _PLAIN or not character.isascii() else f"#{ord(character)};"
