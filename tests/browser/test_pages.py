"""The HTML pages in a real browser: they can be read by everyone, everywhere, and run and fetch nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attempts import ATTEMPTS
from tests.command import ran
from tests.conformance.small import HEADER
from tests.conftest import ROOT, RULES
from wellfounded import load
from wellfounded.interfaces.exit_codes import ExitCode

if TYPE_CHECKING:
    from tests.browser.view import View

    Opened = Callable[..., View]

#: The texts of ``hostile.yaml`` that an audit shows.
SHOWN = (
    *(
        "section",
        "reference-title",
        "family",
        "given",
        "literal",
        "journal",
        "volume",
        "issue",
        "page",
        "doi",
    ),
    *("claim", "reason", "checker", "finding", "contradiction", "rule-title"),
)

VIEWS = {
    **{f"withdrawal of {number}": ("--withdraw", f"{number}", "--lang", "nl") for number in range(1, 8)},
    "withdrawal in English": ("--withdraw", "3", "--lang", "en"),
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A knowledge base in whose every text somebody tries something."""
    attempts = " ".join(ATTEMPTS).replace("\\", "\\\\").replace('"', '\\"')
    written = (Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8")
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "rules.yaml").write_text(written.replace("PLACE", attempts), encoding="utf-8")
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "header.yaml").write_text(HEADER.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def document(capsys: pytest.CaptureFixture[str], rules: Path, *arguments: str) -> str:
    """The page that ``wellfounded audit`` writes."""
    result = ran(capsys, "audit", "--rules", str(rules), *arguments, "--on", "2026-11-22", "--format", "html")
    assert result.code == ExitCode.OK
    return result.out


#: A telephone and a desk. Colours do not depend on the width, so dark and light are looked at once each.
PHONE, DESK = (360, "dark"), (1200, "light")


def anyone_can_read(made: str, opened: Opened, *settings: tuple[int, str]) -> None:
    """On a telephone and at a desk: axe-core finds nothing, and nothing sticks out sideways."""
    for width, scheme in settings or (PHONE, DESK):
        view = opened(made, width, scheme)
        assert view.violations() == []
        assert view.overflow() <= 0
        assert view.requests == [view.address]
        assert view.complaints == []
        view.close()


@pytest.mark.parametrize("name", VIEWS)
def test_everyone_can_read_it(name: str, opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    anyone_can_read(document(capsys, RULES, *VIEWS[name]), opened)


def test_everyone_can_read_an_audit(opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    """It is long: in Dutch it is looked at on a telephone, in English at a desk."""
    for language, setting in (("nl", PHONE), ("en", DESK)):
        made = document(capsys, RULES, "--lang", language)
        anyone_can_read(made, opened, setting)
        other = opened(made, *(DESK if setting == PHONE else PHONE))
        assert other.overflow() <= 0


def test_an_audit_of_nothing_says_so(empty: Path, opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    made = document(capsys, empty)
    anyone_can_read(made, opened)
    assert "recommends nothing" in opened(made).text()


@pytest.mark.parametrize("arguments", [(), ("--withdraw", "1")], ids=["audit", "withdrawal"])
def test_hostile_texts_are_shown_and_nothing_of_them_runs(
    arguments: tuple[str, ...], hostile: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    made = document(capsys, hostile, *arguments)
    anyone_can_read(made, opened)
    view = opened(made)
    for element in view.page.query_selector_all("a, h3, td, th, .table"):
        element.hover()
    assert view.page.evaluate("window.ran") is None
    assert view.page.query_selector_all("script, img, svg, b, body meta, [onfocus], [onmouseover]") == []
    assert view.requests == [view.address]
    attempts, text = " ".join(" ".join(ATTEMPTS).split()), view.text()
    for place in SHOWN if not arguments else ("reference-title", "doi", "claim", "rule-title"):
        assert f"{attempts} {place}" in text, f"the text of {place} is not shown as it is written"


def test_links_stay_on_the_page_or_lead_to_a_doi(
    hostile: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    where = "links => links.map(link => [link.getAttribute('href'), link.rel])"
    for made in (document(capsys, hostile), document(capsys, RULES)):
        page = opened(made).page
        links = page.eval_on_selector_all("a", where)
        inside = {href for href, _ in links if href.startswith("#")}
        assert inside
        assert all(page.query_selector(f"[id='{href[1:]}']") for href in inside)
        outside = [(href, rel) for href, rel in links if href not in inside]
        assert outside
        assert all(re.fullmatch(r"https://doi\.org/10\.\d{4,9}/[\w%/:;().&=-]+", href) for href, _ in outside)
        assert {rel for _, rel in outside} == {"noreferrer"}
        ids = page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
        assert len(ids) == len(set(ids))


def test_a_claim_leads_to_what_it_says(opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    page = opened(document(capsys, RULES, "--lang", "en"), 360).page
    page.click("nav >> text=Citations and their support")
    page.click("#citations >> text=creatine-works")
    explained = page.locator(":target")
    assert "With creatine you can train heavier" in explained.inner_text()
    explained.locator("a").click()
    assert page.locator(":target").inner_text() == "[7] found, with details other than cited"


def test_a_table_that_is_too_wide_scrolls_by_itself(
    opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    page = opened(document(capsys, RULES), 360).page
    wide = "tables => tables.filter(table => table.scrollWidth > table.clientWidth).length"
    assert page.eval_on_selector_all(".table", wide)
    assert page.eval_on_selector_all(".table:not([tabindex='0'])", "tables => tables.length") == 0


def test_it_can_be_printed(opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = document(capsys, RULES), document(capsys, RULES, "--withdraw", "3")
    assert 10 < opened(whole).pages() < 30
    assert opened(part).pages() == 1
    paper = opened(whole, width=680, scheme="dark")  # A4 within its margins
    paper.page.emulate_media(media="print")
    assert paper.overflow() <= 0
    assert not paper.page.is_visible(".top")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert paper.page.evaluate(colour) == "rgb(255, 255, 255)"


def test_everyone_can_read_what_scenarios_reach(
    hostile: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    topic = next(rule.topic for rule in load(hostile).content.rules.values() if rule.recommends)
    expecting = f"scenarios: [{{name: nobody, given: {{}}, expect: {{{topic}: undecided}}}}]\n"
    (hostile / "one.scenarios.yaml").write_text(expecting, encoding="utf-8")
    for rules in (RULES, hostile):
        made = ran(capsys, "test", str(rules), "--coverage", "--format", "html").out
        anyone_can_read(made, opened)


def test_an_explanation_can_be_read_with_its_picture(
    opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    person = str(ROOT / "docs/examples/person.yaml")
    for command, topic in (("explain", "protein-daily"), ("why-not", "creatine")):
        made = ran(capsys, command, person, topic, "--lang", "en", "--format", "html")
        assert made.code == ExitCode.OK and "<figure" in made.out
        anyone_can_read(made.out, opened)
