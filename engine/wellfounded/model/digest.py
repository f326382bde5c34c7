"""The digest of a knowledge base: what its rules mean and say, whatever their layout, comments or files.

A field at its default is left out, so that a later engine, which can be told more of things, gives rules that
do not tell it the same digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from msgspec.structs import fields

from wellfounded.model.content import Content, Fact, Header, Table
from wellfounded.model.record import Record

#: Mappings whose order people see in advice; the order of all others is layout.
_ORDERED = {
    *((Content, name) for name in Content.__struct_fields__),
    (Header, "sections"),
    (Fact, "choices"),
    (Table, "columns"),
}

#: What is said about the rules and changes no advice.
_ASIDE = {(Content, "guarantees")}


def digest(content: Content) -> str:
    """``sha256:`` and the hash of everything that equality of content sees, with the order advice follows."""
    return f"sha256:{hashlib.sha256(_canonical(content).encode()).hexdigest()}"


_plain = json.JSONEncoder(ensure_ascii=False).encode


def _canonical(item: Any) -> str:
    """The one JSON text of a record: its kind, then its fields by name. Keys are sorted."""
    if isinstance(item, Record):
        kind = type(item)
        written = [
            f"{_plain(name)}:{canonical(value)}"
            for name, canonical, default in _compared(kind)
            if (value := getattr(item, name)) != default
        ]
        return f"[{_plain(kind.__name__)},{{{','.join(written)}}}]"
    if isinstance(item, dict):
        entries = {str(key): _canonical(value) for key, value in item.items()}
        return f"{{{','.join([f'{_plain(key)}:{entries[key]}' for key in sorted(entries)])}}}"
    if isinstance(item, tuple | list):
        return f"[{','.join([_canonical(value) for value in item])}]"
    return _plain(str(item) if isinstance(item, Fraction) else item)


def _in_order(item: Any) -> str:
    """A mapping as a list of its entries, which keeps their order."""
    return _canonical(list(item.items()) if isinstance(item, dict) else item)


@cache
def _compared(kind: type[Record]) -> tuple[tuple[str, Callable[[Any], str], Any], ...]:
    """The fields that equality sees, all but where things stand: how each is written, and its default."""
    return tuple(
        (field.name, _in_order if (kind, field.name) in _ORDERED else _canonical, field.default)
        for field in sorted(fields(kind), key=lambda field: field.name)
        if not field.name.endswith(("position", "positions")) and (kind, field.name) not in _ASIDE
    )
