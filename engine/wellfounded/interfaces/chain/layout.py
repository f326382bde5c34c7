"""Where the boxes and lines of a picture go: in columns, so that every line goes from left to right.

A box stands as many columns from the right as the longest way from it to the end. In a column that a line
only passes, it has a place of its own between the boxes, so no line goes through one. Places in a column are
ordered by those they are joined to, and then moved as near to them as the others allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import TypeAlias

from wellfounded.model.record import Record

#: A box, or where the lines that start at one pass a column: its id and the column.
Place: TypeAlias = tuple[str, int]
Joint: TypeAlias = tuple[str, str]
Point: TypeAlias = tuple[float, float]

WIDTH = 236.0
BETWEEN_COLUMNS = 50.0
BETWEEN_BOXES = 14.0
MARGIN = 16.0
_SWEEPS = 6


class Box(Record, frozen=True):
    """A box by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


class Layout(Record, frozen=True):
    """``routes`` are the points that a line goes through: straight within a column, curved between two."""

    boxes: Mapping[str, Box]
    routes: Mapping[Joint, tuple[Point, ...]]
    width: float
    height: float


def laid_out(heights: Mapping[str, float], joints: Sequence[Joint]) -> Layout:
    """The layout of boxes of these heights, joined from left to right without going in circles."""
    ranks = _ranks(heights, joints)
    columns, steps = _columns(ranks, joints)
    tall = {place: heights[place[0]] if ranks[place[0]] == place[1] else 0.0 for c in columns for place in c}
    _order(columns, steps)
    middle = _middles(columns, steps, tall)
    top = min((middle[place] - tall[place] / 2 for place in tall), default=0.0) - MARGIN
    left = {
        rank: MARGIN + (len(columns) - 1 - rank) * (WIDTH + BETWEEN_COLUMNS) for rank in range(len(columns))
    }
    boxes = {
        id: Box(left[rank], middle[id, rank] - heights[id] / 2 - top, WIDTH, heights[id])
        for id, rank in ranks.items()
    }
    routes = {(start, end): tuple(_route(start, end, ranks, middle, left, top)) for start, end in joints}
    bottom = max((box.y + box.height for box in boxes.values()), default=0.0)
    lowest = max((y for route in routes.values() for _, y in route), default=0.0)
    right = max((box.x + box.width for box in boxes.values()), default=0.0)
    return Layout(boxes, routes, right + MARGIN, max(bottom, lowest) + MARGIN)


def _ranks(ids: Iterable[str], joints: Sequence[Joint]) -> dict[str, int]:
    """How many columns from the right each box stands: one more than all it leads to."""
    ranks = dict.fromkeys(ids, 0)
    starts: dict[str, list[str]] = {id: [] for id in ranks}
    waits_for = dict.fromkeys(ranks, 0)
    for start, end in joints:
        starts[end].append(start)
        waits_for[start] += 1
    ready = [id for id, count in waits_for.items() if not count]
    for end in ready:  # grows while it is gone through
        for start in starts[end]:
            ranks[start] = max(ranks[start], ranks[end] + 1)
            waits_for[start] -= 1
            if not waits_for[start]:
                ready.append(start)
    return ranks


def _columns(
    ranks: Mapping[str, int], joints: Sequence[Joint]
) -> tuple[list[list[Place]], dict[tuple[Place, Place], None]]:
    """The places of each column, and the steps between those of neighbouring columns.

    Lines that start at one box share their places, so that they part as late as they can.
    """
    columns: list[dict[Place, None]] = [{} for _ in range(max(ranks.values(), default=-1) + 1)]
    for id, rank in ranks.items():
        columns[rank][id, rank] = None
    steps: dict[tuple[Place, Place], None] = {}
    for start, end in joints:
        for rank in range(ranks[start], ranks[end], -1):
            to = (end if rank - 1 == ranks[end] else start, rank - 1)
            steps[(start, rank), to] = None
            columns[rank - 1][to] = None
    return [list(column) for column in columns], steps


def _neighbours(
    steps: Iterable[tuple[Place, Place]],
) -> tuple[dict[Place, list[Place]], dict[Place, list[Place]]]:
    """What each place is joined to in the column to its right, and in that to its left."""
    right: dict[Place, list[Place]] = {}
    left: dict[Place, list[Place]] = {}
    for start, end in steps:
        right.setdefault(start, []).append(end)
        left.setdefault(end, []).append(start)
    return right, left


def _order(columns: list[list[Place]], steps: Iterable[tuple[Place, Place]]) -> None:
    """Put every column in the order of what its places are joined to, on one side and then the other."""
    right, left = _neighbours(steps)
    for _ in range(_SWEEPS):
        for near, order in ((right, columns), (left, columns[::-1])):
            for known, column in pairwise(order):
                at = {place: index for index, place in enumerate(known)}
                own = {place: float(index) for index, place in enumerate(column)}
                scale = len(known) / max(1, len(column))
                column.sort(
                    key=lambda place: (
                        fmean(at[n] for n in near[place]) if place in near else own[place] * scale
                    )
                )


def _middles(
    columns: Sequence[Sequence[Place]], steps: Iterable[tuple[Place, Place]], tall: Mapping[Place, float]
) -> dict[Place, float]:
    """How far down the middle of each place is."""
    right, left = _neighbours(steps)
    middle: dict[Place, float] = {}
    for column in columns:
        middle.update(zip(column, _spread([0.0] * len(column), column, tall), strict=True))
    for _ in range(_SWEEPS):
        for near, order in ((right, columns), (left, columns[::-1])):
            for column in order:
                wanted = [fmean(middle[n] for n in near[p]) if p in near else middle[p] for p in column]
                middle.update(zip(column, _spread(wanted, column, tall), strict=True))
    return middle


def _spread(wanted: Sequence[float], column: Sequence[Place], tall: Mapping[Place, float]) -> list[float]:
    """The places of a column as near to where they are wanted as their order and heights allow.

    Where they would overlap they are moved together, as a block around what its members want on average.
    """
    offsets, down = [], 0.0
    for place in column:
        offsets.append(down + tall[place] / 2)
        down += tall[place] + BETWEEN_BOXES
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while blocks and blocks[-1][0] > mean:
            earlier, others = blocks.pop()
            mean, count = (earlier * others + mean * count) / (others + count), others + count
        blocks.append((mean, count))
    starts = [mean for mean, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def _route(
    start: str,
    end: str,
    ranks: Mapping[str, int],
    middle: Mapping[Place, float],
    left: Mapping[int, float],
    top: float,
) -> Iterable[Point]:
    yield left[ranks[start]] + WIDTH, middle[start, ranks[start]] - top
    for rank in range(ranks[start] - 1, ranks[end], -1):
        down = middle[start, rank] - top
        yield left[rank], down
        yield left[rank] + WIDTH, down
    yield left[ranks[end]], middle[end, ranks[end]] - top
