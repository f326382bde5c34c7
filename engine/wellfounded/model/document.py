"""Records that are handed out as documents."""

from __future__ import annotations

from typing import Any

import msgspec

from wellfounded.model.record import Record


class Document(Record, frozen=True):
    """A record that others get as plain data. A field left at its default may be left out."""

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return document
