"""What people do in the editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_SCRIPT = Path(__file__).parents[3] / "engine/wellfounded/interfaces/studio/static/built/editor.js"
NEEDS_SCRIPTS = pytest.mark.skipif(
    not _SCRIPT.exists(), reason="the studio's scripts were not built: npm is not here"
)


def text_of(page: Page) -> Locator:
    return page.locator(".cm-content")


def code(page: Page) -> str:
    """The whole text that is being edited."""
    return str(page.locator("#text").input_value())


def find(page: Page, text: str) -> None:
    """Put the cursor behind the first place where this is written, by keyboard."""
    page.keyboard.press("Control+f")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")


def begin_with(page: Page, text: str) -> None:
    """Write something before all else."""
    text_of(page).click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(text)
