"""The rules in plain language: found, read, and followed to where they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.http.server import Server
from wellfounded.interfaces.studio.rules.words import rules_words

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit


def test_from_what_is_typed_to_a_number_and_where_it_is_defined(
    visit: Callable[..., Visit], studio: Server
) -> None:
    view = visit(studio, "search.html")
    page, said = view.page, rules_words(view.language)
    page.wait_for_function("document.activeElement.id == 'query'")  # nobody has to go to the field
    page.keyboard.type(view.says("eiwit 1,6", "protein 1.6"))
    page.wait_for_url(view.says("**/search.html?q=eiwit+1%2C6", "**/search.html?q=protein+1.6"))
    page.wait_for_function("document.querySelector('#found [role=status]').innerText")
    dose = view.says("1,6–2,2 g per kg lichaamsgewicht per dag", "1.6–2.2 g per kg of body weight a day")
    view.follow(dose)
    view.comes_to("/parameters/protein_dose.html")
    view.follow(said["edit_here"])
    view.comes_to("/edit/parameters.yaml?line=")
    page.locator(".cm-activeLine").get_by_text("protein_dose:").wait_for()
    view.go_back()
    view.go_back()
    assert page.locator("#query").input_value() == view.says("eiwit 1,6", "protein 1.6")
    view.change_language()
    view.comes_to("search.html?q=")
    assert page.locator("#query").input_value() == view.says("protein 1.6", "eiwit 1,6")


def test_a_rule_leads_to_its_claims_and_their_references(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, "recommendations/protein-daily.html")
    page = view.page
    page.locator("main a[href*='/rules/']").first.click()
    page.locator("main a[href*='/claims/protein-daily-dose.html']").first.click()
    page.locator("main a[href*='/references/']").first.click()
    view.follow(rules_words(view.language)["falls"])
    view.comes_to(f"/{view.language}/evidence/withdraw/")
