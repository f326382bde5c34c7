"""One person's browser at the studio, with all that it complained about."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Locator

from tests.browser.axe import violations
from tests.browser.studio.setting import PHONE, Setting
from tests.browser.windows import Kind, Windows

#: Where pictures of the studio are kept for the documentation, if ``KEEP_SCREENSHOTS`` is set.
PICTURES = Path(__file__).parents[3] / "docs" / "studio"


class Visit:
    """A window that nobody else uses: what one person sees and does, in one setting."""

    def __init__(self, windows: Windows, root: str, at: str, setting: Setting, scripts: bool = True) -> None:
        """``root`` is the address of a studio, and ``at`` that of a page, without its language."""
        self.language, self.width, self.scheme = setting
        self.root = root
        self._windows, self._kind = windows, Kind(setting.language, scripts)
        self.page = windows.take(self.width, self.scheme, self._kind)
        self.complaints: list[str] = []
        self._is_closed = False
        self.page.on("console", self._said)
        self.page.on("pageerror", self._failed)
        self.to(at)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def to(self, at: str) -> None:
        """Open another page of the studio."""
        self.page.goto(f"{self.root}/{self.language}/{at}")

    def says(self, dutch: str, english: str) -> str:
        """A text of the knowledge base, or a number, as it is said in the language that is read."""
        return dutch if self.language == "nl" else english

    def sees(self, text: str) -> Locator:
        """Wait until a text can be seen; the first place where it stands."""
        found = self.page.get_by_text(text).filter(visible=True).first
        found.wait_for()
        return found

    def press(self, name: str) -> None:
        """Press the button of this name; a page that it leads to is there, whole, afterwards."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """Follow the link of this name; the page that it leads to is there, whole, afterwards."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def comes_to(self, *parts: str) -> None:
        """Wait until all of these stand in the address."""
        self.page.wait_for_url(lambda address: all(part in address for part in parts))

    def fill(self, label: str, value: str) -> Locator:
        """Fill in the field of this label."""
        field = self.page.get_by_label(label, exact=True)
        field.fill(value)
        return field

    def change_language(self) -> None:
        """From Dutch to English, or the other way round, by the link that is on every page."""
        self.language = "en" if self.language == "nl" else "nl"
        self.page.locator(f".languages [lang={self.language}]").click()
        self.page.wait_for_url(f"**/{self.language}/**")

    def go_back(self) -> None:
        """By the browser's own button; to another language, too."""
        self.page.go_back()
        self.language = self.page.url.split("/")[3]

    def save(self, name: str) -> Path:
        """The file that a link or a button of this name gives."""
        with self.page.expect_download() as saved:
            either = self.page.get_by_role("button", name=name, exact=True)
            either.or_(self.page.get_by_role("link", name=name, exact=True)).click()
        return Path(saved.value.path())

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def fits(self) -> None:
        """Everybody can read and use the page as it is now: axe finds nothing, nothing sticks out.

        Colours are the same in every language: they are looked at dark on a telephone, light at a desk.
        """
        looks_at_colours = (self.width == PHONE) == (self.scheme == "dark")
        assert violations(self.page, colours=looks_at_colours) == [], self.page.url
        assert self.overflow() <= 0, self.page.url

    def text(self) -> str:
        """All that a reader sees in the page, in one line."""
        return " ".join(self.page.inner_text("main").split())

    def refused(self, status: int) -> None:
        """The browser complained of an answer of this status, as it should, and of nothing else."""
        assert self.complaints and all(f"status of {status} " in said for said in self.complaints)
        self.complaints.clear()

    def keep(self, name: str) -> None:
        """Keep a picture for the documentation, in English and light, where that was asked for."""
        if os.environ.get("KEEP_SCREENSHOTS") and self.language == "en":
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.emulate_media(color_scheme="light")
            self.page.screenshot(path=PICTURES / f"{name}-{self.width}.png")

    def close(self) -> None:
        """Leave the studio; a window that cannot, since nobody answers there any more, is not used again."""
        if self._is_closed:
            return
        self._is_closed = True
        self.page.remove_listener("console", self._said)
        self.page.remove_listener("pageerror", self._failed)
        try:
            self.page.goto(f"{self.root}/sign-in")  # a small page, and one that is always there
            self.page.evaluate("localStorage.clear()")
        except Error:
            self.page.context.close()
        else:
            self._windows.give_back(self.page, self._kind)
