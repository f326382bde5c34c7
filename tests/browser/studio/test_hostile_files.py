"""A knowledge base in whose every text somebody tries something: it is shown, and nothing of it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attempts import ATTEMPTS
from tests.http.server import Server, serving

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit

PAGES = (
    "evidence",
    "evidence/citations",
    "evidence/due?on=2029-01-01",
    "evidence/withdraw",
    "evidence/withdraw/1",
    "evidence/verdict/claim-1/1",
    "people",
    "people?sort=wet",
)


@pytest.fixture(scope="module")
def hostile(_own_cache: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    attempts = " ".join(ATTEMPTS).replace("\\", "\\\\").replace('"', '\\"')
    source = (Path(__file__).parents[1] / "hostile.yaml").read_text(encoding="utf-8")
    rules = tmp_path_factory.mktemp("hostile")
    (rules / "rules.yaml").write_text(source.replace("PLACE", attempts), encoding="utf-8")
    scenario = f'{{name: "{attempts} name", given: {{wet: true}}, expect: {{topic-1: do}}}}'
    (rules / "a.scenarios.yaml").write_text(f"scenarios: [{scenario}]", encoding="utf-8")
    with serving(str(rules), "--no-browser", command="studio") as running:
        yield running


@pytest.mark.parametrize("width", [360, 1200])
def test_hostile_texts_are_shown_and_nothing_of_them_runs(
    visit: Callable[..., Visit], hostile: Server, width: int
) -> None:
    view = visit(f"{hostile.url}/en/evidence", width)
    for page in PAGES:
        view.page.goto(f"{hostile.url}/en/{page}")
        assert "<script>window.ran=1</script>" in view.page.content().replace("&lt;", "<").replace(
            "&gt;", ">"
        )
        assert view.page.evaluate("window.ran") is None
        assert view.page.query_selector_all("main img, main svg, main b, [onfocus], [onmouseover]") == []
        view.fits()
