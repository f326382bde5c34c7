"""Every key that an author can write says what it is for, in both languages, and where to read on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import ROOT
from wellfounded.load.structure import schema

#: What labels say where a thing stands in a work, as CSL has them; `locator` explains them all.
UNEXPLAINED = ("$defs/locator", "$defs/recorded")


def keys(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The keys that a schema describes, and what it says of each; its own conditions left out."""
    if isinstance(part, dict):
        for key, below in part.get("properties", {}).items():
            if isinstance(below, dict):
                yield f"{path}/{key}", below
        for key, below in part.items():
            if key not in ("if", "allOf"):
                yield from keys(below, f"{path}/{key}")


@pytest.mark.parametrize("name", ["rules", "scenarios"])
def test_every_key_is_explained(name: str) -> None:
    headings = [
        line for line in (ROOT / "docs/rule-language.md").read_text("utf-8").splitlines() if line[:1] == "#"
    ]
    anchors = {
        line.lstrip("# ").lower().replace(",", "").replace("'", "").replace(" ", "-") for line in headings
    }
    for path, said in keys(schema(name)):
        if not path.removeprefix("/").startswith(UNEXPLAINED):
            assert said.get("description") and said.get("x-nl") != said["description"], path
            page, _, anchor = said["x-read"].partition("#")
            assert page == "rule-language.md" and anchor in anchors, path
