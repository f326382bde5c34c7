"""What most commands begin with: the knowledge base they are about, and the place of the person."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import click

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.history import History
from wellfounded.loading import load
from wellfounded.model.due import today
from wellfounded.model.values import Value


def opened(rules: Path | None, drafts: bool = False) -> KnowledgeBase:
    """The knowledge base that ``--rules`` and ``--drafts`` ask for."""
    return load(rules).with_drafts() if drafts else load(rules)


def person_on(knowledge_base: KnowledgeBase, person: Path, day: datetime | None) -> Mapping[str, Value]:
    """The facts in a person's file as stated on a day, or today; notes what does not count yet."""
    history, on = history_until(knowledge_base, person, day)
    return history.on(on)


def history_until(knowledge_base: KnowledgeBase, person: Path, day: datetime | None) -> tuple[History, date]:
    """What a person's file states over time, and the day that counts; notes what does not count yet."""
    on = day.date() if day is not None else today()
    history = knowledge_base.read_history(source_of(person))
    for fact, begins in history.later_than(on):
        click.echo(f"note: `{fact}` of {begins} does not count yet on {on}", err=True)
    return history, on


def source_of(person: Path) -> Path | BinaryIO:
    """The file of a person, or standard input for ``-``."""
    return sys.stdin.buffer if str(person) == "-" else person
