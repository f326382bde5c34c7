"""Windows of one browser, used again and again: to make one takes longer than to open a page."""

from __future__ import annotations

from typing import Literal, NamedTuple

from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]


class Kind(NamedTuple):
    """What of a window cannot be changed."""

    language: str = "en"
    scripts: bool = True
    lift_policy: bool = False


class Windows:
    """Each window stands alone: what one browser keeps, another does not know of."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[Kind, list[Page]] = {}

    def take(self, width: int, scheme: Scheme, kind: Kind) -> Page:
        """A window of this width and these colours that nobody uses."""
        free = self._free.setdefault(kind, [])
        page = free.pop() if free else self._new(kind)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="null", color_scheme=scheme)
        return page

    def _new(self, kind: Kind) -> Page:
        context = self._browser.new_context(
            locale=kind.language, java_script_enabled=kind.scripts, bypass_csp=kind.lift_policy
        )
        return context.new_page()

    def give_back(self, page: Page, kind: Kind) -> None:
        """Somebody else may use it, and is nobody whom pages know."""
        page.context.clear_cookies()
        self._free[kind].append(page)
