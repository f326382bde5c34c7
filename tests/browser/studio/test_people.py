"""Many people at once: drawn, read from a file, looked at, filtered and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tests.http.server import Server
from tests.studio.test_people import CSV
from wellfounded.interfaces.studio.people.words import people_words
from wellfounded.interfaces.studio.words import counted

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit


def test_people_are_made_up_narrowed_down_and_saved(visit: Callable[..., Visit], studio: Server) -> None:
    view = visit(studio, "people")
    page, said = view.page, people_words(view.language)
    view.sees(said["sources"]).click()
    view.fill(said["count"], "150")
    view.fill(said["seed"], "7")
    page.keyboard.press("Enter")
    view.sees(f"{said['made_up']}: {counted(said, 'advised', 150)}")
    view.comes_to("made-up=150&seed=7")
    drawn = page.get_by_role("img", name=said["chart"]).bounding_box()
    assert drawn is not None and drawn["width"] > view.width / 2
    view.keep("people")
    swatch = "getComputedStyle(document.querySelector('.swatch')).backgroundColor"
    colour = page.evaluate(swatch)
    page.emulate_media(forced_colors="active")  # as bars of one colour nobody could tell them apart
    assert page.evaluate(swatch) == colour
    page.emulate_media(forced_colors="none")
    view.sees(said["numbers"]).click()
    training = view.says("Krachttraining", "Resistance training")
    cell = page.get_by_role("row", name=training).get_by_role("button").first
    count = cell.inner_text()
    cell.click()
    view.sees(f"({said['shown_of'].format(shown=count, all=150)})")
    chosen = page.get_by_label(said["recommendation"], exact=True).locator("option:checked")
    assert chosen.inner_text() == training
    some = pl.read_parquet(view.save("Parquet"))
    assert some.height == int(count)
    assert pl.read_csv(view.save("CSV")).height == int(count)
    view.go_back()
    view.press(said["next"])
    view.sees(said["page_of"].format(page=2, pages=2))
    assert pl.read_parquet(view.save("Parquet")).height == 150
    link = page.get_by_role("link", name=said["person_number"].format(row=101))
    assert (link.get_attribute("href") or "").startswith(f"/{view.language}/advice?")


def test_a_table_stays_in_the_page_that_shows_it(
    visit: Callable[..., Visit], studio: Server, tmp_path: Path
) -> None:
    view = visit(studio, "people")
    page, said = view.page, people_words(view.language)
    view.sees(said["sources"]).click()
    table = tmp_path / "people.csv"
    table.write_text(CSV, encoding="utf-8")
    page.get_by_label(said["choose"]).set_input_files(table)
    view.press(said["upload"])
    read = f"{counted(said, 'advised', 2)}; {counted(said, 'refused', 1)}"
    view.sees(read)
    view.fits()
    view.follow("Anna")
    page.wait_for_url("**/advice?**")
    view.go_back()
    view.sees(read)
    page.get_by_label(said["recommendation"], exact=True).select_option("other-goal")
    page.locator("fieldset").get_by_role("button", name=said["show"], exact=True).click()
    view.sees(f"{counted(said, 'advised', 1)} ({said['shown_of'].format(shown=1, all=2)})")
    other = people_words(view.says("en", "nl"))
    view.press(said["in_language"].format(language=view.says("Engels", "Dutch")))
    view.sees(f"{counted(other, 'advised', 1)} ({other['shown_of'].format(shown=1, all=2)})")
    assert "Anna" not in page.url
    assert "Bob" in view.save("CSV").read_text()
