"""What stands behind the advice: found, followed, and judged anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.http.server import Server
from wellfounded.interfaces.audit_words import words_in
from wellfounded.interfaces.studio.evidence.words import evidence_words

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit


def supports(view: Visit) -> tuple[str, str]:
    """What is said of a citation that supports its claim in part, and of one of which that is not known."""
    words = words_in(view.language)
    return words["support_partly"], words["support_not-established"]


def test_the_matrix_shows_what_is_chosen_and_goes_back(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, "evidence")
    page = view.page
    view.keep("evidence")
    partly, unknown = supports(view)
    page.get_by_label(partly).check()
    page.wait_for_url("**/evidence?support=partly")
    page.get_by_role("link", name=unknown).first.wait_for(state="detached")
    assert page.get_by_label(partly).evaluate("box => box === document.activeElement")
    view.change_language()
    partly, _ = supports(view)
    assert page.get_by_label(partly).is_checked()
    adult = view.says("Ben je volwassen en gezond", "If you are a healthy adult")
    page.get_by_role("link", name=f"{partly} {adult}").first.click()
    view.comes_to(f"/{view.language}/claims/protein-daily-dose.html")
    view.go_back()
    assert page.get_by_label(partly).is_checked()


def test_what_falls_with_a_reference_and_what_is_due(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, "evidence")
    page, said = view.page, evidence_words(view.language)
    view.follow(said["withdraw"])
    page.locator("main a[href$='withdraw/3']").first.click()
    title = view.says("Eiwit per dag", "Protein per day")
    view.sees(title)
    page.get_by_label(said["min_support"]).select_option("supports")
    view.press(said["show"])
    page.wait_for_url("**/evidence/withdraw/3?min-support=supports")
    view.follow(said["other_reference"])
    view.follow(said["due"])
    page.get_by_label(said["on"]).fill("2029-01-01")
    view.press(said["show"])
    page.wait_for_url("**/evidence/due?on=2029-01-01")
    view.sees("2029")
    view.follow(said["matrix"])
    assert view.save(said["as_csv"]).read_text(encoding="utf-8-sig").startswith("reference,support,")


def test_a_verdict_is_recorded_with_reason_and_name(
    workshop: Server, folder: Path, visit: Callable[..., Visit]
) -> None:
    """With the keyboard alone, and while somebody else has the same form open; then it is put back."""
    view, other = (visit(workshop, "evidence/verdict/protein-daily-dose/1") for _ in range(2))
    file, page, said = folder / "claims/protein.yaml", view.page, evidence_words(view.language)
    before = file.read_text()
    page.get_by_label(said["support_partly"]).focus()
    page.keyboard.press("ArrowDown")
    page.locator("textarea[lang=nl]").fill("Onderzoek alleen zegt dit niet.")
    page.locator("textarea[lang=en]").fill("Trials alone do not say it.")
    view.fill(said["by"], "Anna de Vries")
    page.keyboard.press("Enter")
    partly, unknown = supports(view)
    title = view.says("Eiwit per dag", "Protein per day")
    view.sees(said["effect"].format(title=title, before=partly, after=unknown))
    view.sees(said["passes"])
    view.fits()
    view.keep("verdict")
    page.get_by_role("button", name=said["save"], exact=True).press("Enter")
    view.sees(said["saved"].format(file="claims/protein.yaml"))
    view.fits()
    assert "Trials alone do not say it." in file.read_text()

    page = other.page
    page.get_by_label(said["support_contradicts"]).check()
    other.fill(said["by"], "Bram")
    other.press(said["check"])
    other.sees(said["conflict"].format(file="claims/protein.yaml"))
    other.fits()
    assert page.get_by_label(said["by"]).input_value() == "Bram"
    assert page.get_by_label(said["support_contradicts"]).is_checked()
    other.refused(409)

    view.press(said["undo"])
    view.sees(said["put_back"].format(file="claims/protein.yaml"))
    assert file.read_text() == before
