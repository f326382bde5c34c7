"""What somebody types and does not save is there again, whatever becomes of the page and of the server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.studio.editor import NEEDS_SCRIPTS, begin_with, code, text_of
from tests.http.server import Server, serving
from wellfounded.interfaces.studio.edit.form_words import KEYS, form_words
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.interfaces.studio.evidence.words import evidence_words
from wellfounded.interfaces.studio.words import words

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit

#: A form without YAML, one for a verdict, and an interview.
OTHERS = ("edit-form/parameter/protein_dose", "evidence/verdict/protein-daily-dose/1", "advice")


@NEEDS_SCRIPTS
@pytest.mark.usefixtures("_own_cache")
def test_what_was_typed_outlives_the_page_and_the_server(folder: Path, visit: Callable[..., Visit]) -> None:
    with serving(str(folder), "--no-browser", command="studio") as first:
        port = first.port
        view = visit(first, "edit/facts.yaml")
        said, found = edit_words(view.language), evidence_words(view.language)
        begin_with(view.page, "# not lost\n")
        form, verdict, asked = others = [visit(first, at) for at in OTHERS]
        form.fill(KEYS[form.language]["range 2"], form.says("2,4", "2.4"))
        verdict.page.get_by_label(found["support_contradicts"]).check()
        verdict.fill(found["by"], "Ann")
        asked.page.get_by_label(asked.says("spiermassa opbouwen", "build muscle")).check()
        first.process.kill()
        first.process.join()
    view.page.keyboard.type("# nor this\n")
    view.page.keyboard.press("Control+s")
    view.page.locator("#state").get_by_text(said["save_failed"]).wait_for()
    view.page.locator("#effects").get_by_text(said["effects_lost"]).wait_for()
    asked.page.keyboard.press("Enter")
    asked.page.get_by_role("alert").get_by_text(words(asked.language)["lost"]).wait_for()
    with serving(str(folder), "--no-browser", "--port", str(port), command="studio"):
        _the_file_goes_on(view, folder / "facts.yaml")
        _the_form_goes_on(form, folder / "parameters.yaml")
        verdict.page.reload()
        verdict.press(words(verdict.language)["draft_go"])
        assert verdict.page.get_by_label(found["support_contradicts"]).is_checked()
        assert verdict.page.get_by_label(found["by"]).input_value() == "Ann"
        asked.page.keyboard.press("Enter")
        asked.page.wait_for_url("**goal=muscle_gain**")
        for left in (view, *others):
            left.complaints.clear()  # of the server that was not there
            left.close()


@NEEDS_SCRIPTS
def test_each_tab_keeps_what_was_typed_in_it(workshop: Server, visit: Callable[..., Visit]) -> None:
    view = visit(workshop, "edit/facts.yaml")
    with view.page.context.new_page() as other:
        other.goto(view.page.url)
        begin_with(view.page, "# one\n")
        begin_with(other, "# other\n")
        other.keyboard.press("Control+s")
        other.locator("#state .done").wait_for()
    view.page.reload()
    view.press(words(view.language)["draft_go"])
    assert code(view.page).startswith("# one\n")
    with view.page.context.new_page() as third:  # as if the first had been closed
        third.goto(view.page.url)
        third.get_by_role("button", name=words(view.language)["draft_go"]).click()
        assert code(third).startswith("# one\n")


def _the_file_goes_on(view: Visit, file: Path) -> None:
    """Opened in the other language, too."""
    page = view.page
    view.language = view.says("en", "nl")
    view.to("edit/facts.yaml")
    said = words(view.language)
    page.get_by_role("button", name=said["draft_go"]).wait_for()
    view.fits()
    view.press(said["draft_go"])
    assert code(page).startswith("# not lost\n# nor this\n")
    page.keyboard.press("Control+s")
    page.locator("#state .done").wait_for()
    assert file.read_text().startswith("# not lost\n# nor this\n")
    page.reload()
    text_of(page).wait_for()
    assert not page.locator("#draft").is_visible()
    text_of(page).click()
    page.keyboard.type("x")
    page.reload()
    view.press(said["draft_drop"])
    assert code(page) == file.read_text()


def _the_form_goes_on(view: Visit, file: Path) -> None:
    """What was typed in one language is there in the other, as that writes it, until it is saved."""
    page, wanted = view.page, view.says("2,4", "2.4")
    view.language = view.says("en", "nl")
    said, keys = form_words(view.language), KEYS[view.language]
    high, low = (page.get_by_label(keys[f"range {end}"], exact=True) for end in (2, 1))
    view.to(OTHERS[0])
    view.press(words(view.language)["draft_go"])
    assert high.input_value() == wanted
    view.press(said["form_check"])
    view.press(said["form_save"])
    view.sees(said["form_saved"].format(file="parameters.yaml"))
    assert "range: [1.6, 2.4]" in file.read_text()
    assert high.input_value() == view.says("2,4", "2.4")
    view.go_back()  # to what it would do
    page.get_by_role("button", name=said["form_save"], exact=True).wait_for()
    view.to(OTHERS[0])
    assert not page.locator("#draft").is_visible()
    low.fill("1")
    page.reload()
    view.press(words(view.language)["draft_drop"])
    assert low.input_value() == view.says("1,6", "1.6")
