"""A document in a browser, with all that the browser asked for and complained about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page, Request

from tests.browser.axe import violations
from tests.browser.windows import Kind, Scheme, Windows


class View:
    """An open document. The page's own ban on scripts is lifted: what is escaped needs none."""

    def __init__(
        self, windows: Windows, path: Path, width: int, scheme: Scheme, lift_policy: bool = True
    ) -> None:
        self._windows, self._kind = windows, Kind(lift_policy=lift_policy)
        self.page: Page = windows.take(width, scheme, self._kind)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._is_closed = False
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", self._failed)
        self.address = path.as_uri()
        self.page.goto(self.address)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        self.complaints.append(message.text)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def violations(self) -> list[Any]:
        """What axe-core finds wrong, with the first place of each."""
        return violations(self.page)

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
        if self._is_closed:
            return
        self._is_closed = True
        for event, listener in (
            ("request", self._asked),
            ("console", self._said),
            ("pageerror", self._failed),
        ):
            self.page.remove_listener(event, listener)
        self._windows.give_back(self.page, self._kind)
