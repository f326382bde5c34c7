"""The knowledge base that is open in the studio: as its files are now, and as they last could be used."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TypeVar

from wellfounded.authoring.write import Change, write_all
from wellfounded.interfaces.studio.saves import Saves
from wellfounded.interfaces.watching import state_of
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.package_data import data_folder
from wellfounded.loading import load
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.errors import KnowledgeBaseError
from wellfounded.model.record import Record
from wellfounded.review.scenarios import Scenario, read_scenarios

Made = TypeVar("Made")

#: What is spoken where no knowledge base could be read yet.
LANGUAGES = ("nl", "en")


class Rules(Record, frozen=True, gc=True, dict=True):
    """A knowledge base that can be used, with its scenarios and what was made of it for pages.

    ``wrong`` is what is wrong with its scenarios. What is made is kept as long as the files stay as they are.
    """

    knowledge_base: KnowledgeBase
    scenarios: tuple[Scenario, ...]
    wrong: tuple[Diagnostic, ...]

    @cached_property
    def _kept(self) -> dict[object, object]:
        return {}

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What ``make`` makes, made when it is first asked for."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]  # under a key is what its own maker made


def is_inside(path: Path, root: Path) -> bool:
    """Whether a file is in a folder, wherever links lead, and in no hidden folder of it, such as git's."""
    real, top = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    return real.is_relative_to(top) and not any(part.startswith(".") for part in real.relative_to(top).parts)


class Workplace:
    """The folder of a knowledge base that is read whenever its files have changed.

    ``rules`` are the newest that could be used, if any, and ``broken`` is what is wrong with the files since.
    Threads can share it: each takes ``rules`` once and works with that.
    """

    def __init__(self, path: Path | None, read_only: bool = False) -> None:
        self.path = Path(os.path.abspath(path or data_folder("rules")))
        self.read_only = read_only
        self.rules: Rules | None = None
        self.broken: tuple[Diagnostic, ...] = ()
        #: Whoever asks the solver holds this: it takes one question at a time.
        self.solver = Lock()
        self.saves = Saves()
        self._seen: Mapping[str, tuple[int, int, int]] | None = None
        self._lock = Lock()
        self._writing = Lock()

    @property
    def key(self) -> str:
        """What browsers know the folder by, to keep drafts of its files apart from those of others."""
        return sha256(str(self.path).encode()).hexdigest()[:12]

    def look(self) -> None:
        """Read the files again if they have changed. Takes a moment then, so it is called in a thread."""
        with self._lock:
            now = state_of([self.path])
            if now == self._seen:
                return
            self._seen = now
            try:
                self.rules = self._read()
                self.broken = ()
            except KnowledgeBaseError as error:
                self.broken = error.diagnostics

    def _read(self) -> Rules:
        knowledge_base = load(self.path)
        scenarios, wrong = read_scenarios(self.path, knowledge_base)
        return Rules(knowledge_base, tuple(scenarios), tuple(wrong))

    def path_of(self, name: str) -> Path:
        """Where a file of the knowledge base is; ``name`` is one that the knowledge base has itself."""
        return self.path / name if self.path.is_dir() else self.path

    def write(self, name: str, before: bytes, after: bytes) -> None:
        """Put ``after`` into a file. Raises ``ChangedMeanwhileError`` if it is no longer ``before``, and
        ``OSError``, also where a link leads out of the folder and where nobody may change anything.
        """
        path = self.path_of(name)
        with self._writing:
            if self.read_only or not is_inside(path, self.path):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)
            write_all({path: Change(before, after)})
        self.saves.note(name, before, after)

    @property
    def languages(self) -> tuple[str, ...]:
        return LANGUAGES if self.rules is None else self.rules.knowledge_base.languages
