"""Knowledge bases with small changes, made on copies of those that are there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import wellfounded
from tests.conftest import RULES
from wellfounded.review.difference.compare import Difference, compare
from wellfounded.review.difference.versions import Version

BASES = {"article": RULES, "houseplants": RULES.parent / "tests" / "knowledge_bases" / "houseplants"}

#: File → the text in it, which stands there once, and the text that comes in its place.
Edit = Mapping[str, list[str]]

#: Of the article: one number.
ONE_NUMBER: Edit = {"parameters.yaml": ["range: [1.6, 2.2]", "range: [1.4, 2.0]"]}


def edited(folder: Path, edit: Edit, base: Path = RULES) -> Path:
    """A copy of a knowledge base with a change."""
    shutil.copytree(base, folder)
    for file, (old, new) in edit.items():
        text = (folder / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands in {file} {text.count(old)} times"
        (folder / file).write_text(text.replace(old, new), "utf-8")
    return folder


def difference(old: Path, new: Path, **asked: object) -> Difference:
    """What differs between two folders."""
    versions = [Version(name, wellfounded.load(path)) for name, path in (("old", old), ("new", new))]
    return compare(versions[0], versions[1], **asked)  # type: ignore[arg-type]  # named as compare has them
