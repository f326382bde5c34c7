"""Files edited in a browser: as a nutritionist does it, by keyboard, with and without scripts, not alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.http.server import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.studio.visit import Visit

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[3] / "engine/wellfounded/interfaces/studio/static/built/editor.js").exists(),
    reason="the studio's scripts were not built: npm is not here",
)
FIRST = "Control+Home"


def text_of(page: Page) -> Locator:
    return page.locator(".cm-content")


def code(page: Page) -> str:
    """The whole text that is being edited."""
    return str(page.locator("#text").input_value())


def find(page: Page, text: str) -> None:
    """Put the cursor behind the first place where this is written, by keyboard."""
    page.keyboard.press("Control+f")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")


@pytest.mark.parametrize(("language", "width"), [("nl", 360), ("en", 1200)])
def test_a_file_is_mended_and_saved_by_keyboard(
    workshop: Server, folder: Path, visit: Callable[..., Visit], language: str, width: int
) -> None:
    scheme = "dark" if language == "nl" else "light"
    view = visit(f"{workshop.url}/{language}/edit/parameters.yaml?line=44", width, scheme)
    page = view.page
    text_of(page).wait_for()
    view.fits()
    find(page, "claim: muscle-rest")
    page.keyboard.press("Backspace")
    page.keyboard.type("x")
    problem = page.locator("#problems li").first
    problem.get_by_text("muscle-rest", exact=False).first.wait_for()
    page.locator(".cm-lintRange-error").first.wait_for()
    page.locator("#effects").get_by_text("errors left" if language == "en" else "geen fouten meer").wait_for()
    view.fits()
    if language == "en":
        view.keep("edit")
    problem.get_by_role("link").focus()
    page.keyboard.press("Enter")  # to the place in the text
    page.keyboard.type("muscle-rust")
    view.page.locator("#problems").get_by_text("muscle-rust").first.wait_for()
    page.locator("#problems button").first.click()  # what was meant
    page.locator("#problems li").first.wait_for(state="detached")
    assert "claim: muscle-rest" in code(page)
    find(page, "range: [1.6")
    page.keyboard.press("Backspace")
    page.keyboard.type("7")
    page.locator("#effects").get_by_text("protein-daily").first.wait_for()
    view.fits()
    page.keyboard.press("Control+s")
    page.locator("#state .done").wait_for()
    assert "range: [1.7, 2.2]" in (folder / "parameters.yaml").read_text()
    assert page.locator("#unsaved").inner_text() == ""
    effects = page.locator("#effects").inner_text()
    assert ("Nothing changed yet" if language == "en" else "Nog niets veranderd") in effects
    assert "protein-daily" not in effects
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.code')") is None
    page.locator("#state button").click()
    page.wait_for_load_state()
    assert "range: [1.6, 2.2]" in (folder / "parameters.yaml").read_text()


def test_names_are_proposed_explained_and_followed(workshop: Server, visit: Callable[..., Visit]) -> None:
    view = visit(f"{workshop.url}/en/edit/parameters.yaml?line=36")
    page = view.page
    text_of(page).click()
    find(page, "claim: sleep-duration")
    for _ in "duration":
        page.keyboard.press("Backspace")
    page.keyboard.type("d")
    page.get_by_role("option", name="sleep-duration").first.click()
    page.locator("#problems").get_by_text("All is well").wait_for()
    line = page.locator(".cm-line", has_text="claim: sleep-duration")
    line.hover(position={"x": 140, "y": 8})
    page.locator(".about").get_by_text("Defined in claims/recovery.yaml").wait_for()
    assert view.violations() == []
    page.locator(".about a").click()
    page.wait_for_url("**/claims/recovery.yaml?line=*")
    page.go_back()
    line.click(position={"x": 140, "y": 8})
    page.keyboard.press("Alt+Enter")
    page.wait_for_url("**/claims/recovery.yaml?line=*")


@pytest.mark.parametrize("width", [360])
@pytest.mark.usefixtures("_own_cache")
def test_what_was_typed_outlives_the_page_and_the_server(
    visit: Callable[..., Visit], folder: Path, width: int
) -> None:
    with serving(str(folder), "--no-browser", command="studio") as first:
        port = first.port
        view = visit(f"{first.url}/en/edit/facts.yaml", width)
        page = view.page
        text_of(page).click()
        page.keyboard.press(FIRST)
        page.keyboard.type("# not lost\n")
        page.locator("#problems").wait_for()
        others = [visit(f"{first.url}/en/{at}", width) for at in OTHERS]
        form, verdict, asked = (other.page for other in others)
        form.get_by_label("Up to and including").fill("2.4")
        verdict.get_by_label("It says the opposite").check()
        verdict.get_by_label("Checked by").fill("Ann")
        asked.get_by_label("build muscle").check()
        first.end()
    page.keyboard.type("# nor this\n")
    page.keyboard.press("Control+s")
    page.locator("#state").get_by_text("cannot be reached").wait_for()
    page.locator("#effects .waiting, #effects.waiting").wait_for(state="detached")
    assert "Finding out" not in page.locator("#effects").inner_text()
    with serving(str(folder), "--no-browser", "--port", str(port), command="studio") as second:
        page.goto(f"{second.url}/nl/edit/facts.yaml")
        page.get_by_role("button", name="Ga verder met wat ik typte").wait_for()
        view.fits()
        page.get_by_role("button", name="Ga verder met wat ik typte").click()
        assert code(page).startswith("# not lost\n# nor this\n")
        page.keyboard.press("Control+s")
        page.locator("#state .done").wait_for()
        assert (folder / "facts.yaml").read_text().startswith("# not lost\n# nor this\n")
        page.reload()
        text_of(page).wait_for()
        assert not page.locator("#draft").is_visible()
        text_of(page).click()
        page.keyboard.type("x")
        page.reload()
        page.get_by_role("button", name="Neem wat is opgeslagen").click()
        assert code(page) == (folder / "facts.yaml").read_text()
        _goes_on_without_yaml(form, second, folder)
        verdict.reload()
        verdict.get_by_role("button", name="Go on with what I typed").click()
        assert verdict.get_by_label("It says the opposite").is_checked()
        assert verdict.get_by_label("Checked by").input_value() == "Ann"
        asked.keyboard.press("Enter")
        asked.wait_for_url("**goal=muscle_gain**")
        for left in (view, *others):
            left.page.goto("about:blank")
            left.complaints.clear()  # of the server that was not there


#: A form without YAML, one for a verdict, and an interview.
OTHERS = ("edit-form/parameter/protein_dose", "evidence/verdict/protein-daily-dose/1", "advice")


def _goes_on_without_yaml(page: Page, studio: Server, folder: Path) -> None:
    """What was typed in one language is there in the other, until it is saved."""
    page.goto(f"{studio.url}/nl/{OTHERS[0]}")
    page.get_by_role("button", name="Ga verder met wat ik typte").click()
    assert page.get_by_label("Tot en met").input_value() == "2.4"
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    assert page.get_by_label("Tot en met").input_value() == "2,4"
    page.reload()
    page.goto(f"{studio.url}/en/{OTHERS[0]}")
    page.get_by_role("button", name="Go on with what I typed").click()
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved in parameters.yaml").wait_for()
    assert "range: [1.6, 2.4]" in (folder / "parameters.yaml").read_text()
    page.reload()
    assert not page.locator("#draft").is_visible()
    page.get_by_label("From", exact=True).fill("1.9")
    page.reload()
    page.get_by_role("button", name="Take what is saved").click()
    assert page.get_by_label("From", exact=True).input_value() == "1.6"


@pytest.mark.parametrize("width", [1200])
def test_two_who_edit_one_file_both_keep_what_they_wrote(
    workshop: Server, folder: Path, visit: Callable[..., Visit], width: int
) -> None:
    address = f"{workshop.url}/en/edit/parameters.yaml"
    one, other = visit(address, width), visit(address, width)
    for view, old, new in ((one, "range: [7, 9", "8"), (other, "range: [60, 90", "5")):
        text_of(view.page).click()
        find(view.page, old)
        view.page.keyboard.press("Backspace")
        view.page.keyboard.type(new)
        assert f"{old[:-1]}{new}]" in code(view.page)
    one.page.keyboard.press("Control+s")
    one.page.locator("#state .done").wait_for()
    other.page.keyboard.press("Control+s")
    other.page.get_by_role("heading", name="parameters.yaml has changed in the meantime").wait_for()
    other.fits()
    other.keep("conflict")
    other.page.get_by_role("button", name="Go on with both").click()
    text_of(other.page).wait_for()
    ranges = [line.strip() for line in code(other.page).splitlines() if "range: [" in line]
    assert ranges[4] == "range: [7, 8]" and ranges[-1] == "range: [60, 95]"
    other.page.get_by_role("button", name="Save").click()
    other.page.locator("#state .done").wait_for()
    saved = (folder / "parameters.yaml").read_text()
    assert "range: [7, 8]" in saved and "range: [60, 95]" in saved
    other.complaints.clear()  # of the answer 409


@pytest.mark.parametrize("width", [360])
def test_all_of_it_works_without_scripts(
    browser: Browser, workshop: Server, folder: Path, width: int
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{workshop.url}/en/edit")
    page.get_by_role("link", name="parameters.yaml").click()
    field = page.get_by_label("Text of parameters.yaml")
    field.fill(field.input_value().replace("claim: muscle-rest", "claim: muscle-rust"))
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is 1 error in this text").wait_for()
    page.get_by_role("button", name="Write “muscle-rest”").click()
    page.get_by_label("Text of").fill(page.get_by_label("Text of").input_value().replace("[7, 9]", "[7, 8]"))
    page.get_by_role("button", name="What changes?").click()
    page.get_by_text("sleep").first.wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Put back what was there").click()
    assert "[7, 9]" in (folder / "parameters.yaml").read_text()
    context.close()


@pytest.mark.parametrize(("language", "width"), [("nl", 360), ("en", 1200)])
def test_a_number_is_changed_without_yaml(
    workshop: Server, folder: Path, visit: Callable[..., Visit], language: str, width: int
) -> None:
    view = visit(f"{workshop.url}/{language}/parameters/protein_dose.html", width)
    page = view.page
    page.get_by_role("link", name="YAML").click()
    field = page.locator("input:not([type=hidden])").first
    field.fill("veel")
    page.locator("button[value=check]").click()
    page.get_by_role("alert").first.wait_for()
    view.fits()
    assert field.get_attribute("aria-invalid") == "true"
    assert field.evaluate("field => field === document.activeElement")
    field.fill("1,8" if language == "nl" else "1.8")
    page.keyboard.press("Enter")
    page.locator("#preview .verdict.bad").wait_for()
    page.locator("#preview").get_by_text("1,8" if language == "nl" else "1.8").first.wait_for()
    view.fits()
    if language == "en":
        view.keep("edit-form")
    page.locator("button[value=save]").press("Enter")
    page.wait_for_url("**?saved=*")
    view.fits()
    assert "range: [1.8, 2.2]" in (folder / "parameters.yaml").read_text()
    for form in ("claim/protein-daily-dose", "rule/protein-daily"):
        page.goto(f"{workshop.url}/{language}/edit-form/{form}")
        view.fits()
    page.goto(f"{workshop.url}/{language}/edit-history/parameters.yaml")
    view.fits()
    page.goto(f"{workshop.url}/{language}/edit")
    view.fits()
    view.complaints.clear()  # of the answer 422
