"""A real browser, the Chromium of this system; without it these tests are skipped.

Where ``BROWSER_TESTS`` is ``required`` they fail instead, so that nobody takes them for passed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # neither is there where the tests are skipped
    from playwright.sync_api import Browser

    from tests.browser.view import View
    from tests.browser.windows import Scheme, Windows

ARGUMENTS = (
    "--no-sandbox",  # there is none within most containers, and every page here is ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP elsewhere.test 127.0.0.1",  # a name that browsers do not trust as this machine
)


def _missing() -> str:
    for module in ("playwright", "axe_playwright_python"):
        if find_spec(module) is None:
            return f"{module} is not installed: install wellfounded[test]"
    return "" if chromium() else "there is no `chromium`: install the system's package of that name"


def chromium() -> str | None:
    """Where the browser of this system is, if it has one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    missing = _missing()
    if missing:
        required = os.environ.get("BROWSER_TESTS") == "required"
        pytest.fail(missing) if required else pytest.skip(missing)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # not where the tests are skipped

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """Windows of the browser, for one test after another."""
    from tests.browser.windows import Windows  # noqa: PLC0415  # not where the tests are skipped

    return Windows(browser)


@pytest.fixture
def opened(windows: Windows, tmp_path: Path) -> Iterator[Callable[..., View]]:
    """Opens a document from a file, as whoever is sent it does; nothing may go wrong in it."""
    from tests.browser.view import View  # noqa: PLC0415  # likewise

    views: list[View] = []

    def open_(document: str, width: int = 1200, scheme: Scheme = "light") -> View:
        path = tmp_path / f"{len(views)}.html"
        path.write_text(document, encoding="utf-8")
        views.append(View(windows, path, width, scheme))
        return views[-1]

    yield open_
    for view in views:
        view.close()
