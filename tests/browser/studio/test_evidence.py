"""What stands behind the advice: found, followed, and judged anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.http.server import Server

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit

PAGES = (
    "evidence",
    "evidence/citations",
    "evidence/due?on=2029-01-01",
    "evidence/due?on=someday",
    "evidence/withdraw",
    "evidence/withdraw/3",
    "evidence/verdict/protein-daily-dose/1",
)


@pytest.mark.parametrize(("language", "scheme", "width"), [("nl", "dark", 360), ("en", "light", 1200)])
def test_every_page_can_be_read_by_everybody(
    visit: Callable[..., Visit], studio: Server, language: str, scheme: str, width: int
) -> None:
    view = visit(f"{studio.url}/{language}/evidence", width, scheme)
    if scheme == "light":
        view.keep("evidence")
    for page in PAGES:
        view.page.goto(f"{studio.url}/{language}/{page}")
        view.fits()


def test_the_matrix_shows_what_is_chosen_and_goes_back(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(f"{studio.url}/nl/evidence")
    view.page.get_by_label("deels ondersteund").check()
    view.page.wait_for_url("**/nl/evidence?support=partly")
    view.page.get_by_role("link", name="niet vastgesteld").first.wait_for(state="detached")
    assert view.page.get_by_label("deels ondersteund").evaluate("box => box === document.activeElement")
    view.page.get_by_role("link", name="English").click()
    assert view.page.get_by_label("partly supported").is_checked()
    view.page.get_by_role("link", name="partly supported If you are a healthy adult").first.click()
    assert view.page.url.endswith("/en/claims/protein-daily-dose.html")
    view.page.go_back()
    assert view.page.get_by_label("partly supported").is_checked()


def test_a_verdict_is_recorded_with_reason_and_name(
    visit: Callable[..., Visit], workshop: Server, folder: Path, width: int
) -> None:
    """With the keyboard alone, and while somebody else has the same form open."""
    at = f"{workshop.url}/en/evidence/verdict/protein-daily-dose/1"
    view, other = visit(at, width), visit(at, 1200, "dark")
    page = view.page
    page.get_by_label("It says part of it").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("Why (English)").fill("Trials alone do not say it.")
    page.get_by_label("Checked by").fill("Anna de Vries")
    page.keyboard.press("Enter")
    page.get_by_text("Protein per day: now partly supported, then not established").wait_for()
    view.fits()
    view.keep("verdict")
    page.get_by_role("button", name="Record it").press("Enter")
    page.get_by_text("Recorded in claims/protein.yaml").wait_for()
    view.fits()
    assert "Trials alone do not say it." in (folder / "claims/protein.yaml").read_text()

    theirs = other.page
    theirs.get_by_label("It says the opposite").check()
    theirs.get_by_label("Checked by").fill("Bram")
    theirs.get_by_role("button", name="See what this changes").click()
    theirs.get_by_text("Somebody else changed claims/protein.yaml").wait_for()
    other.fits()
    assert theirs.get_by_label("Checked by").input_value() == "Bram"
    assert theirs.get_by_label("It says the opposite").is_checked()
    other.complaints.clear()  # a browser calls every 409 an error
