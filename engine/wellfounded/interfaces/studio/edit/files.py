"""The files that can be edited: found among those of the knowledge base, read, and written.

An address never becomes a path: a name is looked up among the files that are there, and a link that leads
out of the folder is none of them. In the browser a text has plain line ends; in the file they stay as they
were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from wellfounded.interfaces.studio.edit.alike import Alike
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.workplace import is_inside
from wellfounded.load.files import LARGEST_FILE, File, decode, read_files
from wellfounded.model.record import Record

#: A text of more bytes than this is not edited in a browser.
LARGEST = 1024 * 1024

_BOM = "\ufeff"
_BREAK = re.compile("\r\n|\r|\n")


class Opened(Record, frozen=True, gc=True):
    """A file as it is on disk. ``text`` is as a browser has it; ``trouble`` names why it cannot be edited."""

    name: str
    path: Path
    data: bytes
    text: str = ""
    trouble: str = ""

    @property
    def digest(self) -> str:
        return sha256(self.data).hexdigest()


def listed(root: Path) -> Mapping[str, Path]:
    """The files of rules and of scenarios, by name, each with where it is."""
    if not root.is_dir():
        return {root.name: root} if root.is_file() else {}
    files = (*read_files(root)[0], *read_files(root, scenarios=True)[0])
    names = sorted(file.name for file in files)
    return {name: root / name for name in names if is_inside(root / name, root)}


def opened(root: Path, name: str) -> Opened:
    """A file by its name. Raises ``Refused`` where it is none of the knowledge base."""
    path = listed(root).get(name)
    if path is None:
        raise Refused(404)
    try:
        if path.stat().st_size > LARGEST_FILE:
            return Opened(name, path, b"", trouble="too_large")
        data = path.read_bytes()
    except OSError:
        raise Refused(404) from None
    if len(data) > LARGEST:
        return Opened(name, path, data, trouble="too_large")
    text, found = decode(File(name, data))
    if found:
        return Opened(name, path, data, trouble="not_utf8")
    if "\0" in text:
        return Opened(name, path, data, trouble="has_nul")
    return Opened(name, path, data, as_shown(text))


def as_shown(text: str) -> str:
    """A text with line ends as browsers have them."""
    return _BREAK.sub("\n", text)


def as_written(before: bytes, text: str) -> bytes:
    """What a browser has of a text as bytes of the file it belongs to: with its line ends and its mark."""
    old = before.decode("utf-8")
    mark, old = (_BOM, old[1:]) if old.startswith(_BOM) else ("", old)
    return (mark + _with_endings(old, text)).encode()


def _with_endings(old: str, text: str) -> str:
    endings = _BREAK.findall(old)
    usual = Counter(endings).most_common(1)[0][0] if endings else "\n"
    if len(set(endings)) <= 1:
        return text.replace("\n", usual)
    lines = text.split("\n")
    kept = [usual] * len(lines)
    for block in Alike(_BREAK.split(old), lines).get_matching_blocks():
        for step in range(block.size):
            if block.a + step < len(endings):
                kept[block.b + step] = endings[block.a + step]
    return "".join(line + ending for line, ending in zip(lines[:-1], kept, strict=False)) + lines[-1]
