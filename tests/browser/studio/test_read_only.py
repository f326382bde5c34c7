"""Where nobody may change anything, everything can be read, and nothing offers to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.http.server import Server
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.interfaces.studio.evidence.words import evidence_words
from wellfounded.interfaces.studio.rules.words import rules_words
from wellfounded.interfaces.studio.words import words

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit


def test_all_is_read_and_nothing_written(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, "parameters/protein_dose.html")
    page, said = view.page, rules_words(view.language)
    view.sees(words(view.language)["read_only"])
    assert page.get_by_role("link", name=said["edit_form"]).count() == 0
    view.follow(said["edit_here"])
    view.sees(edit_words(view.language)["read_only"])
    if page.locator(".cm-content").count():
        page.locator(".cm-content").click()
    page.keyboard.type("x")
    assert page.locator("form").count() == 0
    assert page.locator("#text").input_value().startswith("# The parameters")
    view.fits()
    view.to("evidence/verdict/protein-daily-dose/1")
    view.sees(evidence_words(view.language)["read_only"])
    assert page.locator("main form").count() == 0
    view.fits()
    view.to("edit-form/parameter/protein_dose")
    view.sees(words(view.language)["error_403"])
    view.refused(403)
