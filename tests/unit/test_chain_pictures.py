"""Pictures of a chain: boxes and lines keep apart, and whatever is written in a box stays text."""

from __future__ import annotations

import xml.etree.ElementTree as XML
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wellfounded.interfaces.chain.as_mermaid import as_mermaid
from wellfounded.interfaces.chain.as_svg import as_svg, layout_of
from wellfounded.interfaces.chain.labels import Label
from wellfounded.interfaces.chain.layout import Layout, laid_out
from wellfounded.interfaces.chain.lettering import lines_of, width_of
from wellfounded.interfaces.chain.picture import Line, Picture, Shape

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("stated", "derived", "rule", "recommendation", "parameter", "claim", "reference")
HOSTILE = (
    '"]; click n0 "javascript:alert(1)"',
    "<script>alert(1)</script>",
    "end\nend",
    "1. one",
    "%%{init: {}}%%",
    "a -->|b| c",
    "]]>&amp;<!-- -->",
    "\x00\x07\ufffe",
    "direction TB",
    "$$x$$ \\n fa:fa-car",
    "漢字 😀 ünï",
    "x" * 200,
)
texts = st.sampled_from(HOSTILE) | st.text(max_size=40)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, float], list[tuple[str, str]]]:
    """Boxes of any height, and lines that never go in circles."""
    heights = draw(st.lists(st.floats(10, 300), min_size=1, max_size=25))
    boxes = {f"b{place}": height for place, height in enumerate(heights)}
    pairs = st.tuples(st.sampled_from(sorted(boxes)), st.sampled_from(sorted(boxes)))
    joints = draw(st.lists(pairs.filter(lambda pair: int(pair[0][1:]) > int(pair[1][1:])), max_size=60))
    return boxes, list(dict.fromkeys(joints))


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    heights, joints = draw(graphs())
    labels = st.builds(Label, texts, texts, texts)
    shapes = tuple(
        Shape(id, draw(st.sampled_from(KINDS)), draw(labels), tuple(draw(st.lists(texts, max_size=2))))
        for id in heights
    )
    lines = tuple(Line(start, end, draw(texts), draw(st.booleans())) for start, end in joints)
    return Picture(draw(texts), draw(texts), "en", shapes, lines)


def keeps_apart(layout: Layout) -> None:
    """No two boxes overlap, no line goes through a box, every line goes right, and all is on the page."""
    boxes = list(layout.boxes.values())
    for one, other in combinations(boxes, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    for route in layout.routes.values():
        assert [x for x, _ in route] == sorted(x for x, _ in route)
        for (x, y), (to, _) in list(pairwise(route))[1::2]:
            assert not any(
                box.x < to and x < box.x + box.width and box.y < y < box.y + box.height for box in boxes
            )
    corners = [(box.x + box.width, box.y + box.height) for box in boxes]
    for x, y in [
        *((box.x, box.y) for box in boxes),
        *corners,
        *(p for r in layout.routes.values() for p in r),
    ]:
        assert 0 <= x <= layout.width
        assert 0 <= y <= layout.height


@pytest.mark.no_cover
@settings(deadline=None, max_examples=200)
@given(graphs())
def test_boxes_and_lines_keep_apart(graph: tuple[dict[str, float], list[tuple[str, str]]]) -> None:
    keeps_apart(laid_out(*graph))


@pytest.mark.no_cover
@settings(deadline=None, max_examples=100)
@given(pictures())
def test_an_svg_is_xml_that_holds_every_text_as_text(picture: Picture) -> None:
    root = XML.fromstring(as_svg(picture))
    keeps_apart(layout_of(picture))
    assert len(root.findall(f"{SVG}g/{SVG}rect")) == len(picture.shapes)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "g", "path", "rect", "text", "tspan")
    }


@pytest.mark.no_cover
@settings(deadline=None, max_examples=200)
@given(pictures())
def test_a_mermaid_line_holds_no_mark_but_ours(picture: Picture) -> None:
    """A label holds letters, digits, a few marks, entities, and the line breaks of ours."""
    for line in as_mermaid(picture).splitlines():
        for label in line.split('"')[1::2]:
            assert not set(label.replace("<br/>", "")) & set("\"<>[]{}()|`*_$%:&~\\'-.=!?@^+\x00\x07")
    drawn = as_mermaid(picture).splitlines()
    assert len([line for line in drawn if line.endswith('"]')]) == len(picture.shapes)
    assert len([line for line in drawn if "-->|" in line or "-.->|" in line]) == len(picture.lines)


@settings(deadline=None)
@example("/00<¦", 40)
@given(st.text(max_size=80), st.floats(40, 300))
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = lines_of(text, width, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 12) <= width or len(line) == 1 for line in lines)
