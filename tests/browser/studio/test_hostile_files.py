"""A knowledge base in whose every text somebody tries something: it is shown, and nothing of it runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attempts import ATTEMPTS
from tests.browser.studio.setting import PHONE
from tests.http.server import Server, serving

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit

PAGES = (
    "advice?wet=yes&was-wet=no",
    "advice/sheet?wet=yes",
    "why/topic-1?wet=yes&what-would=gone&if.wet=no",
    "compare?a.wet=yes&b.wet=no",
    "rules/rule-1.html",
    "claims/claim-1.html",
    "search.html?q=claim",
    "evidence",
    "evidence/citations",
    "evidence/due?on=2029-01-01",
    "evidence/withdraw",
    "evidence/withdraw/1",
    "evidence/verdict/claim-1/1",
    "people?sort=wet",
    "edit/rules.yaml",
    "edit/a.scenarios.yaml",
    "edit-form/claim/claim-1",
    "edit-form/fact/wet",
    "edit-form/rule/rule-1",
)


@pytest.fixture(scope="module")
def hostile(_own_cache: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Every text is in Dutch and in English."""
    attempts = " ".join(ATTEMPTS).replace("\\", "\\\\").replace('"', '\\"')
    source = (Path(__file__).parents[1] / "hostile.yaml").read_text(encoding="utf-8")
    both = re.sub(r'\{en: ("[^"]*")\}', r"{nl: \1, en: \1}", source).replace("[en]", "[nl, en]")
    rules = tmp_path_factory.mktemp("hostile")
    (rules / "rules.yaml").write_text(both.replace("PLACE", attempts), encoding="utf-8")
    scenario = f'{{name: "{attempts} name", given: {{wet: true}}, expect: {{topic-1: do}}}}'
    (rules / "a.scenarios.yaml").write_text(f"scenarios: [{scenario}]", encoding="utf-8")
    with serving(str(rules), "--no-browser", command="studio") as running:
        yield running


def test_hostile_texts_are_shown_and_nothing_of_them_runs(
    hostile: Server, visit: Callable[..., Visit]
) -> None:
    view = visit(hostile, PAGES[0])
    for at in PAGES:
        view.to(at)
        view.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        assert "<script>window.ran=1</script>" in unescape(view.page.content()), at
        assert view.page.evaluate("window.ran") is None, at
        tried = "main script, main img, main b, [onload], [onfocus], [onmouseover]"
        assert view.page.query_selector_all(tried) == [], at
        assert view.overflow() <= 0, at
        if view.width == PHONE:  # where there is least room for long words
            view.fits()
