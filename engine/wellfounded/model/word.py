"""Enumerations of words."""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """A word out of a fixed list. It hashes as the text it is; an ``Enum`` alone does so in slow Python."""

    __hash__ = str.__hash__
