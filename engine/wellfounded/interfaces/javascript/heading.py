"""The first lines of every file that is made."""

from __future__ import annotations

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.version import VERSION
from wellfounded.reason.to_javascript import literal


def heading(knowledge_base: KnowledgeBase) -> str:
    """Which knowledge base it is; written as data, so that nothing in it ends the comment."""
    identity = f"{literal(knowledge_base.id)} {literal(knowledge_base.version)}, {knowledge_base.digest}"
    made = f"Made by wellfounded {VERSION}; to change it, change the rules and make it again."
    return f"// {identity}\n// {made}\n"
