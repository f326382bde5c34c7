"""The text of a file, with its lines as YAML counts them and as editors do.

YAML also ends a line at three characters of Unicode at which editors do not, so a line and a column of a node
are first made an offset in the text, and that is made a line of the editor.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property

import yaml

from wellfounded.load.from_yaml import as_yaml
from wellfounded.model.position import Position

_YAML_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_YAML_ENDS = "\r\n\x85\u2028\u2029"
_BREAK = re.compile("\r\n|[\n\r]")
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source:
    """A text that does not change; what is asked of it more than once is worked out once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _yaml_starts(self) -> list[int]:
        return [0, *(match.end() for match in _YAML_BREAK.finditer(self.text))]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    def offset(self, position: Position) -> int:
        """Where a node stands; at the end of the text for what would stand after it."""
        line = max(position.line, 1)
        if line > len(self._yaml_starts):
            return len(self.text)
        return min(self._yaml_starts[line - 1] + max(position.column - 1, 0), len(self.text))

    def span(self, position: Position) -> tuple[int, int]:
        """From where to where a position reaches: never past the end of its line."""
        start = self.offset(position)
        line = bisect_right(self._yaml_starts, start)
        after = self._yaml_starts[line] if line < len(self._yaml_starts) else None
        rest = self.text[start:after] if after is None else self.text[start:after].rstrip(_YAML_ENDS)
        return start, min(start + position.length, start + len(rest))

    def place(self, offset: int) -> tuple[int, str]:
        """The editor's line, counted from 0, and the text on it before the offset."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset) - 1
        return line, self.text[self._starts[line] : offset]

    def line(self, number: int) -> tuple[int, str]:
        """Where the editor's line starts, and its text without what ends it."""
        if number >= len(self._starts):
            return len(self.text), ""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        return self._starts[number], self.text[self._starts[number] : end].rstrip("\r\n")

    @cached_property
    def scalars(self) -> Mapping[int, int]:
        """Where each scalar starts, quotes included, and where it ends; of what comes before a mistake."""
        found: dict[int, int] = {}
        try:
            for event in yaml.parse(as_yaml(self.text), Loader=_Loader):
                if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
                    found[event.start_mark.index] = event.end_mark.index
        except yaml.YAMLError:
            pass
        return found

    def inner(self, position: Position) -> tuple[int, int]:
        """From where to where the scalar at a position reaches, without its quotes."""
        start = self.offset(position)
        end = self.scalars.get(start, start)
        if end - start >= 2 and self.text[start] in "\"'" and self.text[end - 1] == self.text[start]:
            return start + 1, end - 1
        return start, end


class Change:
    """What became of an old text: one stretch was changed, what stands before and after it stayed.

    That is so while a person types, and otherwise the stretch is as long as it has to be.
    """

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        shorter = min(len(old), len(new))
        self.before = next((i for i in range(shorter) if old[i] != new[i]), shorter)
        rest = shorter - self.before
        self.after = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)

    def to_new(self, offset: int) -> int | None:
        """Where a place of the old text is in the new one; ``None`` in the stretch that was changed."""
        return _moved(offset, self.old, self.new, self.before, self.after)

    def to_old(self, offset: int) -> int | None:
        return _moved(offset, self.new, self.old, self.before, self.after)


def _moved(offset: int, here: str, there: str, before: int, after: int) -> int | None:
    if offset <= before:
        return offset
    return offset + len(there) - len(here) if offset >= len(here) - after else None
