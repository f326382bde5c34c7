"""Advice in a browser: from the first question to the sheet that goes home."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.studio.test_every_page import ANSWERS
from tests.http.server import Server
from wellfounded.interfaces.interview_words import words as interview_words
from wellfounded.interfaces.studio.advice.words import advice_words

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit


def night(view: Visit, hours: str) -> str:
    """An answer to how long somebody sleeps."""
    return view.says(f"{hours} uur per nacht", f"{hours.replace(',', '.')} hours a night")


def slept(view: Visit, hours: str) -> str:
    """The same as it is listed among the answers."""
    return f"{view.says('slaap per nacht', 'sleep per night')} {night(view, hours)}"


def test_an_interview_by_keyboard(visit: Callable[..., Visit], studio: Server) -> None:
    """The next question has the focus after each answer, and the page is never loaded anew."""
    view = visit(studio, "advice")
    page, press, said = view.page, view.page.keyboard.press, advice_words(view.language)
    news = interview_words(view.language)["given"]
    page.evaluate("window.same = true")
    page.get_by_label(view.says("spiermassa opbouwen", "build muscle")).focus()
    press("Space")
    press("Enter")
    view.sees(news.format(titles=view.says("Heb geduld", "Be patient")))
    page.wait_for_function("document.activeElement.name == 'healthy'")
    press("Space")
    page.get_by_label(view.says("Hoe oud ben je?", "How old are you?")).focus()
    page.keyboard.type("thirty")
    press("Enter")
    view.sees(view.says("“thirty” is geen getal", "“thirty” is not a number"))
    page.wait_for_function("document.activeElement.name == 'age'")
    press("Control+A")
    page.keyboard.type("30")
    press("Enter")
    trains = view.says("Krachttraining", "Resistance training")
    view.sees(news.format(titles=trains).rstrip("."))
    if view.width > 360:
        view.keep("advice")
    name = f"{said['do_not_know']}: {trains.lower()}"
    page.get_by_role("button", name=name, exact=True).press("Enter")
    view.sees(f"{trains.lower()} {said['not_known']}")
    assert page.evaluate("window.same") is True
    view.comes_to("age=30", "not-known=resistance_training")


def test_answers_are_changed_taken_back_and_gone_back_to(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, f"advice?{ANSWERS}")
    page, said = view.page, advice_words(view.language)
    sleep = view.says("slaap per nacht", "sleep per night")
    view.sees(slept(view, "6")).click()
    asks = view.says("Hoeveel uur slaap", "How many hours do you sleep")
    page.get_by_label(asks).fill(view.says("8,5 uur", "8.5 hours"))
    view.press(f"{said['save_change']}: {sleep}")
    changed = view.says("Slaap (zo houden)", "Sleep (keep)")
    view.sees(interview_words(view.language)["changed"].format(titles=changed))
    if view.width == 360:
        view.keep("advice")
    view.change_language()
    view.sees(slept(view, "8,5"))
    view.go_back()
    view.sees(slept(view, "8,5")).click()
    view.press(f"{said['take_back']}: {sleep}")
    page.wait_for_url(lambda url: "&sleep_duration" not in url and "was-sleep_duration=8" in url)
    view.go_back()
    view.sees(slept(view, "8,5"))
    page.reload()
    view.sees(slept(view, "8,5"))


def test_from_advice_to_why_and_what_would_change_it(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, f"advice?{ANSWERS}")
    page, said = view.page, advice_words(view.language)
    view.follow(f"{said['why']}: {view.says('Slaap', 'Sleep')}")
    assert page.locator("figure svg[role=graphics-document]").count() == 1
    view.sees(said["sources_title"])
    page.emulate_media(media="print")  # on paper nobody scrolls, or opens what is closed
    assert page.locator("figure svg").evaluate("drawn => drawn.getBoundingClientRect().width <= innerWidth")
    assert page.locator(".tree li").first.is_visible()
    assert not page.get_by_role("heading", name=said["what_if"], exact=True).is_visible()
    page.emulate_media(media="null")
    view.follow(said["find_keep"])
    instead = view.says("slaap per nacht: {} in plaats van {}", "sleep per night: {} instead of {}")
    view.sees(instead.format(night(view, "7"), night(view, "6")))
    page.locator("input[name='if.sleep_duration']").fill("9")
    view.press(said["see"])
    view.sees(instead.format(night(view, "9"), night(view, "6")))
    page.evaluate("window.scrollTo(0, 0)")
    view.keep("why")
    view.follow(said["take_over"])
    view.sees(slept(view, "9"))


def test_two_people_are_compared(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, f"advice?{ANSWERS}")
    said = advice_words(view.language)
    view.follow(said["compare"])
    view.sees(said["no_differences"])
    view.fill(f"{view.says('leeftijd', 'age')}, {said['other']}", "12")
    view.press(said["compare_button"])
    view.sees(f"{said['through']}: {view.says('leeftijd', 'age')}")
    view.fits()
    view.change_language()
    said = advice_words(view.language)
    view.sees(f"{said['through']}: {view.says('leeftijd', 'age')}")
    sleep = view.says("Slaap", "Sleep")
    view.follow(f"{said['why_not']}: {sleep}, {said['other']}")
    assert view.page.get_by_role("heading", level=1).inner_text().startswith(sleep)
    view.comes_to("age=12")
    view.go_back()
    view.go_back()
    view.go_back()
    view.sees(advice_words(view.language)["no_differences"])


def test_advice_is_taken_home(visit: Callable[..., Visit], studio: Server, tmp_path: Path) -> None:
    """On paper and as a file, which is opened again."""
    view = visit(studio, f"advice?{ANSWERS}&not-known=load")
    page, said = view.page, advice_words(view.language)
    view.follow(said["print"])
    printed = page.pdf(prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed))
    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {(595, 842)}
    assert printed.count(b"/Type /Page\n") in range(1, 7)
    page.emulate_media(media="print")
    seen = page.inner_text("body")
    assert said["print_how"] not in seen and said["back_to_advice"] not in seen
    assert "muscle-gain 1.0.0" in seen and view.says("geen medisch advies", "not medical advice") in seen
    page.emulate_media(media="screen")
    view.follow(f"‹ {said['back_to_advice']}")

    file = tmp_path / f"{said['file_name']}.yaml"
    file.write_bytes(view.save(said["save_file"]).read_bytes())
    view.follow(said["start_again"])
    page.get_by_label(said["open_file"]).set_input_files(file)
    view.press(said["open"])
    view.sees(slept(view, "6"))
    view.comes_to("not-known=load")
    file.write_text("age: 30\nsleep_duration: 99\n", encoding="utf-8")
    page.get_by_label(said["open_file"]).set_input_files(file)
    view.press(said["open"])
    view.sees(said["at_line"].format(line=2, problem=""))
    view.sees(slept(view, "6"))
    view.fits()
    view.refused(422)


def test_all_of_it_works_without_scripts(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, "advice", scripts=False)
    said = advice_words(view.language)
    view.page.get_by_label(view.says("spiermassa opbouwen", "build muscle")).check()
    view.fill(view.says("Hoe oud ben je?", "How old are you?"), "30").press("Enter")
    titles = view.says("Heb geduld", "Be patient")
    view.sees(interview_words(view.language)["given"].format(titles=titles))
    healthy = view.says("goede gezondheid", "good health")
    view.press(f"{said['do_not_know']}: {healthy}")
    view.sees(f"{healthy} {said['not_known']}")
    view.comes_to("age=30")
