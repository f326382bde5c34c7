"""Where the package's own ``rules/`` and ``schemas/`` are: in an installed wheel, or in the source tree."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder(name: str) -> Path:
    """The folder ``name`` that came with the package."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent.parent / name


def is_installed() -> bool:
    """Whether the package's folders are its own copies, which an installation brought along."""
    return (_PACKAGE / "_data").is_dir()
