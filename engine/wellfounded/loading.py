"""A folder or a file → its knowledge base, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import File, read_files
from wellfounded.load.package_data import data_folder
from wellfounded.load.stored import entry_name, read_stored, store
from wellfounded.model.content import Content
from wellfounded.model.core import Core
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.digest import digest
from wellfounded.model.due import today
from wellfounded.model.errors import KnowledgeBaseError
from wellfounded.model.position import Position

Diagnostics: TypeAlias = tuple[Diagnostic, ...]


def load(path: str | Path | None = None) -> KnowledgeBase:
    """The knowledge base in a folder or file, or the one that comes with the package.

    Raises ``KnowledgeBaseError`` with every diagnostic if anything in it is an error: a knowledge base that
    is broken in one place gives no advice at all.
    """
    folder = _folder(path)
    return load_files(*read_files(folder), lambda found: located(found, folder))


def load_files(
    files: tuple[File, ...], unread: Diagnostics, place: Callable[[Diagnostics], Diagnostics]
) -> KnowledgeBase:
    """The knowledge base in files that were read already, wherever they came from.

    ``unread`` says what could not be read, and ``place`` puts the places of diagnostics where a person finds
    them. Raises as ``load`` does.
    """
    name = entry_name(files)
    stored = None if unread else read_stored(name)
    if stored is None:
        stored = _built(files, unread, place)
        if not unread:
            store(name, stored)
    content, core, identity, warnings = stored
    return KnowledgeBase(content, core, identity, warnings)


def diagnose(path: str | Path | None = None, on: date | None = None) -> tuple[Diagnostic, ...]:
    """Every diagnostic of the knowledge base in a folder or file, in reading order.

    ``on`` is the day that counts for what is overdue; without it, today.
    """
    from wellfounded.build import build  # noqa: PLC0415  # loads what giving advice does not need

    folder = _folder(path)
    return located(build(*read_files(folder), on or today()).diagnostics, folder)


def _built(
    files: tuple[File, ...], unread: Diagnostics, place: Callable[[Diagnostics], Diagnostics]
) -> tuple[Content, Core, str, Diagnostics]:
    from wellfounded.build import build  # noqa: PLC0415  # loads what giving advice does not need

    built = build(files, unread)
    if built.content is None or built.core is None:
        raise KnowledgeBaseError(place(built.diagnostics))
    return built.content, built.core, digest(built.content), built.diagnostics


def located(diagnostics: tuple[Diagnostic, ...], folder: Path) -> tuple[Diagnostic, ...]:
    """The same diagnostics with paths that lead to the files from where the caller is."""
    return tuple(replace(d, position=located_at(d.position, folder)) for d in diagnostics)


def located_at(position: Position, folder: Path) -> Position:
    """The same place, with a path that leads to the file from where the caller is."""
    root = folder if folder.is_dir() else folder.parent
    return replace(position, file=str(root / position.file) if position.file else str(folder))


def _folder(path: str | Path | None) -> Path:
    return data_folder("rules") if path is None else Path(path)
