"""The rules in plain language: found, read, and followed to where they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.http.server import Server

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit

PAGES = (
    "index.html",
    "rules.html",
    "claims.html",
    "recommendations/protein-daily.html",
    "parameters/protein_dose.html",
    "references/3.html",
    "search.html?q=slaap",
    "edit",
    "edit/nutrition/protein.yaml?line=12",
    "edit-history/parameters.yaml",
    "no-such-page",
)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_can_be_read_by_everybody(
    visit: Callable[..., Visit], studio: Server, language: str, width: int
) -> None:
    """Any two of language, width and scheme come together."""
    scheme = "dark" if (language == "nl") is (width == 360) else "light"
    view = visit(f"{studio.url}/{language}/index.html", width, scheme)
    for page in PAGES:
        view.page.goto(f"{studio.url}/{language}/{page}")
        view.fits()
    view.complaints.clear()  # of the page that is not there


def test_what_is_typed_is_found_while_it_is_typed(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(f"{studio.url}/en/search.html")
    view.page.keyboard.type("protein dose")  # the field has the focus already
    view.page.wait_for_url("**/search.html?q=protein+dose")
    view.page.get_by_text("found").wait_for()
    view.page.get_by_role("link", name="1.6–2.2 g per kg of body weight a day", exact=True).click()
    assert view.page.url.endswith("/parameters/protein_dose.html")
    view.page.go_back()
    assert view.page.get_by_label("Search for").input_value() == "protein dose"
    view.page.get_by_role("link", name="Nederlands").click()
    assert view.page.url.endswith("/nl/search.html?q=protein+dose")
    view.keep("search")
