"""The digest of a knowledge base: what its rules mean and say, whatever their layout, comments or files."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from wellfounded.model.content import Content


def digest(content: Content) -> str:
    """``sha256:`` and the hash of everything that equality of content sees.

    The order of facts and rules is part of it, since advice follows it; the order of a thing's keys is not.
    """
    written = json.dumps(_canonical(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(written.encode()).hexdigest()}"


@cache
def _compared(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind) if field.compare)


def _canonical(item: Any) -> Any:
    if dataclasses.is_dataclass(item):
        kind = type(item)
        return [kind.__name__, *(_canonical(getattr(item, name)) for name in _compared(kind))]
    if isinstance(item, Content | Mapping):
        return {str(key): [place, _canonical(value)] for place, (key, value) in enumerate(item.items())}
    if isinstance(item, tuple | list):
        return [_canonical(value) for value in item]
    if isinstance(item, Fraction):
        return str(item)
    return item
