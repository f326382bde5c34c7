"""Files edited in a browser: as a nutritionist does it, by keyboard, with and without scripts, not alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.studio.editor import NEEDS_SCRIPTS, code, find, text_of
from tests.http.server import Server
from wellfounded.interfaces.studio.edit.form_words import KEYS, form_words
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.interfaces.studio.rules.words import rules_words
from wellfounded.interfaces.studio.words import counted

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit


@NEEDS_SCRIPTS
def test_a_file_is_mended_and_saved_by_keyboard(
    workshop: Server, folder: Path, visit: Callable[..., Visit]
) -> None:
    view = visit(workshop, "edit/parameters.yaml?line=44")
    page, said = view.page, edit_words(view.language)
    text_of(page).wait_for()
    find(page, "claim: muscle-rest")
    page.keyboard.press("Backspace")
    page.keyboard.type("x")
    problem = page.locator("#problems li").first
    problem.get_by_text("muscle-rest", exact=False).first.wait_for()
    page.locator(".cm-lintRange-error").first.wait_for()
    page.locator("#effects").get_by_text(said["effects_errors"]).wait_for()
    view.fits()
    view.keep("edit")
    problem.get_by_role("link").focus()
    page.keyboard.press("Enter")  # to the place in the text
    page.keyboard.type("muscle-rust")
    page.locator("#problems").get_by_text("muscle-rust").first.wait_for()
    view.press(said["mend"].format(text="muscle-rest"))
    view.sees(said["here_ok"])
    assert "claim: muscle-rest" in code(page)
    find(page, "range: [1.6")
    page.keyboard.press("Backspace")
    page.keyboard.type("7")
    title = view.says("Eiwit per dag", "Protein per day")
    page.locator("#effects").get_by_text(title).first.wait_for()
    view.fits()
    page.keyboard.press("Control+s")
    page.locator("#state .done").wait_for()
    assert "range: [1.7, 2.2]" in (folder / "parameters.yaml").read_text()
    assert page.locator("#unsaved").inner_text() == ""
    effects = page.locator("#effects").inner_text()
    assert said["effects_first"] in effects and title not in effects
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.code')") is None
    view.press(said["undo"])
    view.sees(said["undone"])
    assert "range: [1.6, 2.2]" in (folder / "parameters.yaml").read_text()
    text_of(page).click()
    find(page, "range: [1.6")
    for digit in "12":
        page.keyboard.type(digit)
        page.keyboard.press("Control+s")  # before it is known what came of the one before
    page.locator("#unsaved:empty").wait_for(state="attached")
    assert "range: [1.612, 2.2]" in (folder / "parameters.yaml").read_text()


@NEEDS_SCRIPTS
def test_names_are_proposed_explained_and_followed(workshop: Server, visit: Callable[..., Visit]) -> None:
    view = visit(workshop, "edit/parameters.yaml?line=36")
    page, said = view.page, edit_words(view.language)
    text_of(page).click()
    find(page, "claim: sleep-duration")
    for _ in "duration":
        page.keyboard.press("Backspace")
    page.keyboard.type("d")
    page.get_by_role("option", name="sleep-duration").first.click()
    page.locator("#problems").get_by_text(said["here_ok"]).wait_for()
    line = page.locator(".cm-line", has_text="claim: sleep-duration")
    line.hover(position={"x": 140, "y": 8})
    page.locator(".about").get_by_text(said["follow"].format(name="claims/recovery.yaml")).wait_for()
    view.fits()
    page.locator(".about a").click()
    page.wait_for_url("**/claims/recovery.yaml?line=*")
    view.go_back()
    line.click(position={"x": 140, "y": 8})
    page.keyboard.press("Alt+Enter")
    page.wait_for_url("**/claims/recovery.yaml?line=*")


@NEEDS_SCRIPTS
def test_two_who_edit_one_file_both_keep_what_they_wrote(
    workshop: Server, folder: Path, visit: Callable[..., Visit]
) -> None:
    one, other = (visit(workshop, "edit/parameters.yaml") for _ in range(2))
    said = edit_words(one.language)
    for view, old, new in ((one, "range: [7, 9", "8"), (other, "range: [60, 90", "5")):
        text_of(view.page).click()
        find(view.page, old)
        view.page.keyboard.press("Backspace")
        view.page.keyboard.type(new)
        assert f"{old[:-1]}{new}]" in code(view.page)
    one.page.keyboard.press("Control+s")
    one.page.locator("#state .done").wait_for()
    other.page.keyboard.press("Control+s")
    other.sees(said["conflict"].format(name="parameters.yaml"))
    other.fits()
    other.keep("conflict")
    other.refused(409)
    other.press(said["keep_merged"])
    text_of(other.page).wait_for()
    ranges = [line.strip() for line in code(other.page).splitlines() if "range: [" in line]
    assert ranges[4] == "range: [7, 8]" and ranges[-1] == "range: [60, 95]"
    other.press(said["save"])
    other.page.locator("#state .done").wait_for()
    saved = (folder / "parameters.yaml").read_text()
    assert "range: [7, 8]" in saved and "range: [60, 95]" in saved


def test_all_of_it_works_without_scripts(workshop: Server, folder: Path, visit: Callable[..., Visit]) -> None:
    view = visit(workshop, "edit", scripts=False)
    said = edit_words(view.language)
    view.follow("parameters.yaml")
    field = view.page.get_by_label(said["text"].format(name="parameters.yaml"))
    field.fill(field.input_value().replace("claim: muscle-rest", "claim: muscle-rust"))
    view.press(said["save"])
    view.sees(counted(said, "warn_errors", 1))
    view.refused(422)
    view.press(said["mend"].format(text="muscle-rest"))
    field.fill(field.input_value().replace("[7, 9]", "[7, 8]"))
    view.press(said["effects_button"])
    view.sees(said["effects_intro"])
    view.press(said["save"])
    view.press(said["undo"])
    view.sees(said["undone"])
    assert "[7, 9]" in (folder / "parameters.yaml").read_text()


def test_a_number_is_changed_without_yaml(
    workshop: Server, folder: Path, visit: Callable[..., Visit]
) -> None:
    """With a mistake first, after a look at what changes; then what no scenario notices, and undone."""
    view = visit(workshop, "parameters/protein_dose.html")
    page, said, words = view.page, form_words(view.language), edit_words(view.language)
    view.follow(rules_words(view.language)["edit_form"])
    field = view.fill(KEYS[view.language]["range 1"], view.says("veel", "much"))
    view.press(said["form_check"])
    page.get_by_role("alert").first.wait_for()
    view.fits()
    assert field.get_attribute("aria-invalid") == "true"
    assert field.evaluate("field => field === document.activeElement")
    view.refused(422)
    field.fill(view.says("1,8", "1.8"))
    page.keyboard.press("Enter")
    page.locator("#preview .verdict.bad").wait_for()
    page.locator("#preview").get_by_text(view.says("1,8", "1.8")).first.wait_for()
    view.fits()
    view.keep("edit-form")
    page.get_by_role("button", name=said["form_save"], exact=True).press("Enter")
    view.sees(said["form_saved"].format(file="parameters.yaml"))
    view.fits()
    assert "range: [1.8, 2.2]" in (folder / "parameters.yaml").read_text()
    view.press(words["undo"])
    view.sees(said["form_put_back"].format(file="parameters.yaml"))
    assert "range: [1.6, 2.2]" in (folder / "parameters.yaml").read_text()


def test_what_no_scenario_would_notice_is_asked_for(workshop: Server, visit: Callable[..., Visit]) -> None:
    """From the page of a rule, of that rule alone."""
    view = visit(workshop, "rules/sleep-duration.html")
    said = edit_words(view.language)
    view.follow(rules_words(view.language)["unnoticed"])
    view.press(said["survivors_button"])
    view.sees(said["survivors_none"])
    view.fits()
