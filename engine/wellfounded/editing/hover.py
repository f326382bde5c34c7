"""What to say about a place a person points at: the thing named there, or the key of the language."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.editing.describe import describe
from wellfounded.editing.expected import description_at
from wellfounded.editing.folder import Document, View
from wellfounded.editing.language import PERSON, Path
from wellfounded.editing.schemas import schema_of
from wellfounded.load.node import Map, Node, children, plain
from wellfounded.model.record import Record


class Hover(Record, frozen=True):
    """Markdown about what stands from ``start`` to ``end``."""

    says: str
    start: int
    end: int


def hover(view: View, file: str, offset: int) -> Hover | None:
    """What is known of the name or the key at a place, if anything is."""
    document = view.documents.get(file)
    if document is None:
        return None
    names = view.at(file, offset)
    said = [text for text in (describe(one.symbol, view.contents) for one in names) if text]
    if said:
        place = document.since(names[0].start, names[0].end)
        return None if place is None else Hover("\n\n---\n\n".join(said), *place)
    return _of_key(view, document, offset)


def _of_key(view: View, document: Document, offset: int) -> Hover | None:
    place = document.then(offset)
    if document.tree is None or place is None:
        return None
    for path, start, end in _keys(document.tree, document, ()):
        now = document.since(start, end)
        if start <= place <= end and now is not None:
            steps = path[1:] if path[:1] == (PERSON,) else path
            said = description_at(schema_of(document.kind, view), plain(document.tree), steps)
            return Hover(f"**{path[-1]}** – {said}", *now) if said else None
    return None


def _keys(node: Node, document: Document, path: Path) -> Iterator[tuple[Path, int, int]]:
    if isinstance(node, Map):
        for key, position, _ in node.items():
            yield (*path, key), *document.good.inner(position)
    for step, child in children(node):
        yield from _keys(child, document, (*path, step))
