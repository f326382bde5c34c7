"""Somebody at another machine gives the password, as browsers let them over plain HTTP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.studio.editor import NEEDS_SCRIPTS, begin_with
from tests.http.server import serving
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.interfaces.studio.password import hashed
from wellfounded.interfaces.studio.words import words

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit

PASSWORD = "correct horse battery"


@NEEDS_SCRIPTS
@pytest.mark.usefixtures("_own_cache")
def test_one_signs_in_from_elsewhere_is_out_goes_on_and_signs_out(
    folder: Path, visit: Callable[..., Visit]
) -> None:
    """There a browser says neither `Sec-Fetch-Site` nor, if it may send no referrer, its origin."""
    options = ("--no-browser", "--host", "0.0.0.0")
    kept = {"WELLFOUNDED_STUDIO_PASSWORD": hashed(PASSWORD)}
    with serving(str(folder), *options, command="studio", environment=kept) as server:
        view = visit(f"http://elsewhere.test:{server.port}", "edit/parameters.yaml")
        page, said, frame = view.page, edit_words(view.language), words(view.language)
        address = f"{view.root}/{view.language}/edit/parameters.yaml"

        def sign_in(password: str = PASSWORD) -> None:
            view.fill(frame["password"], password)
            view.press(frame["sign_in"])

        sign_in("wrong")
        view.sees(frame["password_wrong"])
        view.fits()
        sign_in()
        page.wait_for_url(address)
        for press in (said["effects_button"], said["save"]):
            begin_with(page, "# Mine.\n")
            page.context.clear_cookies()  # as when twelve hours have gone by
            view.press(press)
            sign_in()
            page.wait_for_url(address)
            view.press(frame["draft_go"])
        page.keyboard.press("Control+s")
        page.locator("#state .done").wait_for()
        assert (folder / "parameters.yaml").read_text().startswith("# Mine.\n# Mine.\n")
        view.press(frame["leave"])
        page.wait_for_url(f"{view.root}/sign-in")
        page.goto(address)
        assert page.get_by_label(frame["password"]).is_visible()
        view.complaints.clear()  # of plain HTTP, of the wrong password, and of what was asked while out
        view.close()
