"""What most commands begin with: the knowledge base they are about, and the place of the person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.loading import load


def opened(rules: Path | None, drafts: bool = False) -> KnowledgeBase:
    """The knowledge base that ``--rules`` and ``--drafts`` ask for."""
    return load(rules).with_drafts() if drafts else load(rules)


def source_of(person: Path) -> Path | BinaryIO:
    """The file of a person, or standard input for ``-``."""
    return sys.stdin.buffer if str(person) == "-" else person
