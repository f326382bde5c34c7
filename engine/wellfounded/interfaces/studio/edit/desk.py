"""What is known of files while somebody types: for each page apart, so that nobody sees another's text."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from wellfounded.editing.folder import Folder, View
from wellfounded.model.due import today


class Desks:
    """The knowledge base as it is saved, and as it would be with the text of one page.

    A page is known by a name that it was given. What was read for it is kept for a while, since what it asks
    next differs by a keystroke.
    """

    MOST = 16

    def __init__(self, root: Path) -> None:
        self._saved, self._lock = Folder(root), Lock()
        self._kept: OrderedDict[str, tuple[Folder, Lock]] = OrderedDict()

    def saved(self) -> View:
        """The files as they are on disk."""
        with self._lock:
            return self._saved.view(today())

    def typed(self, desk: str, name: str, text: str) -> View:
        """The files as they are on disk, but with this text for one of them."""
        folder, lock = self._of(desk)
        with lock:
            folder.unsaved = {name: text}
            return folder.view(today())

    def _of(self, desk: str) -> tuple[Folder, Lock]:
        with self._lock:
            found = self._kept.get(desk)
            if found is None:
                self._saved.view(today())
                found = self._kept[desk] = (self._saved.twin(), Lock())
                while len(self._kept) > self.MOST:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(desk)
            return found
