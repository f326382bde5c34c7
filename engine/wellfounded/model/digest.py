"""The digest of a knowledge base: what its rules mean and say, whatever their layout, comments or files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
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
    written = json.dumps(_canonical(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(written.encode()).hexdigest()}"


def _canonical(item: Any) -> Any:
    if isinstance(item, Record):
        names = [name for name in item.__struct_fields__ if not name.endswith(("position", "positions"))]
        return [type(item).__name__, *(_field(item, name) for name in names)]
    if isinstance(item, Mapping):
        return {str(key): _canonical(value) for key, value in item.items()}
    if isinstance(item, tuple | list):
        return [_canonical(value) for value in item]
    return str(item) if isinstance(item, Fraction) else item


def _field(item: Any, name: str) -> Any:
    value = getattr(item, name)
    if (type(item), name) in _ORDERED and isinstance(value, Mapping):
        return [[key, _canonical(part)] for key, part in value.items()]
    return _canonical(value)
