"""The files that are open in the editor, and the knowledge base each belongs to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from wellfounded.editing.folder import Folder, View
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map
from wellfounded.load.person import LARGEST

_HEADER = re.compile(rb"^knowledge_base\s*:", re.MULTILINE)
_YAML = (".yaml", ".yml")
_PERSON = (*_YAML, ".json")
_NOT_OURS = frozenset({"node_modules", "venv", "__pycache__"})
#: So many files are looked at, at most, to find knowledge bases and persons in a workspace.
_MOST_FILES = 5000


class Desk:
    """``rules`` is the knowledge base, if it was said; ``roots`` are the folders open in the editor."""

    def __init__(self, rules: Path | None) -> None:
        self.rules = None if rules is None else Path(os.path.abspath(rules))
        self.roots: tuple[Path, ...] = ()
        self.folders: dict[Path, Folder] = {}
        self.open: dict[Path, str] = {}
        self._roots: dict[Path, Path | None] = {}
        self._candidates: list[Folder] | None = None

    def write(self, path: Path, text: str) -> None:
        """A file was opened or changed in the editor."""
        if path not in self.open:
            self.forget()
        self.open[path] = text
        place = self.folder_of(path)
        if place is not None:
            folder, name = place
            (folder.people if name == str(path) else folder.unsaved)[name] = text

    def close(self, path: Path) -> None:
        """A file was closed: what is saved counts again."""
        self.open.pop(path, None)
        self.forget()
        for folder in self.folders.values():
            folder.people.pop(str(path), None)
            folder.unsaved.pop(folder.name_of(path) or "", None)

    def forget(self) -> None:
        """Look anew for where knowledge bases are: files have come or gone."""
        self._roots.clear()
        self._candidates = None

    def folder_of(self, path: Path) -> tuple[Folder, str] | None:
        """The knowledge base a file belongs to, and what it is called there: a person by the whole path."""
        root = self._root_of(path)
        if root is not None:
            folder = self._folder(root)
            name = folder.name_of(path)
            return None if name is None else (folder, name)
        if path.suffix not in _PERSON or path not in self.open:
            return None
        for folder in self.folders.values():
            if str(path) in folder.people:
                return folder, str(path)
        if self._candidates is None:
            self._candidates = self._looked_for()
        described = self._described(self.open[path], self._candidates)
        return None if described is None else (described, str(path))

    def _folder(self, root: Path) -> Folder:
        return self.folders.setdefault(root, Folder(root))

    def _root_of(self, path: Path) -> Path | None:
        """The folder of the knowledge base a file is in."""
        if self.rules is not None and (path == self.rules or path.is_relative_to(self.rules)):
            return self.rules
        if path.parent not in self._roots:
            self._roots[path.parent] = self._closest(path)
        return self._roots[path.parent]

    def _closest(self, path: Path) -> Path | None:
        """The closest folder above a file that holds a header."""
        for folder in path.parents:
            if folder in self.folders or self._has_header(folder):
                return folder
            if folder in self.roots:
                return None
        return None

    def _has_header(self, folder: Path) -> bool:
        opened = (text for path, text in self.open.items() if path.parent == folder and path.suffix in _YAML)
        if any(_HEADER.search(text.encode(errors="replace")) for text in opened):
            return True
        try:
            found = [entry for entry in os.scandir(folder) if entry.name.endswith(_YAML) and entry.is_file()]
        except OSError:
            return False
        return any(_HEADER.search(_bytes(Path(entry.path))) for entry in found)

    def _looked_for(self) -> list[Folder]:
        """The knowledge bases a person could be described for, the one that was said first."""
        if self.rules is not None:
            return [self._folder(self.rules)]
        headers = (path.parent for path in self._files(_YAML) if _HEADER.search(_bytes(path)))
        roots = sorted({*self.folders, *headers}, key=lambda root: (len(root.parts), root))
        return [self._folder(root) for root in roots]

    def _described(self, text: str, candidates: Iterable[Folder]) -> Folder | None:
        """The knowledge base most of whose facts are stated in a text; none where none is."""
        node, _ = read_yaml(text, "")
        keys = set(node.entries) if isinstance(node, Map) else set()
        counted = [(len(keys & _facts(folder)), folder) for folder in candidates] if keys else []
        most = max((count for count, _ in counted), default=0)
        return next((folder for count, folder in counted if count == most), None) if most else None

    def gather_people(self, folder: Folder, on: date) -> None:
        """Let a knowledge base know of the persons in the workspace that are not open."""
        for name in list(folder.people):
            if Path(name) not in self.open:
                del folder.people[name]
        facts = _facts(folder)
        for path in self._files(_PERSON):
            if path in self.open or self._root_of(path) is not None:
                continue
            text = _bytes(path).decode(errors="replace")
            node, _ = read_yaml(text, "")
            if isinstance(node, Map) and 2 * len(facts & set(node.entries)) > len(node.entries):
                folder.people[str(path)] = text

    def _files(self, endings: tuple[str, ...]) -> Iterator[Path]:
        """The files of the workspace that could be of use, as many as can be looked at quickly."""
        seen = 0
        for root in self.roots:
            for folder, below, files in os.walk(root):
                below[:] = sorted(n for n in below if not n.startswith(".") and n not in _NOT_OURS)
                for name in sorted(files):
                    seen += 1
                    if seen > _MOST_FILES:
                        return
                    if name.endswith(endings):
                        yield Path(folder) / name

    def views(self, on: date) -> Iterator[tuple[Folder, View]]:
        """Every knowledge base of which a file is open."""
        for folder in self.folders.values():
            if folder.unsaved or folder.people:
                yield folder, folder.view(on)


def _facts(folder: Folder) -> set[str]:
    content = folder.view(date.today()).content
    return set() if content is None else {f.id for f in content.facts.values() if f.can_be_stated}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError:
        return b""
