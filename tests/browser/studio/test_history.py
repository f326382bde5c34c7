"""Rules in a git checkout: changed, held against what was, committed, and gone back to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.studio.test_every_page import ANSWERS
from tests.http.server import Server
from wellfounded.interfaces.studio.advice.words import advice_words
from wellfounded.interfaces.studio.edit.form_words import KEYS, form_words
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.load.running_git import run_git

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit


def committed(folder: Path) -> None:
    """The folder is a checkout from now on, and git knows nobody."""
    who = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org")
    nobody = ("config", "user.name", "")  # whoever this machine belongs to
    for words in (("init", "-q"), nobody, ("add", "."), (*who, "commit", "-qm", "As it was")):
        assert run_git(folder, *words).returncode == 0


def test_a_change_is_seen_committed_and_taken_back(
    workshop: Server, folder: Path, visit: Callable[..., Visit]
) -> None:
    committed(folder)
    file = folder / "parameters.yaml"
    before = file.read_text()
    view = visit(workshop, "edit-form/parameter/sleep_range")
    page, said, words = view.page, advice_words(view.language), edit_words(view.language)
    view.fill(KEYS[view.language]["range 1"], "5")
    view.press(form_words(view.language)["form_check"])
    view.press(form_words(view.language)["form_save"])
    page.wait_for_url("**?saved=*")

    view.to(f"advice?{ANSWERS}")
    view.follow(said["compare_versions"])
    view.fill(said["revision"], "no-such")
    view.press(said["compare_button"])
    view.sees(said["revision_unknown"].format(written="no-such"))
    view.fits()
    view.refused(422)
    view.fill(said["revision"], "HEAD")
    view.press(said["compare_button"])
    view.sees(said["then_rules"].format(revision="HEAD"))
    title = view.says("Slaap", "Sleep")
    assert title in page.locator(".differences h3").all_inner_texts()
    view.fits()

    view.to("edit")
    view.sees(words["uncommitted"])
    view.fill(words["commit_message"], "Five hours will do")
    view.fill(words["commit_name"], "Bram")
    view.fill(words["commit_mail"], "bram@example.org")
    view.fits()
    view.press(words["commit"])
    made = run_git(folder, "rev-parse", "--short", "HEAD").stdout.decode().strip()
    view.sees(words["commit_done"].format(commit=made))

    view.follow("parameters.yaml")
    view.follow(words["history"])
    view.sees("Five hours will do")
    page.locator("main li", has_text="As it was").get_by_role("link").click()
    page.locator("ins, del").get_by_text("range: [5, 9]").wait_for()
    view.fits()
    view.press(words["version_back"])
    view.press(words["save"])
    page.locator("#state .done").wait_for()
    assert file.read_text() == before
