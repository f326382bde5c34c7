"""What an editor asks about a place in a text: what may stand there, what it is, where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from wellfounded.editing.complete import complete
from wellfounded.editing.folder import View
from wellfounded.editing.hover import hover
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.studio.edit.problems import Units

#: As the editor calls the kinds of what it proposes; the others are names of things.
_TYPES = {"key": "property", "value": "constant", "fact": "variable", "choice": "enum", "unit": "text"}

#: What follows an opening bracket is read up to the next one, so that many of them take no longer than few.
_LINK = re.compile(r"\[([^\[\]]*)\]\([^)\[]*\)")
_EMPHASIS = re.compile(r"\*\*|(?<!\w)\*|\*(?!\w)|`|^---$", re.MULTILINE)


def completions(view: View, name: str, units: int, language: str) -> dict[str, Any]:
    """What may stand at a place."""
    text = view.documents[name].now.text
    counted = Units(text)
    found = complete(view, name, counted.offset(units), spoken(language))
    options = [
        {
            "label": one.label,
            "from": counted.of(one.start),
            "text": one.text,
            "type": _TYPES.get(one.kind, "class"),
            "detail": plainly(one.detail),
            "info": plainly(one.about),
        }
        for one in found
    ]
    return {"options": options}


def hovered(view: View, name: str, units: int, language: str) -> dict[str, Any]:
    """What is known of what stands at a place, and where that is written."""
    counted = Units(view.documents[name].now.text)
    offset = counted.offset(units)
    said = hover(view, name, offset, spoken(language))
    defined = list(_defined(view, name, offset, language))
    if said is None:
        return {"defined": defined}
    return {
        "from": counted.of(said.start),
        "to": counted.of(said.end),
        "text": plainly(said.says),
        "defined": defined,
    }


def _defined(view: View, name: str, offset: int, language: str) -> Iterator[dict[str, str]]:
    """Where the names at a place are defined, if that is elsewhere."""
    symbols = frozenset(one.symbol for one in view.at(name, offset))
    for one in view.places(symbols):
        line = view.documents[one.file].now.place(one.start)[0] + 1
        is_here = one.file == name and one.start <= offset <= one.end
        if one.defines and not is_here:
            yield {"name": f"{one.file}:{line}", "address": address(language, one.file, line)}


def address(language: str, name: str, line: int = 0) -> str:
    """The page of a file, at a line of it."""
    return f"/{language}/edit/{quote(name)}" + (f"?line={line}" if line else "")


def plainly(markdown: str) -> str:
    """The few marks of Markdown that we write left out."""
    lines = _EMPHASIS.sub("", _LINK.sub(r"\1", markdown)).splitlines()
    return re.sub("\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()
