"""Many people at once: drawn, read from a file, looked at, filtered and saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tests.http.server import Server
from tests.studio.test_people import CSV

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit

PAGES = ("people?made-up=115&page=2&sort=age", "people?made-up=none&is=3")


@pytest.mark.parametrize(("language", "scheme", "width"), [("nl", "dark", 360), ("en", "light", 1200)])
def test_every_page_can_be_read_by_everybody(
    visit: Callable[..., Visit], studio: Server, language: str, scheme: str, width: int
) -> None:
    view = visit(f"{studio.url}/{language}/{PAGES[-1]}", width, scheme)
    for page in PAGES:
        view.page.goto(f"{studio.url}/{language}/{page}")
        view.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        view.fits()


def test_people_are_made_up_and_narrowed_down(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(f"{studio.url}/en/people")
    page = view.page
    page.get_by_text("Choose the people").click()
    page.get_by_label("How many").fill("300")
    page.get_by_label("Number or word to draw with").fill("7")
    page.keyboard.press("Enter")
    page.get_by_text("Made-up people: 300 people").wait_for()
    assert page.url.endswith("made-up=300&seed=7")
    drawn = page.get_by_role("img", name="Verdicts per recommendation").bounding_box()
    assert drawn is not None and drawn["width"] > 300
    view.keep("people")
    page.get_by_text("The numbers").click()
    cell = page.get_by_role("row", name="Resistance training").get_by_role("button").first
    count = cell.inner_text()
    cell.click()
    page.get_by_text(f"({count} of 300)").wait_for()
    page.go_back()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Page 2 of 3").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Parquet").click()
    assert pl.read_parquet(saved.value.path()).height == 300
    link = page.get_by_role("link", name="Person 101")
    assert (link.get_attribute("href") or "").startswith("/en/advice?")


def test_a_table_stays_in_the_page_that_shows_it(
    visit: Callable[..., Visit], studio: Server, width: int
) -> None:
    view = visit(f"{studio.url}/en/people", width)
    page = view.page
    page.get_by_text("Choose the people").click()
    page.get_by_label("Choose a file").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    page.get_by_role("button", name="Open").click()
    page.get_by_text("2 people; 1 row cannot be used").wait_for()
    view.fits()
    page.get_by_role("link", name="Anna").click()
    page.get_by_role("heading", name="Your answers").wait_for()
    page.go_back()
    page.get_by_text("2 people; 1 row cannot be used").wait_for()
    page.get_by_label("Recommendation", exact=True).select_option("other-goal")
    page.get_by_role("button", name="Show", exact=True).last.click()
    page.get_by_text("1 person (1 of 2)").wait_for()
    page.get_by_role("button", name="Show this in Dutch").click()
    page.get_by_text("1 persoon (1 van 2)").wait_for()
    assert "Anna" not in page.url
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    assert "Bob" in saved.value.path().read_text()
