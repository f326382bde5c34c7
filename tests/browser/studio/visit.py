"""One person's browser at the studio, with all that it complained about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

#: Where pictures of the studio are kept for the documentation, if ``KEEP_SCREENSHOTS`` is set.
PICTURES = Path(__file__).parents[3] / "docs" / "studio"


class Visit:
    """A page that is open in a browser of its own: what one person sees and does."""

    def __init__(self, browser: Browser, url: str, width: int, scheme: str) -> None:
        self._context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=cast(Literal["light", "dark"], scheme),
            accept_downloads=True,
        )
        self.width = width
        self.page = self._context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._complain(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(url)

    def _complain(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def violations(self) -> list[Any]:
        """What axe-core finds wrong, with the first place of each."""
        found = Axe().run(self.page).response["violations"]
        return [(rule["id"], rule["help"], rule["nodes"][0]["html"]) for rule in found]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def fits(self) -> None:
        """Everybody can read and use the page as it is now, at this width."""
        assert self.violations() == []
        assert self.overflow() <= 0

    def text(self) -> str:
        """All that a reader sees in the page, in one line."""
        return " ".join(self.page.inner_text("main").split())

    def keep(self, name: str) -> None:
        """Keep a picture of the window for the documentation, where that was asked for."""
        if os.environ.get("KEEP_SCREENSHOTS"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}-{self.width}.png")

    def close(self) -> None:
        self._context.close()
