"""Plain data → YAML as the authors of a knowledge base write it, which the strict reader gives back the same.

Texts stand in double quotes; what is short stands on one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from wellfounded.model.values import plain_number

#: A mapping or a list that fits in so many columns stands on one line.
WIDEST = 110

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

#: Names, units and formulas: words with slashes, or with spaces and signs between them.
_PLAIN = re.compile(r"[A-Za-z_][\w.-]*(?:/[\w.-]+|\ (?:[*/+-]\ )?[\w.-]+)*", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MEANS_SOMETHING = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})

#: What JSON leaves in a text and a YAML parser refuses or takes for a line end.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Words(str):
    """A text for people, which stands in quotes whatever it says."""

    __slots__ = ()


def quoted(text: str) -> str:
    """A text in double quotes, on one line."""
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def scalar(value: Any) -> str:
    """A value; a text goes without quotes only where it is a name, a unit, a formula or a day."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(plain_number(value))
    is_name = _PLAIN.fullmatch(value) and value.lower() not in _MEANS_SOMETHING
    is_bare = is_name or _DAY.fullmatch(value)
    return str(value) if is_bare and not isinstance(value, Words) else quoted(value)


def key(name: str) -> str:
    """A key; what is not a name goes in quotes."""
    return name if _KEY.fullmatch(name) else quoted(name)


def on_one_line(item: Any) -> str:
    """An item, in brackets if it has parts."""
    if isinstance(item, Mapping):
        return f"{{{', '.join(f'{key(name)}: {on_one_line(part)}' for name, part in item.items())}}}"
    if isinstance(item, list | tuple):
        return f"[{', '.join(on_one_line(part) for part in item)}]"
    return scalar(item)


def lines(entries: Mapping[str, Any], spread: frozenset[str] = frozenset()) -> Iterator[str]:
    """The lines of a mapping, not indented. What stands under a key in ``spread`` gets a line per entry."""
    for name, item in entries.items():
        if _is_single(item) or (name not in spread and _fits(name, item)):
            yield f"{key(name)}: {on_one_line(item)}"
        elif isinstance(item, Mapping):
            yield f"{key(name)}:"
            # Entries of one kind look alike: if one has to be spread over lines, all are.
            alike = name in spread and not all(_fits(inner, part) for inner, part in item.items())
            yield from (f"  {line}" for line in lines(item, spread | set(item) if alike else spread))
        else:
            yield f"{key(name)}:"
            for part in item:
                yield from (f"  {line}" for line in item_lines(part))


def _is_single(item: Any) -> bool:
    return not item or not isinstance(item, Mapping | list | tuple)


def _fits(name: str, item: Any) -> bool:
    return _is_single(item) or len(f"{key(name)}: {on_one_line(item)}") <= WIDEST


def item_lines(item: Any, spread: frozenset[str] = frozenset(), gap: int = 1) -> Iterator[str]:
    """The lines of an item of a list, with its dash and so many spaces behind it."""
    if not isinstance(item, Mapping):
        yield f"-{' ' * gap}{on_one_line(item)}"
        return
    for place, line in enumerate(lines(item, spread)):
        yield f"{' ' * (gap + 1) if place else '-' + ' ' * gap}{line}"
