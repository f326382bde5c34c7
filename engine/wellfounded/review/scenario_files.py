"""Which scenario files there are, and which knowledge base they are about."""

from __future__ import annotations

import re
from pathlib import Path

from wellfounded.load.files import SCENARIOS

_HEADER = re.compile(rb"^(?:\xef\xbb\xbf)?[\"']?knowledge_base[\"']?[ \t]*:", re.MULTILINE)


def scenario_path(path: Path) -> Path:
    """Where to look for scenarios: a folder, a scenario file, or for a rule file the one beside it."""
    if path.is_dir() or path.name.endswith(SCENARIOS):
        return path
    beside = [path.with_name(f"{path.stem}{ending}") for ending in SCENARIOS]
    return next((file for file in beside if file.exists()), beside[0])


def rules_of(path: Path) -> Path:
    """The knowledge base that a path belongs to: the nearest folder, from there upwards, with a header.

    A rule file with a header is a knowledge base by itself. Where no header is found it is the path, or the
    folder of a scenario file.
    """
    if path.is_file() and not path.name.endswith(SCENARIOS) and _has_header(path):
        return path
    start = path.resolve()
    for folder in (start, *start.parents):
        if folder.is_dir() and any(map(_has_header, _rule_files(folder))):
            return path if folder == start else as_near(folder)
    return path.parent if path.name.endswith(SCENARIOS) else path


def _rule_files(folder: Path) -> list[Path]:
    try:
        files = [file for file in folder.iterdir() if file.suffix in (".yaml", ".yml")]
    except OSError:
        return []
    return sorted(file for file in files if not file.name.endswith(SCENARIOS) and file.is_file())


def _has_header(file: Path) -> bool:
    try:
        return _HEADER.search(file.read_bytes()) is not None
    except OSError:
        return False


def as_near(path: Path) -> Path:
    """A path as one writes it from here, where it is below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
