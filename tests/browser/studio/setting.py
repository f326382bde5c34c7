"""How people look at the studio: every journey is made in both of two settings, or in each of four."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple


class Setting(NamedTuple):
    """A language, the width of a screen in pixels, and its colours."""

    language: str = "en"
    width: int = 1200
    scheme: Literal["light", "dark"] = "light"

    def __str__(self) -> str:
        return f"{self.language}-{'desk' if self.width > PHONE else 'phone'}"


PHONE, DESK = 360, 1200

#: Two that have nothing in common.
OPPOSITE = (Setting("nl", PHONE, "dark"), Setting("en", DESK, "light"))

#: Both languages on a telephone and at a desk, and any two of language, width and colours together.
EVERY = (
    Setting("nl", PHONE, "dark"),
    Setting("nl", DESK, "light"),
    Setting("en", PHONE, "light"),
    Setting("en", DESK, "dark"),
)

#: Four take twice as long, and ``make journeys`` takes it.
SETTINGS = EVERY if os.environ.get("BROWSER_SETTINGS") == "every" else OPPOSITE
