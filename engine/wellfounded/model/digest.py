"""The digest of a knowledge base: what its rules mean and say, whatever their layout, comments or files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from wellfounded.model.content import Content, Fact, Header, Table
from wellfounded.model.record import Record

#: Mappings whose order people see in advice; the order of all others is layout.
_ORDERED = {
    *((Content, name) for name in Content.__struct_fields__),
    (Header, "sections"),
    (Fact, "choices"),
    (Table, "columns"),
}


def digest(content: Content) -> str:
    """``sha256:`` and the hash of everything that equality of content sees, with the order advice follows."""
    return f"sha256:{hashlib.sha256(_canonical(content).encode()).hexdigest()}"


_plain = json.JSONEncoder(ensure_ascii=False).encode


def _canonical(item: Any) -> str:
    """The one JSON text of a record: a list that starts with its kind. Keys are sorted."""
    if isinstance(item, Record):
        kind = type(item)
        fields = [canonical(getattr(item, name)) for name, canonical in _compared(kind)]
        return f"[{','.join([_plain(kind.__name__), *fields])}]"
    if isinstance(item, dict):
        written = {str(key): _canonical(value) for key, value in item.items()}
        return f"{{{','.join([f'{_plain(key)}:{written[key]}' for key in sorted(written)])}}}"
    if isinstance(item, tuple | list):
        return f"[{','.join([_canonical(value) for value in item])}]"
    return _plain(str(item) if isinstance(item, Fraction) else item)


def _in_order(item: Any) -> str:
    """A mapping as a list of its entries, which keeps their order."""
    return _canonical(list(item.items()) if isinstance(item, dict) else item)


@cache
def _compared(kind: type[Record]) -> tuple[tuple[str, Callable[[Any], str]], ...]:
    """The fields that equality sees, which are all but where things stand, and how each is written."""
    return tuple(
        (name, _in_order if (kind, name) in _ORDERED else _canonical)
        for name in kind.__struct_fields__
        if not name.endswith(("position", "positions"))
    )
