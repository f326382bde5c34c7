"""The page of one file: its text as it is or was typed, and what there is to say of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from wellfounded.interfaces.studio.edit.effects import Effects, Survivors
from wellfounded.interfaces.studio.edit.files import Opened
from wellfounded.interfaces.studio.edit.problems import Problem
from wellfounded.interfaces.studio.saves import Replaced
from wellfounded.model.record import Record

#: So many problems of a file are shown at a time, the first first.
MOST = 100


class Notice(Record, frozen=True):
    """Something to tell: ``look`` is the class of its paragraph; an alert is read out at once."""

    text: str
    look: str = "done"
    anyway: bool = False


class Sheet(Record, frozen=True, gc=True):
    """``text`` stands in the field, and was made from ``base``, of which ``digest`` is that of the file.

    ``source`` says where the text comes from: ``saved`` from the file, ``typed`` by somebody, or ``theirs``,
    which was chosen instead of what was typed. ``tried_of`` is what ``survivors`` are of, if not of the file.
    """

    opened: Opened
    text: str
    base: str
    digest: str
    desk: str
    source: str = "saved"
    line: int = 0
    notices: tuple[Notice, ...] = ()
    effects: Effects | None = None
    survivors: Survivors | None = None
    tried_of: str = ""
    replaced: Replaced | None = None

    @property
    def name(self) -> str:
        return self.opened.name

    @property
    def at_line(self) -> str:
        """What is written on the line that was asked for."""
        lines = self.text.split("\n")
        return lines[self.line - 1] if 0 < self.line <= len(lines) else ""


def fresh(opened: Opened, line: int = 0, notices: tuple[Notice, ...] = (), source: str = "saved") -> Sheet:
    """A file as it is saved."""
    return Sheet(
        opened, opened.text, opened.text, opened.digest, secrets.token_urlsafe(9), source, line, notices
    )


def parted(found: tuple[Problem, ...], name: str) -> Mapping[str, Any]:
    """What is wrong: in a file, and elsewhere."""
    here = tuple(problem for problem in found if problem.file == name)
    elsewhere = tuple(problem for problem in found if problem.file != name)
    more = max(len(here) - MOST, 0) + max(len(elsewhere) - MOST, 0)
    return {"inside": here[:MOST], "elsewhere": elsewhere[:MOST], "more": more}
