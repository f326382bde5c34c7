"""A picture → SVG: one file without anything from outside, whose texts are text.

Colours follow the reader's light or dark setting. ``drawing`` is the picture alone, for a page that has
``STYLE`` once for many of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from wellfounded.interfaces.chain.layout import WIDTH, Box, Layout, Point, laid_out
from wellfounded.interfaces.chain.lettering import lines_of
from wellfounded.interfaces.chain.picture import Line, Picture, Shape
from wellfounded.model.record import Record

_PADDING = 10.0
_SIZE = 12.0
_LEADING = 16.0

#: Fill and border of each kind of node, on a light and on a dark page.
_COLOURS = {
    "stated": ("#dbeafe", "#1d4ed8", "#172554", "#93c5fd"),
    "derived": ("#e0f2fe", "#0369a1", "#082f49", "#7dd3fc"),
    "rule": ("#f3f4f6", "#4b5563", "#1f2937", "#d1d5db"),
    "recommendation": ("#dcfce7", "#15803d", "#052e16", "#86efac"),
    "not-given": ("#fee2e2", "#b91c1c", "#450a0a", "#fca5a5"),
    "parameter": ("#fef9c3", "#a16207", "#422006", "#fde047"),
    "claim": ("#fae8ff", "#a21caf", "#4a044e", "#f0abfc"),
    "reference": ("#ffedd5", "#c2410c", "#431407", "#fdba74"),
}


def _style() -> str:
    light = "".join(f".chain .{kind} rect{{fill:{c[0]};stroke:{c[1]}}}" for kind, c in _COLOURS.items())
    dark = "".join(f".chain .{kind} rect{{fill:{c[2]};stroke:{c[3]}}}" for kind, c in _COLOURS.items())
    return (
        f".chain{{background:#fff}}.chain text{{font:{_SIZE:g}px system-ui,sans-serif;fill:#111827}}"
        ".chain .head{font-weight:600}.chain .line{fill:none;stroke:#6b7280;stroke-width:1.4}"
        f".chain .weak{{stroke-dasharray:5 4}}.chain .tip{{fill:#6b7280}}{light}"
        "@media screen and (prefers-color-scheme:dark){.chain{background:#111827}.chain text{fill:#f9fafb}"
        f".chain .line{{stroke:#9ca3af}}.chain .tip{{fill:#9ca3af}}{dark}}}"
    )


STYLE = _style()


class _Written(Record, frozen=True):
    """A line of a box; ``head`` lines stand out."""

    text: str
    head: bool


def as_svg(picture: Picture) -> str:
    """The picture as a file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing(picture, "chain", STYLE)}\n'


def drawing(picture: Picture, name: str, style: str = "") -> str:
    """The picture as an ``svg`` element whose ids begin with ``name``."""
    return "\n".join(_drawn(picture, name, style))


def layout_of(picture: Picture) -> Layout:
    """Where everything of a picture goes."""
    heights = {shape.id: len(_lettered(shape)) * _LEADING + 2 * _PADDING for shape in picture.shapes}
    return laid_out(heights, [(line.start, line.end) for line in picture.lines])


def _drawn(picture: Picture, name: str, style: str) -> Iterator[str]:
    layout = layout_of(picture)
    size = f"{layout.width:g} {layout.height:g}"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chain" viewBox="0 0 {size}" '
        f'width="{layout.width:g}" height="{layout.height:g}" role="graphics-document" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-reads" lang={quoteattr(picture.language)}>'
    )
    yield f'<title id="{name}-title">{_text(picture.title)}</title>'
    yield f'<desc id="{name}-reads">{_text(picture.reads)}</desc>'
    if style:
        yield f"<style>{style}</style>"
    titles = {shape.id: _title(shape) for shape in picture.shapes}
    for line in picture.lines:
        yield _line(line, layout.routes[line.start, line.end], titles)
    for shape in picture.shapes:
        yield from _box(shape, layout.boxes[shape.id])
    yield "</svg>"


def _line(line: Line, route: tuple[Point, ...], titles: dict[str, str]) -> str:
    kind = "line weak" if line.weak else "line"
    says = f"{titles[line.start]} → {titles[line.end]}: {line.text}"
    x, y = route[-1]
    tip = f'<path class="tip" d="M{x:g} {y:g}l-7 -4v8z"/>'
    return f'<g><title>{_text(says)}</title><path class="{kind}" d="{_path(route)}"/>{tip}</g>'


def _path(route: tuple[Point, ...]) -> str:
    """Straight across columns, and from one column to the next in a curve."""
    (x, y), *rest = route
    path = f"M{x:g} {y:g}"
    for place, (to_x, to_y) in enumerate(rest):
        if place % 2:
            path += f"H{to_x:g}"
        else:
            middle = (x + to_x) / 2
            path += f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"
        x, y = to_x, to_y
    return path


def _box(shape: Shape, box: Box) -> Iterator[str]:
    yield f'<g class="{shape.kind}"><title>{_text(_title(shape))}</title>'
    yield f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="6"/>'
    yield "<text>"
    for place, written in enumerate(_lettered(shape)):
        down = box.y + _PADDING + place * _LEADING + _SIZE
        head = ' class="head"' if written.head else ""
        yield f'<tspan x="{box.x + _PADDING:g}" y="{down:g}"{head}>{_text(written.text)}</tspan>'
    yield "</text></g>"


def _lettered(shape: Shape) -> list[_Written]:
    width = WIDTH - 2 * _PADDING
    label = shape.label
    heads = [line for text in (label.kind, label.title) for line in lines_of(text, width, _SIZE * 1.08)]
    rest = [line for text in (label.text, *shape.notes) for line in lines_of(text, width, _SIZE)]
    return [*(_Written(line, True) for line in heads), *(_Written(line, False) for line in rest)]


def _title(shape: Shape) -> str:
    return f"{shape.label.kind}: {shape.label.title or shape.label.text}"


def _text(text: str) -> str:
    """The text as XML holds it; characters that it cannot hold are replaced."""
    return escape(
        "".join(character if _can_be_held(character) else "\N{REPLACEMENT CHARACTER}" for character in text)
    )


def _can_be_held(character: str) -> bool:
    code = ord(character)
    return character in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
