"""Small knowledge bases: a few facts and rules behind a header that all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import wellfounded
from wellfounded import KnowledgeBase

HEADER = Path(__file__).parent / "header.yaml"


def small(rules: str | Mapping[str, str], folder: Path) -> KnowledgeBase:
    """The knowledge base of a text, or of several files."""
    files = {"rules.yaml": rules} if isinstance(rules, str) else rules
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in {"header.yaml": HEADER.read_text(encoding="utf-8"), **files}.items():
        (folder / file).write_text(text, encoding="utf-8")
    return wellfounded.load(folder)
