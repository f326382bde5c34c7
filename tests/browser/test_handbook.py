"""The handbook in a real browser: everyone can read it, and its search works from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attempts import ATTEMPTS
from tests.command import ran
from tests.conftest import RULES
from wellfounded.interfaces.exit_codes import ExitCode

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.view import View
    from tests.browser.windows import Scheme, Windows

    Visit = Callable[..., View]

#: One page of each kind, among them the longest.
PAGES = (
    "index.html",
    "nl/index.html",
    "en/search.html",
    "nl/recommendations.html",
    "nl/claims.html",
    "en/references.html",
    "nl/parameters.html",
    "nl/recommendations/testosterone-booster.html",
    "en/recommendations/protein-sources.html",
    "nl/rules/protein-meal-tension.html",
    "en/claims/protein-daily-dose.html",
    "en/references/1.html",
    "nl/facts/growth_hindered.html",
    "nl/facts/protein_per_kg.html",
    "en/parameters/protein_dose.html",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook of the article's knowledge base."""
    return written(RULES, tmp_path_factory.mktemp("handbook") / "book")


def written(rules: Path, out: Path) -> Path:
    from wellfounded.interfaces.cli.main import run  # noqa: PLC0415  # as little as a user does

    assert run(["handbook", "--rules", str(rules), "--out", str(out), "--on", "2026-11-22"]) == ExitCode.OK
    return out


@pytest.fixture
def visit(windows: Windows) -> Iterator[Visit]:
    """Opens a page from the folder it stands in, with the page's own policy unless axe is to read it."""
    from tests.browser.view import View  # noqa: PLC0415  # not where the tests are skipped

    views: list[View] = []

    def visit_(page: Path, width: int = 1200, scheme: Scheme = "light", read_by_axe: bool = False) -> View:
        views.append(View(windows, page, width, scheme, lift_policy=read_by_axe))
        return views[-1]

    yield visit_
    for view in views:
        view.close()


@pytest.mark.parametrize("page", PAGES)
def test_everyone_can_read_it(page: str, book: Path, visit: Visit) -> None:
    for width, scheme in ((360, "dark"), (1200, "light")):
        view = visit(book / page, width, scheme, read_by_axe=True)
        assert view.violations() == []
        assert view.overflow() <= 0
        assert view.requests == [view.address]
        assert view.complaints == []
        view.close()


def test_the_search_finds_names_texts_and_numbers(book: Path, visit: Visit) -> None:
    view = visit(book / "nl" / "search.html")
    shown = "main li:visible"
    everything = view.page.locator(shown).count()
    for typed, found in (
        ("slaap groeihormoon", "maakt je lichaam het meeste groeihormoon aan"),
        ("deep-sleep-growth-hormone", "maakt je lichaam het meeste groeihormoon aan"),
        ("EIWIT 1,6", "1,6–2,2 g per kg"),
        ("groeiprikkel", "groeiprikkel"),
        ("schoenfeld", "[1]"),
        ("energie overschot", "Energieoverschot"),
    ):
        view.page.fill("#query", typed)
        lines = view.page.locator(shown).all_inner_texts()
        assert 0 < len(lines) < everything / 4
        assert any(found in line for line in lines), typed
        assert view.page.inner_text("[role=status]") == f"Gevonden: {len(lines)}"
    view.page.fill("#query", "bestaat-niet")
    assert view.page.locator(shown).count() == 0
    assert view.page.inner_text("[role=status]") == "Gevonden: 0"
    view.page.fill("#query", "")
    assert view.page.locator(shown).count() == everything
    assert view.requests == [view.address]
    assert view.complaints == []


def test_a_search_leads_to_a_page_and_from_there_to_the_other_language(book: Path, visit: Visit) -> None:
    page = visit(book / "nl" / "search.html").page
    page.fill("#query", "sleep-duration")
    page.click("main li:visible >> text=Slaap")
    assert page.inner_text("h1") == "Slaap"
    page.click("text=English")
    assert page.inner_text("h1") == "Sleep"
    page.click("text=healthy adult")
    assert page.inner_text("h1") == "healthy adult"


def test_it_can_be_read_without_scripts(book: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((book / "en" / "search.html").as_uri())
    assert not page.is_visible("#query")
    page.click("main >> text=Protein per day")
    assert page.inner_text("h1") == "Protein per day"
    context.close()


def test_paper_has_the_page_and_not_the_ways(book: Path, visit: Visit) -> None:
    view = visit(book / "nl" / "rules" / "protein-daily.html", 680)
    view.page.emulate_media(media="print")
    assert view.overflow() <= 0
    assert not view.page.is_visible(".way")
    assert view.pages() <= 2


def test_hostile_texts_are_shown_and_nothing_of_them_runs(
    visit: Visit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attempts = " ".join(ATTEMPTS).replace("\\", "\\\\").replace('"', '\\"')
    source = (Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8")
    rules = tmp_path / "hostile"
    rules.mkdir()
    (rules / "rules.yaml").write_text(source.replace("PLACE", attempts), encoding="utf-8")
    (rules / "a.scenarios.yaml").write_text(
        f'scenarios: [{{name: "{attempts} name", given: {{wet: true}}, expect: {{topic-1: do}}}}]',
        encoding="utf-8",
    )
    out = tmp_path / "book"
    assert ran(capsys, "handbook", "--rules", str(rules), "--out", str(out)).code == ExitCode.OK
    pages = sorted(out.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        view = visit(page, 360, read_by_axe=True)
        for element in view.page.query_selector_all("main a, h1")[:5]:
            element.hover()
        assert view.page.evaluate("window.ran") is None
        of_ours = 2 if page.name == "search.html" else 0
        assert len(view.page.query_selector_all("script")) == of_ours
        assert view.page.query_selector_all("img, svg, b, body meta, [onfocus], [onmouseover]") == []
        assert view.requests == [view.address]
        assert view.overflow() <= 0
        view.close()
    for name, place in (
        ("index", "title"),
        ("index", "about"),
        ("facts/wet", "label"),
        ("facts/wet", "question"),
        ("claims/claim-1", "finding"),
        ("recommendations/topic-1", "name"),
        ("rules/rule-1", "says"),
        ("search", "rule-title"),
    ):
        text = " ".join(visit(out / "en" / f"{name}.html").text().split())
        assert f"{' '.join(' '.join(ATTEMPTS).split())} {place}" in text
