"""A reading: what a condition or rule says, as a line of words with the lines that belong under it."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from wellfounded.model.record import Record
from wellfounded.model.thing import Thing


class Said(Record, frozen=True):
    """A run of words. ``about`` is what it names; ``own`` marks words of the engine, not of the authors."""

    text: str
    about: Thing | None = None
    own: bool = False


class Reading(Record, frozen=True):
    """A line, and under it the lines that it speaks of, in the order written."""

    says: tuple[Said, ...]
    under: tuple[Reading, ...] = ()


def line_of(reading: Reading) -> str:
    """A reading's own line as text, without what stands under it."""
    return "".join(said.text for said in reading.says)


def lines_of(reading: Reading, depth: int = 0) -> Iterator[str]:
    """A reading as indented lines of text."""
    yield f"{'  ' * depth}{'- ' if depth else ''}{line_of(reading)}"
    for under in reading.under:
        yield from lines_of(under, depth + 1)


def ours(text: str) -> tuple[Said, ...]:
    """Words of the engine."""
    return (Said(text, own=True),) if text else ()


def filled(pattern: str, **pieces: tuple[Said, ...]) -> tuple[Said, ...]:
    """Words of the engine with their placeholders filled by runs, which stay what they are."""
    made: list[Said] = []
    for before, name, _, _ in Formatter().parse(pattern):
        made += (*ours(before), *(pieces[name] if name else ()))
    return tuple(made)
