"""Our default reasoner, `to_python`: the knowledge base is read, checked and compiled."""

from __future__ import annotations

from itertools import compress
from pathlib import Path
from typing import Any

import wellfounded
from tests.performance.peers.plain import Evaluate
from wellfounded.model.valuation import layout_of

PACKAGE = ""


def prepare(written: Any) -> Evaluate:
    knowledge_base = wellfounded.load(Path(written["folder"]))
    reason, layout = knowledge_base.reasoner(), layout_of(knowledge_base.core)
    rules, facts = layout.rules, len(layout.facts)

    def evaluate(person: Any) -> tuple[str, ...]:
        return tuple(compress(rules, reason(person).row[facts:]))

    return evaluate


def prepare_row(written: Any) -> Any:
    """The reasoner itself, whose answer is a valuation."""
    return wellfounded.load(Path(written["folder"])).reasoner()
