"""A knowledge base that is served: the one that counts now, and what became of a change on the disk."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from wellfounded.interfaces.watching import state_of
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.package_data import data_folder
from wellfounded.loading import load
from wellfounded.model.errors import KnowledgeBaseError
from wellfounded.model.record import Record

#: How long to wait before looking at the files again, in seconds.
SECONDS = 0.5

log = logging.getLogger("wellfounded.serve")


class Refusal(Record, frozen=True):
    """A change on the disk that cannot be used, so that the rules before it are kept."""

    errors: int
    detail: str


class Served:
    """``name`` is empty for the knowledge base that is at the root.

    ``knowledge_base`` is replaced whole when the files change; a request takes it once and is answered by it.
    """

    def __init__(self, name: str, path: Path | None, drafts: bool = False) -> None:
        self.name = name
        self.path = path or data_folder("rules")
        self.drafts = drafts
        self.refusal: Refusal | None = None
        self.reloads = 0
        self.seen = state_of([self.path])  # before reading, so that no later change is missed
        self.knowledge_base = self._loaded()

    @property
    def prefix(self) -> str:
        return f"/kb/{self.name}" if self.name else ""

    def _loaded(self) -> KnowledgeBase:
        """The knowledge base on the disk, with all made that its first advice would have to wait for."""
        knowledge_base = load(self.path).with_drafts() if self.drafts else load(self.path)
        for language in knowledge_base.languages:
            knowledge_base.advise({}, language)
        return knowledge_base

    def reload(self) -> None:
        """Take what is on the disk, if it can be used."""
        try:
            loaded = self._loaded()
        except KnowledgeBaseError as error:
            self.refusal = Refusal(len(error.diagnostics), str(error))
            log.error("changed rules refused, kept those of %s: %s", self.identified(), error)
            return
        except Exception as error:  # whatever it is, what is served goes on
            self.refusal = Refusal(1, f"{type(error).__name__} while reading the changed rules")
            log.error("changed rules refused, kept those of %s: %s", self.identified(), type(error).__name__)
            return
        self.refusal = None
        if loaded.digest != self.knowledge_base.digest:
            self.knowledge_base = loaded
            self.reloads += 1
            log.info("changed rules taken: %s", self.identified())

    def identified(self) -> str:
        """Which rules are served, for the log."""
        now = self.knowledge_base
        return f"{now.id} {now.version} ({now.digest[:19]})"


def learn_units() -> None:
    """Read what pint knows of units, so that nobody waits for it when the first strange one is stated."""
    from wellfounded.load.units_of_physics import look_up  # noqa: PLC0415  # it takes long, and nobody waits

    look_up("m")


async def watch(served: Served) -> None:
    """Reloads whenever files have changed and then stood still from one look to the next; for ever.

    A look that fails, such as where too many files are open, is logged once, and tried again.
    """
    taken = before = served.seen
    looking = True
    while True:
        await asyncio.sleep(SECONDS)
        try:
            now = await asyncio.to_thread(state_of, [served.path])
        except Exception as error:  # whatever it is, what is served goes on
            if looking:
                log.error("cannot look at the rules of %s: %s", served.identified(), type(error).__name__)
            looking = False
            continue
        looking = True
        if now == before and now != taken:
            taken = now
            await asyncio.to_thread(served.reload)
        before = now
