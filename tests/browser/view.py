"""A document in a browser, with all that the browser asked for and complained about."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser


class View:
    """An open document. The page's own ban on scripts is lifted: what is escaped needs none."""

    def __init__(
        self, browser: Browser, path: Path, width: int, scheme: str, lift_policy: bool = True
    ) -> None:
        self._context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=cast(Literal["light", "dark"], scheme),
            bypass_csp=lift_policy,
        )
        self.page = self._context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address = path.as_uri()
        self.page.goto(self.address)

    def violations(self) -> list[Any]:
        """What axe-core finds wrong, with the first place of each."""
        found = Axe().run(self.page).response["violations"]
        return [(rule["id"], rule["help"], rule["nodes"][0]["html"]) for rule in found]

    def overflow(self) -> int:
        """By how many pixels the document is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def text(self) -> str:
        """All that a reader sees, in one line."""
        return " ".join(self.page.inner_text("body").split())

    def pages(self) -> int:
        """How many sheets of paper it takes."""
        return self.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")

    def close(self) -> None:
        self._context.close()
