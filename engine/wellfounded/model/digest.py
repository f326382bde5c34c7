"""The digest of a knowledge base: what its rules mean and say, whatever their layout, comments or files."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from wellfounded.model.content import Content, Fact, Header, Table

#: Mappings whose order people see in advice; the order of all others is layout.
_ORDERED = {
    *((Content, field.name) for field in dataclasses.fields(Content)),
    (Header, "sections"),
    (Fact, "choices"),
    (Table, "columns"),
}


def digest(content: Content) -> str:
    """``sha256:`` and the hash of everything that equality of content sees, with the order advice follows."""
    written = json.dumps(_canonical(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(written.encode()).hexdigest()}"


def _canonical(item: Any) -> Any:
    if dataclasses.is_dataclass(item):
        fields = [field.name for field in dataclasses.fields(item) if field.compare]
        return [type(item).__name__, *(_field(item, name) for name in fields)]
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
