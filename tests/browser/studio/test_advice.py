"""Advice in a browser: from the first question to the sheet that goes home."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attempts import ATTEMPTS
from tests.browser.studio.conftest import WIDTHS
from tests.http.server import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.studio.visit import Visit

ANSWERS = "goal=muscle_gain&age=30&healthy=yes&resistance_training=yes&body_mass=176 lb&sleep_duration=6"
ONE = "&".join(f"a.{answer}" for answer in ANSWERS.split("&"))
OTHER = "&".join(f"b.{answer}" for answer in ANSWERS.replace("tion=6", "tion=8").split("&"))
STATES = (
    "advice",
    f"advice?{ANSWERS}&was-sleep_duration=&not-known=load",
    f"advice?{ANSWERS}&load=abc&was-load=&no_such=1&min-support=much",
    f"advice/sheet?{ANSWERS}",
    f"why/sleep-duration?{ANSWERS}&what-would=keep&if.sleep_duration=8",
    f"why/testosterone-booster?{ANSWERS}",
    f"why/creatine?{ANSWERS}&if.age=999",
    f"compare?{ONE}&{OTHER}",
    f"compare/versions?{ANSWERS}",
)


@pytest.mark.parametrize(("language", "scheme", "width"), [("nl", "light", 360), ("en", "dark", 1200)])
def test_every_page_can_be_read_by_everybody(
    visit: Callable[..., Visit], studio: Server, language: str, scheme: str, width: int
) -> None:
    """Looked at as a whole in one width, and whether it fits in the other."""
    view = visit(f"{studio.url}/{language}/advice", width, scheme)
    for state in STATES:
        view.page.goto(f"{studio.url}/{language}/{state}")
        assert ("medisch advies" if language == "nl" else "medical advice") in view.text()
        if scheme == "dark":  # in one of the two, since there is much in them
            view.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        view.fits()
        view.page.set_viewport_size({"width": sum(WIDTHS) - width, "height": 900})
        assert view.overflow() <= 0
        view.page.set_viewport_size({"width": width, "height": 900})


def test_an_interview_by_keyboard(visit: Callable[..., Visit], studio: Server) -> None:
    """The next question has the focus after each answer, and the page is never loaded anew."""
    view = visit(f"{studio.url}/en/advice")
    page, press = view.page, view.page.keyboard.press
    page.evaluate("window.same = true")
    page.get_by_label("build muscle").focus()
    press("Space")
    press("Enter")
    page.get_by_text("New advice: Be patient.").wait_for()
    page.wait_for_function("document.activeElement.name == 'healthy'")
    press("Space")
    page.get_by_label("How old are you?").focus()
    page.keyboard.type("thirty")
    press("Enter")
    page.get_by_role("alert").get_by_text("“thirty” is not a number").wait_for()
    page.wait_for_function("document.activeElement.name == 'age'")
    press("Control+A")
    page.keyboard.type("30")
    press("Enter")
    page.get_by_text("New advice: Resistance training").wait_for()
    view.keep("advice")
    page.get_by_role("button", name="I don’t know: resistance training").press("Enter")
    page.get_by_text("resistance training you do not know").wait_for()
    assert page.evaluate("window.same") is True
    assert "age=30" in page.url and "not-known=resistance_training" in page.url


def test_answers_are_changed_taken_back_and_gone_back_to(
    visit: Callable[..., Visit], studio: Server, width: int
) -> None:
    view = visit(f"{studio.url}/nl/advice?{ANSWERS}", width)
    page = view.page
    page.get_by_text("slaap per nacht 6 uur per nacht").click()
    page.get_by_label("Hoeveel uur slaap").fill("8,5 uur")
    page.get_by_role("button", name="Bewaar deze verandering: slaap per nacht").click()
    page.get_by_text("Nu anders: Slaap (zo houden)").wait_for()
    if width < WIDTHS[0]:
        view.keep("advice")
    page.get_by_role("link", name="English").click()
    page.get_by_text("sleep per night 8.5 hours a night").wait_for()
    page.go_back()
    page.get_by_text("slaap per nacht 8,5 uur per nacht").click()
    page.get_by_role("button", name="Haal dit antwoord weg: slaap per nacht").click()
    page.wait_for_url(lambda url: "&sleep_duration" not in url and "was-sleep_duration=8.5" in url)
    page.go_back()
    page.get_by_text("slaap per nacht 8,5 uur per nacht").wait_for()
    page.reload()
    page.get_by_text("slaap per nacht 8,5 uur per nacht").wait_for()


def test_from_advice_to_why_and_to_another_person(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(f"{studio.url}/en/advice?{ANSWERS}")
    page = view.page
    page.get_by_role("link", name="How we come to this: Sleep").click()
    assert page.locator("figure svg[role=graphics-document]").count() == 1
    page.get_by_role("link", name="What has to be different for this to stay as it is?").click()
    page.get_by_text("sleep per night: 7 hours a night instead of 6 hours a night").wait_for()
    page.locator("input[name='if.sleep_duration']").fill("9")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("sleep per night: 9 hours a night instead of 6 hours a night").wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    view.keep("why")
    page.get_by_role("link", name="Use this in my answers").click()
    page.get_by_text("sleep per night 9 hours a night").wait_for()
    page.get_by_role("link", name="Compare with somebody like this, but…").click()
    page.get_by_label("age, The other person").fill("12")
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("Because of: age").first.wait_for()
    page.go_back()
    page.get_by_text("Both are given the same advice.").wait_for()


def test_a_file_is_saved_and_opened(visit: Callable[..., Visit], studio: Server, tmp_path: Path) -> None:
    view = visit(f"{studio.url}/en/advice?{ANSWERS}&not-known=load")
    page = view.page
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a file").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    page.get_by_role("link", name="Start again").click()
    page.get_by_label("Open a file").set_input_files(file)
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text("sleep per night 6 hours a night").wait_for()
    assert "not-known=load" in page.url
    file.write_text("age: 30\nsleep_duration: 99\n", encoding="utf-8")
    page.get_by_label("Open a file").set_input_files(file)
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text("Line 2:").wait_for()
    page.get_by_text("sleep per night 6 hours a night").wait_for()
    view.fits()
    view.complaints.clear()  # of the answer that says the file is wrong


def test_the_sheet_is_printed_on_a4(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(f"{studio.url}/nl/advice/sheet?{ANSWERS}")
    printed = view.page.pdf(prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed))
    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {(595, 842)}
    assert printed.count(b"/Type /Page\n") in range(1, 7)
    view.page.emulate_media(media="print")
    seen = view.page.inner_text("body")
    assert "Druk af" not in seen and "Bewerken" not in seen and "Terug" not in seen
    assert "muscle-gain 1.0.0" in seen and "geen medisch advies" in seen


def test_all_of_it_works_without_scripts(browser: Browser, studio: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{studio.url}/en/advice")
    page.get_by_label("build muscle").check()
    page.get_by_label("How old are you?").fill("30")
    page.get_by_label("How old are you?").press("Enter")
    page.get_by_text("New advice: Be patient.").wait_for()
    page.get_by_role("button", name="I don’t know: good health").click()
    page.get_by_text("good health you do not know").wait_for()
    assert "age=30" in page.url
    context.close()


def test_hostile_texts_of_a_knowledge_base_stay_text(visit: Callable[..., Visit], tmp_path: Path) -> None:
    attempts = " ".join(ATTEMPTS).replace("\\", "\\\\").replace('"', '\\"')
    written = (Path(__file__).parents[1] / "hostile.yaml").read_text(encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(written.replace("PLACE", attempts), encoding="utf-8")
    with serving(str(tmp_path), "--no-browser", command="studio") as server:
        view = visit(f"{server.url}/en/advice?wet=yes", 360)
        for place in (
            "advice?wet=yes&was-wet=no",
            "advice",
            "advice/sheet?wet=yes",
            "why/topic-1?wet=yes&what-would=gone&if.wet=no",
            "compare?a.wet=yes&b.wet=no",
        ):
            view.page.goto(f"{server.url}/en/{place}")
            view.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
            view.fits()
            assert view.page.evaluate("window.ran") is None
            assert view.page.query_selector_all("main script, main img, b, [onfocus], [onmouseover]") == []
