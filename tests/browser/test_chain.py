"""The page of one person's chain in a real browser: it can be read, and all its texts stay in their boxes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.attempts import ATTEMPTS
from tests.browser.test_pages import DESK, PHONE, anyone_can_read
from tests.conformance.small import small
from tests.people import Population
from wellfounded import KnowledgeBase
from wellfounded.interfaces.chain.as_html import as_html

if TYPE_CHECKING:
    from tests.browser.test_pages import Opened

#: How many boxes there are from which a text sticks out.
SPILLED = """() => [...document.querySelectorAll("svg.chain > g")].filter(group => {
  const box = group.querySelector("rect")?.getBBox(), text = group.querySelector("text")?.getBBox();
  return box && (text.x + text.width > box.x + box.width || text.y + text.height > box.y + box.height);
}).length"""


def nothing_spills(made: str, opened: Opened) -> None:
    assert opened(made).page.evaluate(SPILLED) == 0


def test_everyone_can_read_it(article: KnowledgeBase, opened: Opened) -> None:
    """A large one in each language, of which one on a telephone and the other at a desk, and a small one."""
    usual = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}
    person = max(Population(article, usual).people("browser", 50), key=len)
    for language, setting in (("nl", PHONE), ("en", DESK)):
        made = as_html(article.chain(person, language))
        anyone_can_read(made, opened, setting)
        nothing_spills(made, opened)
    little = as_html(article.chain({}, "en", recommendations=["creatine"]))
    anyone_can_read(little, opened)
    nothing_spills(little, opened)


def test_hostile_texts_stay_text(opened: Opened, tmp_path: Path) -> None:
    hostile = json.dumps(" ".join(ATTEMPTS))
    rules = f"""
references:
  1: {{as_cited: {{type: book, title: {hostile}}}}}
claims:
  cited:
    {{section: all, kind: action, says: {{en: {hostile}}}, cites: [{{reference: 1, support: contradicts}}]}}
facts:
  wet: {{type: boolean, label: {{en: {hostile}}}, question: {{en: "Wet?"}}}}
rules:
  - id: dry
    title: {{en: {hostile}}}
    when: {{wet: true}}
    advise: do
    says: {{en: {hostile}}}
    because: [cited]
"""
    made = as_html(small(rules, tmp_path / "hostile").chain({"wet": True}))
    anyone_can_read(made, opened)
    nothing_spills(made, opened)
    assert opened(made).page.evaluate("window.ran") is None
