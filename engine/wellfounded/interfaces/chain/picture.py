"""What a picture shows: the nodes of one or more trails, and one line for each pair that edges join.

How they are drawn is up to ``as_mermaid`` and ``as_svg``.
"""

from __future__ import annotations

from collections.abc import Iterable

from wellfounded.explain.chain import Chain, Edge, Trail
from wellfounded.explain.words import words
from wellfounded.interfaces.chain.labels import Label, Labels
from wellfounded.model.content import Support
from wellfounded.model.record import Record

#: Verdicts on a citation whose line is drawn whole; the line of any other is broken.
_SUPPORTING = (Support.SUPPORTS, Support.PARTLY)


class Shape(Record, frozen=True):
    """A node as it is drawn; ``kind`` is the word for it in the JSON document.

    ``notes`` are what the lines into it say, for pictures that write nothing along lines.
    """

    id: str
    kind: str
    label: Label
    notes: tuple[str, ...] = ()


class Line(Record, frozen=True):
    """Joins two shapes; ``text`` says what the edges between them say. A ``weak`` one is drawn broken."""

    start: str
    end: str
    text: str
    weak: bool


class Picture(Record, frozen=True):
    """``reads`` says how to read it."""

    title: str
    reads: str
    language: str
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]


def picture_of(chain: Chain, trail: Trail) -> Picture:
    """One recommendation with all it rests on."""
    return _picture(chain, (trail,))


def whole_picture(chain: Chain) -> Picture:
    """All recommendations together, each node once."""
    return _picture(chain, chain.trails)


def _picture(chain: Chain, trails: tuple[Trail, ...]) -> Picture:
    edges = [edge for trail in trails for edge in trail.edges]
    labels = Labels(chain, edges)
    ids = dict.fromkeys(id for trail in trails for id in trail.nodes)
    shapes = tuple(Shape(id, kind(chain, id), labels.label(id), labels.notes(id)) for id in ids)
    said = words(chain.language)
    if len(trails) == 1:
        key = "not_given_picture" if shapes[0].kind == "not-given" else "picture"
        title = said[key].format(title=shapes[0].label.title)
    else:
        title = said["whole_picture"] if trails else said["nothing"]
    return Picture(title, said["reads"], chain.language, shapes, tuple(_lines(edges, labels)))


def kind(chain: Chain, id: str) -> str:
    """What the JSON document calls the kind of a node."""
    node = chain.nodes[id]
    return str(node.__struct_config__.tag)


def _lines(edges: Iterable[Edge], labels: Labels) -> Iterable[Line]:
    joined: dict[tuple[str, str], dict[str, Edge]] = {}
    for edge in edges:
        joined.setdefault((edge.start, edge.end), {})[labels.of_edge(edge)] = edge
    for (start, end), said in joined.items():
        weak = any(e.support is not None and e.support not in _SUPPORTING for e in said.values())
        yield Line(start, end, "; ".join(said), weak)
