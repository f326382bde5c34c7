"""Somebody at another machine gives the password, as browsers let them over plain HTTP."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import RULES
from tests.http.server import serving
from wellfounded.interfaces.studio.password import hashed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PASSWORD = "correct horse battery"


@pytest.mark.usefixtures("_own_cache")
def test_one_signs_in_and_out_from_elsewhere(browser: Browser) -> None:
    """There a browser says neither `Sec-Fetch-Site` nor, if it may send no referrer, its origin."""
    options = ("--no-browser", "--host", "0.0.0.0", "--read-only")
    kept = {"WELLFOUNDED_STUDIO_PASSWORD": hashed(PASSWORD)}
    with serving(str(RULES), *options, command="studio", environment=kept) as server:
        page = browser.new_page(locale="en")
        start = f"http://elsewhere.test:{server.port}"
        page.goto(f"{start}/en/edit")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{start}/en/edit")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{start}/sign-in")
        page.goto(f"{start}/en/edit")
        assert page.get_by_label("Password").is_visible()
        page.close()


@pytest.mark.usefixtures("_own_cache")
@pytest.mark.parametrize("press", ["save", "effects"])
def test_who_is_out_by_now_signs_in_and_goes_on(browser: Browser, tmp_path: Path, press: str) -> None:
    folder = Path(shutil.copytree(RULES, tmp_path / "rules"))
    kept = {"WELLFOUNDED_STUDIO_PASSWORD": hashed(PASSWORD)}
    options = ("--no-browser", "--host", "0.0.0.0")
    with serving(str(folder), *options, command="studio", environment=kept) as server:
        page = browser.new_page(locale="en")
        address = f"http://elsewhere.test:{server.port}/en/edit/parameters.yaml"
        page.goto(address)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(address)
        page.locator(".cm-content").click()
        page.keyboard.press("Control+Home")
        page.keyboard.type("# Mine.\n")
        page.context.clear_cookies()
        page.locator(f"button[value={press}]").click()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(address)
        page.get_by_role("button", name="Go on with what I typed").click()
        page.keyboard.press("Control+s")
        page.locator("#state .done").wait_for()
        assert (folder / "parameters.yaml").read_text().startswith("# Mine.\n")
        page.close()
