"""What to say about a place a person points at: the thing named there, or the key of the language."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.editing.describe import describe
from wellfounded.editing.expected import help_at, values_at
from wellfounded.editing.folder import Document, View
from wellfounded.editing.language import Path
from wellfounded.editing.schemas import schema_of
from wellfounded.load.node import Map, Node, children, plain
from wellfounded.load.package_data import data_folder
from wellfounded.model.record import Record


class Hover(Record, frozen=True):
    """Markdown about what stands from ``start`` to ``end``."""

    says: str
    start: int
    end: int


#: So many values of a key are listed.
_MOST_VALUES = 12

_WORDS = {
    "en": {"values": "Values", "read": "Rule language"},
    "nl": {"values": "Waarden", "read": "Regeltaal"},
}


def hover(view: View, file: str, offset: int, language: str = "en") -> Hover | None:
    """What is known of the name or the key at a place, if anything is; of a key in Dutch or in English."""
    document = view.documents.get(file)
    if document is None:
        return None
    names = view.at(file, offset)
    said = [text for text in (describe(one.symbol, view.contents) for one in names) if text]
    if said:
        place = document.since(names[0].start, names[0].end)
        return None if place is None else Hover("\n\n---\n\n".join(said), *place)
    return _of_key(view, document, offset, language)


def _of_key(view: View, document: Document, offset: int, language: str) -> Hover | None:
    place = document.then(offset)
    if document.tree is None or place is None:
        return None
    for path, start, end in _keys(document.tree, document, document.top):
        now = document.since(start, end)
        if start <= place <= end and now is not None:
            said = "\n\n".join(_help(view, document, path[len(document.top) :], language))
            return Hover(f"**{path[-1]}** – {said}", *now) if said else None
    return None


def _help(view: View, document: Document, path: Path, language: str) -> Iterator[str]:
    """What a key is for, what may stand behind it, and where to read on."""
    schema, written = schema_of(document.kind, view), plain(document.tree) if document.tree else {}
    found = help_at(schema, written, path, language)
    if found is None:
        return
    yield found.says
    words = _WORDS[language]
    values = [
        "`true`" if value is True else "`false`" if value is False else f"`{value}`"
        for value in values_at(schema, written, path)
    ]
    if 0 < len(values) <= _MOST_VALUES:
        yield f"{words['values']}: {', '.join(values)}"
    if found.read:
        page, _, heading = found.read.partition("#")
        place = (data_folder("docs") / page).as_uri()
        yield f"[{words['read']}: {heading.replace('-', ' ')}]({place}#{heading})"


def _keys(node: Node, document: Document, path: Path) -> Iterator[tuple[Path, int, int]]:
    if isinstance(node, Map):
        for key, position, _ in node.items():
            yield (*path, key), *document.good.inner(position)
    for step, child in children(node):
        yield from _keys(child, document, (*path, step))
